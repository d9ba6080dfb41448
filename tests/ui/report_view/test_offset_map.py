import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.report_view.offset_map import OffsetMap, shown

_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}

texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("政府a1𠮷😀\u0301\u2028\u00a0\ufeff\t"), st.characters(exclude_categories=["Cs"])
    )
)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_a_position_is_the_length_of_what_lies_before_it_in_utf16(text):
    offsets = OffsetMap(text)
    for offset in range(len(text) + 1):
        assert offsets.to_qt(offset) == utf16_length(text[:offset])


@given(texts)
def test_there_and_back_is_the_same_offset(text):
    offsets = OffsetMap(text)
    assert [offsets.to_offset(offsets.to_qt(i)) for i in range(len(text) + 1)] == list(range(len(text) + 1))


def test_between_two_surrogates_lies_their_character():
    offsets = OffsetMap("a𠮷b")
    assert [offsets.to_offset(p) for p in range(5)] == [0, 1, 1, 2, 3]


@given(texts)
def test_what_is_shown_is_as_long_and_holds_no_mark_that_qt_drops(text):
    assert len(shown(text)) == len(text)
    assert "\ufeff" not in shown(text)


def test_whatever_turns_the_writing_direction_has_a_sign_that_does_not():
    turns = [chr(n) for n in range(0x110000) if unicodedata.bidirectional(chr(n)) in _TURNING]
    assert {"\u202e", "\u2067"} < {*turns}
    assert {unicodedata.bidirectional(shown(turn)) for turn in [*turns, "\u200e", "\u200f", "\u061c"]} == {"ON"}
