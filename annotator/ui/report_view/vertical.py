"""Moving up and down, by rows and by screens: the caret keeps to the x that it started from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from annotator.ui.report_view import caret as carets
from annotator.ui.report_view.caret import Caret

if TYPE_CHECKING:
    from annotator.ui.report_view.view import ReportView


class Vertical:
    """Up and down in one view. Whatever else moves the caret says `forget`."""

    def __init__(self, view: ReportView) -> None:
        self._view = view
        self._x: float | None = None

    def forget(self) -> None:
        """The next move starts from where the caret is then."""
        self._x = None

    def x(self) -> float:
        """The x that moving keeps to, from the column's left."""
        if self._x is None:
            self._x = carets.x_of(self._view.page(), self._view.caret_place())
        return self._x

    def by_rows(self, rows: int, extend: bool) -> None:
        """Move the caret so many rows down."""
        x = self.x()
        self._view.move_caret(carets.vertical(self._view.page(), self._view.caret_place(), rows, x), extend)
        self._x = x

    def by_screens(self, screens: int, extend: bool) -> None:
        """Move page and caret by so many screens; where the page ends first, the caret goes the rest of the way."""
        page, x = self._view.page(), self.x()
        y, before, step = self._view.caret_rect().center().y(), page.value, screens * page.screen
        self._view.scroll_by(step)
        y += step - (page.value - before)
        self._view.move_caret(self._target(x, y), extend)
        self._x = x

    def _target(self, x: float, y: int) -> Caret:
        page = self._view.page()
        if y >= page.height and page.value >= page.maximum:
            return carets.document_end(page)
        if y < 0 and page.value <= 0:
            return Caret(0)
        return self._view.place_at(QPoint(page.column()[0] + round(x), y))
