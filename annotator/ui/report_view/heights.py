"""The heights of very many paragraphs: the sum above any of them, and the one at any y, at once.

Sums are kept by chunk, so that correcting one height costs the same in a report and in a book.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

_CHUNK = 256


class Heights:
    """Heights in pixels, by paragraph number."""

    def __init__(self, heights: Iterable[int]) -> None:
        self._heights = list(heights)
        self._sums = [sum(self._heights[i : i + _CHUNK]) for i in range(0, len(self._heights), _CHUNK)]
        self.total = sum(self._sums)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, number: int) -> int:
        return self._heights[number]

    def set(self, number: int, height: int) -> int:
        """Correct one height; returns by how much it grew."""
        grown = height - self._heights[number]
        if grown:
            self._heights[number] = height
            self._sums[number // _CHUNK] += grown
            self.total += grown
        return grown

    def top(self, number: int) -> int:
        """The sum of all heights before paragraph `number`."""
        chunk = number // _CHUNK
        return sum(self._sums[:chunk]) + sum(self._heights[chunk * _CHUNK : number])

    def at(self, y: int) -> int:
        """The paragraph that `y` falls into; the first above the start, the last below the end."""
        chunk = above = 0
        while chunk < len(self._sums) - 1 and above + self._sums[chunk] <= y:
            above += self._sums[chunk]
            chunk += 1
        first = chunk * _CHUNK
        bottoms = [*accumulate(self._heights[first : first + _CHUNK], initial=above)][1:]
        return min(first + bisect_right(bottoms, y), len(self._heights) - 1)
