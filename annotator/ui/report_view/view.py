"""The report view: the widget that shows a report with its spans. Assembles; the work is done beside it.

It shows what it is given and says what a person did: it changes no span, opens no report, and
knows nothing of services. All offsets are code points of the report's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.domain.report import Furniture
from annotator.domain.schema import LabelSchema
from annotator.domain.span_index import SpanIndex
from annotator.ui.report_view import accessible, keyboard
from annotator.ui.report_view.blinking import Blinking
from annotator.ui.report_view.caret import Caret, script_run
from annotator.ui.report_view.edges import Edges
from annotator.ui.report_view.folding import Folding
from annotator.ui.report_view.mouse import Mouse
from annotator.ui.report_view.page import Place
from annotator.ui.report_view.surface import LEAST_ZOOM, MOST_ZOOM, Surface
from annotator.ui.report_view.vertical import Vertical
from annotator.ui.translation import Worded

if TYPE_CHECKING:
    from annotator.domain.edge_move import WordAt
    from annotator.ui.report_view.accessible_text import Mirror

#: After a change of more spans than this, painting what shows costs less than asking which of them show.
_MANY = 50


class ReportView(Worded, Surface):
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key_handler: Callable[[str, bool], bool] | None = None
        #: Which single keys the handler takes, so that no menu steals them; None: every printable one.
        self.wants_key: Callable[[str], bool] | None = None
        self.word_at: WordAt = script_run
        #: What a double click takes; None: the word.
        self.unit_at: WordAt | None = None
        #: What a selection made by dragging becomes, such as whole words.
        self.stretch: Callable[[int, int], tuple[int, int]] = lambda start, end: (start, end)
        self._modes: list[keyboard.Mode] = []
        #: Whether the key that is being read was held down.
        self.held = False
        #: The keys in force of an action, for modes.
        self.keys_of: Callable[[str], Sequence[str]] = lambda _action: ()
        self.vertical = Vertical(self)
        self._blinking = Blinking(self._update_caret, self)
        self._mouse = Mouse(self)
        self.edges = Edges(self)
        self._mirror: Mirror | None = None
        #: Whether input methods may compose here: only while the text is edited.
        self.takes_text = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        accessible.install()
        self.retranslate()

    # ---- another report, other spans --------------------------------------------------------------

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
        self._selected = self._hovered = self._matches = self._match = self._offer = None
        self.vertical.forget()
        self._mouse.reset()
        self.edges.cancel()
        if scroll > 0:
            self._page.restore(Place(min(scroll, len(text)), 0.0))
        self._refresh()
        if self._mirror:
            self._mirror.replace()
        self.selectionChanged.emit(caret, caret)
        self.caretMoved.emit(caret)

    def replace_text(
        self,
        text: str,
        spans: SpanIndex,
        furniture: Sequence[Furniture],
        headings: Sequence[tuple[int, int]],
        selection: tuple[int, int],
        place_of: Callable[[int], int],
    ) -> None:
        """Show the same report with other text; `selection` is anchor and caret in it.

        `place_of` says where an offset of the text shown so far stands in it: the reading place stays. Nobody is told
        of caret and selection: they count in a text that only the caller knows.
        """
        self._page.settle()
        place = self._page.place()
        folding = Folding(furniture, len(text))
        folding.keep_open(self._page.folding)
        self._page.load(text, spans, folding, headings)
        self._page.restore(Place(min(place_of(place.offset), len(text)), place.ems))
        self._selection.set(*(min(max(offset, 0), len(text)) for offset in selection))
        self._hovered = self._matches = self._match = self._offer = None
        self.vertical.forget()
        if self._selected and self._selected not in spans:
            self._selected = None
        self.edges.cancel()
        self._refresh()
        self._show_caret()
        self._reveal_caret()
        if self._mirror:
            self._mirror.replace()

    def set_headings(self, headings: Sequence[tuple[int, int]]) -> None:
        """Set these ranges in half bold: the headings of a report whose sections were not known when it was set."""
        self._page.set_headings(headings)
        self._refresh()
        if self._mirror:
            self._mirror.mark_headings()

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
        if self._offer and self._page.known(self._offer) is None:
            self._offer = None
        if (self._page.value, self._page.maximum) != before:
            self._refresh()
        elif len(ranges) > _MANY:
            self.viewport().update()
        else:
            for start, end in ranges:
                self.update_range(start, end)

    def retranslate(self) -> None:
        """Take the interface's language of the moment."""
        accessible.name_view(self)
        self._redress()

    # ---- caret, selection, selected span ----------------------------------------------------------

    def caret(self) -> int:
        """The caret's offset."""
        return self._selection.caret.offset

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere, without selection, and show it; folded furniture there opens."""
        self.set_selection(offset, offset)

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
        self.vertical.forget()
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

    def _reveal_caret(self) -> None:
        caret = self._selection.caret
        if self._page.show_row(caret.offset, caret.at_row_end, margin=self._look.metrics.em // 2):
            self._refresh()

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.move_caret(self._selection.caret, extend=False, reveal=False)

    @property
    def mode(self) -> keyboard.Mode | None:
        """The mode that reads keys before anything else does: the one entered last."""
        return self._modes[-1] if self._modes else None

    def enter(self, mode: keyboard.Mode) -> None:
        """Let a mode read keys first, until it is left."""
        self.leave(mode)
        self._modes.append(mode)

    def leave(self, mode: keyboard.Mode) -> None:
        """A mode is over; the one it was entered in goes on."""
        if mode in self._modes:
            self._modes.remove(mode)

    def anchor(self) -> int:
        """Where the selection began."""
        return self._selection.anchor

    def caret_place(self) -> Caret:
        """The caret with its side of a wrap."""
        return self._selection.caret

    def selection_holds(self, offset: int | None) -> bool:
        """Whether the character at `offset` is selected."""
        return offset is not None and self._selection.holds(offset)

    def set_selected_span(self, uid: str | None, reveal: bool = True) -> None:
        """Frame a span and show it; None frames none."""
        span = self._page.spans.get(uid) if uid else None
        for changed in (self._selected, span.uid if span else None):
            self._update_span(changed)
        self._selected = span.uid if span else None
        if span and reveal:
            self.reveal(span.start, span.end)

    def folds_changed(self) -> None:
        """A caret that has just been folded away stands before what is folded."""
        for fold in self._page.folding.closed_touching(self.caret(), self.caret()):
            piece = self._page.paragraphs[self._page.paragraphs.at(fold.start)]
            if piece.start < self.caret() < piece.end:
                self.move_caret(Caret(piece.start), extend=False, reveal=False)

    def _show_caret(self) -> None:
        self._blinking.begin(focused=self.hasFocus())

    def caret_shows(self) -> bool:
        """Whether the caret is to be painted just now: it blinks."""
        return self._blinking.on and super().caret_shows()

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

    def set_takes_text(self, takes: bool) -> None:
        """Let input methods compose here, or not."""
        self.takes_text = takes
        self._focus_changed()
        QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImQueryAll)

    def _focus_changed(self) -> None:
        # Styles and platforms switch input methods on again with the focus; single keys must reach us untouched.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, self.takes_text)
        self._show_caret()

    # ---- keys -------------------------------------------------------------------------------------

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

    def scroll_by(self, pixels: int) -> None:
        """Move the page down by so many pixels, as far as it goes."""
        self._page.scroll_by(pixels)
        self._refresh()

    def toggle_fold_at_caret(self) -> bool:
        """Unfold or fold the furniture the caret stands at; whether there is any."""
        return self.selection()[0] == self.selection()[1] and self.toggle_fold(self.caret())

    # ---- mouse ------------------------------------------------------------------------------------

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
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tips = [tip for layer in self.layers if (tip := layer.tip(event.pos()))]
            QToolTip.showText(event.globalPos(), "\n".join(tips), self.viewport())
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        notches = self._mouse.notches(event)
        if notches:
            self.zoomRequested.emit(min(max(self._zoom + 10 * notches, LEAST_ZOOM), MOST_ZOOM))
        event.accept()

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

    # ---- for screen readers -----------------------------------------------------------------------

    def accessible_mirror(self) -> Mirror:
        """What screen readers are given; made when the first one asks."""
        if self._mirror is None:
            self._mirror = accessible.mirror(self)
        return self._mirror

    def labels_at_caret(self) -> str:
        """The labels of the spans at the caret, in words, the outermost first."""
        spans = self.spans_at(self.caret()) if self.caret() < len(self._page.text) else []
        return " › ".join(self._look.label(span.label).title for span in spans)
