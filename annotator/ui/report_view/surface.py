"""What shows of a report, and how: the part of the report view that paints, scrolls, folds and finds places.

It does nothing by itself: what a person does with mouse and keys is `view.py`'s. All offsets are
code points of the report's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.domain.find import Matches
from annotator.domain.report import Furniture
from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex
from annotator.messages import language
from annotator.ui import theme as themes
from annotator.ui.report_view.caret import Caret
from annotator.ui.report_view.folding import Folding
from annotator.ui.report_view.layers import Layer
from annotator.ui.report_view.look import Look
from annotator.ui.report_view.metrics import COLUMN_CHARACTERS, LINE_PITCH, Metrics
from annotator.ui.report_view.page import Page, Place
from annotator.ui.report_view.painting import Placed, Scene, paint_block, paint_caret, paint_overlays
from annotator.ui.report_view.selection import Selection
from annotator.ui.theme import Theme
from annotator.ui.viewport import own_viewport

LEAST_ZOOM, MOST_ZOOM = 50, 300


class Surface(QAbstractScrollArea):
    """A report with its spans, selection and caret, as they are at the moment."""

    #: Furniture by uid.
    folded = Signal(str)
    unfolded = Signal(str)
    #: What shows may be other text, or the same at another place: scrolled, folded, resized, another report.
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._schema, self._zoom = themes.LIGHT, LabelSchema(), 100
        self._line_pitch, self._characters, self._family = LINE_PITCH, COLUMN_CHARACTERS, ""
        self._look = self._new_look()
        self._page = Page(self._look)
        self._selection = Selection()
        self._selected: str | None = None
        self._hovered: str | None = None
        self._offer: str | None = None
        self._names = "selected"
        self._matches: Matches | None = None
        self._match: int | None = None
        #: What others paint over the report.
        self.layers: list[Layer] = []
        own_viewport(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # ---- what is shown ----------------------------------------------------------------------------

    def text(self) -> str:
        """The report's text."""
        return self._page.text

    def schema(self) -> LabelSchema:
        """The label schema in use."""
        return self._schema

    def spans(self) -> SpanIndex:
        """The spans shown."""
        return self._page.spans

    def selection(self) -> tuple[int, int]:
        """Start and end of the selection; equal where nothing is selected."""
        return self._selection.range

    def selected_span(self) -> str | None:
        """The uid of the selected span."""
        return self._selected

    def offer(self) -> str | None:
        """The uid of the suggestion one stands on."""
        return self._offer

    def offers(self) -> SpanIndex | None:
        """The suggestions shown."""
        return self._page.offers

    def set_offers(self, offers: SpanIndex | None) -> None:
        """Show these suggestions beside the spans; they stay the caller's: say `spans_changed` after changing them."""
        self._page.offers = offers
        if offers is None or self._offer is None or self._offer not in offers:
            self._offer = None
        self._page.respan()
        self._refresh()

    def set_offer(self, uid: str | None) -> None:
        """Frame the suggestion one stands on; None frames none."""
        for changed in (self._offer, uid):
            self._update_span(changed)
        self._offer = uid

    def page(self) -> Page:
        """What is laid out: for what belongs to the view and stands in modules of its own."""
        return self._page

    def set_furniture(self, furniture: Sequence[Furniture]) -> None:
        """Show other furniture ranges of the same report; what was unfolded stays so."""
        folding = Folding(furniture, len(self._page.text))
        folding.keep_open(self._page.folding)
        self._recut(lambda: setattr(self._page, "folding", folding))

    # ---- how it is shown --------------------------------------------------------------------------

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

    def set_line_pitch(self, percent: int) -> None:
        """Set the height of a row in percent of the text size, keeping the reading place."""
        if percent != self._line_pitch:
            self._line_pitch = percent
            self._redress()

    def set_column(self, characters: int) -> None:
        """Set the width of the text in characters; 0 for that of the window."""
        if characters != self._characters:
            self._characters = characters
            self._redress()

    def set_family(self, family: str) -> None:
        """Set the family of the text's font; "" for the interface's."""
        if family != self._family:
            self._family = family
            self._redress()

    def set_matches(self, matches: Matches | None, current: int | None = None) -> None:
        """Mark what was found, and the match one stands at; None marks nothing."""
        if matches is not self._matches or current != self._match:
            self._matches, self._match = matches, current
            self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Use another palette."""
        if theme is not self._theme:
            self._theme = theme
            self._redress()

    def _new_look(self) -> Look:
        metrics = Metrics.at_zoom(self._zoom, self._line_pitch, self._characters)
        return Look(self._theme, self._schema, metrics, language(), self._family)

    def _redress(self) -> None:
        self._look = self._new_look()
        self._page.dress(self._look)
        self._refresh()

    def text_font(self) -> QFont:
        """The font of the report's text."""
        return self._look.font

    # ---- folding ----------------------------------------------------------------------------------

    def set_folded(self, uid: str, is_folded: bool) -> None:
        """Fold furniture to one line, or unfold it."""
        if self._page.folding.is_open(uid) == is_folded:
            self._recut(lambda: self._page.folding.set_open(uid, not is_folded))
            self.folds_changed()
            (self.folded if is_folded else self.unfolded).emit(uid)

    def folds_changed(self) -> None:
        """Something was folded or unfolded: a place for who keeps a caret."""

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

    # ---- scrolling --------------------------------------------------------------------------------

    def reveal(self, start: int, end: int) -> None:
        """Scroll, and unfold, until `[start, end)` shows; its start where it does not fit whole."""
        self._unfold_around(start, max(start, end - 1))
        margin = self._look.metrics.pitch
        scrolled = self._page.show_row(max(start, end - 1), margin=margin)
        if self._page.show_row(start, margin=margin) or scrolled:
            self._refresh()

    def scroll_place(self) -> int:
        """The offset of the first row that shows, for `set_report` to come back to."""
        self._page.settle()
        return self._page.place().offset

    def go_to(self, offset: int) -> None:
        """Scroll until the row of `offset` stands at the top, as `scroll_place` gave it."""
        self._page.restore(Place(min(max(offset, 0), len(self._page.text)), 0.0))
        self._refresh()

    def centre(self, offset: int) -> None:
        """Scroll until the row of `offset` stands in the middle; nothing unfolds."""
        self._page.centre(min(max(offset, 0), len(self._page.text)))
        self._refresh()

    def visible_range(self) -> tuple[int, int]:
        """The offsets of the first and behind the last character that shows."""
        return self._page.visible_range()

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
        self.shown.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        size = self.viewport().size()
        place, column = self._page.reading_place(), self._page.column()[1]
        self._page.width, self._page.height = size.width(), max(1, size.height())
        if self._page.column()[1] != column:
            self._page.forget()
        self._page.restore(place)
        self._refresh()

    # ---- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        clip = event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(clip, self._look.ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.font)
        names = self._names == "selected"
        found = self._matches, self._match
        scene = Scene(self._look, self.selection(), self._selected, self._hovered, names, *found, self._offer)
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
        for layer in self.layers:
            layer.paint(painter, placed, self._look)
        if self.caret_shows():
            paint_caret(painter, self.caret_rect(), self._look)

    def caret_shows(self) -> bool:
        """Whether the caret is to be painted."""
        return self.hasFocus()

    def set_hovered(self, uid: str | None) -> None:
        """Show the name of the span under the pointer."""
        if uid != self._hovered:
            for changed in (self._hovered, uid):
                self._update_span(changed)
            self._hovered = uid

    def update_range(self, start: int, end: int) -> None:
        """Repaint the pieces that touch `[start, end]`, with what hangs over into the rows around."""
        overhang = self._look.metrics.em + 4
        for _number, block, y in self._page.visible():
            if block.piece.start <= end and start <= block.piece.end:
                area = QRect(0, y - overhang, self.viewport().width(), block.height + 2 * overhang)
                self.viewport().update(area)

    def _update_span(self, uid: str | None) -> None:
        span = self._page.known(uid)
        if span:
            self.update_range(span.start, span.end)

    def _update_difference(self, old: tuple[int, int], new: tuple[int, int]) -> None:
        for a, b in ((old[0], new[0]), (old[1], new[1])):
            if a != b:
                self.update_range(min(a, b), max(a, b))

    # ---- where things are -------------------------------------------------------------------------

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

    def offers_at(self, offset: int | None) -> list[Span]:
        """The suggestions shown at a character, the outermost first."""
        if offset is None or self._page.offers is None:
            return []
        return [offer for offer in self._page.offers.at(offset) if offer.label not in self._page.hidden]

    def spans_at(self, offset: int | None) -> list[Span]:
        """The spans shown at a character, the outermost first."""
        if offset is None:
            return []
        return [span for span in self._page.spans.at(offset) if span.label not in self._page.hidden]
