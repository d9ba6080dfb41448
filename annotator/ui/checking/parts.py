"""What the checks show in one window, and what their actions do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from annotator.messages import _
from annotator.services.findings import Found
from annotator.ui.checking import wording
from annotator.ui.checking.findings import Findings
from annotator.ui.checking.marks import FindingMarks
from annotator.ui.late import Late
from annotator.ui.translation import Worded

if TYPE_CHECKING:
    from annotator.ui.checking.page import CheckPage
    from annotator.ui.checking.project import ProjectChecks
    from annotator.ui.main_window import MainWindow


class Parts(QObject):
    """Findings, their marks, and their number in the status line."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self.page: CheckPage | None = None
        self.findings = Findings(window)
        view = window.report_pane.view
        self.marks = FindingMarks(view, self.findings, lambda: bool(window.settings.get("check.marks")), self.go_to)
        view.layers.append(self.marks)
        self.project: Late[ProjectChecks] = Late(self._make_project)
        self.sign = _Sign(self.findings)
        window.status.add(self.sign)
        self._commands: dict[str, Callable[[], None]] = {
            "check.next": partial(self.step, 1),
            "check.previous": partial(self.step, -1),
            "check.dismiss": self.dismiss,
            "check.marks": self.toggle_marks,
            "check.project": lambda: self.project().open(),
        }

    def _make_project(self) -> ProjectChecks:
        from annotator.ui.checking.project import ProjectChecks

        return ProjectChecks(self._window, self.findings)

    def do(self, action: str) -> None:
        """Do an action of the checks."""
        self._commands[action]()

    def step(self, direction: int) -> None:
        """Go to the next or previous finding that waits to be looked at."""
        found = self.findings.beyond(self._controller.caret, direction)
        if found is not None:
            self.go_to(found)
        elif self.findings.known:
            self._controller.said.emit(_("No check found anything here."))
        else:
            self._controller.said.emit(_("The report is being checked."))

    def go_to(self, found: Found) -> None:
        """Stand on a finding, and say what it is."""
        self.findings.stand_on(found)
        told = wording.working(found, self._controller.schema)
        self._controller.said.emit(f"{wording.sign(found)} {wording.kind(found)}: {told}")

    def dismiss(self) -> None:
        """Put the finding one stands on aside: the list opens at it, the cursor in the field for the note."""
        if self.findings.current is None:
            self._controller.said.emit(_("Go to a finding first."))
            return
        self._window.checks.show_page()
        if self.page is not None:
            self.page.focus_note()

    def toggle_marks(self) -> None:
        """Mark findings in the report, or do not."""
        settings = self._controller.settings
        settings.set("check.marks", not settings.get("check.marks"))
        self.marks.renew()
        self._window.refresh_actions()

    def close(self) -> None:
        """The window is about to go."""
        self.findings.close()
        if self.project.made is not None:
            self.project.made.close()


class _Sign(Worded, QLabel):
    """How many findings wait, in the status line."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings
        findings.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        n = len(self._findings.open())
        words = _("{n} findings", n=n)
        if self.text() != words:
            self.setText(words)
        self.setVisible(n > 0)
