"""The selection of the view, and which of several nested spans a click means.

Offsets are code points; no widget here.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.span import Span
from annotator.ui.report_view.caret import Caret


class Selection:
    """Anchor and caret; the selection lies between them. A caret without selection has its anchor under it."""

    def __init__(self) -> None:
        self.anchor = 0
        self.caret = Caret(0)

    @property
    def range(self) -> tuple[int, int]:
        """Start and end."""
        return min(self.anchor, self.caret.offset), max(self.anchor, self.caret.offset)

    def move(self, caret: Caret, extend: bool) -> None:
        """Move the caret, with or without the anchor."""
        self.caret = caret
        if not extend:
            self.anchor = caret.offset

    def set(self, anchor: int, caret: int) -> None:
        """Select from `anchor` to `caret`."""
        self.anchor, self.caret = anchor, Caret(caret)

    def holds(self, offset: int) -> bool:
        """Whether the character at `offset` is selected."""
        start, end = self.range
        return start <= offset < end


class Inwards:
    """Clicks on nested spans: the first means the outermost, each further one at the same place the next inner."""

    def __init__(self) -> None:
        self._last: tuple[tuple[str, ...], str] = (), ""

    def pick(self, spans: Sequence[Span]) -> str:
        """The uid that a click on these spans (outermost first) means; "" for none."""
        uids = tuple(span.uid for span in spans)
        if not uids:
            self._last = (), ""
            return ""
        known, picked = self._last
        again = known == uids and picked in uids
        picked = uids[(uids.index(picked) + 1) % len(uids)] if again else uids[0]
        self._last = uids, picked
        return picked

    def forget(self) -> None:
        """The next click means the outermost span again."""
        self._last = (), ""
