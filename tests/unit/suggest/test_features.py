from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.suggestion import Proposal
from annotator.suggest.features import Features, ranges, sequences, tags
from annotator.suggest.reading import Reading

TEXT = "一、主要做法\n云溪县司法局培训3场,办结12件。效果明显。\n二、存在的不足\n人手不够。\n首页|联系我们\n"
EDGES = [0, 1, 2, 4, 6, 7, 9, 10, 13, 15, 16, 17, 18, 20, 22, 23, 24, 26, 28, 29, len(TEXT)]


def reading(**known):
    return Reading(TEXT, EDGES, **known)


def test_sentences_of_the_body_are_what_is_learned_from():
    start = TEXT.index("首页")
    found = [TEXT[a:b] for a, b in sequences(reading(furniture=[(start, len(TEXT))]))]
    assert found == ["一、主要做法", "云溪县司法局培训3场,办结12件。", "效果明显。", "二、存在的不足", "人手不够。"]


def test_every_character_has_its_features():
    known = reading()
    office = Proposal(7, 13, "INSTITUTION", "institutions", 0.9)
    features = Features(known, [office])
    start = TEXT.index("云溪")
    found = features.of(start, start + 17)
    assert len(found) == 17
    assert {"c云", "d溪", "w云溪", "kB"} <= set(found[0])
    assert "INSTITUTION=OBI" in found[0]
    assert "INSTITUTION=IOO" in found[6]
    assert "s+" in found[0]


def test_sections_and_headings_are_told_apart():
    features = Features(reading(), [])
    heading = TEXT.index("二、")
    flat = {f for row in features.of(heading, heading + 7) for f in row}
    assert "swh" in flat
    short = TEXT.index("人手")
    assert "sw" in {f for row in features.of(short, short + 5) for f in row}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_ranges_and_tags_are_each_others_inverse(given):
    apart, reached = [], 0
    for start, end in sorted(given):
        if start >= reached and start < end:
            apart.append((start, end))
            reached = end
    assert ranges(tags(41, apart)) == apart


def test_an_inside_behind_nothing_begins_a_range():
    assert ranges("OIIOBBI", 10) == [(11, 13), (14, 15), (15, 17)]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="一二三是县局了3%,。；\n 　\u2028（）“》①𠮷a", max_size=80))
def test_any_text_has_as_many_features_as_characters(text):
    known = Reading(text, [*range(len(text) + 1)] if text else [0])
    features = Features(known, [])
    for start, end in sequences(known):
        assert text[start:end].strip() == text[start:end] != ""
        assert len(features.of(start, end)) == end - start
