"""The window: all of PySide6 lives here.

PySide6 puts an `__import__` of its own in the place of Python's, which looks for `from __feature__ import …` and to
that end reads the source of every module that is imported after it. Nobody here uses those features, and a start would
wait for two hundred files to be read: Python gets its own back at once.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - with it comes the `__import__` of PySide6

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
