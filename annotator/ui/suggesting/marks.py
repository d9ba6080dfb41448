"""Clicks on suggestions in the report, and what the pointer says about them. They are painted as spans are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint

from annotator.domain.span import Span
from annotator.ui.report_view.layers import Layer
from annotator.ui.report_view.view import ReportView


class OfferMarks(Layer):
    """`picked` is told the uid of a suggestion that was clicked; `words` says one in words."""

    def __init__(self, view: ReportView, picked: Callable[[str], None], words: Callable[[str], str]) -> None:
        self._view, self._picked, self._words = view, picked, words
        self._last = ""

    def click(self, point: QPoint) -> bool:
        """The innermost suggestion or span is meant; a second click at a place goes on to the spans there."""
        offset = self._view.character_at(point)
        offers, spans = self._view.offers_at(offset), self._view.spans_at(offset)
        if not offers:
            self._last = ""
            return False
        offer = min(offers, key=_length)
        nearer = any(_length(span) <= _length(offer) for span in spans)
        if nearer or (spans and offer.uid == self._last):
            self._last = ""
            return False
        self._last = offer.uid
        self._picked(offer.uid)
        return True

    def tip(self, point: QPoint) -> str:
        offers = self._view.offers_at(self._view.character_at(point))
        return self._words(min(offers, key=_length).uid) if offers else ""


def _length(span: Span) -> int:
    return span.end - span.start
