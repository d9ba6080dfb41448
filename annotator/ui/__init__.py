"""The window: all of PySide6 lives here.

What needs no Qt comes first, and then PySide6 gives `__import__` back: it puts one of its own in its place, which looks
for `from __feature__ import …` and to that end reads the source of every module that is imported after it. Nobody here
uses those features, and a start would wait for a hundred files to be read.
"""

import builtins

import annotator.domain.edge_move
import annotator.domain.find
import annotator.domain.quantity.display
import annotator.domain.span_index
import annotator.domain.strides
import annotator.reading.outline
import annotator.services.bookmarks
import annotator.services.editing
import annotator.services.history
import annotator.services.jobs
import annotator.services.openness
import annotator.services.questions
import annotator.services.queue
import annotator.services.repeats
import annotator.services.rows
import annotator.services.settings
import annotator.services.understanding
import annotator.services.work_time  # noqa: F401


def _import_as_ever() -> None:
    import PySide6.QtCore  # noqa: F401 - with it comes the `__import__` of PySide6

    ours = getattr(builtins, "__orig_import__", None)
    if ours is not None:
        builtins.__import__ = ours


_import_as_ever()
