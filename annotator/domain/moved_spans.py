"""The spans of a report as they stand while its text is being edited: found where they are asked for, none moved before.

Whoever types sees each letter at once, be there twenty spans or twenty thousand. Nothing can be put in or taken out here.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NoReturn

from annotator.domain.span import Span, reading_order
from annotator.domain.span_index import SpanIndex
from annotator.domain.text_edit import TextEdit, moved_words


class MovedSpans(SpanIndex):
    """The spans of `base` after `edit`; `before` is the text they stand in, `text` the one after."""

    def __init__(self, base: SpanIndex, edit: TextEdit, before: str, text: str) -> None:
        super().__init__(text)
        self._base, self._edit, self._text = base, edit, text
        self._back = edit.inverse(before)

    def __len__(self) -> int:
        """How many there were before the edit: none is looked at for that."""
        return len(self._base)

    def __iter__(self) -> Iterator[Span]:
        return (moved for span in self._base if (moved := self._moved(span)) is not None)

    def __contains__(self, uid: str) -> bool:
        return self.get(uid) is not None

    def __getitem__(self, position: int) -> Span:
        return self._whole[position]

    def get(self, uid: str) -> Span | None:
        span = self._base.get(uid)
        return None if span is None else self._moved(span)

    def touching(self, start: int, end: int) -> list[Span]:
        there = (self._moved(span) for span in self._base.touching(*self._before(start, end)))
        return sorted((s for s in there if s is not None and s.start < end and start < s.end), key=reading_order)

    def in_paragraph(self, paragraph: int) -> list[Span]:
        return self._whole.in_paragraph(paragraph)

    def with_range(self, start: int, end: int) -> list[Span]:
        return [span for span in self.touching(start, end) if span.range == (start, end)]

    def position(self, span: Span) -> int:
        return self._whole.position(span)

    def next_after(self, offset: int) -> Span | None:
        return self._whole.next_after(offset)

    def add(self, span: Span) -> NoReturn:
        raise TypeError("what is shown while a text is edited is the edit's")

    def remove(self, uid: str) -> NoReturn:
        raise TypeError("what is shown while a text is edited is the edit's")

    def _moved(self, span: Span) -> Span | None:
        to = moved_words(self._edit, span.start, span.end, self._text)
        return None if to is None else span._replace(start=to.start, end=to.end)

    def _before(self, start: int, end: int) -> tuple[int, int]:
        """A range of the text before the edit that holds all whose words may stand in `[start, end)` after it."""
        low, high, grown = self._back.place(start), self._back.place(end), 0
        for r in self._edit.replacements:
            if r.start + grown <= end and start <= r.start + grown + len(r.text):
                low, high = min(low, r.start), max(high, r.end)
            grown += r.growth
        return max(low - 1, 0), high + 1

    @functools.cached_property
    def _whole(self) -> SpanIndex:
        """All of them moved, for questions that are about all."""
        return SpanIndex(self._text, self)
