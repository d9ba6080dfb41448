"""When garbage is looked for: among what is new all the time, among everything only while nobody does anything.

A look at everything holds the whole program, the longer the more there is: a tenth of a second with tens of thousands of
spans. Python begins one in the middle of whatever is done just then, on a key press as likely as not; here it waits for a
rest. What the start has made is never looked at again: that is the window, and stays as long.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

#: After so many looks at what is new, everything is looked at: Python's own measure.
ENOUGH = 10
#: Without any rest it is looked at all the same after so many: memory must not grow for ever.
AT_LAST = 200
#: Seconds without key or mouse that are a rest.
REST = 3.0
_LOOK_MS = 2000
#: So far away that Python itself does not begin.
_NEVER = 1_000_000


class Collecting(QObject):
    """Looks for garbage as long as its parent lives; `rested` says how many seconds nobody has done anything."""

    def __init__(self, rested: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._rested = rested
        gc.freeze()
        gc.set_threshold(*gc.get_threshold()[:2], _NEVER)
        gc.enable()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look at everything, where that is due and disturbs nobody."""
        due = gc.get_count()[2]
        if due >= AT_LAST or (due >= ENOUGH and self._rested() >= REST):
            gc.collect()
