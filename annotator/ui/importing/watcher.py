"""A folder that is watched while its project is open: new files come in behind the window, each time as one step.

Off unless a person chose a folder for the project; which one is in the settings. Looking is done in a thread of its
own, importing by `transfers` like any other import, when no other job is under way.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from annotator import locations
from annotator.messages import _
from annotator.services.watching import FolderWatch
from annotator.ui.controller import Controller
from annotator.ui.tasks import Tasks

if TYPE_CHECKING:
    from annotator.ui.transfers import Transfers

#: A look every so often, whether or not the system tells of a change: network folders do not tell.
LOOK_MS = 10_000
#: And so soon where a file is there that may still be changing, or the system told of a change.
SOON_MS = 1_000


class FolderWatcher(QObject):
    """Watches for one project at a time."""

    _looked = Signal(object, object, object)  # the watch, files that are ready, folders to be told of

    def __init__(self, controller: Controller, tasks: Tasks, transfers: Transfers, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._tasks = tasks
        self._transfers = transfers
        self._watch: FolderWatch | None = None
        self._thread: threading.Thread | None = None
        self._pending: list[Path] = []
        self._missed = False  # whether it was said that the folder is not there
        self._told = QFileSystemWatcher(self)
        self._told.directoryChanged.connect(lambda _path: self._soon())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._looked.connect(self._take)
        tasks.changed.connect(self._bring)
        controller.projectChanged.connect(self._project_changed)

    @property
    def folder(self) -> Path | None:
        """The folder that is watched now."""
        return self._watch.folder if self._watch is not None else None

    def begin(self, folder: Path) -> None:
        """Watch `folder` for the open project from now on, also after the next start."""
        session = self._controller.session
        if session is not None and not session.read_only:
            self._controller.settings.set_row("watch", session.store.uid, str(folder))
            self.follow()

    def follow(self) -> None:
        """Watch what the settings say for the open project."""
        session = self._controller.session
        self._stop()
        if session is None or session.read_only:
            return
        folder = self._controller.settings.table("watch").get(session.store.uid)
        if isinstance(folder, str) and folder:
            memory = locations.cache_folder() / f"watch-{session.store.uid}.json"
            self._watch = FolderWatch(Path(folder), memory)
            self._controller.said.emit(_("Watching {folder} for new files.", folder=folder))
            self._look()

    def stop_for_good(self) -> None:
        """Watch no folder for this project any more."""
        session = self._controller.session
        if session is not None:
            self._controller.settings.set_row("watch", session.store.uid, None)
        self._stop()
        self._controller.said.emit(_("The folder is not watched any more."))

    def _project_changed(self) -> None:
        if self._controller.session is None:
            self._stop()

    def _stop(self) -> None:
        if self._watch is not None:
            self._watch.stop()
        self._watch = None
        self._missed = False
        self._pending = []
        self._timer.stop()
        if self._told.directories():
            self._told.removePaths(self._told.directories())
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    # ---- looking --------------------------------------------------------------------------------

    def _soon(self) -> None:
        if self._watch is not None:
            self._timer.start(SOON_MS)

    def _look(self) -> None:
        watch = self._watch
        if watch is None or (self._thread is not None and self._thread.is_alive()):
            return
        self._thread = threading.Thread(target=self._look_behind, args=(watch,), name="watching", daemon=True)
        self._thread.start()

    def _look_behind(self, watch: FolderWatch) -> None:
        self._looked.emit(watch, watch.ready(), watch.folders())

    def _take(self, watch: FolderWatch, ready: list[Path], folders: list[Path]) -> None:
        if watch is not self._watch:
            return
        new = {str(folder) for folder in folders} - {*self._told.directories()}
        if new:
            self._told.addPaths(sorted(new))
        self._say_missing(watch, missing=not folders)
        self._pending += ready
        self._timer.start(SOON_MS if watch.waiting else LOOK_MS)
        self._bring()

    def _say_missing(self, watch: FolderWatch, *, missing: bool) -> None:
        if missing and not self._missed:
            self._controller.said.emit(
                _(
                    "The watched folder {folder} is not there; its new files come in when it is back.",
                    folder=watch.folder,
                )
            )
        self._missed = missing

    def _bring(self) -> None:
        """Import what is ready, when nothing else is being done."""
        watch = self._watch
        if self._pending and watch is not None and self._tasks.current is None and self._controller.writable:
            files, self._pending = self._pending, []
            words = _("Importing {n} new files of {folder}", n=len(files), folder=watch.folder.name)
            self._transfers.import_paths(
                files, words=words, then=lambda result: watch.settle(files[: result.files_done])
            )
