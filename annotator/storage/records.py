"""What storage hands out: small records, no SQL. Ids are row numbers of this file, uids hold in every copy of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.domain.bookmark import Bookmark
from annotator.domain.changes import Change, Wording
from annotator.messages import N_, translate


class Person(NamedTuple):
    """One annotator or curator."""

    uid: str
    name: str
    created: str = ""


class FactFilter(NamedTuple):
    """A field of the metadata and what its value may be: one of `values`, whole if `exact`, else as a part of it.

    An empty value means that the report has none.
    """

    field: str
    values: tuple[str, ...]
    exact: bool = False


class ReportFilter(NamedTuple):
    """Which reports a list shows; everything empty shows all.

    `words`: each, whatever its case, must occur in the title, the place, the file name or the year.
    `status` is that of `person` (a uid); a report on which the person has no set counts as new.
    `question` shows reports with a question in that state, `note` those whose set or spans of `person` carry one,
    `uncertain` those in which `person` has a span that is not certain. `facts` must all hold.
    """

    words: str = ""
    status: str | None = None
    person: str | None = None
    year: int | None = None
    place: str | None = None
    question: str | None = None
    note: bool = False
    uncertain: bool = False
    facts: tuple[FactFilter, ...] = ()


class ReportRow(NamedTuple):
    """One line of the report list; `status`, `spans` and `counts` (by label name) are one person's."""

    id: int
    uid: str
    title: str
    place: str
    year: int | None
    characters: int
    status: str
    spans: int
    all_spans: int
    counts: dict[str, int]
    file_name: str
    set_uid: str | None


class ReportDetail(NamedTuple):
    """What lists do not show of a report. `original_size` is in bytes as stored, None where none is kept."""

    meta: dict[str, Any]
    extra: dict[str, Any]
    encoding: str
    file_name: str
    imported: str
    foreign_id: str | int | None
    text_version: int
    text_hash: str
    original_size: int | None


class SetRow(NamedTuple):
    """One annotation set of a report, without its spans; `person` is a uid, `annotator` that person's name."""

    id: int
    uid: str
    person: str
    annotator: str
    status: str
    note: str
    gold: bool
    spans: int
    counts: dict[str, int]


class Place(NamedTuple):
    """Where a person was in a report: caret in code points, scroll in the window's own measure."""

    caret: int
    scroll: int


#: Orders of a queue.
FILE, RANDOM, FEWEST, DOUBT, GAIN = "file", "random", "fewest", "doubt", "gain"


class Queue(NamedTuple):
    """In which order a person works through the reports: "file", "random" by the seed, "fewest" spans first, by their
    suggestions the least sure ("doubt") or those with most to learn from ("gain") first.
    """

    order: str = FILE
    seed: int = 0


class BookmarkRow(NamedTuple):
    """One line of a person's bookmarks: the report, its title, and the words the mark stands at."""

    report: int
    title: str
    words: str
    bookmark: Bookmark


class Step(NamedTuple):
    """One entry of the history. `undoes` names the step that an undo or a redo is about.

    `changes` is filled by what makes a step; `History.changes` reads those of an old one.
    """

    id: int
    uid: str
    person: str
    person_name: str
    at: str
    kind: str
    wording: Wording
    report: int | None
    undoes: str | None
    state: str
    changes: tuple[Change, ...] = ()

    def text(self) -> str:
        """What was done, in the language of the moment."""
        words = self.wording.text()
        if self.kind == UNDO:
            return translate(N_("Undo: {step}"), step=words)
        return translate(N_("Redo: {step}"), step=words) if self.kind == REDO else words


UNDO = "undo"
REDO = "redo"
RESTORE = "restore"


class Head(NamedTuple):
    """The last step of all, kept from one edit to the next so that none need ask: its person has nothing to redo."""

    step_id: int
    person_id: int


@dataclass(slots=True)
class RunningStep:
    """A step that spans several transactions: an import, a bulk edit.

    `people` caches row ids by name; they hold until something is rolled back (`rollbacks` of the store then).
    """

    id: int
    uid: str
    person: str
    person_id: int
    kind: str
    seq: int = 0
    people: dict[str, int] = field(default_factory=dict)
    rollbacks: int = 0


class Totals(NamedTuple):
    """Project-wide figures. `labels` counts spans by label name, `statuses` reports by status."""

    reports: int
    characters: int
    labels: dict[str, int]
    statuses: dict[str, int]

    @property
    def spans(self) -> int:
        """All spans counted here."""
        return sum(self.labels.values())
