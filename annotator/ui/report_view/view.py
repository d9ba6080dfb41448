"""The report view: the widget that shows a report with its spans. Assembles; the work is done beside it.

It shows what it is given and says what a person did: it changes no span, opens no report, and
knows nothing of services. All offsets are code points of the report's text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.domain.report import Furniture
from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex
from annotator.messages import language
from annotator.ui import theme as themes
from annotator.ui.report_view import accessible, keyboard
from annotator.ui.report_view import caret as carets
from annotator.ui.report_view.caret import Caret, WordAt, script_run
from annotator.ui.report_view.folding import Folding
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.metrics import Metrics
from annotator.ui.report_view.mouse import Mouse
from annotator.ui.report_view.page import Page, Place
from annotator.ui.report_view.painting import Placed, Scene, paint_block, paint_caret, paint_overlays
from annotator.ui.report_view.selection import Selection
from annotator.ui.theme import Theme

LEAST_ZOOM, MOST_ZOOM = 50, 300


class ReportView(QAbstractScrollArea):
    """Shows one report. See the module's words for what it leaves to others."""

    caretMoved = Signal(int)
    selectionChanged = Signal(int, int)
    #: A span was clicked; "" when the click hit none.
    spanClicked = Signal(str)
    #: Enter on the selected span, where `key_handler` did not take it.
    spanActivated = Signal(str)
    #: The zoom in percent that Ctrl and the wheel ask for.
    zoomRequested = Signal(int)
    #: Where the span's menu should open (global), and the offset of the character there.
    contextMenuRequestedAt = Signal(QPoint, int)
    #: Furniture by uid.
    folded = Signal(str)
    unfolded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key_handler: Callable[[str, bool], bool] | None = None
        #: Which single keys the handler takes, so that no menu steals them; None: every printable one.
        self.wants_key: Callable[[str], bool] | None = None
        self.word_at: WordAt = script_run
        self._theme, self._schema, self._zoom = themes.LIGHT, LabelSchema(), 100
        self._look = self._new_look()
        self._page = Page(self._look)
        self._selection = Selection()
        self._selected: str | None = None
        self._hovered: str | None = None
        self._names = "selected"
        self._column_x: float | None = None
        self._blink = QTimer(self)
        self._caret_on = True
        self._mouse = Mouse(self)
        self._mirror: accessible.Mirror | None = None
        #: Ctrl and the wheel, in eighths of a degree not yet spent: touch pads send small pieces of a notch.
        self._turned = 0
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._blink.timeout.connect(self._toggle_caret)
        accessible.install()
        self.retranslate()

    # ---- what is shown ---------------------------------------------------------------------------

    def set_report(
        self,
        text: str,
        spans: SpanIndex,
        schema: LabelSchema,
        furniture: Sequence[Furniture] = (),
        headings: Sequence[tuple[int, int]] = (),
        caret: int = 0,
        scroll: int = 0,
    ) -> None:
        """Show a report. `spans` stays the caller's: say `spans_changed` after changing it.

        `caret` is an offset; `scroll` the offset of the row at the top, as `scroll_place` gave it.
        """
        if schema is not self._schema:
            self._schema = schema
            self._look = self._new_look()
            self._page.dress(self._look)
        self._page.load(text, spans, Folding(furniture, len(text)), headings)
        caret = min(max(caret, 0), len(text))
        self._selection.set(caret, caret)
        self._selected = self._hovered = self._column_x = None
        self._mouse.reset()
        if scroll > 0:
            self._page.restore(Place(min(scroll, len(text)), 0.0))
        self._refresh()
        if self._mirror:
            self._mirror.replace()
        self.selectionChanged.emit(caret, caret)
        self.caretMoved.emit(caret)

    def set_furniture(self, furniture: Sequence[Furniture]) -> None:
        """Show other furniture ranges of the same report; what was unfolded stays so."""
        folding = Folding(furniture, len(self._page.text))
        folding.keep_open(self._page.folding)
        self._recut(lambda: setattr(self._page, "folding", folding))

    def spans_changed(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Draw anew what touches these ranges; the caller has changed the `SpanIndex`."""
        ranges = [*ranges]
        self._mouse.forget_click()
        before = self._page.value, self._page.maximum
        self._page.respan(ranges)
        if self._selected and self._selected not in self._page.spans:
            self._selected = None
        if self._hovered and self._hovered not in self._page.spans:
            self._hovered = None
        if (self._page.value, self._page.maximum) != before:
            self._refresh()
        else:
            for start, end in ranges:
                self._update_range(start, end)

    def text(self) -> str:
        """The report's text."""
        return self._page.text

    def schema(self) -> LabelSchema:
        """The label schema in use."""
        return self._schema

    def spans(self) -> SpanIndex:
        """The spans shown."""
        return self._page.spans

    # ---- how it is shown -------------------------------------------------------------------------

    def set_label_names(self, mode: str) -> None:
        """Label names under all spans ("all"), the selected and the pointed one ("selected"), or none ("none")."""
        self._names = mode
        self._page.all_names = mode == "all"
        self._page.respan()
        self._refresh()

    def set_hidden_labels(self, labels: Iterable[str]) -> None:
        """Show no spans of these labels, by name."""
        self._page.hidden = frozenset(labels)
        self._page.respan()
        self._refresh()

    def set_zoom(self, percent: int) -> None:
        """Set the text size, keeping the reading place."""
        percent = min(max(percent, LEAST_ZOOM), MOST_ZOOM)
        if percent != self._zoom:
            self._zoom = percent
            self._redress()

    def zoom(self) -> int:
        """The text size in percent."""
        return self._zoom

    def set_theme(self, theme: Theme) -> None:
        """Use another palette."""
        if theme is not self._theme:
            self._theme = theme
            self._redress()

    def set_schema(self, schema: LabelSchema) -> None:
        """Use another schema: renamed, recoloured or added labels."""
        self._schema = schema
        self._redress()

    def retranslate(self) -> None:
        """Take the interface's language of the moment."""
        accessible.name_view(self)
        self._redress()

    def _new_look(self) -> Look:
        return Look(self._theme, self._schema, Metrics.at_zoom(self._zoom), language())

    def _redress(self) -> None:
        self._look = self._new_look()
        self._page.dress(self._look)
        self._refresh()

    # ---- caret, selection, selected span ---------------------------------------------------------

    def caret(self) -> int:
        """The caret's offset."""
        return self._selection.caret.offset

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere, without selection, and show it; folded furniture there opens."""
        self.set_selection(offset, offset)

    def selection(self) -> tuple[int, int]:
        """Start and end of the selection; equal where nothing is selected."""
        return self._selection.range

    def selected_text(self) -> str:
        """The exact slice of the stored text that is selected."""
        start, end = self.selection()
        return self._page.text[start:end]

    def set_selection(self, start: int, end: int, reveal: bool = True) -> None:
        """Select `[start, end)`, the caret at `end`."""
        length = len(self._page.text)
        start, end = min(max(start, 0), length), min(max(end, 0), length)
        if reveal:
            self._unfold_around(min(start, end), max(start, end))
        self._change_selection(lambda: self._selection.set(start, end), reveal)

    def move_caret(self, caret: Caret, extend: bool, reveal: bool = True) -> None:
        """Move the caret as a person does, extending the selection or not."""
        self._change_selection(lambda: self._selection.move(caret, extend), reveal)

    def _change_selection(self, change: Callable[[], None], reveal: bool) -> None:
        old_range, old_caret = self._selection.range, self._selection.caret
        self._update_caret()
        change()
        self._column_x = None
        self._show_caret()
        if reveal:
            self._reveal_caret()
        if self._selection.caret != old_caret:
            self.caretMoved.emit(self.caret())
        if self._selection.range != old_range:
            self._update_difference(old_range, self._selection.range)
            self.selectionChanged.emit(*self._selection.range)
        if self._mirror:
            self._mirror.follow()
            self._mirror.announce(self._selection.range != old_range)

    def selected_span(self) -> str | None:
        """The uid of the selected span."""
        return self._selected

    def set_selected_span(self, uid: str | None, reveal: bool = True) -> None:
        """Frame a span and show it; None frames none."""
        span = self._page.spans.get(uid) if uid else None
        for changed in (self._selected, span.uid if span else None):
            self._update_span(changed)
        self._selected = span.uid if span else None
        if span and reveal:
            self.reveal(span.start, span.end)

    def reveal(self, start: int, end: int) -> None:
        """Scroll, and unfold, until `[start, end)` shows; its start where it does not fit whole."""
        self._unfold_around(start, max(start, end - 1))
        margin = self._look.metrics.pitch
        scrolled = self._page.show_row(max(start, end - 1), margin=margin)
        if self._page.show_row(start, margin=margin) or scrolled:
            self._refresh()

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.move_caret(self._selection.caret, extend=False, reveal=False)

    def scroll_place(self) -> int:
        """The offset of the first row that shows, for `set_report` to come back to."""
        self._page.settle()
        return self._page.place().offset

    # ---- folding ---------------------------------------------------------------------------------

    def set_folded(self, uid: str, is_folded: bool) -> None:
        """Fold furniture to one line, or unfold it."""
        if self._page.folding.is_open(uid) == is_folded:
            self._recut(lambda: self._page.folding.set_open(uid, not is_folded))
            self._leave_folded()
            (self.folded if is_folded else self.unfolded).emit(uid)

    def set_all_folded(self, is_folded: bool) -> None:
        """Fold or unfold all furniture."""
        self._recut(lambda: self._page.folding.set_all_open(not is_folded))
        self._leave_folded()

    def _leave_folded(self) -> None:
        """A caret that has just been folded away stands before what is folded."""
        for fold in self._page.folding.closed_touching(self.caret(), self.caret()):
            piece = self._page.paragraphs[self._page.paragraphs.at(fold.start)]
            if piece.start < self.caret() < piece.end:
                self.move_caret(Caret(piece.start), extend=False, reveal=False)

    def is_folded(self, uid: str) -> bool:
        """Whether this furniture is folded."""
        return not self._page.folding.is_open(uid)

    def toggle_fold(self, offset: int) -> bool:
        """Unfold the furniture folded at `offset`, or fold the one there; whether there is any."""
        fold = self._page.paragraphs[self._page.paragraphs.at(offset)].fold
        if fold is None:
            return False
        self.set_folded(fold.uid, self._page.folding.is_open(fold.uid))
        return True

    def _unfold_around(self, start: int, end: int) -> None:
        for fold in self._page.folding.closed_touching(start, end):
            if start != fold.start or end > start:
                self.set_folded(fold.uid, False)

    def _recut(self, change: Callable[[], object]) -> None:
        self._page.settle()
        place = self._page.place()
        change()
        self._page.cut()
        self._page.restore(place)
        self._refresh()

    # ---- scrolling -------------------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._page.scroll_to(self.verticalScrollBar().value())
        self._refresh()

    def scroll_pixels(self, pixels: int) -> None:
        """Scroll down by so many pixels (negative: up)."""
        self._page.scroll_by(pixels)
        self._refresh()

    def _refresh(self) -> None:
        """Bring scroll bar and screen in line with the page."""
        self._page.settle()
        bar = self.verticalScrollBar()
        was_blocked = bar.blockSignals(True)
        bar.setPageStep(self._page.height)
        bar.setSingleStep(self._look.metrics.pitch)
        bar.setRange(0, self._page.maximum)
        bar.setValue(self._page.value)
        bar.blockSignals(was_blocked)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        size = self.viewport().size()
        place, column = self._page.place(), self._page.column()[1]
        self._page.width, self._page.height = size.width(), max(1, size.height())
        if self._page.column()[1] != column:
            self._page.forget()
        self._page.restore(place)
        self._refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += event.angleDelta().y()
            notches, self._turned = int(self._turned / 120), int(math.fmod(self._turned, 120))
            if notches:
                self.zoomRequested.emit(min(max(self._zoom + 10 * notches, LEAST_ZOOM), MOST_ZOOM))
            event.accept()
            return
        super().wheelEvent(event)

    def _reveal_caret(self) -> None:
        caret = self._selection.caret
        if self._page.show_row(caret.offset, caret.at_row_end, margin=self._look.metrics.em // 2):
            self._refresh()

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        clip = event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(clip, self._look.ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.font)
        scene = Scene(self._look, self.selection(), self._selected, self._hovered, self._names == "selected")
        left, overhang = self._page.column()[0], self._look.metrics.em
        placed = [
            Placed(block, left, y)
            for _number, block, y in self._page.visible()
            if y - overhang <= clip.bottom() and y + block.height + overhang >= clip.top()
        ]
        for block in placed:
            paint_block(painter, block, scene, clip)
        for block in placed:
            paint_overlays(painter, block, scene)
        if self._caret_on and self.hasFocus():
            paint_caret(painter, self.caret_rect(), self._look)

    def caret_rect(self) -> QRect:
        """Where the caret stands in the viewport."""
        return self.rect_of(self._selection.caret)

    def rect_of(self, caret: Caret) -> QRect:
        """Where the caret would stand at a place."""
        page, lengths = self._page, self._look.metrics
        number = page.paragraphs.at(caret.offset)
        block = page.block(number)
        row = block.row_of(caret.offset, caret.at_row_end)
        x = page.column()[0] + round(block.x_of(caret.offset, row))
        y = page.y_of(number) + block.tops[row]
        if block.is_low:
            return QRect(x - 1, y, 2, block.height)
        return QRect(x - 1, y + lengths.em_top - 3, 2, lengths.em + 6)

    def place_at(self, point: QPoint) -> Caret:
        """The caret place nearest to a point of the viewport."""
        _number, block, y = self._page.at_y(point.y())
        row = block.row_at_y(point.y() - y)
        return Caret(*block.place_at(point.x() - self._page.column()[0], row))

    def character_at(self, point: QPoint) -> int | None:
        """The offset of the character at a point of the viewport; None beside the text."""
        _number, block, y = self._page.at_y(point.y())
        if not y <= point.y() < y + block.height:
            return None
        row = block.row_at_y(point.y() - y)
        return block.character_at(point.x() - self._page.column()[0], row)

    def fold_at(self, point: QPoint) -> int | None:
        """The offset of the folded furniture, or of the header that folds it, at a point; None elsewhere."""
        _number, block, y = self._page.at_y(point.y())
        hit = block.stands_for_all and y <= point.y() < y + block.height
        return block.piece.start if hit else None

    def spans_at(self, offset: int | None) -> list[Span]:
        """The spans shown at a character, the outermost first."""
        if offset is None:
            return []
        return [span for span in self._page.spans.at(offset) if span.label not in self._page.hidden]

    def page(self) -> Page:
        """What is laid out: for what belongs to the view and stands in modules of its own."""
        return self._page

    # ---- for screen readers ----------------------------------------------------------------------

    def accessible_mirror(self) -> accessible.Mirror:
        """What screen readers are given; made when the first one asks."""
        if self._mirror is None:
            self._mirror = accessible.Mirror(self)
        return self._mirror

    def labels_at_caret(self) -> str:
        """The labels of the spans at the caret, in words, the outermost first."""
        spans = self.spans_at(self.caret()) if self.caret() < len(self._page.text) else []
        return " › ".join(self._look.label(span.label).title for span in spans)

    def text_font(self) -> QFont:
        """The font of the report's text."""
        return self._look.font

    # ---- repainting just what changed ------------------------------------------------------------

    def _update_range(self, start: int, end: int) -> None:
        """Repaint the pieces that touch `[start, end]`, with what hangs over into the rows around."""
        overhang = self._look.metrics.em + 4
        for _number, block, y in self._page.visible():
            if block.piece.start <= end and start <= block.piece.end:
                area = QRect(0, y - overhang, self.viewport().width(), block.height + 2 * overhang)
                self.viewport().update(area)

    def _update_span(self, uid: str | None) -> None:
        span = self._page.spans.get(uid) if uid else None
        if span:
            self._update_range(span.start, span.end)

    def _update_difference(self, old: tuple[int, int], new: tuple[int, int]) -> None:
        for a, b in ((old[0], new[0]), (old[1], new[1])):
            if a != b:
                self._update_range(min(a, b), max(a, b))

    def set_hovered(self, uid: str | None) -> None:
        """Show the name of the span under the pointer."""
        if uid != self._hovered:
            for changed in (self._hovered, uid):
                self._update_span(changed)
            self._hovered = uid

    # ---- the caret's blinking --------------------------------------------------------------------

    def _show_caret(self) -> None:
        """Show the caret now, and let it blink from here on, where the platform wants it to."""
        self._caret_on = True
        flash = QGuiApplication.styleHints().cursorFlashTime()
        if flash > 1 and self.hasFocus():
            self._blink.start(flash // 2)
        else:
            self._blink.stop()
        self._update_caret()

    def _toggle_caret(self) -> None:
        self._caret_on = not self._caret_on
        self._update_caret()

    def _update_caret(self) -> None:
        self.viewport().update(self.caret_rect().adjusted(-1, -1, 1, 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus_changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus_changed()

    def _focus_changed(self) -> None:
        # Styles and platforms switch input methods on again with the focus; single keys must reach us untouched.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._show_caret()

    # ---- what a person does ----------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if keyboard.takes(self, event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keyboard.press(self, event):
            event.accept()
        else:
            event.ignore()

    def column_x(self) -> float:
        """The x that moving up and down keeps to, from the column's left."""
        if self._column_x is None:
            self._column_x = carets.x_of(self._page, self._selection.caret)
        return self._column_x

    def move_vertically(self, rows: int, extend: bool) -> None:
        """Move the caret so many rows down, keeping to its x."""
        x = self.column_x()
        self.move_caret(carets.vertical(self._page, self._selection.caret, rows, x), extend)
        self._column_x = x

    def move_page(self, pages: int, extend: bool) -> None:
        """Move page and caret by so many screens; where the page ends first, the caret goes the rest of the way."""
        x, step = self.column_x(), pages * max(1, self._page.height - self._look.metrics.pitch)
        y, before = self.caret_rect().center().y(), self._page.value
        self._page.scroll_by(step)
        y += step - (self._page.value - before)
        self._refresh()
        if y >= self._page.height and self._page.value >= self._page.maximum:
            target = carets.document_end(self._page)
        elif y < 0 and self._page.value <= 0:
            target = Caret(0)
        else:
            target = self.place_at(QPoint(self._page.column()[0] + round(x), y))
        self.move_caret(target, extend)
        self._column_x = x

    def toggle_fold_at_caret(self) -> bool:
        """Unfold or fold the furniture the caret stands at; whether there is any."""
        return self.selection()[0] == self.selection()[1] and self.toggle_fold(self.caret())

    def caret_place(self) -> Caret:
        """The caret with its side of a wrap."""
        return self._selection.caret

    def selection_holds(self, offset: int | None) -> bool:
        """Whether the character at `offset` is selected."""
        return offset is not None and self._selection.holds(offset)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.set_hovered(None)
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The span's menu: at the pointer, or, from the keyboard, at the selected span or the caret."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            span = self._page.spans.get(self._selected) if self._selected else None
            offset = span.start if span else self.caret()
            point = self.rect_of(Caret(offset)).bottomLeft()
            self.contextMenuRequestedAt.emit(self.viewport().mapToGlobal(point), offset)
            return
        point = self.viewport().mapFromGlobal(event.globalPos())
        hit = self.character_at(point)
        self.contextMenuRequestedAt.emit(event.globalPos(), self.place_at(point).offset if hit is None else hit)
