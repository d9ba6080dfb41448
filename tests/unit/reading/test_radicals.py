import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from annotator.reading.radicals import repair

KANGXI = [chr(code) for code in range(0x2F00, 0x2FD6)]
SUPPLEMENT = [chr(code) for code in range(0x2E80, 0x2EF4) if code not in (0x2E80, 0x2E9A)]


def test_both_blocks_are_repaired():
    for radical in KANGXI + SUPPLEMENT:
        assert repair(radical) != radical and len(repair(radical)) == 1, radical
        assert not 0x2E80 <= ord(repair(radical)) < 0x2FE0


def test_kangxi_radicals_are_what_unicode_says_but_for_the_mainland_form_of_one():
    other = {radical for radical in KANGXI if repair(radical) != unicodedata.normalize("NFKC", radical)}
    assert other == {"⼾"} and repair("⼾") == "户"


@given(st.text(st.characters(exclude_characters=KANGXI + SUPPLEMENT)))
def test_nothing_else_changes(text):
    assert repair(text) == text
