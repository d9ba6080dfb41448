"""Parts of the window that are made when somebody first asks for them: what a start does not show, a start does not make.

The one way to put a page, a bar or a dialog into the window that is not there at its first paint. Knows no part.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Part = TypeVar("Part")


class Late(Generic[Part]):
    """A part and how it is made: call it to have it. What imports the part does so inside `make`."""

    def __init__(self, make: Callable[[], Part]) -> None:
        self._make = make
        self._then: list[Callable[[Part], None]] = []
        #: The part; None while nobody has asked for it.
        self.made: Part | None = None

    def __call__(self) -> Part:
        """The part, made now where it is not there yet."""
        if self.made is None:
            self.made = part = self._make()
            for tie in self._then:
                tie(part)
            self._then.clear()
            return part
        return self.made

    def then(self, tie: Callable[[Part], None]) -> None:
        """Do `tie` with the part once it is made; at once where it is there. In the order of asking."""
        if self.made is None:
            self._then.append(tie)
        else:
            tie(self.made)
