"""The picture of all marks in the overview strip: by label where spans stand, the sections, what was found.

Drawn once for a size; an edit draws again the pixels that look different by it, and says which those are. Where the
height changes, as with each bar that opens below the report, the picture is stretched until it has been drawn again, a
few parts in a turn of the window.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from annotator.domain.find import Matches
from annotator.ui import look
from annotator.ui.overview_rows import Marks, Ruler, Run, match_runs, pixel
from annotator.ui.report_view import ReportView
from annotator.ui.theme import label_colour

#: Pixels: where the columns begin, a column, between two of them, and what was found.
LEFT, COLUMN, GAP, FOUND = 9, 5, 1, 7

_LEAST: Final = 2  # pixels: a mark is no lower
_SETTLE_MS, _SLICE = 30, 0.004  # after a change of size: how long until it is drawn anew, and seconds of that in a turn
#: Left edge and width of what one mark of a shape is drawn with, in its column.
_FORMS: Final = {"bracket": ((0, 5),), "box": ((1, 3),), "double": ((0, 2), (3, 2))}

Part = Callable[[QPainter], None]  # draws a part of the picture


class Heading(NamedTuple):
    """A section's place and words, for a tick and its tooltip."""

    start: int
    level: int
    words: str


class Picture(QObject):
    """What does not move with the caret, for one strip. `drawn`: it is of the size of now."""

    drawn = Signal()

    def __init__(self, strip: QWidget, view: ReportView) -> None:
        super().__init__(strip)
        self._strip, self._view = strip, view
        self.ruler = Ruler()
        self.marks = Marks(self.ruler)
        self.columns: dict[str, int] = {}
        self.headings: Sequence[Heading] = ()
        self.matches: Matches | None = None
        self._picture: QPixmap | None = None
        self._fresh: QPixmap | None = None
        self._undrawn: list[Part] = []
        self._drawer = QTimer(self, singleShot=True)
        self._drawer.timeout.connect(self._draw_on)

    @property
    def column_count(self) -> int:
        """How many columns the labels take."""
        return max(self.columns.values(), default=0) + 1

    def paint(self, painter: QPainter) -> None:
        """Paint it over the strip, stretched where it has not been drawn in the new size yet."""
        if self._picture is None or self._picture.devicePixelRatio() != self._strip.devicePixelRatioF():
            self._draw_all()
        if self._picture is not None:
            painter.drawPixmap(self._strip.rect(), self._picture)

    # ---- what has changed -------------------------------------------------------------------------

    def forget(self) -> None:
        """All of it may be different: draw it anew when it is painted."""
        self._picture = None

    def resized(self) -> None:
        """The strip has another size."""
        self._fresh = None
        if self._picture is not None:
            self._drawer.start(_SETTLE_MS)

    def redraw_marks(self, labels: Iterable[str]) -> list[QRect]:
        """Draw again what spans of these labels have changed; the areas that look different."""
        if self._picture is None or self._drawer.isActive():
            self._picture = None  # one that is not of this size yet is drawn as a whole
            return [self._strip.rect()]
        height = self._strip.height()
        changed = [(self.columns[label], run) for label in labels if (run := self.marks.renew(label, height))]
        if not changed:
            return []
        painter = QPainter(self._picture)
        areas = [self._redraw_column(painter, column, run) for column, run in changed]
        painter.end()
        return areas

    def _redraw_column(self, painter: QPainter, column: int, run: Run) -> QRect:
        top, bottom = run[0], min(run[1] + _LEAST, self._strip.height())
        area = QRect(_x(column), top, COLUMN, bottom - top)
        painter.setClipRect(area)
        _wipe(painter, area)
        self._draw_column(painter, column, (top - _LEAST, bottom))
        return area

    def redraw_found(self) -> None:
        """Draw what was found again, and nothing else; in a picture that is being drawn, with the rest."""
        if self._drawer.isActive():
            self._fresh = None
        elif self._picture is not None:
            painter = QPainter(self._picture)
            _wipe(painter, QRect(self._strip.width() - FOUND, 0, FOUND, self._strip.height()))
            self._draw_found(painter)
            painter.end()

    # ---- drawing ------------------------------------------------------------------------------------

    def _draw_all(self) -> None:
        self._drawer.stop()
        self._fresh = None
        if self._strip.height() < 1:
            return
        self._picture = self._blank()
        painter = QPainter(self._picture)
        for draw in self._parts():
            draw(painter)
        painter.end()

    def _draw_on(self) -> None:
        """Draw the picture in the size of now, a few parts before the window gets its turn; the last one shows it."""
        if self._picture is None or self._strip.height() < 1:
            return
        if self._fresh is None:
            self._fresh, self._undrawn = self._blank(), self._parts()[::-1]
        until = time.perf_counter() + _SLICE
        painter = QPainter(self._fresh)
        while self._undrawn and time.perf_counter() < until:
            self._undrawn.pop()(painter)
        painter.end()
        if self._undrawn:
            self._drawer.start(0)
            return
        self._picture, self._fresh = self._fresh, None
        self.drawn.emit()

    def _blank(self) -> QPixmap:
        ratio = self._strip.devicePixelRatioF()
        picture = QPixmap(self._strip.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        return picture

    def _parts(self) -> list[Part]:
        """What draws the picture, one part after the other."""
        columns = (partial(self._draw_column, column=column) for column in range(self.column_count))
        return [self._draw_ticks, *columns, self._draw_found]

    def _draw_column(self, painter: QPainter, column: int, between: Run | None = None) -> None:
        theme, schema, hidden = look.theme(), self._view.schema(), self._view.page().hidden
        for name in (name for name, at in self.columns.items() if at == column and name not in hidden):
            label = schema.label(name)
            forms, x = _FORMS.get(label.shape if label else "", _FORMS["box"]), _x(column)
            runs = self.marks.runs(name, self._strip.height(), between)
            areas = [QRect(x + at, top, wide, max(bottom - top, _LEAST)) for top, bottom in runs for at, wide in forms]
            _fill(painter, areas, QColor(label_colour(label, theme)))

    def _draw_ticks(self, painter: QPainter) -> None:
        """Sections of the two outer levels: a longer tick for the outer one."""
        painter.setPen(QPen(QColor(look.theme().dim), 1))
        for level, length in ((1, 5), (2, 3)):
            offsets = (heading.start for heading in self.headings if heading.level == level)
            for y in {pixel(row, self._strip.height()) for row in self.ruler.each_row(offsets)}:
                painter.drawLine(0, y, length - 1, y)

    def _draw_found(self, painter: QPainter) -> None:
        if self.matches:
            left, runs = self._strip.width() - FOUND, match_runs(self.ruler, self.matches, self._strip.height())
            areas = [QRect(left, top, FOUND - 2, max(bottom - top, _LEAST)) for top, bottom in runs]
            _fill(painter, areas, QColor(look.theme().match_edge))


def _wipe(painter: QPainter, area: QRect) -> None:
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.fillRect(area, Qt.GlobalColor.transparent)


def _fill(painter: QPainter, areas: list[QRect], colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRects(areas)


def _x(column: int) -> int:
    return LEFT + column * (COLUMN + GAP)
