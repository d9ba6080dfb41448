"""What each action of the table does: one method an action, found by its id (`span.next` → `span_next`).

Whatever concerns project files, import and export is in `project_commands`, loaded when first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.rows import Step
from annotator.services.status_names import status_name
from annotator.ui import translation
from annotator.ui.controller import Controller

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow
    from annotator.ui.project_commands import ProjectCommands

#: Taking back an import of more reports than this is a job.
LONG = 500

ZOOM_STEPS = (50, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)


class Commands(QObject):
    """The handlers behind menus, keys and buttons."""

    doing = Signal(str)  # the id of the action that is about to be done

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._project: ProjectCommands | None = None
        #: What is done by objects of their own, by the action's id.
        self.more: dict[str, Callable[[], None]] = {}
        #: Asked first: whoever lasts and lets nothing else happen meanwhile refuses, and says why.
        self.allows: Callable[[str], bool] = lambda _action: True

    def do(self, action: str) -> None:
        """Do the action with this id. What is being typed in a field counts first."""
        if not self.allows(action):
            return
        self.doing.emit(action)
        self._window.commit_pending()
        if action in self.more:
            self.more[action]()
            return
        name = action.replace(".", "_")
        for prefix, method in (
            ("view_names_", self._names),
            ("view_theme_", self._theme),
            ("view_language_", self._language),
        ):
            if name.startswith(prefix):
                method(name.removeprefix(prefix))
                return
        if name.startswith(("find_", "reading_", "labels_")):
            self._window.reading.do(name)
            return
        handler: Any = self if hasattr(self, name) else self.project
        getattr(handler, name)()

    @property
    def project(self) -> ProjectCommands:
        """What concerns project files, import and export."""
        if self._project is None:
            from annotator.ui.project_commands import ProjectCommands

            self._project = ProjectCommands(self._window, self._controller)
        return self._project

    def watches(self) -> bool:
        """Whether a folder is watched for this project."""
        session = self._controller.session
        return session is not None and session.store.uid in self._window.settings.table("watch")

    def has_import_result(self) -> bool:
        """Whether an import has run in this window."""
        return self._project is not None and self._project.last_import is not None

    def annotate_as(self, name: str) -> None:
        """Work as the annotator called `name`, whatever the settings say."""
        self.project.annotator = name

    # ---- edit -----------------------------------------------------------------------------------

    def edit_undo(self) -> None:
        step = self._controller.next_undo()
        if not self._travels_long(step, back=True) and not self._window.long_edits.travels(step, back=True):
            self._controller.undo()

    def edit_redo(self) -> None:
        step = self._controller.next_redo()
        if not self._travels_long(step, back=False) and not self._window.long_edits.travels(step, back=False):
            self._controller.redo()

    def _travels_long(self, step: Step | None, *, back: bool) -> bool:
        """Whether undo or redo is too long for the window to wait for: a large import is turned round by a job."""
        if self._project is not None and self._project.travelling:
            self._controller.said.emit(_("An import is being taken back or brought back; wait for its end."))
            return True
        if step is None or step.kind != "import" or int(step.wording.params.get("n", 0)) <= LONG:
            return False
        self.project.transfers.travel(step, back=back)
        return True

    def edit_copy(self) -> None:
        view = self._window.report_pane.view
        start, end = view.selection()
        report = self._controller.report
        if report is not None and start < end:
            QApplication.clipboard().setText(report.text[start:end])

    def edit_find_report(self) -> None:
        self._window.show_pane("left", True)
        self._window.report_list.focus_filter()

    def edit_find_span(self) -> None:
        self._window.show_pane("right", True)
        self._window.entity_panel.focus_filter()

    # ---- report ---------------------------------------------------------------------------------

    def report_next(self) -> None:
        self._go(self._window.report_list.neighbour(1), _("This is the last report of the list."))

    def report_previous(self) -> None:
        self._go(self._window.report_list.neighbour(-1), _("This is the first report of the list."))

    def _go(self, report: int | None, otherwise: str) -> None:
        if report is None:
            self._controller.said.emit(otherwise)
            return
        self._window.open_report(report)
        self._window.report_pane.view.setFocus()

    def report_in_progress(self) -> None:
        self.set_status(Status.IN_PROGRESS)

    def report_done(self) -> None:
        self.set_status(Status.DONE)

    def report_flagged(self) -> None:
        self.set_status(Status.FLAGGED)

    def report_skipped(self) -> None:
        self.set_status(Status.SKIPPED)

    def set_status(self, status: Status) -> None:
        """Give the person's work on the open report another status; what it is already is said."""
        if self._controller.report is not None and self._controller.report.status == status:
            self._controller.said.emit(_("The report is {status} already.", status=status_name(status)))
        else:
            self._controller.set_status(status)
        self._window.refresh_actions()

    # ---- spans ----------------------------------------------------------------------------------

    def span_next(self) -> None:
        self._controller.step_span(1)

    def span_previous(self) -> None:
        self._controller.step_span(-1)

    def span_edit(self) -> None:
        self._window.show_pane("right", True)
        self._window.entity_panel.focus_editor()

    def span_uncertain(self) -> None:
        spans = self._controller.selected_spans()
        if spans:
            self._controller.set_certain([s.uid for s in spans], not all(s.certain for s in spans))
        self._window.refresh_actions()

    def span_delete(self) -> None:
        self._controller.delete_selected()

    # ---- view -----------------------------------------------------------------------------------

    def view_zoom_in(self) -> None:
        self.zoom(1)

    def view_zoom_out(self) -> None:
        self.zoom(-1)

    def view_zoom_reset(self) -> None:
        self.set_zoom(100)

    def zoom(self, direction: int) -> None:
        """One step larger (positive) or smaller (negative)."""
        now = self._controller.settings.get("window.zoom")
        steps = [z for z in ZOOM_STEPS if (z > now if direction > 0 else z < now)]
        if steps:
            self.set_zoom(steps[0] if direction > 0 else steps[-1])

    def set_zoom(self, percent: int) -> None:
        """Show the report's text at `percent` of its normal size."""
        self._controller.settings.set("window.zoom", percent)
        self._window.report_pane.view.set_zoom(percent)
        self._controller.said.emit(_("Text size {percent} %", percent=percent))

    def _names(self, which: str) -> None:
        self._controller.settings.set("view.label_names", which)
        self._window.report_pane.view.set_label_names(which)

    def _theme(self, name: str) -> None:
        self._controller.settings.set("window.theme", name)
        self._window.use_theme(name)

    def _language(self, name: str) -> None:
        self._controller.settings.set("window.language", name)
        translation.set_language(name)

    def view_left(self) -> None:
        self._window.show_pane("left", not self._window.pane_shown("left"))

    def view_right(self) -> None:
        self._window.show_pane("right", not self._window.pane_shown("right"))

    def view_next_pane(self) -> None:
        self._window.cycle_pane(1)

    def view_previous_pane(self) -> None:
        self._window.cycle_pane(-1)

    # ---- help -----------------------------------------------------------------------------------

    def help_about(self) -> None:
        from annotator.ui.dialogs.about import AboutDialog

        AboutDialog(self._window).show()

    def project_quit(self) -> None:
        self._window.close()
