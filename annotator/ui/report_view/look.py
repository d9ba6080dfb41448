"""What the painters need from theme, schema and text size, worked out once for all of them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from annotator.domain.schema import LabelSchema
from annotator.ui import theme as themes
from annotator.ui.report_view.metrics import Metrics
from annotator.ui.report_view.shapes import Shape, shape_named
from annotator.ui.theme import Theme


class LabelLook(NamedTuple):
    """How one label is drawn; `title` is its name in the interface's language, `title_width` in pixels."""

    shape: Shape
    line: QColor
    ground: QColor
    words: QColor
    title: str
    title_width: int


class Look:
    """Colours, fonts and label looks of one view."""

    def __init__(self, theme: Theme, schema: LabelSchema, metrics: Metrics, language: str, family: str = "") -> None:
        self.theme, self.metrics = theme, metrics
        self.font = themes.font(metrics.em, family=family)
        self.small = themes.font(metrics.small)
        self.badge = themes.font(metrics.small, QFont.Weight.Bold)
        self.text = QColor(theme.text)
        self.dim = QColor(theme.dim)
        self.furniture = QColor(themes.furniture_colour(theme))
        self.ground = QColor(theme.ground)
        self.accent = QColor(theme.accent)
        self.match, self.match_edge = QColor(theme.match), QColor(theme.match_edge)
        self.selection = QColor(theme.accent)
        self.selection.setAlphaF(theme.selected)
        self._schema, self._language = schema, language
        self._widths = QFontMetricsF(self.small)
        self._labels: dict[str, LabelLook] = {}

    def elided(self, text: str, width: int) -> str:
        """`text`, shortened to `width` pixels in the report's font."""
        return QFontMetricsF(self.font).elidedText(text, Qt.TextElideMode.ElideRight, width)

    def label(self, name: str) -> LabelLook:
        """How the label called `name` is drawn; a name that the schema lacks gets a dim box."""
        found = self._labels.get(name)
        if found is None:
            found = self._labels[name] = self._make(name)
        return found

    def _make(self, name: str) -> LabelLook:
        label = self._schema.label(name)
        colour = themes.label_colour(label, self.theme)
        title = (label.title.text(self._language) if label else "") or name
        return LabelLook(
            shape_named(label.shape if label else "box"),
            QColor(colour),
            QColor(themes.soft(colour, self.theme)),
            QColor(themes.label_text_colour(label, self.theme)),
            title,
            round(self._widths.horizontalAdvance(title)),
        )
