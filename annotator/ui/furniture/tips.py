"""What a tooltip over page furniture says: which rule found it, and how it becomes body again."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QPoint

from annotator.domain.report import Furniture
from annotator.messages import _
from annotator.ui.controller import Controller
from annotator.ui.report_view import ReportView
from annotator.ui.report_view.layers import Layer


class FurnitureTips(Layer):
    """Paints nothing."""

    def __init__(self, controller: Controller, view: ReportView) -> None:
        self._controller, self._view = controller, view

    def tip(self, point: QPoint) -> str:
        item = self._at(point)
        return "" if item is None else furniture_words(item)

    def _at(self, point: QPoint) -> Furniture | None:
        report = self._controller.report
        offset = self._view.fold_at(point)
        offset = self._view.character_at(point) if offset is None else offset
        if report is None or offset is None:
            return None
        at = bisect_right(report.furniture, offset, key=lambda item: item.start) - 1
        item = report.furniture[at] if at >= 0 else None
        return item if item is not None and offset < item.end else None


def furniture_words(item: Furniture) -> str:
    """What a range is, and what can be done about it."""
    from annotator.reading.furniture.names import rule_name  # late: what finds furniture costs a start too much

    return _("Page furniture: {rule}. Shift+G makes it body again.", rule=rule_name(item.rule))
