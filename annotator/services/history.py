"""The history as people read it: steps in words, whether they still stand, and restoring a report to one of them.

Whether a step stands is worked out from the newest back: what an undo, or a restore that itself stands, has taken back
does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from annotator.domain.errors import ConflictError
from annotator.domain.schema import LabelSchema
from annotator.messages import N_, _
from annotator.services.session import Announcement, Session
from annotator.services.wording import step_words
from annotator.storage import Step, Store

_PAGE = 300
_UNDO, _REDO, _RESTORE = "undo", "redo", "restore"


class Mark(StrEnum):
    """What became of a step."""

    STANDS = ""
    UNDONE = "undone"
    CUT_OFF = "cut off"


MARK_WORDS = {Mark.STANDS: "", Mark.UNDONE: N_("undone"), Mark.CUT_OFF: N_("cut off")}


class Entry(NamedTuple):
    """One line of the history."""

    step: Step
    mark: Mark

    def mark_words(self) -> str:
        """What became of the step, in the language of the moment; "" where it stands."""
        return _(MARK_WORDS[self.mark]) if self.mark else ""


class _Restore(NamedTuple):
    person: str
    report: int
    point: int


class Timeline:
    """Marks steps that come newest first; it remembers what the later ones took back."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: dict[str, str] = {}  # by step: the kind of the last undo or redo of it that stands
        self._restores: list[_Restore] = []

    def entries(self, steps: Iterable[Step]) -> Iterator[Entry]:
        """These steps with their marks. Steps of a later call must be older."""
        for step in steps:
            yield Entry(step, self._mark(step))

    def _mark(self, step: Step) -> Mark:
        if step.state == "running" and step.uid not in self._store.live_steps:
            return Mark.CUT_OFF
        if any(self._covers(restore, step) for restore in self._restores):
            return Mark.UNDONE
        if step.undoes is not None:
            self._last.setdefault(step.undoes, step.kind)
            return Mark.STANDS
        if self._last.get(step.uid) == _UNDO:
            return Mark.UNDONE
        if step.uid not in self._last and step.state == "closed" and not self._reaches_back(step):
            return Mark.UNDONE  # it came to nothing
        if step.kind == _RESTORE and step.report is not None:
            point = self._store.history.step(str(step.wording.params["to"]))
            self._restores.append(_Restore(step.person, step.report, point.id))
        return Mark.STANDS

    @staticmethod
    def _covers(restore: _Restore, step: Step) -> bool:
        return step.id > restore.point and step.person == restore.person and step.report == restore.report

    def _reaches_back(self, step: Step) -> bool:
        """Whether a restore brought the step back, whatever its state says: its undo came after the point."""
        return any(r.person == step.person and r.report == step.report for r in self._restores)


def entries(store: Store, report: int | None = None, timeline: Timeline | None = None) -> Iterator[Entry]:
    """The whole history, or that of one report, newest first, read page by page."""
    marks = timeline or Timeline(store)
    before = None
    while page := store.history.steps(report, _PAGE, before):
        yield from marks.entries(page)
        before = page[-1].id


def entry_words(step: Step, schema: LabelSchema) -> str:
    """What a step did, with names of the schema as titles."""
    words = step_words(step.wording, schema)
    if step.undoes is None:
        return words
    return _("Undo: {step}", step=words) if step.kind == _UNDO else _("Redo: {step}", step=words)


def restore(session: Session, report: int, step: str) -> Announcement | None:
    """Make the person's work on a report what it was right after a step, as one step; None where it is so already.

    Raises ConflictError, with nothing changed, where others have built on what would go.
    """
    session.check_writable()
    done = session.store.restore(report, step, session.person.uid)
    return session.announce(*done) if done else None


def report_of(step: Step, otherwise: int | None) -> int:
    """The report that restoring to `step` is about: its own, else the one that is open."""
    report = step.report if step.report is not None else otherwise
    if report is None:
        raise ConflictError(N_("The step concerns no single report; nothing was changed. Open a report first."))
    return report
