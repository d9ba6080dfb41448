import pickle

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
