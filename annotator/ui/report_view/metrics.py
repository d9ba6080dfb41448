"""The lengths of the view at one text size: one place to set type, from which all the rest follows.

Pixels are device independent. A row's *em box* is the square in which a Chinese character stands;
shapes hang on it and not on the font's ascent, which differs much between families.
"""

from __future__ import annotations

from typing import NamedTuple

BASE_PIXELS = 16
COLUMN_CHARACTERS = 45
LINE_PITCH = 200

#: A column that wide ends where the window does.
_ENDLESS = 1_000_000


class Metrics(NamedTuple):
    """All lengths for a text size in pixels.

    `line_pitch` is what a row takes, in percent of the text size; `characters` the width of the column in characters,
    0 for that of the window.
    """

    em: int
    line_pitch: int = LINE_PITCH
    characters: int = COLUMN_CHARACTERS

    @classmethod
    def at_zoom(cls, percent: int, line_pitch: int = LINE_PITCH, characters: int = COLUMN_CHARACTERS) -> Metrics:
        """The lengths at a zoom in percent."""
        return cls(max(6, round(BASE_PIXELS * percent / 100)), line_pitch, characters)

    @property
    def pitch(self) -> int:
        """From row to row."""
        return round(self.em * self.line_pitch / 100)

    @property
    def column(self) -> int:
        """The widest a row may be; half a character more than counted, so that rounding never wraps the last."""
        return self.em * self.characters + self.em // 2 if self.characters else _ENDLESS

    @property
    def blank(self) -> int:
        """The height of a row that holds nothing to read."""
        return max(6, round(self.em * 0.5))

    @property
    def gap(self) -> int:
        """Space below a paragraph."""
        return round(self.em * 0.25)

    @property
    def em_top(self) -> int:
        """From the top of a row to the em box."""
        return round(self.em * 0.36)

    @property
    def em_bottom(self) -> int:
        """From the top of a row to the lower edge of the em box."""
        return self.em_top + self.em

    @property
    def baseline(self) -> int:
        """From the top of a row to the baseline: ideographs stand 0.88 em above it and 0.12 em below."""
        return self.em_top + round(self.em * 0.88)

    @property
    def step(self) -> int:
        """From one lane of shapes to the next."""
        return max(3, round(self.em / 4))

    @property
    def tick(self) -> int:
        """How far a bracket's ends rise."""
        return max(3, round(self.em * 0.3))

    @property
    def small(self) -> int:
        """The text size of label names."""
        return max(9, round(self.em * 0.68))

    @property
    def side(self) -> int:
        """The margin kept free left and right of the column: for marks, and for an overview."""
        return 44

    @property
    def top(self) -> int:
        """The margin above the first and below the last row."""
        return self.em

    def lane(self, level: int) -> int:
        """The lower edge of the shape in lane `level`, from the top of the row."""
        return self.em_bottom + max(2, round(self.em * 0.19)) + level * self.step

    def names_top(self, levels: int) -> int:
        """Where the first row of label names starts below so many lanes, from the top of the row."""
        return self.lane(max(levels, 2) - 1) + 2

    def row_height(self, levels: int, name_rows: int = 0) -> int:
        """The height of a row with so many lanes below its text, and so many rows of names below those.

        It grows where they would reach the shapes around the next row's text.
        """
        lowest = self.names_top(levels) + name_rows * (self.small + 2) if name_rows else self.lane(levels - 1) + 2
        return max(self.pitch, lowest - self.em_top + 3)
