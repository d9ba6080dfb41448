"""What the mouse does in the report view: caret, selection, dragging text out, spans, folds.

Keeps the state of one press; the view does what it says.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QMimeData, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent, QWheelEvent

from annotator.domain.clauses import clause_at
from annotator.ui.report_view import caret as carets
from annotator.ui.report_view.caret import Caret
from annotator.ui.report_view.selection import Inwards

if TYPE_CHECKING:
    from annotator.ui.report_view.view import ReportView

_AUTOSCROLL_MS = 30


class Mouse(QObject):
    """One press at a time: idle, pressed, selecting, or about to drag the selected text."""

    def __init__(self, view: ReportView) -> None:
        super().__init__(view)
        self._view = view
        self._inwards = Inwards()
        self._scroller = QTimer(self, interval=_AUTOSCROLL_MS)
        self._scroller.timeout.connect(self._autoscroll)
        self._since_double = QElapsedTimer()
        #: The wheel, in eighths of a degree not yet spent: touch pads send small pieces of a notch.
        self._turned = 0
        self.reset()

    def reset(self) -> None:
        """Forget the press."""
        self._pressed: QPoint | None = None
        self._at = QPoint()
        self._selecting = False
        self._may_drag_text = False
        self._extends = False
        self._is_click = False
        self._unit: tuple[int, int] | None = None
        self._anchor = 0
        self._scroller.stop()
        self._inwards.forget()

    def forget_click(self) -> None:
        """The spans changed: the next click means the outermost again."""
        self._inwards.forget()

    def notches(self, event: QWheelEvent) -> int:
        """How many whole notches the wheel has been turned."""
        self._turned += event.angleDelta().y()
        notches, self._turned = int(self._turned / 120), int(math.fmod(self._turned, 120))
        return notches

    # ---- the four events -------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Left: put the caret, extend, or get ready to drag. Right: put the caret, outside the selection."""
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.RightButton:
            if not self._view.selection_holds(self._view.character_at(point)):
                self._view.move_caret(self._view.place_at(point), extend=False, reveal=False)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        edge = self._view.edges.handle_at(point)
        if edge:
            self._pressed, self._at, self._is_click = point, point, True
            self._view.edges.begin(edge, point)
            return
        is_third = self._is_third_click(point)
        self._pressed, self._at, self._unit = point, point, None
        self._selecting, self._is_click = False, True
        if is_third:
            self._select_clause(point)
            return
        self._extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._may_drag_text = not self._extends and self._view.selection_holds(self._view.character_at(point))
        if not self._may_drag_text:
            self._view.move_caret(self._view.place_at(point), self._extends, reveal=False)

    def move(self, event: QMouseEvent) -> None:
        """Select or drag while pressed; otherwise show what is under the pointer."""
        self._at = event.position().toPoint()
        if self._view.edges.is_dragging:
            self._is_click = self._is_click and not self._far_enough()
            if not self._is_click:
                self._view.edges.drag(self._at)
            return
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover()
            return
        if not self._selecting and not self._far_enough():
            return
        self._is_click = False
        if self._may_drag_text:
            self._drag_text()
        else:
            if not self._selecting:
                self._anchor = self._view.anchor()
            self._selecting = True
            self._extend_to(self._at)
            self._scroll_when_outside()

    def release(self, event: QMouseEvent) -> None:
        """End of a selection, or a click: on a fold, on spans, or into selected text."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        if self._view.edges.is_dragging:
            self._pressed = None
            self._view.edges.drop()
            return
        point, was_click = self._pressed, self._is_click and self._unit is None
        self._scroller.stop()
        self._pressed, self._selecting = None, False
        if not was_click or self._extends:
            return
        if self._may_drag_text:
            self._view.move_caret(self._view.place_at(point), extend=False, reveal=False)
        self._click(point)

    def double_click(self, event: QMouseEvent) -> None:
        """Select the word under the pointer; dragging on extends by words."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        self._pressed, self._at = point, point
        self._selecting, self._may_drag_text, self._is_click = False, False, False
        self._since_double.start()
        offset = self._view.character_at(point)
        if offset is None:
            return
        self._unit = (self._view.unit_at or self._view.word_at)(self._view.text(), offset)
        self._view.set_selection(*self._unit, reveal=False)

    # ---- details ---------------------------------------------------------------------------------

    def _click(self, point: QPoint) -> None:
        if any(layer.click(point) for layer in self._view.layers):
            return
        fold = self._view.fold_at(point)
        if fold is not None:
            self._view.toggle_fold(fold)
            return
        uid = self._inwards.pick(self._view.spans_at(self._view.character_at(point)))
        self._view.set_selected_span(uid or None, reveal=False)
        self._view.spanClicked.emit(uid)

    def _is_third_click(self, point: QPoint) -> bool:
        interval = QGuiApplication.styleHints().mouseDoubleClickInterval()
        return (
            self._since_double.isValid()
            and self._since_double.elapsed() < interval
            and (point - self._at).manhattanLength() < QGuiApplication.styleHints().startDragDistance()
        )

    def _select_clause(self, point: QPoint) -> None:
        """A third click takes the clause."""
        self._since_double.invalidate()
        offset = self._view.character_at(point)
        unit = clause_at(self._view.text(), self._view.place_at(point).offset if offset is None else offset)
        if unit is not None:
            self._unit = unit
            self._view.set_selection(*unit, reveal=False)

    def _far_enough(self) -> bool:
        assert self._pressed is not None
        distance = (self._at - self._pressed).manhattanLength()
        return distance >= QGuiApplication.styleHints().startDragDistance()

    def _extend_to(self, point: QPoint) -> None:
        place = self._view.place_at(point)
        if self._unit is None:
            self._stretch_to(place)
            return
        start, end = self._unit
        low, high = carets.word_around(self._view.page(), place, self._view.word_at)
        if place.offset < start:
            self._view.set_selection(end, min(low, start), reveal=False)
        else:
            self._view.set_selection(start, max(high, end) if place.offset > end else end, reveal=False)

    def _stretch_to(self, place: Caret) -> None:
        """Select from where the drag began to a place, as far as the view's `stretch` takes it."""
        anchor = self._anchor
        plain = min(anchor, place.offset), max(anchor, place.offset)
        start, end = self._view.stretch(*plain)
        if (start, end) == plain:
            if self._view.anchor() != anchor:
                self._view.set_selection(anchor, anchor, reveal=False)
            self._view.move_caret(place, extend=True, reveal=False)
        elif place.offset >= anchor:
            self._view.set_selection(start, end, reveal=False)
        else:
            self._view.set_selection(end, start, reveal=False)

    def _scroll_when_outside(self) -> None:
        outside = not 0 <= self._at.y() < self._view.viewport().height()
        if outside and not self._scroller.isActive():
            self._scroller.start()
        elif not outside:
            self._scroller.stop()

    def _autoscroll(self) -> None:
        """Scroll towards a pointer held outside, the faster the farther, and select on."""
        height = self._view.viewport().height()
        beyond = self._at.y() - height if self._at.y() >= height else self._at.y()
        self._view.scroll_pixels(max(-120, min(120, round(beyond * 0.4) or (1 if beyond >= 0 else -1))))
        self._extend_to(QPoint(self._at.x(), max(0, min(height - 1, self._at.y()))))

    def _drag_text(self) -> None:
        self._pressed = None
        data = QMimeData()
        data.setText(self._view.selected_text())
        drag = QDrag(self._view)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)

    def _hover(self) -> None:
        spans = self._view.spans_at(self._view.character_at(self._at))
        self._view.set_hovered(spans[-1].uid if spans else None)
        pointing = self._view.fold_at(self._at) is not None
        wanted = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.IBeamCursor
        wanted = self._view.edges.cursor(self._at) or wanted
        if self._view.viewport().cursor().shape() != wanted:
            self._view.viewport().setCursor(wanted)
