"""What concerns project files: new, open, recent, sample, import, export, copy. Loaded when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from annotator.domain.errors import KnownError, LockedError, ReadOnlyError
from annotator.messages import _
from annotator.services.rows import Person
from annotator.services.session import Session
from annotator.services.settings import person_named
from annotator.services.wording import left_open
from annotator.ui.controller import Controller
from annotator.ui.late import Late

if TYPE_CHECKING:
    from annotator.ui.dialogs.files import Chooser
    from annotator.ui.importing.watcher import FolderWatcher
    from annotator.ui.main_window import MainWindow
    from annotator.ui.transfers import Transfers

SUFFIX = ".annodb"


class ProjectCommands(QObject):
    """The handlers of the project menu."""

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self.annotator: str | None = None
        self._transfers = Late(self._make_transfers)
        self._watcher = Late(self._make_watcher)

    def _make_transfers(self) -> Transfers:
        from annotator.ui.transfers import Transfers

        return Transfers(self._window, self._controller)

    def _make_watcher(self) -> FolderWatcher:
        from annotator.ui.importing.watcher import FolderWatcher

        return FolderWatcher(self._controller, self._window.tasks, self.transfers, self)

    @property
    def transfers(self) -> Transfers:
        """Import, export and copies as jobs."""
        return self._transfers()

    @property
    def watcher(self) -> FolderWatcher:
        """Whoever watches a folder."""
        return self._watcher()

    @property
    def travelling(self) -> bool:
        """Whether a large step is being taken back or brought back."""
        return self._transfers.made is not None and self._transfers.made.travelling

    @property
    def last_import(self) -> object:
        """What the last import came to; None before the first."""
        return self._transfers.made and self._transfers.made.last_import

    # ---- which project --------------------------------------------------------------------------

    def project_new(self) -> None:
        path = self._chooser().new_project(_("New project"), _("Reports"), SUFFIX)
        if path is None:
            return
        if path.exists():  # the system's dialog has asked, but a project is never written over
            self._window.bar.show_message(_("{file} exists already; choose another name.", file=path.name))
            return
        try:
            self._window.adopt(Session.create(path, self._person()))
        except KnownError as error:
            self._controller.presenter.show(error)

    def project_open(self) -> None:
        path = self._chooser().project(SUFFIX)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: str | Path) -> bool:
        """Open a project: for writing where possible, else for reading with the reason; tells whether it is open."""
        path = Path(path)
        session = self._controller.session
        if session is not None and path.exists() and session.path.exists() and path.samefile(session.path):
            return True
        try:
            session, notice = self._opened(path)
        except KnownError as error:
            self._controller.presenter.show(error)
            return False
        self._window.adopt(session)
        if notice:
            self._window.bar.show_message(notice)
        self._offer_running()
        return True

    def _opened(self, path: Path) -> tuple[Session, str]:
        try:
            session = Session.open(path, self._person())
            return session, left_open(path) if session.store.recovered else ""
        except (LockedError, ReadOnlyError) as error:
            session = Session.open(path, self._person(), write=False)
            return session, _why_read_only(error, path)

    def project_sample(self) -> None:
        from annotator import locations

        if locations.sample_project().exists():
            self.open_path(locations.sample_project())
            return
        from annotator.services.sample import open_sample

        try:
            self._window.adopt(open_sample(self._person()))
        except KnownError as error:
            self._controller.presenter.show(error)

    def project_close(self) -> None:
        self._window.tasks.close()
        self._controller.close()

    def fill_recent(self, menu: QMenu) -> None:
        """List the projects opened lately."""
        menu.clear()
        for path in self._controller.settings.get("projects.recent"):
            if Path(path).is_file():
                menu.addAction(path).triggered.connect(lambda _on=False, p=path: self.open_path(p))
        if menu.isEmpty():
            menu.addAction(_("None yet")).setEnabled(False)

    def _person(self) -> Person:
        return person_named(self.annotator) if self.annotator else self._controller.settings.person()

    # ---- a step that was cut off ----------------------------------------------------------------

    def _offer_running(self) -> None:
        """A bulk step that a crash cut off waits for a decision: take it back or keep what it did."""
        session = self._controller.session
        if session is None or session.read_only:
            return
        steps = [s for s in session.store.history.running() if s.uid not in session.store.live_steps]
        if not steps:
            return
        from annotator.services.wording import step_words

        step = steps[0]
        words = step_words(step.wording, session.schema)
        self._window.bar.show_message(
            _("“{step}” was cut off before its end. Take back what it did, or keep it?", step=words),
            [
                (_("Take back"), lambda: self._settle(step.uid, False)),
                (_("Keep"), lambda: self._settle(step.uid, True)),
            ],
        )

    def _settle(self, step: str, keep: bool) -> None:
        session = self._controller.session
        if session is None:
            return
        try:
            settled = session.store.keep(step) if keep else session.store.undo_step(step, session.person.uid)[0]
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        session.announce_job(settled)
        self._offer_running()

    # ---- import, export, copy -------------------------------------------------------------------

    def project_import_files(self) -> None:
        paths = self._chooser().files()
        if paths:
            self.transfers.bring(paths)

    def project_import_folder(self) -> None:
        folder = self._chooser().folder_to_import()
        if folder is not None:
            self.transfers.bring([str(folder)])

    def project_import_look(self) -> None:
        self.transfers.look([])

    def project_watch(self) -> None:
        """Begin to watch a folder, or stop it."""
        if self.watcher.folder is not None:
            self.watcher.stop_for_good()
        else:
            folder = self._chooser().folder_to_import()
            if folder is not None:
                self.watcher.begin(folder)
        self._window.refresh_actions()

    def project_import_result(self) -> None:
        self.transfers.show_import_result()

    def project_export(self) -> None:
        self.transfers.export()

    def project_copy(self) -> None:
        session = self._controller.session
        if session is None:
            return
        name = f"{session.path.stem}-{date.today().isoformat()}"
        path = self._chooser().new_project(_("Save a copy"), name, SUFFIX)
        if path is not None:
            self.transfers.save_copy(path)

    def _chooser(self) -> Chooser:
        from annotator.ui.dialogs.files import Chooser

        return Chooser(self._controller.settings, self._window)

    def drop(self, paths: Sequence[str]) -> None:
        """Files or folders were dropped on the window: a project is opened, anything else imported."""
        if len(paths) == 1 and paths[0].endswith(SUFFIX):
            self.open_path(paths[0])
        elif self._controller.session is None:
            self._window.bar.show_message(
                _("Reports need a project to go into: make one or open one, then drop them again."),
                [(_("New project…"), self.project_new), (_("Open project…"), self.project_open)],
            )
        else:
            self.transfers.bring(paths)


def _why_read_only(error: LockedError | ReadOnlyError, path: Path) -> str:
    """What somebody reads over a project that was meant to be written and is open for reading."""
    if isinstance(error, LockedError) and {"program", "user", "host", "pid", "since"} <= error.params.keys():
        return _(
            "{name} is open for writing elsewhere ({program}, user {user} on {host}, process {pid}, since {since}), "
            "so it is open for reading only here. To change it, close it there and open it again.",
            **error.params,
        )
    return _(
        "{name} cannot be written where it lies, so it is open for reading only. To change it, copy it elsewhere.",
        name=path.name,
    )
