"""The window: all of PySide6 lives here.

What needs no Qt comes first: PySide6 reads the source of every module that is imported after it, which would double
the time those take.
"""

import annotator.domain.span_index
import annotator.reading.outline
import annotator.services.editing
import annotator.services.rows
import annotator.services.settings  # noqa: F401
