"""The findings of a project as a Qt model: they come in page by page, are sieved, counted, and replaced report by report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.dismissal import LINT
from annotator.domain.schema import LabelSchema
from annotator.services.findings import AGREES, DISAGREES, ROUNDING
from annotator.services.project_checks import Checked
from annotator.ui.checking import wording

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
#: What tells a finding from all others of a project.
Key = tuple[str, str, str, str]

TO_LOOK_AT, WRONG, CUT_OFF, HOLDS, ALL = range(5)
VERDICTS = (TO_LOOK_AT, WRONG, CUT_OFF, HOLDS, ALL)


class Sort(NamedTuple):
    """What findings are sieved and counted by."""

    kind: str
    verdict: str
    aside: bool


def sort_of(one: Checked) -> Sort:
    """The sort of a finding."""
    return Sort(one.kind, one.verdict, one.dismissed is not None)


class Sieve(NamedTuple):
    """Which findings are listed: of which kind ("" for all), how they came out, dismissed ones too, with which words."""

    kind: str = ""
    verdict: int = TO_LOOK_AT
    aside: bool = False
    words: tuple[str, ...] = ()

    def lets(self, sort: Sort) -> bool:
        """Whether findings of a sort are listed, whatever their words."""
        return self.kind in ("", sort.kind) and sort.aside <= self.aside and comes_out(sort, self.verdict)

    def of(self, findings: Iterable[Checked], sorts: Iterable[Sort]) -> list[Checked]:
        """The findings that are listed; `sorts` are all there may be: each is asked about once, not each finding."""
        let = frozenset(sort for sort in sorts if self.lets(sort))
        passed = [one for one in findings if (one.kind, one.verdict, one.dismissed is not None) in let]
        return [one for one in passed if all(word in _words(one) for word in self.words)] if self.words else passed


def comes_out(sort: Sort, verdict: int) -> bool:
    """Whether findings of a sort came out so."""
    if verdict == WRONG:
        return sort.verdict == DISAGREES and not sort.kind.startswith(LINT) and sort.kind != wording.JUMP
    wanted = {TO_LOOK_AT: (DISAGREES, ROUNDING), CUT_OFF: (ROUNDING,), HOLDS: (AGREES,)}
    return verdict == ALL or sort.verdict in wanted[verdict]


def _words(one: Checked) -> str:
    return " ".join((one.title, one.annotator, *(place.text for place in one.spans))).casefold()


def key_of(one: Checked) -> Key:
    """What a finding is known by after another look through the project."""
    return one.report, one.kind, one.words, one.annotator


class ProjectFindings(QAbstractListModel):
    """`rows` are those listed, `everything` all of them; they are counted by sort, whatever their words."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.everything: list[Checked] = []
        self.rows: list[Checked] = []
        self.sieve = Sieve()
        self.schema = LabelSchema()
        self._counts: Counter[Sort] = Counter()

    def clear(self) -> None:
        """Begin anew."""
        self._reset([])

    def append(self, found: Sequence[Checked]) -> None:
        """More findings, behind those that are there."""
        self.everything += found
        self._counts.update(map(sort_of, found))
        listed = self.sieve.of(found, self._counts)
        if listed:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(listed) - 1)
            self.rows += listed
            self.endInsertRows()

    def sift(self, sieve: Sieve) -> None:
        """List what passes another sieve."""
        self.sieve = sieve
        self._reset(self.everything)

    def replace(self, replaces: Callable[[Checked], bool], report: int, found: Sequence[Checked]) -> bool:
        """Put findings in the place of those of one report that are replaced; whether anything changed."""
        old = [one for one in self.everything if one.row == report and replaces(one)]
        if old == list(found):
            return False
        first = next((n for n, one in enumerate(self.everything) if one.row >= report), len(self.everything))
        kept = [one for one in self.everything if one.row != report or not replaces(one)]
        self._reset([*kept[:first], *found, *kept[first:]])
        return True

    def change(self, report: int, change: Callable[[Checked], Checked]) -> bool:
        """Change each finding of a report; whether one is another now."""
        changed = [change(one) if one.row == report else one for one in self.everything]
        if changed == self.everything:
            return False
        self._reset(changed)
        return True

    def _reset(self, everything: list[Checked]) -> None:
        self.beginResetModel()
        if everything is not self.everything:
            self.everything, self._counts = everything, Counter(map(sort_of, everything))
        self.rows = self.sieve.of(everything, self._counts)
        self.endResetModel()

    # ---- counting -----------------------------------------------------------------------------------

    def kinds(self) -> Counter[str]:
        """How many of each kind the rest of the sieve lets through."""
        sieve, found = self.sieve._replace(kind=""), Counter[str]()
        for sort, n in self._counts.items():
            found[sort.kind] += n if sieve.lets(sort) else 0
        return +found

    def verdicts(self) -> list[int]:
        """How many come out each way, by the rest of the sieve."""
        sieve = self.sieve._replace(verdict=ALL)
        through = [(sort, n) for sort, n in self._counts.items() if sieve.lets(sort)]
        return [sum(n for sort, n in through if comes_out(sort, verdict)) for verdict in VERDICTS]

    def aside(self) -> int:
        """How many were dismissed."""
        return sum(n for sort, n in self._counts.items() if sort.aside)

    # ---- rows ---------------------------------------------------------------------------------------

    def row_of(self, key: Key | None) -> int | None:
        """Where a finding is listed."""
        return next((n for n, one in enumerate(self.rows) if key_of(one) == key), None) if key else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self.rows[index.row()]
        if role == ROW_ROLE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{wording.verdict(one)} · {wording.kind(one)} · {one.title}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(filter(None, (wording.whole(one, one.dismissed, self.schema), one.title, one.annotator)))
        return None


def as_text(rows: Iterable[Checked], schema: LabelSchema) -> str:
    """Findings as they are copied: a line each, cells with tabs between them."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in _cells(one, schema)) for one in rows)


def _cells(one: Checked, schema: LabelSchema) -> tuple[str, ...]:
    told = wording.working(one, schema)
    return one.title, wording.verdict(one), wording.kind(one), one.stated, one.computed, told
