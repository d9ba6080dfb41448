"""Import, export and copies as jobs: each in a thread with a connection of its own, and a clear end in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from annotator.domain.errors import Cancelled
from annotator.messages import _
from annotator.services.import_options import ADD, DEFAULTS, FileOptions, ImportOptions
from annotator.services.jobs import Gate
from annotator.services.rows import Step
from annotator.services.session import Session
from annotator.services.wording import step_words
from annotator.ui.controller import Controller
from annotator.ui.tasks import Report, Task

if TYPE_CHECKING:
    from annotator.services.exporting import ExportOptions, ExportResult
    from annotator.services.import_result import Entry, ImportResult
    from annotator.ui.main_window import MainWindow


class Transfers(QObject):
    """Starts the jobs of one window and says what they came to."""

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self.last_import: ImportResult | None = None
        self.last_options = DEFAULTS  # those of that import: what is done with its lists is done as it was
        self._travel: Task | None = None  # the job that took back or brought back a large import last

    def _start(
        self,
        words: str,
        job: Callable[[Session, Report], Any],
        done: Callable[[Any], None],
        cancelled: str,
        gate: Gate | None = None,
    ) -> None:
        """Run `job`; `done` gets its result, `cancelled` is said where it was stopped before it kept anything."""
        session = self._controller.session
        if session is None:
            return
        if self._window.tasks.current is not None:
            self._controller.said.emit(_("Another job is under way; wait for its end or cancel it."))
            return
        task = Task(words, lambda report: job(session, report), gate=gate)

        def arrived(result: Any) -> None:
            if self._controller.session is session:  # else its project was closed meanwhile
                done(result)

        task.finished.connect(arrived)
        task.failed.connect(self._controller.presenter.show)
        task.cancelled.connect(lambda: self._controller.said.emit(cancelled))
        self._window.tasks.start(task)

    # ---- import ---------------------------------------------------------------------------------

    def bring(self, paths: Sequence[Path | str]) -> None:
        """Import a few plain files at once; show what anything else would bring first."""
        from annotator.services.import_preview import needs_a_look

        if self._may_import():
            if needs_a_look(map(Path, paths)):
                self.look(paths)
            else:
                self.import_paths(paths)

    def look(self, paths: Sequence[Path | str], files: dict[Path, FileOptions] | None = None) -> None:
        """Open the import dialog on files and folders; `files` says how some of them are read."""
        from annotator.ui.importing.dialog import ImportDialog

        session = self._controller.session
        if session is None or not self._may_import():
            return
        rules = tuple(session.store.site_rules.all())
        dialog = ImportDialog(self._controller.settings, session.person.name, self._window, rules)
        dialog.chosen.connect(self.import_paths)
        dialog.open()
        if paths:
            dialog.add(paths, files)

    def _may_import(self) -> bool:
        if not self._controller.writable:
            self._controller.said.emit(_("The project is open for reading only; nothing was imported."))
        return self._controller.writable

    def import_paths(
        self,
        paths: Sequence[Path | str],
        options: ImportOptions = DEFAULTS,
        words: str | None = None,
        then: Callable[[ImportResult], None] | None = None,
    ) -> None:
        """Import files and folders into the open project, behind the window; it can be held up and stopped.

        `then` gets the result, also of an import that was stopped.
        """
        if not self._may_import():
            return
        gate = Gate()

        def job(session: Session, report: Report) -> ImportResult:
            from annotator.services.importing import import_paths

            with session.store.second() as store:
                return import_paths(store, session.person.uid, paths, options, report, gate=gate)

        def imported(result: ImportResult) -> None:
            self.last_options = options
            if then is not None:
                then(result)
            self._imported(result)

        self._start(words or _("Importing"), job, imported, _("The import was cancelled; nothing came in."), gate)

    def _imported(self, result: ImportResult) -> None:
        self.last_import = result
        session = self._controller.session
        if session is not None and result.step is not None:
            session.announce_job(result.step)
        self._window.refresh_actions()
        words = import_words(result)
        if result.failed or result.kept or result.notes or result.near:
            self._window.bar.show_message(words, [(_("Details"), self.show_import_result)])
        else:
            self._controller.said.emit(words)

    def travel(self, step: Step, *, back: bool) -> None:
        """Take back a large import, or bring it back."""

        def job(session: Session, report: Report) -> Step | None:
            with session.store.second() as store:
                turn = store.undo if back else store.redo
                try:
                    done = turn(session.person.uid, lambda done, total: report(done, total, ""))
                except Cancelled:
                    for left in store.history.running():
                        if left.undoes == step.uid:  # half way: what was done is turned round again
                            store.undo_step(left.uid, session.person.uid)
                    raise
            return done[0] if done else None

        def turned(made: Step | None) -> None:
            session = self._controller.session
            if session is not None and made is not None:
                session.announce_job(made)
                words = _("Undone: {step}") if back else _("Redone: {step}")
                self._controller.said.emit(words.format(step=step_words(step.wording, session.schema)))

        words = _("Taking back the import") if back else _("Bringing back the import")
        before = self._window.tasks.current
        self._start(words, job, turned, _("Cancelled; nothing was changed."))
        task = self._window.tasks.current
        self._travel = task if task is not before else self._travel

    @property
    def travelling(self) -> bool:
        """Whether a large import is being taken back or brought back: as long as that job is the window's."""
        return self._travel is not None and self._window.tasks.current is self._travel

    def show_import_result(self) -> None:
        """List what the last import came to, file by file."""
        from annotator.ui.dialogs.import_result import ImportResultDialog

        session = self._window.controller.session
        if self.last_import is not None and session is not None:
            dialog = ImportResultDialog(self.last_import, session.path, self._window)
            dialog.again.connect(self._look_again)
            dialog.add.connect(self._add_near)
            dialog.newer.connect(self._offer_copy)
            dialog.show()

    def _look_again(self, paths: Sequence[Path]) -> None:
        """Show files in the import dialog, read as they were."""
        self.look(paths, {path: self.last_options.of(path) for path in paths})

    def _add_near(self, entries: Sequence[Entry]) -> None:
        """Bring these in as reports of their own, read as they were, and nothing else of their files."""
        only = frozenset((entry.file, entry.line) for entry in entries)
        paths = list(dict.fromkeys(entry.on_disk for entry in entries))
        self.import_paths(paths, replace(self.last_options, near=ADD, only=only))

    def _offer_copy(self, entry: Entry) -> None:
        """Show what a near duplicate would change in the report it is like."""
        from annotator.services.newer_copy import Place

        if entry.report is not None:
            path = entry.on_disk
            place = Place(path, entry.line, entry.file if entry.packed else "", self.last_options.of(path))
            self._window.text_editing.offer_copy(entry.report, place)

    # ---- export ---------------------------------------------------------------------------------

    def export(self) -> None:
        """Ask what to export and where to, then do it."""
        from annotator.ui.dialogs.export import ExportDialog

        session = self._controller.session
        if session is None:
            return
        dialog = ExportDialog(session, self._controller.settings, self._window)
        dialog.chosen.connect(self.run_export)
        dialog.open()

    def run_export(self, options: ExportOptions) -> None:
        """Export as `options` say."""

        def job(session: Session, report: Report) -> ExportResult:
            from annotator.services.exporting import export

            with session.store.second() as store:
                return export(store, options, report)

        self._start(_("Exporting"), job, self._exported, _("The export was cancelled; no file was written."))

    def _exported(self, result: ExportResult) -> None:
        from annotator.ui.dialogs.export_result import ExportResultDialog, export_words, has_losses

        words = export_words(result)
        if has_losses(result):
            self._window.bar.show_message(
                words, [(_("Details"), lambda: ExportResultDialog(result, self._window).show())]
            )
        else:
            self._controller.said.emit(words)

    # ---- a copy ---------------------------------------------------------------------------------

    def save_copy(self, path: Path) -> None:
        """Write a copy of the project, whole and consistent, while work goes on."""

        def job(session: Session, report: Report) -> Path:
            report(0, 0, _("Saving a copy"))
            if path.exists() and path.samefile(session.path):
                raise Cancelled
            with session.store.second() as store:
                return store.backup(path)

        self._start(
            _("Saving a copy"), job, self._copied, _("The project itself cannot be its own copy; nothing was written.")
        )

    def _copied(self, path: Path) -> None:
        self._controller.said.emit(_("A copy was saved as {file}.", file=str(path)))


def import_words(result: ImportResult) -> str:
    """One sentence on what an import came to."""
    parts = []
    if result.added or not (result.sets_added or result.sets_replaced):
        parts.append(_("{n} reports imported with {spans} spans", n=result.added, spans=result.spans))
    if result.sets_added or result.sets_replaced:
        parts.append(_("{n} annotation sets added to known reports", n=result.sets_added + result.sets_replaced))
    if result.known:
        parts.append(_("{n} known already", n=len(result.known)))
    if result.near:
        parts.append(_("{n} nearly the same as known ones", n=len(result.near)))
    if result.kept:
        parts.append(_("{n} existing sets left untouched", n=len(result.kept)))
    if result.failed:
        parts.append(_("{n} could not be read", n=len(result.failed)))
    words = _("; ").join(parts) + _(".")
    return (_("The import was cancelled.") + " " + words) if result.cancelled else words
