"""The open project, the open report and what is selected in it: the glue between a session and the views.

Views call its methods and listen to its signals; they never talk to each other. It holds no widget. What is open stands
in `opened`; here it is edited, and what the session announces is told on.
Every edit goes through `services.editing` and so through `Session.apply`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from annotator import locations
from annotator.domain.changes import Change
from annotator.domain.errors import KnownError
from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.editing import Editor, Outcome
from annotator.services.edits import SetIsDone
from annotator.services.long_edits import LONG
from annotator.services.open_report import OpenReport, is_other_text
from annotator.services.rows import Place, Step
from annotator.services.session import Announcement, Session
from annotator.services.settings import Settings
from annotator.services.wording import step_words
from annotator.ui.errors import Presenter
from annotator.ui.opened import Opened
from annotator.ui.showing import brought, place_of


class Controller(Opened):
    """One window's project, report and selection, and what is done to them."""

    def __init__(self, settings: Settings, presenter: Presenter, parent: QObject | None = None) -> None:
        super().__init__(settings, presenter, parent)
        self.done_words: Callable[[], str] = _done_words
        self._steps: tuple[Step | None, Step | None] | None = None
        #: Does an edit of very many spans behind the window; None: every edit is done at once.
        self.behind: Callable[[Callable[[Editor, OpenReport], Outcome]], None] | None = None

    def _begin(self, session: Session) -> None:
        self._steps = None
        session.subscribe(self._announced)

    def flags(self) -> set[str]:
        """What holds just now, for the table of actions."""
        flags = set()
        if self.session is not None:
            flags.add("project")
        if self.writable:
            flags.add("writable")
            flags.update(name for name, step in (("undo", self.next_undo()), ("redo", self.next_redo())) if step)
        if self.report is not None:
            flags.add("report")
            if self.report.status == Status.DONE:
                flags.add("done")
        if self.selected:
            flags.add("span")
        return flags

    # ---- edits ----------------------------------------------------------------------------------

    def press_label(self, label: str, *, add: bool = False, keep_edges: bool = False) -> None:
        """What a label's key or button means just now. A hidden label is shown again: nobody tags unseen."""
        self.set_hidden(self.hidden - {label})
        selection = self.text_selection if self.text_selection[0] < self.text_selection[1] else None
        selected = self.selected
        self._edit(
            lambda editor, report: editor.press_label(
                report, label, selection, selected, add=add, keep_edges=keep_edges
            ),
            show=True,
            spans=1 if selection else len(selected),
        )

    def delete_selected(self) -> None:
        """Delete the selected spans."""
        selected = self.selected
        self._edit(lambda editor, report: editor.delete(report, selected), spans=len(selected))

    def set_attribute(self, uids: Sequence[str], name: str, value: Any) -> bool:
        """Set an attribute. Raises ValidationError where the value does not fit; True where something changed."""
        if value is not None and self.editor is not None and self.report is not None:
            self.editor.check_value(self.report, uids, name, value)
        return self._edit(
            lambda editor, report: editor.set_attribute(report, uids, name, value), raising=True, spans=len(uids)
        )

    def move_edges(self, uid: str, start: int, end: int) -> None:
        """Move the edges of a span to `[start, end)`, as they are."""
        self._edit(lambda editor, report: editor.move(report, uid, start, end), show=True)

    def relabel(self, uids: Sequence[str], label: str) -> None:
        """Give spans another label."""
        self._edit(lambda editor, report: editor.relabel(report, uids, label), spans=len(uids))

    def set_note(self, uid: str, note: str) -> None:
        """Write a span's note."""
        self._edit(lambda editor, report: editor.set_note(report, uid, note))

    def set_certain(self, uids: Sequence[str], certain: bool) -> None:
        """Mark spans as uncertain, or certain again."""
        self._edit(lambda editor, report: editor.set_certain(report, uids, certain), spans=len(uids))

    def set_status(self, status: Status) -> bool:
        """Change the status of the person's set on the open report."""
        return self._edit(lambda editor, report: editor.set_status(report, status))

    def edit(self, do: Callable[[Editor, OpenReport], Outcome], *, show: bool = False, raising: bool = False) -> bool:
        """An edit of a part that has a file of its own; see `_edit`."""
        return self._edit(do, show=show, raising=raising)

    def rename_person(self, name: str) -> None:
        """Rename the annotator, in the settings and in the open project."""
        name = name.strip()
        if not name:
            return
        try:
            if self.session is not None and self.session.rename_person(name) is None:
                return
        except KnownError as error:
            self.presenter.show(error)
            return
        self.settings.set("person.name", name)
        self.personChanged.emit()

    def _edit(
        self,
        do: Callable[[Editor, OpenReport], Outcome],
        *,
        show: bool = False,
        raising: bool = False,
        spans: int = 1,
    ) -> bool:
        """One edit: done, said, and where asked for shown. Tells whether anything changed by now.

        One of very many `spans` is done behind the window, where there is somebody who does it.
        """
        if self.editor is None or self.report is None:
            return False
        if self.held:
            self.said.emit(self.held)
            return False
        if spans > LONG and self.behind is not None:
            self.behind(do)
            return False
        try:
            outcome = do(self.editor, self.report)
        except KnownError as error:
            if raising:
                raise
            if isinstance(error, SetIsDone):
                self.refused.emit()
                return False
            self.presenter.show(error)
            return False
        if show and outcome.span is not None:
            self.revealed.emit(outcome.span.start, outcome.span.end, outcome.span.end)
            self._select((outcome.span.uid,))
        self.said.emit(outcome.words)
        return outcome.announcement is not None

    # ---- undo and redo --------------------------------------------------------------------------

    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        return self._next_steps()[0]

    def next_redo(self) -> Step | None:
        """The step that redo would bring back."""
        return self._next_steps()[1]

    def _next_steps(self) -> tuple[Step | None, Step | None]:
        """Both, asked once after each step: menus look at them with every change of the selection."""
        if self.session is None:
            return None, None
        if self._steps is None:
            self._steps = self.session.next_undo(), self.session.next_redo()
        return self._steps

    def undo(self) -> None:
        """Take back the last step; the report it touched is opened first."""
        self._travel(self.next_undo(), lambda session: session.undo(), _("Undone: {step}"))

    def redo(self) -> None:
        """Bring back what undo took back last."""
        self._travel(self.next_redo(), lambda session: session.redo(), _("Redone: {step}"))

    def _travel(self, step: Step | None, go: Callable[[Session], Announcement | None], words: str) -> None:
        if self.session is None or step is None:
            return
        if self.held:
            self.said.emit(self.held)
            return
        try:
            if step.report is not None:
                self.open_report(step.report)
            announcement = go(self.session)
        except KnownError as error:
            self.presenter.show(error)
            return
        if announcement is None:
            return
        self.show_changes(announcement.changes)
        self.said.emit(words.format(step=step_words(announcement.step.wording, self.session.schema)))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Select the spans that a step brought or changed, else show where they were."""
        if self.report is None:
            return
        offered = [c for c in changes if c.table == "suggestion" and c.report == self.report.id and c.after is None]
        if offered:
            self._select(())
            self.undecided.emit(offered)
            return
        there = brought(self.report, changes)
        if there:
            self.select(there[:100], reveal=True)
            return
        place = place_of(self.report, changes, self.caret)
        if place is not None and place.linked is not None:
            self.select([place.linked] if place.linked else (), reveal=True)
        elif place is not None:
            self.revealed.emit(place.start, place.end, place.caret)

    # ---- what the session announces -------------------------------------------------------------

    def _announced(self, announcement: Announcement) -> None:
        self._steps = None
        if announcement.changes:
            self._follow(announcement)
        else:
            self._read_again()
        self.historyChanged.emit()

    def _follow(self, announcement: Announcement) -> None:
        if self.report is not None and self.report.id in announcement.reports:
            self._follow_report(self.report, [c for c in announcement.changes if c.report == self.report.id])
        if announcement.reports:
            self.rowsChanged.emit(announcement.reports)
        if "person" in announcement.tables:
            self.personChanged.emit()

    def _follow_report(self, report: OpenReport, changes: list[Change]) -> None:
        turn = next((change for change in changes if is_other_text(change)), None)
        if turn is not None:
            self._take_text(report, int((turn.before or {})["text_version"]))
            return
        spans = [change for change in changes if change.table == "span"]
        if spans:
            self.spansChanged.emit(spans)
            self._select(tuple(uid for uid in self.selected if report.spans.get(uid)))
        decided = [change for change in changes if change.table in ("span", "suggestion")]
        if decided:
            self.decidedChanged.emit(decided)
        if any(change.table == "furniture" for change in changes):
            self.furnitureChanged.emit()
        related = [change for change in changes if change.table in ("relation", "question")]
        if related:
            self.relatedChanged.emit(related)
        if any(change.table == "annotation_set" for change in changes):
            self.statusChanged.emit()

    def _take_text(self, old: OpenReport, version: int) -> None:
        """The open report has another text: it is opened anew, at the same words."""
        assert self.session is not None
        places = self.caret, self.scroll()
        for leg in self.session.store.texts.way(old.id, version):
            caret, scroll = (leg.edit.place(place) if place else 0 for place in places)
            places = caret, scroll
        self.report = self.session.renewed(old)
        self.caret = min(places[0], len(self.report.text))
        self.place = Place(self.caret, min(places[1], len(self.report.text)))
        self.text_selection = (self.caret, self.caret)
        self._select(tuple(uid for uid in self.selected if self.report.spans.get(uid)))
        self.reportChanged.emit()

    def _read_again(self) -> None:
        """After a bulk step: which reports there are, and what is in the open one, may all be different."""
        if self.report is not None:
            if self.report.gone:
                self.report = None
            self._select(())
            self.place = Place(self.caret, self.scroll())
            self.reportChanged.emit()
        self.rowsChanged.emit(None)
        if self.report is None:
            self.open_last_report()


def project_title(path: Path) -> str:
    """What a project is called: its file's name."""
    is_sample = path == locations.sample_project().resolve()
    return _("Sample project") if is_sample else path.stem


def _done_words() -> str:
    return _("The report is marked as done; nothing was changed. Reopen it to go on.")
