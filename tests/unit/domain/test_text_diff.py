"""Differences: whatever the two texts, the edit leads from one to the other, and it finds what a person changed."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text_diff import difference

SENTENCE = "全区梳理服务事项21个，区司法局办结案件36件。"


def _text(characters: int, seed: int = 5) -> str:
    rng = random.Random(seed)
    words = "".join(chr(0x4E00 + rng.randrange(900)) for _ in range(characters))
    return "\n".join(words[at : at + 80] for at in range(0, characters, 80))


@given(st.text("全区办结\n", max_size=60), st.text("全区办结\n", max_size=60))
def test_the_difference_leads_from_one_text_to_the_other(old: str, new: str) -> None:
    edit = difference(old, new)
    assert edit.apply(old) == new
    assert bool(edit) == (old != new)


@given(st.integers(0, 400), st.integers(0, 6), st.text("新", max_size=4))
def test_one_change_in_a_text_is_found_as_one(at: int, taken: int, put: str) -> None:
    old = _text(400)
    at = min(at, len(old) - taken)
    edit = difference(old, old[:at] + put + old[at + taken :])
    assert len(edit.replacements) <= 1
    assert edit.changed <= max(taken, len(put))


def test_joined_lines_are_breaks_taken_out_and_nothing_else() -> None:
    old = _text(5000)
    edit = difference(old, old.replace("\n", ""))
    assert {old[r.start : r.end] for r in edit.replacements} == {"\n"} and not any(r.text for r in edit.replacements)


def test_another_sentence_is_replaced_whole_not_patched_from_its_crumbs() -> None:
    other = "镇政务服务中心的新窗口办理的人次增加。"
    edit = difference(SENTENCE * 3 + "全文完", SENTENCE + other + SENTENCE + "全文完")
    assert len(edit.replacements) == 1


def test_a_moved_paragraph_is_taken_out_here_and_put_in_there() -> None:
    lines = _text(2000).split("\n")
    moved = [*lines[1:8], lines[0], *lines[8:]]
    edit = difference("\n".join(lines), "\n".join(moved))
    assert len(edit.replacements) == 2


def test_it_is_quick_for_a_long_text_whatever_it_is_compared_with() -> None:
    old = _text(100_000)
    rng = random.Random(7)
    changed = list(old)
    for _ in range(100):
        at = rng.randrange(len(changed))
        changed[at : at + rng.randrange(3)] = rng.choice(["", "改", "更正"])
    started = time.perf_counter()
    for new in ("".join(changed), old.replace("\n", ""), _text(100_000, seed=6), "重复的一行\n" * 20_000, ""):
        assert difference(old, new).apply(old) == new
    assert time.perf_counter() - started < 15
