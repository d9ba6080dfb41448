"""Questions, proposals and words of the text in JSON Lines: out and back, and what is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import InputError
from annotator.domain.question import Question
from annotator.domain.report import AnnotationSet, Report
from annotator.domain.span import Span, new_uid
from annotator.formats.jsonl_read import report_from_line
from annotator.formats.jsonl_write import line_from_report, same

TEXT = "镇司法所受理案件120件。"


def read(**more) -> Report:
    return report_from_line(json.dumps({"text": TEXT, **more}, ensure_ascii=False))[0]


def span(**more) -> Span:
    return Span(new_uid(), 8, 12, "INDICATOR", {"value": "120"}, **more)


def question(**more) -> Question:
    return Question(new_uid(), 0, 4, "算机构吗？", "乙", "2024-01-01T00:00:00.000Z", **more)


def back(report: Report) -> Report:
    line = line_from_report(report)
    again = report_from_line(line)[0]
    assert same(report, again)
    assert line_from_report(again) == line
    return again


def test_questions_come_back_whole():
    about = span(foreign_id="T7")
    asked = question(
        span_uid=about.uid, state="decided", answered_by="甲", answered="2024-01-02T00:00:00Z", answer="算",
        decided_by="丙", decided="2024-01-03T00:00:00Z", extra={"thread": 3}, foreign_id=12,
    )  # fmt: skip
    report = Report(new_uid(), TEXT, sets=[AnnotationSet("甲", spans=[about])], questions=[question(), asked])
    again = back(report)
    read_about = again.sets[0].spans[0]
    (second,) = [q for q in again.questions if q.foreign_id == 12]
    assert second._replace(uid=asked.uid, span_uid=asked.span_uid) == asked
    assert second.span_uid == read_about.uid


def test_a_report_without_questions_has_no_key():
    assert '"questions"' not in line_from_report(Report(new_uid(), TEXT))
    assert '"proposed"' not in line_from_report(Report(new_uid(), TEXT, sets=[AnnotationSet("甲", spans=[span()])]))


def test_a_question_about_a_span_that_is_gone_keeps_its_place():
    (asked,) = back(Report(new_uid(), TEXT, questions=[question(span_uid="gone")])).questions
    assert (asked.start, asked.end, asked.span_uid) == (0, 4, None)


def test_what_is_absent_is_default():
    (asked,) = read(questions=[{"start": 1, "end": 1, "text": "？"}]).questions
    assert (asked.start, asked.end, asked.state, asked.asked_by, asked.answer) == (1, 1, "open", "", "")
    assert asked.asked.endswith("Z")


def test_offsets_move_with_the_text():
    line = {
        "text": "甲\r\n乙120件", "questions": [{"start": 3, "end": 4, "text": "？"}],
        "spans": [{"start": 4, "end": 8, "label": "INDICATOR",
                   "attributes": {"subject": {"start": 3, "end": 4, "text": "乙"}}}],
    }  # fmt: skip
    report = report_from_line(json.dumps(line))[0]
    assert report.text == "甲\n乙120件"
    assert (report.questions[0].start, report.questions[0].end) == (2, 3)
    assert report.sets[0].spans[0].attributes == {"subject": {"start": 2, "end": 3, "text": "乙"}}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"start": 0, "end": 4, "text": "镇司法所"}, {"start": 0, "end": 4, "text": "镇司法所"}),
        ({"start": 1, "end": 5, "text": "镇司法所"}, "镇司法所"),
        ({"start": 0, "end": 400, "text": "镇司法所"}, "镇司法所"),
        ({"start": -4, "end": 0, "text": ""}, ""),
        ({"start": "0", "end": 4, "text": "镇司法所"}, {"start": "0", "end": 4, "text": "镇司法所"}),
        ({"start": 0, "end": 4, "text": "镇司法所", "by": 1}, {"start": 0, "end": 4, "text": "镇司法所", "by": 1}),
    ],
)
def test_words_that_do_not_stand_where_they_say_stay_as_words(value, kept):
    report = read(spans=[{"start": 8, "end": 12, "label": "INDICATOR", "attributes": {"subject": value}}])
    assert report.sets[0].spans[0].attributes["subject"] == kept


@pytest.mark.parametrize(
    "bad",
    [
        5,
        {"start": 0, "end": 4},
        {"start": 0, "end": 4, "text": " "},
        {"start": 0, "end": 4, "text": 5},
        {"start": 3, "end": 2, "text": "？"},
        {"start": 0, "end": 400, "text": "？"},
        {"start": True, "end": 4, "text": "？"},
        {"start": 0, "end": 4, "text": "？", "state": "maybe"},
        {"start": 0, "end": 4, "text": "？", "id": 1.5},
        {"start": 0, "end": 4, "text": "？", "span": "none"},
        {"start": 0, "end": 4, "text": "？", "asked": "yesterday"},
        {"start": 0, "end": 4, "text": "？", "answered_by": 5},
    ],
)
def test_a_bad_question_refuses_the_line(bad):
    with pytest.raises(InputError):
        read(questions=[bad])


def test_an_id_occurs_once():
    twice = {"id": "a", "start": 0, "end": 4, "text": "？"}
    with pytest.raises(InputError):
        read(questions=[twice, twice])


def test_what_was_proposed_comes_back():
    report = Report(new_uid(), TEXT, sets=[AnnotationSet("甲", spans=[span(proposed=("value", "unit"))])])
    assert back(report).sets[0].spans[0].proposed == ("value", "unit")
    with pytest.raises(InputError):
        read(spans=[{"start": 0, "end": 4, "label": "X", "proposed": "value"}])


names = st.text(alphabet='甲乙丙 \\"', max_size=4)


@given(
    st.lists(
        st.builds(
            lambda start, length, text, by, state, answer, extra: Question(
                new_uid(), start, start + length, text + "？", by, "2024-01-01T00:00:00Z", state=state,
                answer=answer, answered_by=by or None, extra=extra,
            ),
            st.integers(0, 6), st.integers(0, 6), st.text(max_size=5), names,
            st.sampled_from(["open", "answered", "decided"]), st.text(max_size=5),
            st.dictionaries(st.sampled_from(["thread", "x"]), st.integers(), max_size=2),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_any_questions_come_back(questions):
    def storable(text: str) -> bool:
        return "\0" not in text and text.isprintable()

    kept = [q for q in questions if storable(q.text) and storable(q.answer)]
    assert len(back(Report(new_uid(), TEXT, questions=kept)).questions) == len(kept)


def test_a_question_keeps_its_span_where_two_annotators_use_one_id():
    mine, theirs = span(foreign_id="T1"), span(foreign_id="T1")
    sets = [AnnotationSet("甲", spans=[mine]), AnnotationSet("乙", spans=[theirs])]
    for about, place in ((mine, 0), (theirs, 1)):
        report = Report(new_uid(), TEXT, sets=sets, questions=[question(span_uid=about.uid, extra={"by": 1})])
        again = back(report)
        assert again.questions[0].span_uid == again.sets[place].spans[0].uid
        assert again.questions[0].extra == {"by": 1}


def test_a_question_that_names_no_annotator_is_about_the_first_span_of_the_id():
    spans = [{"id": 1, "start": 0, "end": 4, "label": "INSTITUTION", "annotator": name} for name in ("甲", "乙")]
    report = read(spans=spans, questions=[{"start": 0, "end": 4, "text": "？", "span": 1}])
    assert report.questions[0].span_uid == report.sets[0].spans[0].uid
    for wrong in ({"span": 1, "annotator": "丙"}, {"span": [1]}, {"span": 1, "annotator": 7}):
        with pytest.raises(InputError):
            read(spans=spans, questions=[{"start": 0, "end": 4, "text": "？", **wrong}])


def test_what_a_question_calls_annotator_without_a_span_is_kept_as_it_is():
    report = read(questions=[{"start": 0, "end": 4, "text": "？", "annotator": ["x"]}])
    assert report.questions[0].extra == {"annotator": ["x"]}
    back(report)
