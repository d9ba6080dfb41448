"""Ends the window on SIGINT and SIGTERM (Ctrl+C in the terminal, the end of the desktop session) as its own Quit does.

Python runs a signal's handler only when it is its turn, and Qt's loop does not give it one: the signal is written into a
pipe that Qt watches. Windows has neither; there the console ends the process.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


def end_on_signals(end: Callable[[], object], parent: QObject) -> None:
    """Call `end` in the event loop when the system asks the program to end; held until `parent` goes."""
    if os.name == "nt":
        return
    read, write = os.pipe()
    for file in (read, write):
        os.set_blocking(file, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: None)
    notifier = QSocketNotifier(read, QSocketNotifier.Type.Read, parent)

    def heard() -> None:
        os.read(read, 16)
        end()

    notifier.activated.connect(heard)
