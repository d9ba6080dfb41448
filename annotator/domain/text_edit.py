"""Text edits: what was replaced in a report's text, and where a range of it stands afterwards.

Standard library only. Offsets are code points of the text before the edit, half open. An edit is a value: it is made
once, knows its inverse, and two in turn make one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, Final, NamedTuple

from annotator.domain.errors import ValidationError
from annotator.messages import N_

_BEYOND: Final = N_("A text edit from {start} to {end} does not lie in a text of {length} characters.")


class Replacement(NamedTuple):
    """`[start, end)` becomes `text`: an insertion where the range is empty, a deletion where the text is."""

    start: int
    end: int
    text: str

    @property
    def growth(self) -> int:
        """By how many characters the text grows."""
        return len(self.text) - (self.end - self.start)


class Moved(NamedTuple):
    """Where a range stands after an edit; `touched` says that its words are no longer the same."""

    start: int
    end: int
    touched: bool


class TextEdit:
    """Replacements in one version of a text: sorted, disjoint, no two of them side by side (those are one)."""

    __slots__ = ("_ends", "_growths", "_starts", "replacements")

    def __init__(self, replacements: Iterable[tuple[int, int, str]] = ()) -> None:
        """`replacements` in any order; raises ValueError where two overlap."""
        self.replacements: tuple[Replacement, ...] = tuple(_joined(sorted(replacements, key=lambda r: r[:2])))
        self._starts = [r.start for r in self.replacements]
        self._ends = [r.end for r in self.replacements]
        #: By how much the text has grown before each replacement, and after the last.
        self._growths = [0, *accumulate(r.growth for r in self.replacements)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextEdit) and self.replacements == other.replacements

    def __hash__(self) -> int:
        return hash(self.replacements)

    def __bool__(self) -> bool:
        """Whether anything is replaced."""
        return bool(self.replacements)

    def __repr__(self) -> str:
        return f"TextEdit({list(self.replacements)!r})"

    @property
    def growth(self) -> int:
        """By how many characters the text grows."""
        return self._growths[-1]

    @property
    def changed(self) -> int:
        """How many characters are taken out or put in, whichever is more at each place."""
        return sum(max(r.end - r.start, len(r.text)) for r in self.replacements)

    def check(self, length: int) -> None:
        """Raise ValidationError unless the edit lies in a text of so many characters."""
        for r in self.replacements:
            if not 0 <= r.start <= r.end <= length:
                raise ValidationError(_BEYOND, start=r.start, end=r.end, length=length)

    def apply(self, text: str) -> str:
        """The text after the edit. Raises ValidationError where the edit does not lie in it."""
        self.check(len(text))
        parts, at = [], 0
        for start, end, new in self.replacements:
            parts += [text[at:start], new]
            at = end
        return "".join([*parts, text[at:]])

    def inverse(self, text: str) -> TextEdit:
        """The edit that leads back to `text`, the text before this one."""
        return TextEdit(
            (r.start + grown, r.start + grown + len(r.text), text[r.start : r.end])
            for r, grown in zip(self.replacements, self._growths, strict=False)
        )

    def then(self, later: TextEdit) -> TextEdit:
        """This edit and then `later`, whose offsets count in the text after this one, as one edit."""
        return TextEdit(_composed(self, later))

    # ---- where things are afterwards ---------------------------------------------------------------

    def moved(self, start: int, end: int) -> Moved | None:
        """Where the range `[start, end)` stands afterwards; None where nothing is left of it.

        What is put in at an edge stays outside; what replaces words of the range alone, all of them included, stays
        inside. Of a range that is partly replaced together with words beside it, the rest is kept. An empty range is a
        place: it is never lost, and touched where it stood inside what was replaced.
        """
        if start >= end:
            place, inside = self._place(start)
            return Moved(place, place, inside)
        new_start, new_end = self._start(start), self._end(end)
        if new_start >= new_end:
            return None
        first = bisect_right(self._ends, start)
        touched = first < len(self._starts) and self._starts[first] < end
        return Moved(new_start, new_end, touched)

    def place(self, offset: int) -> int:
        """Where a caret that stood at `offset` stands afterwards."""
        return self._place(offset)[0]

    def edge(self, offset: int, *, at_end: bool) -> int:
        """Where one edge of a range that stood at `offset` stands afterwards."""
        return self._end(offset) if at_end else self._start(offset)

    def _place(self, offset: int) -> tuple[int, bool]:
        at = bisect_right(self._ends, offset)
        if at < len(self._starts) and self._starts[at] < offset:
            return self._starts[at] + self._growths[at], True
        return offset + self._growths[at], False

    def _start(self, offset: int) -> int:
        at = bisect_right(self._ends, offset)
        if at < len(self._starts) and self._starts[at] < offset:
            return self._ends[at] + self._growths[at + 1]
        return offset + self._growths[at]

    def _end(self, offset: int) -> int:
        at = bisect_right(self._ends, offset)
        if at and self._starts[at - 1] == offset:
            at -= 1  # put in right behind the range
        if at < len(self._starts) and self._starts[at] < offset < self._ends[at]:
            return self._starts[at] + self._growths[at]
        return offset + self._growths[at]


def moved_excerpt(value: dict[str, Any], edit: TextEdit, text: str) -> dict[str, Any] | None:
    """The value of an attribute that quotes the report (`start`, `end`, `text`) after `edit`; `text` is the new one.

    None where the words are gone.
    """
    moved = moved_words(edit, value["start"], value["end"], text)
    if moved is None:
        return None
    if not moved.touched:
        return {**value, "start": moved.start, "end": moved.end}
    return {**value, "start": moved.start, "end": moved.end, "text": text[moved.start : moved.end]}


def is_excerpt(value: object) -> bool:
    """Whether an attribute's value quotes the report."""
    if not isinstance(value, dict):
        return False
    start, end = value.get("start"), value.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end


def moved_attributes(attributes: dict[str, Any], edit: TextEdit, text: str) -> tuple[dict[str, Any], list[str]]:
    """Attribute values after `edit`, and the names of those whose words have changed or gone; `text` is the new one."""
    kept: dict[str, Any] = {}
    touched: list[str] = []
    for name, value in attributes.items():
        if not is_excerpt(value):
            kept[name] = value
            continue
        now = moved_excerpt(value, edit, text)
        if now is not None:
            kept[name] = now
        if now is None or now.get("text") != value.get("text"):
            touched.append(name)
    return kept, touched


def moved_words(edit: TextEdit, start: int, end: int, text: str) -> Moved | None:
    """Like `TextEdit.moved`, for a range that is there for its words: touched, it has no white space at its edges.

    `text` is the text after the edit.
    """
    moved = edit.moved(start, end)
    if moved is None or not moved.touched or start == end:
        return moved
    words = text[moved.start : moved.end]
    start = moved.start + len(words) - len(words.lstrip())
    end = moved.start + len(words.rstrip())
    return Moved(start, end, True) if start < end else None


# ---- edits as lists of replacements ---------------------------------------------------------------


def _joined(replacements: Sequence[tuple[int, int, str]]) -> Iterator[Replacement]:
    """What is sorted, with neighbours as one and what changes nothing left out."""
    last: Replacement | None = None
    for start, end, text in replacements:
        if start > end or start < 0:
            raise ValueError(f"no range: {start}, {end}")
        if start == end and not text:
            continue
        if last is None:
            last = Replacement(start, end, text)
        elif start < last.end:
            raise ValueError(f"replacements overlap at {start}")
        elif start == last.end:
            last = Replacement(last.start, end, last.text + text)
        else:
            yield last
            last = Replacement(start, end, text)
    if last is not None:
        yield last


#: Further than any text goes.
_END: Final = 1 << 60

#: A piece of a text after an edit: characters of the one before (`start`, `end`), or new ones.
_Piece = tuple[int, int, str]


def _composed(first: TextEdit, later: TextEdit) -> Iterator[Replacement]:
    """Both edits in offsets of the first text: the pieces of the text between, cut and replaced by `later`."""
    between = _Pieces(_pieces(first))
    after: list[_Piece] = []
    at = 0
    for start, end, new in later.replacements:
        after += between.take(start - at)
        between.drop(end - start)
        after.append((0, 0, new))
        at = end
    return _replacements(chain(after, between.rest()))


def _pieces(edit: TextEdit) -> Iterator[_Piece]:
    at = 0
    for start, end, new in edit.replacements:
        yield at, start, ""
        yield 0, 0, new
        at = end
    yield at, _END, ""


class _Pieces:
    """Pieces, from which characters are taken from the front."""

    def __init__(self, pieces: Iterator[_Piece]) -> None:
        self._pieces = pieces
        self._head: _Piece | None = None

    def take(self, count: int) -> list[_Piece]:
        """The next `count` characters."""
        taken: list[_Piece] = []
        while count > 0:
            start, end, new = self._head or next(self._pieces)
            size = len(new) or end - start
            cut = min(size, count)
            if new:
                taken.append((0, 0, new[:cut]))
                self._head = (0, 0, new[cut:]) if cut < size else None
            else:
                taken.append((start, start + cut, ""))
                self._head = (start + cut, end, "") if cut < size else None
            count -= cut
        return taken

    def drop(self, count: int) -> None:
        """Leave out the next `count` characters."""
        self.take(count)

    def rest(self) -> Iterator[_Piece]:
        """All that was not taken."""
        return self._pieces if self._head is None else chain((self._head,), self._pieces)


def _replacements(pieces: Iterable[_Piece]) -> Iterator[Replacement]:
    """What stands between the characters that were kept."""
    at, new = 0, ""
    for start, end, text in pieces:
        if text or start == end:
            new += text
            continue
        if new or start > at:
            yield Replacement(at, start, new)
        at, new = end, ""
