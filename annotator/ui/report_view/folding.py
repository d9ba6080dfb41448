"""Furniture as the view folds it: which ranges there are and which of them stand open.

Folding is a state of the view, never of the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.report import Furniture


class Fold(NamedTuple):
    """One furniture range; `uid` is the furniture's, `rule` what found it."""

    start: int
    end: int
    uid: str
    rule: str = ""


class Folding:
    """The furniture ranges of one report, without overlap and in order, and which are unfolded."""

    def __init__(self, furniture: Iterable[Furniture] = (), length: int = 0) -> None:
        self.folds: list[Fold] = []
        self._open: set[str] = set()
        reached = 0
        for item in sorted(furniture, key=lambda f: (f.start, f.end)):
            start, end = max(item.start, reached), min(item.end, length)
            if start < end:
                self.folds.append(Fold(start, end, item.uid, item.rule))
                reached = end

    def is_open(self, uid: str) -> bool:
        """Whether this furniture shows all its lines."""
        return uid in self._open

    def set_open(self, uid: str, is_open: bool) -> bool:
        """Unfold or fold one; returns whether that changed anything."""
        if (uid in self._open) == is_open:
            return False
        if is_open:
            self._open.add(uid)
        else:
            self._open.discard(uid)
        return True

    def keep_open(self, other: Folding) -> None:
        """Take over what was open in the folding of the same report before."""
        self._open = {fold.uid for fold in self.folds if other.is_open(fold.uid)}

    def closed_touching(self, start: int, end: int) -> list[Fold]:
        """The folded ranges that hide a character of `[start, end)`, or the caret place `start`."""
        end = max(end, start + 1)
        return [f for f in self.folds if f.start < end and start < f.end and f.uid not in self._open]
