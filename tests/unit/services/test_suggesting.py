import pickle
from dataclasses import replace

import pytest

from annotator.services import suggesting
from annotator.services.session import default_schema
from annotator.services.suggesting import RULES, Ask, proposals, propose, read

TEXT = "青溪县2021年法治政府建设年度报告\n一、主要举措\n县司法局受理纠纷约1200件,为群众提供法律援助。\n首页|联系我们 县公安局\n"


def ask(**known):
    return Ask.of(TEXT, default_schema(), year=2021, **known)


def nothing():
    return None


def test_what_travels_is_plain_and_comes_back_whole():
    answer = pickle.loads(pickle.dumps(propose(pickle.loads(pickle.dumps(tuple(ask()))), nothing)))
    assert read(answer) == proposals(ask(), nothing)
    assert read(answer)


def test_proposals_carry_what_their_words_tell():
    (number,) = (p for p in proposals(ask(), nothing) if p.label == "INDICATOR")
    assert TEXT[number.start : number.end] == "约1200件"
    assert {k: number.attributes[k] for k in ("value", "unit", "qualifier")} == {
        "value": "1200",
        "unit": "件",
        "qualifier": "approx",
    }


def test_furniture_and_unasked_sources_are_left_alone():
    start = TEXT.index("首页")
    furniture = [(start, len(TEXT))]
    assert all(p.end <= start for p in proposals(ask(furniture=furniture), nothing))
    assert {p.source for p in proposals(ask(sources=("quantities",)), nothing)} == {"quantities"}
    assert set(RULES) == {"quantities", "institutions", "measures"}


def test_a_label_the_schema_lacks_is_not_proposed():
    schema = default_schema()
    few = type(schema)(schema.name, tuple(label for label in schema.labels if label.name == "MEASURE"), ())
    assert {p.label for p in proposals(Ask.of(TEXT, few, year=2021), nothing)} == {"MEASURE"}


def variants():
    """Questions about the same report that differ in one thing each."""
    start, schema = TEXT.index("首页"), default_schema()
    few = type(schema)(schema.name, tuple(label for label in schema.labels if label.name == "INDICATOR"), ())
    return (
        ask(),
        ask(furniture=[(start, len(TEXT))]),
        ask(sources=("quantities", "lexicon"), taught={"lexicon": [("法律援助", "INSTITUTION", 3, 0)]}),
        ask(sources=(*RULES, "lexicon"), taught={"lexicon": [("青溪", "INSTITUTION", 1, 0)]}),
        ask(place="青溪县"),
        Ask.of(TEXT, few, year=2021),
        Ask.of(TEXT, schema, year=2022),
        Ask.of(TEXT.replace("县司法局", "镇司法所"), schema, year=2021),
        ask(sources=(*RULES, "model"), taught={"model": "/nowhere"}),
    )


def test_what_was_read_before_changes_no_answer():
    alone = []
    for question in variants():
        suggesting.forget()
        alone.append(propose(tuple(question), nothing))
    suggesting.forget()
    for order in (1, -1, 2):
        questions = list(zip(variants(), alone))[::order]
        for question, answer in (*questions, *questions):
            assert propose(tuple(question), nothing) == answer


def test_the_rules_are_not_asked_again_about_a_report_that_was_read(monkeypatch):
    suggesting.forget()
    before = proposals(ask(), nothing)
    monkeypatch.setattr(suggesting.registry, "_asked", lambda known, _reading: pytest.fail(known.name))
    monkeypatch.setattr(suggesting, "_attributes", lambda *_args: pytest.fail("read again"))
    assert proposals(ask(), nothing) == before


def test_only_some_reports_are_remembered():
    suggesting.forget()
    for number in range(5):
        proposals(Ask.of(f"{number}{TEXT}", default_schema()), nothing)
    recent = suggesting._recent
    assert [known.text[0] for known in recent._readings] == ["4", "3", "2", "1"]
    recent.remember(replace(recent._readings[0], text="长" * (recent.CHARACTERS - len(TEXT) - 1)))
    assert [known.text[0] for known in recent._readings] == ["长", "4"]
    recent.remember(replace(recent._readings[0], text="很" * (recent.CHARACTERS + 1)))
    assert [known.text[0] for known in recent._readings] == ["长", "4"]


def test_without_what_was_learned_the_rest_is_asked_first():
    assert ask(taught={"lexicon": []}).soonest(len(TEXT)) is None
    first = ask(taught={"lexicon": [], "learned": b"models", "model": "folder"}).soonest(len(TEXT))
    assert first == ask(taught={"lexicon": []}, furniture=[])


def test_the_lines_on_the_screen_are_asked_about_before_the_rest():
    long = Ask.of(TEXT * 5, default_schema(), year=2021, furniture=[(3, 5), (len(TEXT) - 4, len(TEXT) + 9)])
    first = long.soonest(TEXT.index("一、"))
    end = TEXT.index("县司法局")
    assert (first.text, first.furniture) == (TEXT[:end], [(3, 5)])
    later = long.soonest(len(TEXT) - 2)
    assert (later.text, later.furniture) == (TEXT, [(3, 5), (len(TEXT) - 4, len(TEXT))])
    assert first.year == 2021 and first.schema == long.schema
    assert long.soonest(len(TEXT) * 4) is None  # nearly all of it
    beginning = [p for p in proposals(long, nothing) if p.end <= len(TEXT)]
    assert {p[:4] for p in proposals(later, nothing)} == {p[:4] for p in beginning}
