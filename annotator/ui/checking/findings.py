"""The findings of the open report: asked of the other process, asked again when what they rest on changed.

Nothing waits here: the answer comes some moments later. What was put aside is read from the project and follows steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.dismissal import Dismissal, fingerprint
from annotator.domain.errors import KnownError
from annotator.domain.schema import LabelSchema
from annotator.services.findings import AGREES, Dismissing, Found, ask_for, read
from annotator.services.open_report import OpenReport

if TYPE_CHECKING:
    from annotator.services.helper import Answer
    from annotator.services.session import Announcement
    from annotator.ui.main_window import MainWindow

#: After an edit the report is checked again when so much time passed without another one.
_REST_MS = 600
#: What the findings rest on, besides the text.
_RESTS_ON = frozenset({"span", "furniture", "report", "annotation_set", "label"})


class Findings(QObject):
    """What the checks found in the open report, and which finding somebody stands on."""

    changed = Signal()  # other findings, or other ones put aside
    moved = Signal()  # somebody stands on another one, or on none

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._controller, self._background = window.controller, window.background
        self.found: list[Found] = []
        #: Whether the checks have answered about the open report.
        self.known = False
        self.current: Found | None = None
        #: What somebody came here for out of a list of the project: it stays framed where these checks do not find it.
        self._visited: Found | None = None
        #: What puts findings aside, by their fingerprints.
        self._aside: dict[str, Dismissal] = {}
        self._failed = False
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self.ask)
        self._controller.projectChanged.connect(self._project_changed)
        self._controller.reportChanged.connect(self.look)
        self._controller.textSelectionChanged.connect(self._caret_moved)
        self._project_changed()

    # ---- the open report ----------------------------------------------------------------------------

    def _project_changed(self) -> None:
        session = self._controller.session
        if session is not None:
            session.subscribe(self._announced)
        self.look()

    def look(self) -> None:
        """Another report, or another text: what was found does not hold any more."""
        self._stop()
        self.found, self.known, self._aside, self.current = [], False, {}, None
        self.changed.emit()
        self.moved.emit()
        self.ask()

    def ask(self) -> None:
        """Have the open report checked."""
        self._rest.stop()
        report = self._controller.report
        if report is not None:
            asked = tuple(ask_for(report, self._controller.schema))
            self._background.ask("check", asked, "check", lambda answer: self._take(report, answer))

    def _take(self, report: OpenReport, answer: Answer) -> None:
        if answer.error is not None:
            self._fail(answer.error)
        elif report is self._controller.report:
            self.show(read(answer.value, report.text))

    def _fail(self, error: Exception) -> None:
        """Said once: everything goes on without findings. A bug goes to the crash report each time."""
        if not self._failed or not isinstance(error, KnownError):
            self._failed = True
            self._controller.presenter.show(error)

    def show(self, found: list[Found]) -> None:
        """These are the findings from now on; somebody who stands on one stays on it."""
        self.found, self.known = found, True
        words = self.current.words if self.current is not None else ""
        self._read_aside()
        self.current = next((one for one in found if one.words == words), self._still_visited())
        self.changed.emit()
        self.moved.emit()

    def _still_visited(self) -> Found | None:
        """What somebody came for, while they stand on it and its words are there."""
        report, visited = self._controller.report, self._visited
        if visited is None or visited is not self.current or report is None:
            return None
        return visited if fingerprint(visited.kind, report.text, visited.places) == visited.words else None

    def _announced(self, announcement: Announcement) -> None:
        report = self._controller.report
        if report is None:
            return
        if not announcement.changes or announcement.tables & _RESTS_ON:
            self._rest.start()
        if not announcement.changes or "dismissal" in announcement.tables:
            self._read_aside()
            self.changed.emit()

    def _read_aside(self) -> None:
        report, dismissing = self._controller.report, self.dismissing()
        self._aside = {}
        if report is not None and dismissing is not None:
            rows = dismissing.of_report(report)
            for one in self.found if rows else ():
                by = dismissing.covering(rows, one)
                if by is not None:
                    self._aside[one.words] = by

    # ---- which ------------------------------------------------------------------------------------

    def dismissing(self) -> Dismissing | None:
        """Who puts findings aside in the open project."""
        return Dismissing(self._controller.session) if self._controller.session is not None else None

    def dismissal(self, found: Found) -> Dismissal | None:
        """What puts a finding aside."""
        return self._aside.get(found.words)

    def open(self) -> list[Found]:
        """The findings to look at: those that do not agree and were not put aside."""
        return [one for one in self.found if one.verdict != AGREES and one.words not in self._aside]

    @property
    def schema(self) -> LabelSchema:
        """The labels that findings are worded with."""
        return self._controller.schema

    def agreeing(self) -> list[Found]:
        """The statements that were checked and hold."""
        return [one for one in self.found if one.verdict == AGREES and one.words not in self._aside]

    def aside(self) -> list[Found]:
        """The findings that were put aside."""
        return [one for one in self.found if one.words in self._aside]

    def stand_on(self, found: Found | None, *, reveal: bool = True) -> None:
        """Stand on a finding: its places are framed, and the first one is brought into view."""
        self.current = found
        if found is not None and reveal:
            start, end = found.places[0]
            self._controller.revealed.emit(start, end, start)
        self.moved.emit()

    def visit(self, found: Found) -> None:
        """Stand on a finding of a list of the project, whether or not this report's checks find it too."""
        self._visited = found
        self.stand_on(found)

    def _caret_moved(self) -> None:
        """Whoever walks away from the places of a finding does not stand on it any more."""
        if self.current is not None:
            starts, ends = zip(*self.current.places, strict=True)
            if not min(starts) <= self._controller.caret <= max(ends):
                self.stand_on(None)

    def beyond(self, offset: int, direction: int) -> Found | None:
        """The finding to look at after (1) or before (-1) the current one, else a place in the text; round at the ends."""
        listed = self.open()
        if self.current in listed:
            return listed[(listed.index(self.current) + direction) % len(listed)]
        if direction > 0:
            return next((one for one in listed if one.start >= offset), listed[0] if listed else None)
        return next((one for one in reversed(listed) if one.start < offset), listed[-1] if listed else None)

    def _stop(self) -> None:
        self._rest.stop()
        self._background.cancel("check")

    def close(self) -> None:
        """The window is about to go."""
        self._stop()
