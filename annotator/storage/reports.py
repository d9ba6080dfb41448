"""Reports: the list, one report, and adding them in bulk."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import ConflictError
from annotator.domain.report import Furniture, Report, text_hash
from annotator.messages import N_
from annotator.storage import counters, loading, report_list, stored_json
from annotator.storage.people import now
from annotator.storage.records import ReportDetail, ReportFilter, ReportRow, RunningStep

if TYPE_CHECKING:
    from annotator.storage.store import Store

_GONE = N_("The report is no longer in the project.")
_KNOWN = N_("This text is in the project already. It was not added again.")

_INSERT = """
    INSERT INTO report (uid, foreign_id, title, place, year, text_version, text_hash, characters, step_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_DETAIL = """
    INSERT INTO report_detail (report_id, meta, extra, encoding, file_name, imported) VALUES (?, ?, ?, ?, ?, ?)
"""
_INSERT_FURNITURE = 'INSERT INTO furniture (report_id, uid, text_version, start, "end", rule) VALUES (?, ?, ?, ?, ?, ?)'
_DETAIL = """
    SELECT d.meta, d.extra, d.encoding, d.file_name, d.imported, r.foreign_id, r.text_version, r.text_hash,
           length(t.original)
    FROM report r JOIN report_detail d ON d.report_id = r.id
    JOIN report_text t ON t.report_id = r.id AND t.version = r.text_version WHERE r.id = ?
"""
_TEXT = """
    SELECT t.{column} FROM report r JOIN report_text t ON t.report_id = r.id AND t.version = r.text_version
    WHERE r.id = ?
"""


_REPORTS: counters.TotalKey = ("reports", 0, "")
_CHARACTERS: counters.TotalKey = ("characters", 0, "")


class Reports:
    """The tables report, report_detail, report_text and furniture."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    # ---- lists ---------------------------------------------------------------------------------

    def ids(
        self, filter: ReportFilter | None = None, after: int = 0, limit: int = 5000, until: int | None = None
    ) -> list[int]:
        """Row ids of the reports the filter shows, in file order: the first `limit` above `after`.

        `until` bounds what is looked at, and so the time, where the filter may show few: ids up to it.
        """
        return report_list.ids(self._conn, filter or ReportFilter(), after, limit, until)

    def rows(self, ids: Sequence[int], person_uid: str) -> list[ReportRow]:
        """The lines of the list for these reports, in their order, with one person's status and counts.

        A report that was removed meanwhile has no line.
        """
        return report_list.rows(self._store, self._conn, ids, person_uid)

    def row(self, id: int, person_uid: str) -> ReportRow:
        """The line of one report. Raises ConflictError where it is gone."""
        rows = self.rows([id], person_uid)
        if not rows:
            raise ConflictError(_GONE)
        return rows[0]

    # ---- one report ----------------------------------------------------------------------------

    def text(self, id: int) -> str:
        """The text in its newest version. Raises ConflictError where there is no such report."""
        return str(self._one(_TEXT.format(column="text"), id)[0])

    def original(self, id: int) -> bytes | None:
        """The bytes of the file, where they differ from the text in UTF-8."""
        data = self._one(_TEXT.format(column="original"), id)[0]
        return None if data is None else zlib.decompress(data)

    def detail(self, id: int) -> ReportDetail:
        """What lists do not show."""
        meta, extra, encoding, file_name, imported, foreign, version, digest, size = self._one(_DETAIL, id)
        return ReportDetail(
            stored_json.load_fresh(meta),
            stored_json.load_fresh(extra),
            encoding,
            file_name,
            imported,
            stored_json.load_optional(foreign),
            version,
            digest,
            size,
        )

    def furniture(self, id: int) -> list[Furniture]:
        """The ranges of page furniture, in text order."""
        rows = self._conn.execute(
            'SELECT uid, start, "end", rule, text_version FROM furniture WHERE report_id = ? ORDER BY start, "end"',
            (id,),
        )
        return [Furniture(*row) for row in rows]

    def find_hash(self, text_hash: str) -> int | None:
        """The report with this text."""
        return self._find("text_hash = ? AND removed = 0", text_hash)

    def find_uid(self, uid: str) -> int | None:
        """The report with this uid, unless it was removed."""
        return self._find("uid = ? AND removed = 0", uid)

    def uid_taken(self, uid: str) -> bool:
        """Whether a report, also a removed one, has this uid."""
        return self._find("uid = ?", uid) is not None

    def _find(self, where: str, value: str) -> int | None:
        row = self._conn.execute(f"SELECT id FROM report WHERE {where}", (value,)).fetchone()
        return None if row is None else int(row[0])

    def _one(self, sql: str, id: int) -> tuple[Any, ...]:
        row = self._conn.execute(sql, (id,)).fetchone()
        if row is None:
            raise ConflictError(_GONE)
        return tuple(row)

    # ---- whole reports -------------------------------------------------------------------------

    def load(self, id: int, annotators: Collection[str] | None = None, *, originals: bool = False) -> Report:
        """A report with its sets (those of the named annotators where given), and its file's bytes if asked."""
        loaded = loading.load_reports(self._store, self._conn, [id], annotators, originals)
        if not loaded:
            raise ConflictError(_GONE)
        return loaded[0][1]

    def stream(
        self,
        after: int = 0,
        annotators: Collection[str] | None = None,
        *,
        originals: bool = False,
        filter: ReportFilter | None = None,
    ) -> Iterator[Report]:
        """All reports in file order, those above row id `after` that `filter` shows; memory stays flat."""
        return (report for _id, report in self.stream_with_ids(after, annotators, originals=originals, filter=filter))

    def stream_with_ids(
        self,
        after: int = 0,
        annotators: Collection[str] | None = None,
        *,
        originals: bool = False,
        filter: ReportFilter | None = None,
    ) -> Iterator[tuple[int, Report]]:
        """Like `stream`, each with its row id."""
        return loading.stream(self._store, self._conn, after, annotators, originals, filter or ReportFilter())

    # ---- bulk import ---------------------------------------------------------------------------

    def add(self, report: Report, step: RunningStep, hash: str | None = None) -> int:
        """Add a report with all its sets under a running step, whole or not at all; returns its row id.

        `hash` is the text's, where the caller has it. Raises ConflictError for a text that is there already, a uid
        that is taken, or a label the schema does not have.
        """
        digest = hash or text_hash(report.text)
        if self.find_hash(digest) is not None:
            raise ConflictError(_KNOWN)
        with self._store.transaction():
            people = [self._store.sets.person_id(made.annotator, step) for made in report.sets]
            row_id = self._insert(report, digest, step)
            totals: Counter[counters.TotalKey] = Counter({_REPORTS: 1, _CHARACTERS: len(report.text)})
            for made, person_id in zip(report.sets, people):
                _uid, counts = self._store.sets.insert(row_id, made, person_id, step)
                totals["status", person_id, str(made.status)] += 1
                for label_id, n in counts.items():
                    totals["label", person_id, self._store.labels.labels.uid_by_id[label_id]] += n
            if report.questions:
                self._store.questions.add(row_id, report.questions, step)
            counters.change_totals(self._conn, totals)
        return row_id

    def put_meta(self, id: int, meta: dict[str, Any]) -> None:
        """Complete the metadata of a report that the step under way brought: no change of its own, it goes with it.

        Only for fields that lists neither show nor are filtered by.
        """
        with self._store.transaction():
            self._conn.execute("UPDATE report_detail SET meta = ? WHERE report_id = ?", (stored_json.dump(meta), id))

    def _insert(self, report: Report, hash: str, step: RunningStep) -> int:
        foreign = None if report.foreign_id is None else stored_json.dump(report.foreign_id)
        cursor = self._conn.execute(
            _INSERT,
            (
                report.uid,
                foreign,
                report.title,
                report.place,
                _year(report),
                report.text_version,
                hash,
                len(report.text),
                step.id,
            ),
        )
        row_id = int(cursor.lastrowid or 0)
        self._store.facts.add(row_id, report.meta)
        meta, extra = stored_json.dump(report.meta), stored_json.dump(report.extra)
        self._conn.execute(_INSERT_DETAIL, (row_id, meta, extra, report.encoding, report.file_name, now()))
        original = None if report.original is None else zlib.compress(report.original)
        self._conn.execute(
            "INSERT INTO report_text VALUES (?, ?, ?, ?)", (row_id, report.text_version, report.text, original)
        )
        self._conn.executemany(
            _INSERT_FURNITURE, [(row_id, f.uid, f.text_version, f.start, f.end, f.rule) for f in report.furniture]
        )
        return row_id


def _year(report: Report) -> int | None:
    """The year, where it is one that a calendar has."""
    year = report.year
    return year if year is not None and 0 < year < 10_000 else None
