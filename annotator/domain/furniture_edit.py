"""Page furniture as a list of disjoint ranges: covering a range of the text, uncovering one, moving an edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.report import Furniture
from annotator.domain.span import new_uid


def whole_lines(text: str, start: int, end: int) -> tuple[int, int]:
    """A range that holds all there is in its lines, with their white space and the line break behind it; else as it is."""
    first, last = start, max(end - 1, start)
    while first > 0 and text[first - 1] != "\n":
        if not text[first - 1].isspace():
            return start, end
        first -= 1
    if text[last : last + 1] == "\n":
        return first, max(end, last + 1)
    last = max(end, last)
    while last < len(text) and text[last] != "\n":
        if not text[last].isspace():
            return start, end
        last += 1
    return first, max(end, min(last + 1, len(text)))


def covered(items: Iterable[Furniture], start: int, end: int) -> bool:
    """Whether every character of [start, end) is furniture."""
    at = start
    for item in sorted(items, key=lambda item: item.start):
        if item.start <= at < item.end:
            at = item.end
    return at >= end


def cover(items: Sequence[Furniture], start: int, end: int, rule: str, text_version: int) -> list[Furniture]:
    """`items` with [start, end) furniture too, found by `rule`: ranges it overlaps go up in it, and the first keeps its uid."""
    if covered(items, start, end):
        return list(items)
    touched = [item for item in items if item.start < end and start < item.end]
    first, last = min([start, *(i.start for i in touched)]), max([end, *(i.end for i in touched)])
    uid = touched[0].uid if touched else new_uid()
    return _sorted([item for item in items if item not in touched], Furniture(uid, first, last, rule, text_version))


def uncover(items: Sequence[Furniture], start: int, end: int, text: str) -> list[Furniture]:
    """`items` with [start, end) body again: a range it lies in is split, and what would be left of white space goes too."""
    left: list[Furniture] = []
    for item in items:
        if item.end <= start or end <= item.start:
            left.append(item)
        else:
            left += _rest(item, start, end, text)
    return left


def _rest(item: Furniture, start: int, end: int, text: str) -> list[Furniture]:
    before, after = (item.start, min(start, item.end)), (max(end, item.start), item.end)
    kept = [(first, last) for first, last in (before, after) if text[first:last].strip()]
    uids = [item.uid, new_uid()]
    return [item._replace(uid=uid, start=first, end=last) for uid, (first, last) in zip(uids, kept)]


def resize(items: Sequence[Furniture], uid: str, start: int, end: int) -> list[Furniture]:
    """`items` with other edges for one of them; ranges that it overlaps then go up in it."""
    moved = next(item for item in items if item.uid == uid)
    others = [item for item in items if item.uid != uid]
    touched = [item for item in others if item.start < end and start < item.end]
    first, last = min([start, *(i.start for i in touched)]), max([end, *(i.end for i in touched)])
    return _sorted([item for item in others if item not in touched], moved._replace(start=first, end=last))


def _sorted(items: list[Furniture], new: Furniture) -> list[Furniture]:
    return sorted([*items, new], key=lambda item: item.start)
