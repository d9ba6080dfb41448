"""What a new span says by itself, and when the program's word becomes the person's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.schema import Attribute, AttributeType, Choice, Label, LabelSchema
from annotator.domain.span import Span, exact_number
from annotator.services.editing import Editor
from annotator.services.open_report import OpenReport
from annotator.services.session import Session, default_schema
from annotator.services.understanding import attributes_for

from .conftest import TEXT, add_report  # noqa: TID252 - tests are no package

GOLD = Path(__file__).resolve().parents[4] / "shared" / "gold"
SCHEMA = default_schema()


def understood(marked: str, label: str = "INDICATOR", **more):
    start, end = marked.index("【"), marked.index("】") - 1
    text = marked.replace("【", "").replace("】", "")
    return attributes_for(label, SCHEMA, text, start, end, **{"planned": False, **more})


def values(marked: str, *names: str, **more) -> tuple:
    attributes = understood(marked, **more).attributes
    return tuple(attributes.get(name) for name in names)


@pytest.mark.parametrize(
    ("marked", "value", "value_max", "unit", "qualifier", "kind", "direction"),
    [
        ("发放贷款【约45亿元】。", "4500000000", None, "元", "approx", "money", None),
        ("办结率达【99.7%】。", "0.997", None, "%", "exact", "rate", None),
        ("培训【1000余人次】。", "1000", None, "人次", "at_least", "count", None),
        ("新建【3—5个】站点。", "3", "5", "个", "exact", "count", None),
        ("案件同比下降【12%】。", "0.12", None, "%", "exact", "change", "down"),
        ("满意度提高【3.2个百分点】。", "0.032", None, "个百分点", "exact", "change", "up"),
        ("近百家企业中有【近百家】参加。", "100", None, "家", "below", "count", None),
        ("惠及【两万户】。", "20000", None, "户", "exact", "count", None),
        ("全市排名【第3】。", "3", None, None, "exact", "rank", None),
    ],
)
def test_a_number_is_filled_in(marked, value, value_max, unit, qualifier, kind, direction):
    found = values(marked, "value", "value_max", "unit", "qualifier", "kind", "direction")
    assert found == (value, value_max, unit, qualifier, kind, direction)


def test_the_subject_is_a_place_in_the_text():
    assert values("全年受理信访案件【12件】。", "subject") == ({"start": 2, "end": 8, "text": "受理信访案件"},)


def test_only_what_was_read_is_proposed():
    found = understood("全年受理信访案件【12件】。")
    assert set(found.proposed) == {"value", "unit", "subject"}
    assert found.attributes["qualifier"] == "exact"
    assert found.attributes["role"] == "result"


def test_words_without_a_number_keep_the_defaults():
    found = understood("受理【信访案件】。")
    assert found.proposed == ()
    assert found.attributes == SCHEMA.label("INDICATOR").defaults()
    assert understood("【区司法局】通报", "INSTITUTION").attributes == {}
    assert understood("【x】", "NO SUCH").attributes == {}


def test_a_measure_of_the_coming_year_is_planned():
    assert understood("【新建调解室】", "MEASURE", planned=True) == ({"status": "planned"}, ("status",))
    assert understood("【新建调解室】", "MEASURE") == ({"status": "done"}, ())


def test_role_and_period_only_where_the_words_say_so():
    assert values("比去年同期【4件】少。", "role", "period") == ("reference", "去年同期")
    assert values("比去年增长【4%】。", "role", "period") == ("result", None)
    assert values("力争办结率达到【98%】。", "role", planned=True) == ("target",)
    assert values("力争办结率达到【98%】。", "role") == ("result",)
    assert values("2019年受理案件【98件】。", "period", year=2021) == ("2019年",)
    assert values("2021年受理案件【98件】。", "period", year=2021) == (None,)
    assert values("2019年受理案件【98件】。", "period") == (None,)
    assert values("2018年以来受理案件【98件】。", "period", year=2021) == ("2018年以来",)
    assert values("2020年底建成【3个】。", "period", year=2021) == ("2020年底",)
    assert values("2021年底建成【3个】。", "period", year=2021) == ("2021年底",)
    assert values("到2025年力争办结率达到【98%】。", "role", "period", year=2021, planned=True) == ("target", "2025年")


def test_last_years_own_figure_is_a_reference_and_a_change_against_it_is_not():
    assert values("去年受理案件【98件】。", "role", "period") == ("reference", "去年")
    assert values("上年同期受理【98件】。", "role", "period") == ("reference", "上年同期")
    assert values("较上年增加【98件】。", "role", "period") == ("result", None)
    assert values("去年以来受理【98件】。", "role", "period") == ("result", None)
    assert values("比上年增长【4.5%】。", "role", "period") == ("result", None)


def test_what_the_schema_does_not_allow_is_left_out():
    number = Attribute("value", AttributeType.NUMBER, maximum="10")
    kind = Attribute("kind", AttributeType.CHOICE, choices=(Choice("money"),))
    subject = Attribute("subject", AttributeType.TEXT)
    schema = LabelSchema(labels=(Label("N", attributes=(number, kind, subject)),))
    assert attributes_for("N", schema, "受理120件。", 2, 6, planned=False) == ({}, ())
    assert attributes_for("N", schema, "受理9件。", 2, 4, planned=False) == ({"value": "9"}, ("value",))


@pytest.mark.parametrize("name", ["dongqu-2021", "hengli-2020"])
def test_the_numbers_of_the_gold_are_understood(name):
    file = GOLD / f"{name}.jsonl"
    if not file.exists():
        pytest.skip("the annotated reports are not beside the project (../shared/gold)")
    report = json.loads(file.read_text(encoding="utf-8"))
    for span in report["spans"]:
        if span["label"] != "INDICATOR" or not span.get("certain", True):
            continue
        found = attributes_for(
            "INDICATOR", SCHEMA, report["text"], span["start"], span["end"], planned=False
        ).attributes
        given = span["attributes"]
        got = (found.get("value"), found.get("unit"), found["qualifier"])
        assert got == (exact_number(given["value"]), given.get("unit") or None, given.get("qualifier", "exact")), span


# ---- in the window ------------------------------------------------------------------------------


def tag(editor: Editor, report: OpenReport, words: str, label: str = "INDICATOR") -> Span:
    start = report.text.index(words)
    span = editor.tag(report, start, start + len(words), label).span
    assert span is not None
    return span


def fresh(session: Session, report: OpenReport, uid: str) -> Span:
    span = session.open_report(report.id).spans.get(uid)
    assert span is not None
    return span


def test_a_tagged_number_is_understood_and_stored_as_proposed(session: Session, report: OpenReport, editor: Editor):
    span = tag(editor, report, "120件")
    assert span.attributes["value"] == "120"
    assert span.attributes["subject"]["text"] == "受理案件"
    assert set(span.proposed) == {"value", "unit", "subject"}
    assert fresh(session, report, span.uid) == span


def test_planned_follows_the_section(report: OpenReport, editor: Editor):
    assert tag(editor, report, "共举办8场普法讲座", "MEASURE").attributes["status"] == "done"
    assert tag(editor, report, "新建1个调解室", "MEASURE").attributes["status"] == "planned"


def test_seen_is_no_step_and_lasts(session: Session, report: OpenReport, editor: Editor):
    span = tag(editor, report, "120件")
    before = session.next_undo()
    (seen,) = editor.mark_seen(report, [span.uid])
    assert seen.proposed == () and report.spans.get(span.uid) == seen
    assert fresh(session, report, span.uid).proposed == ()
    assert session.next_undo() == before
    assert editor.mark_seen(report, [span.uid]) == []
    session.undo()
    assert report.spans.get(span.uid) is None


def test_what_a_person_sets_is_no_longer_proposed(session: Session, report: OpenReport, editor: Editor):
    span = tag(editor, report, "120件")
    editor.set_attribute(report, [span.uid], "value", "121")
    assert "value" not in fresh(session, report, span.uid).proposed
    assert "unit" in fresh(session, report, span.uid).proposed
    assert editor.set_attribute(report, [span.uid], "unit", "件").announcement is None
    editor.mark_seen(report, [span.uid])
    session.undo()
    assert fresh(session, report, span.uid).attributes["value"] == "120"


def test_a_span_that_becomes_a_number_is_understood(session: Session, report: OpenReport, editor: Editor):
    span = tag(editor, report, "120件", "INSTITUTION")
    assert span.attributes == {}
    editor.relabel(report, [span.uid], "INDICATOR")
    now = fresh(session, report, span.uid)
    assert (now.attributes["value"], now.attributes["unit"]) == ("120", "件")
    assert "value" in now.proposed
    session.undo()
    assert fresh(session, report, span.uid) == span


def test_moved_edges_are_read_anew_but_not_what_a_person_wrote(session: Session, editor: Editor):
    report = session.open_report(add_report(session, "发放贷款约45亿元。"))
    span = tag(editor, report, "45亿元")
    editor.set_attribute(report, [span.uid], "subject", "贷款")
    editor.move(report, span.uid, span.start - 1, span.end)
    now = fresh(session, report, span.uid)
    assert now.attributes["qualifier"] == "approx"
    assert now.attributes["subject"] == "贷款"
    session.undo()
    assert fresh(session, report, span.uid).attributes["qualifier"] == "exact"


def test_a_done_report_is_looked_at_without_a_trace(session: Session, report: OpenReport, editor: Editor):
    span = tag(editor, report, "120件")
    editor.set_status(report, "done")
    assert editor.mark_seen(report, [span.uid]) == []
    assert fresh(session, report, span.uid).proposed == span.proposed


def test_the_subject_lies_where_it_says(report: OpenReport, editor: Editor):
    subject = tag(editor, report, "8场").attributes["subject"]
    assert TEXT[subject["start"] : subject["end"]] == subject["text"] == "普法讲座"
