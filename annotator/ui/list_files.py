"""Lists of the window written to files, by a job. What is in a row, and how a file looks, the services know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import KnownError
from annotator.messages import _
from annotator.services import listed_file
from annotator.services.replacing import check_spared
from annotator.ui.tasks import Task

if TYPE_CHECKING:
    from annotator.services.listed_file import Listed
    from annotator.ui.main_window import MainWindow


def save_list(
    window: MainWindow, path: Path, columns: Sequence[str], rows: Sequence[Listed], problem: Callable[[str], None]
) -> None:
    """Write rows to a file and say how many; `problem` is told where another job is in the way."""
    if window.tasks.current is not None:
        problem(_("Another job is under way; wait for its end or cancel it."))
        return
    session = window.controller.session
    if session is None:
        return
    try:
        check_spared(path, session.path)
    except KnownError as error:
        problem(str(error))
        return
    said = window.controller.said
    task = Task(_("Saving the list"), lambda report: listed_file.write(path, columns, rows, report))
    task.finished.connect(lambda n: said.emit(_("{n} rows saved in {file}.", n=n, file=path.name)))
    task.failed.connect(window.controller.presenter.show)
    task.cancelled.connect(lambda: said.emit(_("Nothing was saved.")))
    window.tasks.start(task)
