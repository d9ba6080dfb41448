"""The spans of one annotation set on one report, kept so that a view asks only for what it shows.

Spans stand in reading order; besides, each paragraph (line of the text) knows the spans that touch
it, so that a question about a screenful costs the same with 20 spans and with 20,000.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter

from annotator.domain.span import Span, reading_order


class SpanIndex:
    """Spans by uid, in reading order, and by paragraph."""

    def __init__(self, text: str, spans: Iterable[Span] = ()) -> None:
        self.paragraph_starts = _paragraph_starts(text)
        self._length = len(text)
        self._ordered: list[tuple[tuple[int, int, str], Span]] = []
        self._by_uid: dict[str, Span] = {}
        self._by_paragraph: dict[int, dict[str, Span]] = {}
        self._fill(spans)

    def __len__(self) -> int:
        return len(self._ordered)

    def __iter__(self) -> Iterator[Span]:
        """All spans in reading order."""
        return (span for _key, span in self._ordered)

    def __contains__(self, uid: str) -> bool:
        return uid in self._by_uid

    def __getitem__(self, position: int) -> Span:
        """The span at `position` in reading order."""
        return self._ordered[position][1]

    def get(self, uid: str) -> Span | None:
        """The span with this uid."""
        return self._by_uid.get(uid)

    def position(self, span: Span) -> int:
        """Where `span` stands, or would stand, in reading order."""
        return bisect_left(self._ordered, (reading_order(span),))

    def add(self, span: Span) -> int:
        """Put in `span`; returns its position. A span with the same uid is replaced."""
        self.remove(span.uid)
        position = self.position(span)
        self._ordered.insert(position, (reading_order(span), span))
        self._enter(span)
        return position

    def renew(self, spans: Iterable[Span]) -> None:
        """Hold exactly these spans: where very many change at once, cheaper than one by one."""
        spans = list(spans)
        self._ordered.clear()
        self._by_uid.clear()
        self._by_paragraph.clear()
        self._fill(spans)

    def remove(self, uid: str) -> int | None:
        """Take out the span with this uid; returns the position it had, None where there is none."""
        span = self._by_uid.pop(uid, None)
        if span is None:
            return None
        for paragraph in self._paragraphs(span):
            self._by_paragraph[paragraph].pop(uid, None)
        position = self.position(span)
        del self._ordered[position]
        return position

    def touching(self, start: int, end: int) -> list[Span]:
        """The spans that share a character with `[start, end)`, in reading order."""
        found: dict[str, Span] = {}
        for paragraph in range(self.paragraph_at(start), self.paragraph_at(max(start, end - 1)) + 1):
            found.update(self._by_paragraph.get(paragraph, ()))
        return sorted((s for s in found.values() if s.start < end and start < s.end), key=reading_order)

    def at(self, offset: int) -> list[Span]:
        """The spans that cover the character at `offset`, the outermost first."""
        return self.touching(offset, offset + 1)

    def in_paragraph(self, paragraph: int) -> list[Span]:
        """The spans that touch a paragraph, in reading order."""
        return sorted(self._by_paragraph.get(paragraph, {}).values(), key=reading_order)

    def with_range(self, start: int, end: int) -> list[Span]:
        """The spans of exactly this range."""
        low = bisect_left(self._ordered, ((start, -end, ""),))
        found = []
        while low < len(self._ordered) and self._ordered[low][1].range == (start, end):
            found.append(self._ordered[low][1])
            low += 1
        return found

    def next_after(self, offset: int) -> Span | None:
        """The first span that starts at `offset` or later."""
        position = bisect_left(self._ordered, ((offset, -self._length - 1, ""),))
        return self._ordered[position][1] if position < len(self._ordered) else None

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds `offset`, counted from 0."""
        return max(0, bisect_right(self.paragraph_starts, offset) - 1)

    def _fill(self, spans: Iterable[Span]) -> None:
        """Take in many spans at once: a report opens with all of its spans, so each costs two microseconds, not seven."""
        ordered = self._ordered
        ordered.extend(((span.start, -span.end, span.uid), span) for span in spans)
        ordered.sort(key=itemgetter(0))
        starts, by_uid, by_paragraph = self.paragraph_starts, self._by_uid, self._by_paragraph
        paragraph, last = 0, len(starts) - 1
        for (start, negative_end, uid), span in ordered:
            while paragraph < last and starts[paragraph + 1] <= start:
                paragraph += 1
            by_uid[uid] = span
            by_paragraph.setdefault(paragraph, {})[uid] = span
            if paragraph < last and -negative_end > starts[paragraph + 1]:
                for further in self._paragraphs(span):
                    by_paragraph.setdefault(further, {})[uid] = span

    def _paragraphs(self, span: Span) -> range:
        return range(self.paragraph_at(span.start), self.paragraph_at(span.end - 1) + 1)

    def _enter(self, span: Span) -> None:
        self._by_uid[span.uid] = span
        for paragraph in self._paragraphs(span):
            self._by_paragraph.setdefault(paragraph, {})[span.uid] = span


def _paragraph_starts(text: str) -> list[int]:
    """The offset at which each paragraph starts; there is always one."""
    starts = [0]
    found = text.find("\n")
    while found >= 0:
        starts.append(found + 1)
        found = text.find("\n", found + 1)
    return starts
