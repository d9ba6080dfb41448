"""Moving the edges of page furniture by whole lines: with keys, and by dragging the edge of an unfolded range.

Enter keeps, Esc restores; whatever else a person does meanwhile keeps the edge first, as with the edges of spans.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter

from annotator.domain.furniture_edit import resize
from annotator.domain.report import Furniture
from annotator.messages import _
from annotator.ui.report_view.layers import Layer
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.painting import Placed
from annotator.ui.report_view.paragraphs import FURNITURE, HEADER

if TYPE_CHECKING:
    from annotator.ui.foot import Foot
    from annotator.ui.main_window import MainWindow

_NEAR = 5  # pixels beside an edge that count as on it
_DOWN, _UP = ("Down", "J"), ("Up", "K")


class FurnitureEdges(QObject):
    """The range on its way: `item` with the edges it would have, and which of them moves."""

    def __init__(
        self,
        window: MainWindow,
        here: Callable[[], Furniture | None],
        keep: Callable[[str, int, int], None],
    ) -> None:
        """`here`: the range at the caret; `keep`: give a range other edges."""
        super().__init__(window)
        self._window, self._controller, self._view = window, window.controller, window.report_pane.view
        self._here, self._write = here, keep
        self.item: Furniture | None = None
        self.at_end = True
        self._dragging = False
        self._foot: Foot | None = None
        self._view.layers.append(_Handles(self))
        self._view.viewport().installEventFilter(self)
        self._controller.leaving.connect(self.keep)
        self._controller.reportChanged.connect(self._drop)

    # ---- in and out --------------------------------------------------------------------------------

    def choose(self) -> None:
        """Move the end of the range at the caret; pressed again the start; then neither, which keeps."""
        if self.item is not None:
            if self.at_end:
                self.at_end = False
                self._show(self.item)
            else:
                self.keep()
            return
        item = self._here()
        if item is None or not self._controller.writable:
            self._controller.said.emit(_("There is no page furniture here."))
            return
        self.item, self.at_end = item, True
        self._view.set_folded(item.uid, False)
        self._view.enter(self)
        self._show(item)

    def keep(self) -> None:
        """Let the edge stay where it is: one step, none where it is where it was."""
        item, before = self.item, self._before()
        if item is None:
            return
        self._drop()
        if before is not None and (before.start, before.end) != (item.start, item.end):
            self._write(item.uid, item.start, item.end)

    def cancel(self) -> None:
        """Put the edge back."""
        if self.item is not None:
            self._drop()
            self._controller.said.emit(_("The page furniture is as it was."))

    def about_to_do(self, action: str) -> None:
        """Another action is about to be done: the edge is kept first."""
        if action != "furniture.edge":
            self.keep()

    def _drop(self) -> None:
        if self.item is None:
            return
        self.item, self._dragging = None, False
        self._view.leave(self)
        if self._foot is not None:
            self._foot.setVisible(False)
        report = self._controller.report
        if report is not None:
            self._view.set_furniture(report.furniture)

    def _before(self) -> Furniture | None:
        """The range as it is stored."""
        report = self._controller.report
        if report is None or self.item is None:
            return None
        return next((item for item in report.furniture if item.uid == self.item.uid), None)

    # ---- keys (the view asks) ----------------------------------------------------------------------

    def takes(self, key: str) -> bool:
        """Whether a key is the mode's: every single one, for it would mean something else now."""
        return key in (*_DOWN, *_UP, "Return", "Esc") or "+" not in key.removeprefix("Shift+")

    def press(self, key: str) -> None:
        """Do what a key says."""
        if key == "Return":
            self.keep()
        elif key == "Esc":
            self.cancel()
        elif key in _DOWN or key in _UP:
            self._move(1 if key in _DOWN else -1)
        elif key == "E" or key in self._view.keys_of("furniture.edge"):
            self.choose()
        else:
            self._controller.said.emit(_("An edge is being moved: Enter keeps it, Esc puts it back."))

    def _move(self, direction: int) -> None:
        assert self.item is not None
        place = _line_edge(self._view.text(), self.item.end if self.at_end else self.item.start, direction)
        if not self._to(place):
            self._controller.said.emit(_("The edge cannot go further."))

    def _to(self, place: int) -> bool:
        """The moving edge at `place`; whether that could be."""
        item = self.item
        if item is None:
            return False
        moved = item._replace(end=place) if self.at_end else item._replace(start=place)
        if moved.start >= moved.end or moved == item or not self._view.text()[moved.start : moved.end].strip():
            return False
        self._show(moved)
        return True

    # ---- shown as it would be ------------------------------------------------------------------------

    def _show(self, item: Furniture) -> None:
        report = self._controller.report
        if report is None:
            return
        self.item = item
        self._view.set_furniture(resize(report.furniture, item.uid, item.start, item.end))
        self._view.set_folded(item.uid, False)
        place = max(item.end - 1, item.start) if self.at_end else item.start
        self._view.reveal(place, place)
        self._say()

    def _say(self) -> None:
        if self._foot is None:
            from annotator.ui.foot import Foot

            self._foot = Foot()
            self._foot.taken.connect(self.keep)
            self._foot.left.connect(self.cancel)
            self._window.report_pane.add_below(self._foot)
        title = _("End of the page furniture") if self.at_end else _("Start of the page furniture")
        self._foot.say(title, _("↑ ↓ move it by a line, E the other edge"), "")

    # ---- the mouse -----------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A press on an edge drags it; everything else is the view's."""
        if not isinstance(event, QMouseEvent) or not self._controller.writable or self._view.takes_text:
            return False
        point, kind = event.position().toPoint(), event.type()
        if self._dragging:
            return self._drag(point, kind)
        if kind == QEvent.Type.MouseMove and not event.buttons():
            self._point(self._has_furniture() and self._edge_at(point) is not None)
        elif kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            return self._press(point)
        return False

    def _point(self, on_edge: bool) -> None:
        viewport = self._view.viewport()
        if on_edge:
            viewport.setCursor(Qt.CursorShape.SizeVerCursor)
        elif viewport.cursor().shape() == Qt.CursorShape.SizeVerCursor:
            viewport.setCursor(Qt.CursorShape.IBeamCursor)

    def _has_furniture(self) -> bool:
        report = self._controller.report
        return report is not None and bool(report.furniture)

    def _press(self, point: QPoint) -> bool:
        found = self._edge_at(point)
        if found is None:
            return False
        self.keep()
        self.item, self.at_end = found
        self._dragging = True
        self._view.enter(self)
        return True

    def _drag(self, point: QPoint, kind: QEvent.Type) -> bool:
        if kind == QEvent.Type.MouseMove:
            self._to(self._line_at(point))
        elif kind == QEvent.Type.MouseButtonRelease:
            self._dragging = False
            self.keep()
        return True

    def _line_at(self, point: QPoint) -> int:
        """The edge between lines that is nearest to a point."""
        text, place = self._view.text(), self._view.place_at(point)
        below = point.y() > self._view.rect_of(place).center().y()
        return _line_edge(text, place.offset, 1) if below else text.rfind("\n", 0, place.offset) + 1

    def _edge_at(self, point: QPoint) -> tuple[Furniture, bool] | None:
        """The unfolded range whose start or end lies at a point, and whether it is the end."""
        report = self._controller.report
        for uid, y, at_end in edge_lines(self._placed()):
            if report is not None and abs(point.y() - y) <= _NEAR:
                item = next((item for item in report.furniture if item.uid == uid), None)
                return None if item is None else (item, at_end)
        return None

    def _placed(self) -> list[Placed]:
        page = self._view.page()
        return [Placed(block, page.column()[0], y) for _number, block, y in page.visible()]


def edge_lines(placed: Sequence[Placed]) -> list[tuple[str, int, bool]]:
    """Uid, y and "is the end" of the edges of unfolded furniture that show."""
    found: list[tuple[str, int, bool]] = []
    for number, (block, _x, y) in enumerate(placed):
        piece = block.piece
        if piece.fold is None or piece.kind not in (HEADER, FURNITURE):
            continue
        if piece.kind == HEADER:
            found.append((piece.fold.uid, y, False))
        following = placed[number + 1].block.piece.fold if number + 1 < len(placed) else piece.fold
        if piece.kind == FURNITURE and (following is None or following.uid != piece.fold.uid):
            found.append((piece.fold.uid, y + block.height, True))
    return found


def _line_edge(text: str, place: int, direction: int) -> int:
    """The next place between two lines after `place`, or the one before it; the text's edge where there is none."""
    if direction > 0:
        found = text.find("\n", place)
        return len(text) if found < 0 else found + 1
    return text.rfind("\n", 0, max(place - 1, 0)) + 1


class _Handles(Layer):
    """A line along each edge of unfolded furniture; the one on its way is strong."""

    def __init__(self, edges: FurnitureEdges) -> None:
        self._edges = edges

    def paint(self, painter: QPainter, placed: Sequence[Placed], look: Look) -> None:
        item = self._edges.item
        for uid, y, at_end in edge_lines(placed):
            moving = item is not None and item.uid == uid and at_end == self._edges.at_end
            left = placed[0].x - look.metrics.em // 2 if placed else 0
            width = look.metrics.column + look.metrics.em
            height = 3.0 if moving else 1.0
            painter.fillRect(QRectF(left, y - height / 2, width, height), look.accent if moving else look.furniture)
