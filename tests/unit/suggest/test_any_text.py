"""Whatever stands in a report: no source falls over, and what is proposed is a place of the body worth proposing."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.services.session import default_schema
from annotator.services.suggesting import Ask, proposals
from annotator.suggest.merge import merged
from annotator.suggest.reading import Reading
from annotator.suggest.registry import SOURCES, suggest

PIECES = (
    "青枫县", "司法局", "人民政府", "区委", "、", "和", "，", ",", "。", "；", "：", "\n", "　", " ", "一、", "（二）", "3.", "共", "约",
    "1,286", "９９．７％", "三分之一", "45亿元", "2021年", "比去年", "增长", "开展", "落实", "对", "将", "把", "为群众", "通过", "确保",
    "进一步", "培训", "次", "《关于", "》", "(", ")", "“", "”", "首页", "|", "\u2028", "\xa0", "𠮷", "é", "①", "存在的不足", "下一步工作计划",
)  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(max_size=60))
NAMES = [source.name for source in SOURCES]


@st.composite
def asked(draw):
    """A text, word edges anywhere in it, and furniture anywhere."""
    text = draw(TEXTS)
    inner = draw(st.sets(st.integers(0, len(text)), max_size=40))
    edges = sorted({0, len(text), *inner})
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    furniture = list(zip(ends[::2], ends[1::2]))
    return Reading(text, edges, furniture, 2021, taught={"lexicon": [("司法局", "INSTITUTION", 3, 1)]})


@settings(max_examples=150, deadline=None)
@given(asked())
def test_every_source_proposes_places_of_the_body(reading):
    for proposal in suggest(reading, NAMES):
        words = reading.text[proposal.start : proposal.end]
        assert 0 <= proposal.start < proposal.end <= len(reading.text)
        assert words == words.strip(), proposal
        assert words[-1] not in "，。；,;", proposal
        assert reading.in_body(proposal.start, proposal.end)
        assert 0 < proposal.score <= 1
        assert proposal.reason.text()


@settings(max_examples=80, deadline=None)
@given(asked())
def test_what_is_offered_together_is_in_order_and_apart(reading):
    found = merged(suggest(reading, NAMES))
    assert [(p.start, -p.end) for p in found] == sorted((p.start, -p.end) for p in found)
    for label in {p.label for p in found}:
        places = [(p.start, p.end) for p in found if p.label == label]
        assert all(a[1] <= b[0] for a, b in pairwise(places))


@settings(max_examples=25, deadline=None)
@given(asked())
def test_a_proposal_can_be_accepted_as_it_is(reading):
    schema = default_schema()
    ask = Ask.of(reading.text, schema, furniture=reading.furniture, year=2021, taught=reading.taught, sources=NAMES)
    for proposal in proposals(ask, lambda: None):
        label = schema.label(proposal.label)
        known = {attribute.name for attribute in label.attributes}
        assert set(proposal.attributes) <= known


@pytest.mark.parametrize("text", ["", "\n", "。", "3", "县" * 5000, "，" * 5000, "开展" * 3000, "3件" * 2000])
def test_texts_without_sense_cost_no_more_than_others(text):
    reading = Reading(text, sorted({0, len(text)}), year=2021)
    suggest(reading, NAMES)
