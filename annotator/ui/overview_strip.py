"""The overview strip beside the scroll bar: all spans of the report at once, what shows of it, the caret, what was found.

A label has its column and its form besides its colour. A click or a drag shows that place; the caret stays. The marks
are painted from a picture (`overview_picture`), of which an edit draws again what looks different; a caret step
paints nothing but the caret.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annotator.domain.find import Matches
from annotator.domain.span import Span
from annotator.messages import _
from annotator.ui import look
from annotator.ui.overview_picture import COLUMN, FOUND, GAP, LEFT, Heading, Picture
from annotator.ui.overview_rows import Marks, Ruler, Stretch, pixel
from annotator.ui.report_view import ReportView
from annotator.ui.report_view.paragraphs import FOLDED
from annotator.ui.translation import Worded

#: More labels than this share columns.
MOST_COLUMNS = 6

_AT_ONCE = 1500  # spans put in before the window gets its turn
_MANY, _LATER_MS = 500, 15  # so many spans wait so long after the turn in which the report itself is painted
_MANY_CHANGED = 1000  # so many changed spans are put in anew, in turns of their own


class OverviewStrip(Worded, QWidget):
    """Follows a report view: say `spans_changed` where spans changed, the rest it hears from the view."""

    def __init__(self, view: ReportView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._ruler = Ruler()
        self._marks = Marks(self._ruler)
        self._built_for: tuple[object, object] = (None, None)
        self._filling_for: tuple[object, object] = (None, None)
        self._left: Iterator[Span] = iter(())
        self._waits = False
        self._picture = Picture(self, view)
        self._picture.drawn.connect(self.update)
        self._current: tuple[int, int] | None = None
        self._pixels = (-1, -1, -1)
        self._filler = QTimer(self)
        self._filler.setSingleShot(True)
        self._filler.timeout.connect(self._fill)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        view.shown.connect(self._view_shown)
        view.caretMoved.connect(lambda _offset: self._follow())
        self.retranslate()

    # ---- what it is told ------------------------------------------------------------------------

    def spans_changed(self, uids: Iterable[str]) -> None:
        """Draw these spans anew; the view's `SpanIndex` has them as they are now."""
        if self._is_stale():
            self._filling_for = None, None  # what has been put in so far may be what changed: from the beginning
            self._filler.start(0)
            return
        uids = [*uids]
        if len(uids) > _MANY_CHANGED:
            self._filling_for = None, None
            self._built_for = None, self._built_for[1]  # beside what else is done in this turn it would hold the window
            self._filler.start(_LATER_MS)
            return
        spans = self._view.spans()
        labels: set[str] = set()
        for uid in uids:
            labels |= self._marks.change(uid, spans.get(uid))
        self._describe()
        if not labels <= self._picture.columns.keys():
            self._arrange()
            return
        for area in self._picture.redraw_marks(labels):
            self.update(area)

    def set_headings(self, headings: Sequence[Heading]) -> None:
        """The sections of the report."""
        self._picture.headings = headings
        self._picture.forget()
        self.update()

    def set_matches(self, matches: Matches | None, current: tuple[int, int] | None = None) -> None:
        """Mark what was found, and the match one stands at."""
        if matches is not self._picture.matches:
            self._picture.matches = matches
            self._picture.redraw_found()
            self._describe()
        self._current = current
        self.update()

    def labels_hidden(self) -> None:
        """The view shows or hides other labels than before."""
        self._picture.forget()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._picture.forget()
            self.update()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Overview of the report"))
        self._describe()

    def _describe(self) -> None:
        found = len(self._picture.matches) if self._picture.matches else 0
        words = _("{n} spans; {found} places found. A click shows that place.", n=len(self._marks), found=found)
        self.setAccessibleDescription(words)

    # ---- keeping up -----------------------------------------------------------------------------

    def _is_stale(self) -> bool:
        page = self._view.page()
        return self._built_for[0] is not page.paragraphs or self._built_for[1] is not page.spans

    def _is_of_another_report(self) -> bool:
        return self._built_for[1] is not self._view.page().spans

    def _view_shown(self) -> None:
        if self._is_of_another_report():
            self._waits = len(self._view.spans()) > _MANY
            self._filler.start(0)
        elif self._is_stale():
            self._filler.start(0)
        else:
            self._follow()

    def fill_now(self) -> None:
        """Do at once what else is done when the window is idle."""
        self._waits = False
        while self._is_stale():
            self._fill()

    def _fill(self) -> None:
        """Put in the next spans; with the last of them the strip is ready."""
        if self._waits:
            self._waits = False
            self._filler.start(_LATER_MS)
            return
        page = self._view.page()
        if self._filling_for[0] is not page.paragraphs or self._filling_for[1] is not page.spans:
            self._begin()
        before = len(self._marks)
        for span in islice(self._left, _AT_ONCE):
            self._marks.add(span)
        if len(self._marks) == before + _AT_ONCE:
            self._filler.start(0)
            return
        self._filler.stop()
        self._built_for = self._filling_for
        self._describe()
        self._arrange()

    def _begin(self) -> None:
        page = self._view.page()
        self._filling_for = page.paragraphs, page.spans
        self._ruler = Ruler(Stretch(p.start, p.end, p.kind == FOLDED) for p in page.paragraphs.pieces)
        self._marks = Marks(self._ruler)
        self._picture.ruler, self._picture.marks = self._ruler, self._marks
        self._left = iter(page.spans)

    def _arrange(self) -> None:
        """Give every label a column, in the order of the schema; labels it lacks stand behind."""
        names = [label.name for label in self._view.schema().labels]
        names += [name for name in self._marks.labels() if name not in names]
        self._picture.columns = {name: number % MOST_COLUMNS for number, name in enumerate(names)}
        self._picture.forget()
        self.updateGeometry()
        self._follow()
        self.update()

    def _follow(self) -> None:
        """Paint again where the caret, or what shows, stands elsewhere in pixels."""
        pixels = self._places()
        if pixels != self._pixels:
            self._pixels = pixels
            self.update()

    def _places(self) -> tuple[int, int, int]:
        start, end = self._view.visible_range()
        rows = self._ruler.row(start), self._ruler.rows(start, end).stop, self._ruler.row(self._view.caret())
        top, bottom, caret = (pixel(row, self.height()) for row in rows)
        return top, bottom, caret

    # ---- size -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(LEFT + self._picture.column_count * (COLUMN + GAP) + FOUND + 3, 100)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.resized()
        self._follow()

    # ---- painting -------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.ground))
        self._paint_shown(painter)
        if not self._is_of_another_report():
            self._picture.paint(painter)
        self._paint_current(painter)
        self._paint_caret(painter)

    def _paint_shown(self, painter: QPainter) -> None:
        theme = look.theme()
        top, bottom, _caret = self._pixels
        ground = QColor(theme.text)
        ground.setAlphaF(0.10)
        painter.setPen(QPen(QColor(theme.dim), 1))
        painter.setBrush(ground)
        rect = QRectF(LEFT - 3.5, top + 0.5, self.width() - LEFT + 2, max(bottom - top, 6) - 1)
        painter.drawRoundedRect(rect, 2, 2)

    def _paint_current(self, painter: QPainter) -> None:
        if self._current is not None:
            y = pixel(self._ruler.row(self._current[0]), self.height())
            painter.fillRect(QRect(self.width() - FOUND - 2, y - 1, FOUND + 2, 4), QColor(look.theme().text))

    def _paint_caret(self, painter: QPainter) -> None:
        """A line with an arrow: it lies over everything."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = self._pixels[2] + 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.theme().accent))
        painter.drawPolygon(QPolygonF([QPointF(0, y - 4), QPointF(6, y), QPointF(0, y + 4)]))
        painter.fillRect(QRectF(6, y - 0.5, self.width() - 6, 1), QColor(look.theme().accent))

    # ---- mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().y())

    def _go(self, y: float) -> None:
        if self._is_stale():
            self.fill_now()
        self._view.centre(self.offset_at(y))

    def offset_at(self, y: float) -> int:
        """The offset of the text that stands at `y`."""
        return self._ruler.offset(y / max(1, self.height()))

    def y_of(self, offset: int) -> int:
        """Where in the strip an offset stands."""
        return pixel(self._ruler.row(offset), self.height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().y()), self)
            return True
        return super().event(event)

    def words_at(self, y: float) -> str:
        """The section that stands at `y`."""
        offset = self.offset_at(y)
        return next((heading.words for heading in reversed(self._picture.headings) if heading.start <= offset), "")
