"""A session: one project opened by one person. Every edit passes through `Session.apply`.

The session commits first, then brings the open reports up to date, then announces; views listen and
refresh just what changed. It is used from the thread that made it; jobs take a second connection
(`Store.second`).
"""

from __future__ import annotations

import copy
import json
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from annotator import locations
from annotator.domain.changes import Change, Edit, rename_person
from annotator.domain.errors import ReadOnlyError
from annotator.domain.schema import LabelSchema, schema_from_dict
from annotator.messages import N_
from annotator.services.open_report import OpenReport
from annotator.storage import Person, Step, Store


class Announcement(NamedTuple):
    """What a committed step changed: row by row, and in short which reports and tables.

    A bulk step (an import, and undo or redo of one) has no change rows: `changes` is empty, and whoever
    shows reports or spans reads them again. Open reports are up to date when listeners hear of it.
    """

    step: Step
    changes: tuple[Change, ...]
    reports: frozenset[int]
    tables: frozenset[str]


Listener = Callable[[Announcement], None]


class Session:
    """One project, one person, one connection."""

    def __init__(self, store: Store, person: Person) -> None:
        self.store = store
        self.person = person
        self._listeners: list[Listener] = []
        self._open_reports: weakref.WeakSet[OpenReport] = weakref.WeakSet()

    @classmethod
    def open(cls, path: Path | str, person: Person, *, write: bool = True, program: str = "window") -> Session:
        """Open the project at `path`; `program` is what others hear who holds it. Raises the errors of `Store.open`."""
        return cls(Store.open(Path(path), write=write, program=program), person)._entered()

    @classmethod
    def create(cls, path: Path | str, person: Person, schema: LabelSchema | None = None) -> Session:
        """Make a new project at `path` with `schema` (the default one unless given)."""
        store = Store.create(Path(path), schema or default_schema(), program="window")
        return cls(store, person)._entered()

    def _entered(self) -> Session:
        """Find the person in the project, or enter them: by uid, or by name where only that is known."""
        people, person = self.store.people, self.person
        if self.read_only:
            self.person = people.get(person.uid) or people.named(person.name) or person
        else:
            self.person = people.entered(person)
        return self

    @property
    def path(self) -> Path:
        """The project file."""
        return self.store.path

    @property
    def read_only(self) -> bool:
        """Whether this session may not write."""
        return self.store.read_only

    @property
    def schema(self) -> LabelSchema:
        """The project's label schema as it stands."""
        return self.store.schema

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each committed step; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(self, edit: Edit) -> Announcement:
        """Commit `edit` as one step and announce it."""
        self.check_writable()
        step = self.store.apply(edit, self.person.uid)
        return self._announce(step, edit.changes)

    def undo(self) -> Announcement | None:
        """Take back the person's last step; None where there is none."""
        self.check_writable()
        done = self.store.undo(self.person.uid)
        return self._announce(*done) if done else None

    def redo(self) -> Announcement | None:
        """Bring back the step that undo took back last; None where there is none."""
        self.check_writable()
        done = self.store.redo(self.person.uid)
        return self._announce(*done) if done else None

    def next_undo(self) -> Step | None:
        """The step that `undo` would take back."""
        return self.store.history.next_undo(self.person.uid)

    def next_redo(self) -> Step | None:
        """The step that `redo` would bring back."""
        return self.store.history.next_redo(self.person.uid)

    def open_report(self, report_id: int) -> OpenReport:
        """A report with this person's annotation set, as the window shows it."""
        report = OpenReport(self.store, report_id, self.person.uid)
        self._open_reports.add(report)
        return report

    def renewed(self, report: OpenReport) -> OpenReport:
        """An open report as another one: for whoever shows it, since its text is not what it was."""
        new = copy.copy(report)
        self._open_reports.discard(report)
        self._open_reports.add(new)
        return new

    def rename_person(self, name: str) -> Announcement | None:
        """Rename the person in this project; None where the name is the same or empty.

        Raises ConflictError where somebody else has the name. Undo never meets that: a name that was taken meanwhile
        comes back with a number behind it.
        """
        name = name.strip()
        if not name or name == self.person.name:
            return None
        self.store.people.check_name(self.person.uid, name)
        announcement = self.apply(rename_person(self.person.uid, self.person.name, name))
        self.person = self.person._replace(name=name)
        return announcement

    def announce(self, step: Step, changes: tuple[Change, ...], read: OpenReport | None = None) -> Announcement:
        """Tell the views of a step that was committed through this session's store, or of a part of its changes.

        `read` is a report as it is after them, where a job has read it already: nobody reads it once more.
        """
        return self._announce(step, changes, read)

    def announce_job(self, step: Step) -> Announcement:
        """Tell the views of a bulk step (an import) that a job committed through its own connection."""
        return self._announce(step, ())

    def close(self) -> None:
        """Close the project; what was shown as done is on disk already."""
        self._listeners.clear()
        self.store.close()

    def check_writable(self) -> None:
        """Raise ReadOnlyError where nothing may be written."""
        if self.read_only:
            raise ReadOnlyError(
                N_("The project is open for reading only; nothing was changed. Close it elsewhere and open it again.")
            )

    def _announce(self, step: Step, changes: tuple[Change, ...], read: OpenReport | None = None) -> Announcement:
        for change in changes:
            if change.table == "person" and change.uid == self.person.uid and change.after:
                self.person = self.person._replace(name=str(change.after.get("name", self.person.name)))
        for report in tuple(self._open_reports):
            if read is not None and report.id == read.id:
                report.become(read)
            else:
                report.update(changes) if changes else report.reload()
        reports = frozenset(change.report for change in changes if change.report is not None)
        announcement = Announcement(step, changes, reports, frozenset(change.table for change in changes))
        for listener in tuple(self._listeners):
            listener(announcement)
        return announcement


def default_schema() -> LabelSchema:
    """The schema that a new project starts with: 举措, 机构, 指标."""
    return read_schema(locations.resources() / "schemas" / "default.json")


def read_schema(path: Path) -> LabelSchema:
    """The label schema in a JSON file. Raises InputError in one sentence where it is none."""
    from annotator.domain.errors import InputError

    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            N_("The label schema {file} cannot be read: {reason}."), file=str(path), reason=error.strerror or str(error)
        ) from error
    except ValueError as error:
        raise InputError(
            N_("The label schema {file} is not JSON: {reason}."), file=str(path), reason=str(error)
        ) from error
    return schema_from_dict(data)
