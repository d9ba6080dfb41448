"""The window: all of PySide6 lives here.

What needs no Qt comes first: PySide6 reads the source of every module that is imported after it, which would double
the time those take.
"""

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
