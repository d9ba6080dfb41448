"""Where in the project words stand, and which places a person said no to: what tagging all of them asks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotator.storage.store import Store

_IDS = """
    SELECT r.id FROM report r JOIN report_text t ON t.report_id = r.id AND t.version = r.text_version
    WHERE r.id > ? AND r.id <= ? AND r.removed = 0 AND instr(t.text, ?) > 0 ORDER BY r.id
"""
_PLACES = """
    SELECT r.id, r.title, r.year, r.text_version, t.text, own.uid, own.status,
           EXISTS (SELECT 1 FROM annotation_set a WHERE a.report_id = r.id AND a.removed = 0
                   AND a.person_id <> :person AND a.status <> 'new')
    FROM report r JOIN report_text t ON t.report_id = r.id AND t.version = r.text_version
    LEFT JOIN annotation_set own ON own.report_id = r.id AND own.removed = 0 AND own.person_id = :person
    WHERE r.id IN ({ids}) AND r.removed = 0 ORDER BY r.id
"""
_RANGES = """
    SELECT s.report_id, s.start, s."end" FROM span s
    JOIN annotation_set a ON a.report_id = s.report_id AND a.id = s.set_id AND a.removed = 0
    WHERE s.report_id IN ({ids}) AND s.label_id = ? AND s."end" - s.start > ?
"""
_OWN = """
    SELECT s.report_id, s.start, s."end" FROM span s
    JOIN annotation_set a ON a.report_id = s.report_id AND a.id = s.set_id AND a.removed = 0
    WHERE s.report_id IN ({ids}) AND s.label_id = ? AND a.person_id = ? ORDER BY s.report_id, s.start, s."end" DESC
"""
_FURNITURE = 'SELECT report_id, start, "end" FROM furniture WHERE report_id IN ({ids})'
_REJECTED = "SELECT report_id, hash FROM rejected_repeat WHERE report_id IN ({ids}) AND label = ?"

Place = tuple[int, int, int]


class Containing(NamedTuple):
    """A report in which words stand. `set_uid` and `status` are those of one person's set, None without one;
    `others` says that somebody else works or worked on it."""

    id: int
    title: str
    year: int | None
    text_version: int
    text: str
    set_uid: str | None
    status: str | None
    others: bool


class Repeats:
    """What tagging all asks of reports, spans and the table rejected_repeat; a chunk of reports at a time."""

    #: Reports whose texts are looked through by one query.
    PAGE = 500
    #: Reports that are read whole at once.
    CHUNK = 64

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    def last_report(self) -> int:
        """The highest row id of a report."""
        return int(self._conn.execute("SELECT coalesce(max(id), 0) FROM report").fetchone()[0])

    def ids(self, words: str, after: int) -> list[int]:
        """The reports in whose text `words` stand, of the `PAGE` row ids above `after`, in file order."""
        return [row[0] for row in self._conn.execute(_IDS, (after, after + self.PAGE, words))]

    def containing(self, ids: Sequence[int], person_uid: str) -> list[Containing]:
        """These reports with their texts, in file order."""
        values = {"person": self._store.people.id_of(person_uid)}
        rows = self._conn.execute(_PLACES.format(ids=_listed(ids)), values)
        return [Containing._make((*row[:-1], bool(row[-1]))) for row in rows]

    def longer(self, ids: Sequence[int], label: str, length: int) -> Iterator[Place]:
        """Report, start and end of the spans of `label` in these reports that are longer than `length`."""
        label_id = self._store.labels.labels.id_by_name.get(label)
        yield from self._conn.execute(_RANGES.format(ids=_listed(ids)), (label_id, length))

    def own(self, ids: Sequence[int], label: str, person_uid: str) -> list[Place]:
        """Report, start and end of the spans of `label` in the person's sets on these reports, in reading order."""
        label_id = self._store.labels.labels.id_by_name.get(label)
        return self._conn.execute(
            _OWN.format(ids=_listed(ids)), (label_id, self._store.people.id_of(person_uid))
        ).fetchall()

    def furniture(self, ids: Sequence[int]) -> list[Place]:
        """Report, start and end of the page furniture of these reports."""
        return self._conn.execute(_FURNITURE.format(ids=_listed(ids))).fetchall()

    def rejected(self, ids: Sequence[int], label: str) -> set[tuple[int, str]]:
        """Report and hash of the places in these reports that somebody said no to under `label`."""
        uid = self._store.labels.labels.uid_of_name(label)
        return set(self._conn.execute(_REJECTED.format(ids=_listed(ids)), (uid,)))


def _listed(ids: Sequence[int]) -> str:
    return ",".join(map(str, ids))
