"""What somebody types, and the commands it finds."""

from __future__ import annotations

import pytest

from annotator.ui.keyboard.matching import initials, score


@pytest.mark.parametrize(
    ("words", "letters"),
    [("下一句", "xyj"), ("撤销", "cx"), ("标注机构", "bzjg"), ("导出 CSV…", "dccsv…"), ("啊座", "az"), ("𠀀乙", "𠀀y")],
)
def test_initials_of_pinyin(words: str, letters: str) -> None:
    assert initials(words) == letters


def test_nearer_matches_come_first() -> None:
    found = [score("next", [words]) for words in ("Next clause", "The next clause", "Textnext", "No extra text")]
    assert found == sorted(found)
    assert len(set(found[:3])) == 3


def test_every_typed_word_counts() -> None:
    assert score("clause next", ["Next clause"]) is not None
    assert score("clause zebra", ["Next clause"]) is None


def test_letters_in_order_are_enough_but_one_letter_is_not() -> None:
    assert score("nxcl", ["Next clause"]) is not None
    assert score("q", ["Next clause"]) is None


def test_nothing_typed_finds_everything() -> None:
    assert score("  ", ["anything"]) == 0
