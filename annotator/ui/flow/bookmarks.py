"""Bookmarks in the window: one key sets and takes away, keys go from one to the next, a list shows all, flags in the margin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QMenu

from annotator.domain.bookmark import Bookmark
from annotator.domain.errors import KnownError
from annotator.messages import _
from annotator.services.bookmarks import Bookmarks
from annotator.services.rows import BookmarkRow
from annotator.ui.report_view.layers import Layer
from annotator.ui.report_view.layouts import Block
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.painting import Placed

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_LISTED = 40


class BookmarkKeys(QObject):
    """What keys do with bookmarks."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self.flags = BookmarkFlags(window)
        self.menu = QMenu(window)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {
            "bookmark.toggle": self.toggle,
            "bookmark.next": partial(self.step, 1),
            "bookmark.previous": partial(self.step, -1),
            "bookmark.list": self.show_list,
        }

    def _marks(self) -> Bookmarks | None:
        session = self._controller.session
        return Bookmarks(session) if session else None

    def toggle(self) -> None:
        """Mark the caret's place or the selection; take the mark of its sentence away."""
        marks, report = self._marks(), self._controller.report
        if marks is None or report is None:
            return
        start, end = self._controller.text_selection
        if start == end:
            start = end = self._controller.caret
        try:
            outcome = marks.toggle(report, start, end)
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        self._controller.said.emit(outcome.words)

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) bookmark, in whichever report it stands."""
        marks, report = self._marks(), self._controller.report
        if marks is None or report is None:
            return
        row = marks.beyond(report.id, self._controller.caret, direction)
        if row is None:
            key = self._window.actions_.keys.shown("bookmark.toggle")
            self._controller.said.emit(_("There is no bookmark yet; {key} sets one.", key=key))
        else:
            self.go(row)

    def go(self, row: BookmarkRow) -> None:
        """Open the report of a bookmark and put the caret there."""
        self._controller.open_report(row.report)
        mark, view = row.bookmark, self._window.report_pane.view
        self._controller.select(())
        self._controller.revealed.emit(mark.start, mark.end, mark.start)
        if mark.start < mark.end:
            view.set_selection(mark.start, mark.end)
        view.setFocus()
        self._controller.said.emit(_("Bookmark: {words}", words=short(row.words)))

    def show_list(self) -> None:
        """All bookmarks, to choose one by arrow or letter."""
        marks = self._marks()
        self.menu.clear()
        for row in (marks.listed() if marks else [])[:_LISTED]:
            words = f"{short(row.words)}    {row.title}".replace("&", "&&")
            self.menu.addAction(words).triggered.connect(lambda _on=False, r=row: self.go(r))
        if self.menu.isEmpty():
            self.menu.addAction(_("None yet")).setEnabled(False)
        view = self._window.report_pane.view
        self.menu.popup(view.mapToGlobal(QPoint(24, 24)))


class BookmarkFlags(QObject, Layer):
    """A small flag in the margin beside the row where a bookmark stands."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._controller, self._view = window.controller, window.report_pane.view
        self._marks: list[Bookmark] = []
        self._shown: list[tuple[QRectF, Bookmark]] = []
        self._view.layers.append(self)
        self._controller.reportChanged.connect(self.renew)
        self._controller.historyChanged.connect(self.renew)

    def renew(self) -> None:
        """Other bookmarks, or another report."""
        session, report = self._controller.session, self._controller.report
        marks = Bookmarks(session).of_report(report) if session and report else []
        if marks != self._marks:
            self._marks = marks
            self._view.viewport().update()

    def paint(self, painter: QPainter, placed: Sequence[Placed], look: Look) -> None:
        self._shown = [flag for block, x, y in placed for flag in self._flags(block, x, y, look)] if self._marks else []
        painter.setPen(QPen(look.accent, 1.4))
        painter.setBrush(look.accent)
        for box, _mark in self._shown:
            corners = (box.topLeft(), box.topRight(), QPointF(box.right() - 3, box.center().y() - 1))
            lower = QPointF(box.right(), box.bottom() - 4), QPointF(box.left(), box.bottom() - 4)
            painter.drawPolygon(QPolygonF([*corners, *lower]))
            painter.drawLine(box.topLeft(), box.bottomLeft())

    def _flags(self, block: Block, x: int, y: int, look: Look) -> list[tuple[QRectF, Bookmark]]:
        """The flags of the bookmarks that begin in a piece, left of where questions have theirs."""
        size, flags = look.metrics.small, []
        for mark in self._marks:
            if block.stands_for_all or not block.piece.start <= mark.start <= block.piece.end:
                continue
            top = y + block.tops[block.row_of(mark.start)] + look.metrics.em_top + (look.metrics.em - size) / 2
            flags.append((QRectF(x - 30 - size * 0.7, top, size * 0.7, size), mark))
        return flags

    def tip(self, point: QPoint) -> str:
        near = QPointF(point)
        found = any(box.adjusted(-3, -3, 3, 3).contains(near) for box, _mark in self._shown)
        return _("Bookmark") if found else ""


def short(words: str, longest: int = 24) -> str:
    """Words of a place on one line."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
