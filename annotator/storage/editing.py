"""Writing the changes of a step: compare with what stands, write, count, record. Always inside one transaction.

Whatever does not fit raises and the whole transaction goes; nothing is ever written by halves.
"""

from __future__ import annotations

import functools
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.changes import Change, Row
from annotator.domain.errors import ConflictError
from annotator.messages import N_, translate
from annotator.storage import carrying, counters, stored_json
from annotator.storage.codecs import ANY, PLAIN, TABLES, Convert, Field, Table, recorded
from annotator.storage.people import now

if TYPE_CHECKING:
    from annotator.storage.store import Store

#: Of rows that stand at no offsets.
_ANY_VERSION = object()
_NOUNS = {
    "span": N_("The span"),
    "relation": N_("The relation"),
    "furniture": N_("The page furniture"),
    "annotation_set": N_("The annotation set"),
    "report": N_("The report"),
    "person": N_("The person"),
    "label": N_("The label"),
    "relation_type": N_("The relation type"),
    "suggestion": N_("The suggestion"),
    "question": N_("The question"),
    "rejected_repeat": N_("The rejected place"),
    "bookmark": N_("The bookmark"),
    "site_rule": N_("The rule of the site"),
    "dismissal": N_("The dismissed finding"),
}
_THERE = N_("{what} is there already. Nothing was written.")
_GONE = N_("{what} is no longer there. Nothing was written; look at the report again.")
_DIFFERS = N_("{what} has been changed since. Nothing was written; look at it again and repeat the step.")
_NO_REPORT = N_("The report is no longer in the project. Nothing was written.")
_OTHER_TEXT = N_("The text of the report has been edited meanwhile. Nothing was written; look at the report again.")


_RECORD = 'INSERT INTO change (step_id, seq, "table", report_id, row_uid, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)'


class RowConflict(ConflictError):
    """A ConflictError that knows its row, so that undo can say what changed it."""

    def __init__(self, message: str, change: Change) -> None:
        super().__init__(message, what=translate(_NOUNS[change.table]))
        self.change = change


class Writer:
    """Writes changes under one step and records them as its change rows."""

    def __init__(self, store: Store, conn: sqlite3.Connection, step_id: int, seq: int = 0) -> None:
        """`seq`: how many changes the step has already."""
        self._store = store
        self._conn = conn
        self._step_id = step_id
        self.seq = seq
        self._counters = counters.Counters(conn, store.labels.labels.uid_by_id, store.sets.person_of)
        # The text version of each; what is written must count in that one.
        self._live_reports: dict[int, int] = {}

    def write(self, changes: Iterable[Change]) -> None:
        """Write changes that name labels by name."""
        for change in changes:
            self._write(to_history(self._store, change))
        self._end()

    def write_recorded(self, changes: Iterable[Change]) -> list[Change]:
        """Write changes as history holds them (labels by uid); returns them with the labels' names."""
        written = []
        for change in changes:
            before = to_domain(self._store, change)
            self._write(change)
            # A label may be gone after its change, or there only then.
            written.append(before if change.after is None else to_domain(self._store, change))
        self._end()
        return written

    def write_moves(self, changes: Sequence[Change]) -> None:
        """Write what a text edit does to rows that stand at offsets, many at once: nothing of it is counted.

        Raises RowConflict where one is no longer where its change expects it.
        """
        for like in _alike(changes):
            first = like[0]
            self._check_report(TABLES[first.table], first)
            sets = ", ".join(f'"{name}" = ?' for name in first.after or ())
            same = " AND ".join(f'"{name}" = ?' for name in first.before or ())
            rows = [(*(c.after or {}).values(), c.report, c.uid, *(c.before or {}).values()) for c in like]
            sql = f"UPDATE {first.table} SET {sets} WHERE report_id = ? AND uid = ? AND {same}"
            if self._conn.executemany(sql, rows).rowcount != len(rows):
                raise RowConflict(_DIFFERS, first)
        dump = stored_json.dump
        self._conn.executemany(
            _RECORD,
            [
                (self._step_id, seq, change.table, change.report, change.uid, dump(change.before), dump(change.after))
                for seq, change in enumerate(changes, self.seq)
            ],
        )
        self.seq += len(changes)

    def _end(self) -> None:
        self._counters.flush()
        self._store.sets.forget()

    def _write(self, change: Change) -> None:
        table = TABLES[change.table]
        self._check_report(table, change)
        if change.before is None:
            self._insert(table, change)
        elif change.after is None:
            self._delete(table, change)
        else:
            self._update(table, change)
        if table.name in ("label", "relation_type"):
            self._store.labels_changed()
            self._counters.label_uids = self._store.labels.labels.uid_by_id
        elif table.name == "person":
            self._store.people_changed()
        elif table.name == "annotation_set":
            self._store.sets.forget()
        self._record(table, change)

    def _check_report(self, table: Table, change: Change) -> None:
        if not table.of_report or change.report in self._live_reports:
            return
        if "removed" not in (change.after or ()):
            report = int(change.report or 0)
            version = self._store.sets.meet(report, (change.after or {}).get("set", ""))
            if version is None:
                raise ConflictError(_NO_REPORT)
            self._live_reports[report] = version

    def _record(self, table: Table, change: Change) -> None:
        before, after = recorded(table, change.before, change.after)
        self._conn.execute(
            _RECORD,
            (
                self._step_id,
                self.seq,
                change.table,
                change.report,
                change.uid,
                None if before is None else stored_json.dump(before),
                None if after is None else stored_json.dump(after),
            ),
        )
        self.seq += 1

    # ---- the three kinds of change -------------------------------------------------------------

    def _insert(self, table: Table, change: Change) -> None:
        if table.fixed:
            raise ValueError(f"rows of {table.name} are not made by a change")
        row = table.short(change.after or {})
        version = table.full(row).get("text_version", _ANY_VERSION)
        if version not in (_ANY_VERSION, self._live_reports.get(change.report or 0)):
            raise ConflictError(_OTHER_TEXT)
        if table.name == "person":
            row.setdefault("created", now())
        try:
            left_out = table.lean.difference(row)
            columns = {
                name: row.get(name, field.default) for name, field in table.fields.items() if name not in left_out
            }
            for name, to_column in _conversions(table.name).to_column:
                if name in columns:
                    columns[name] = to_column(self._store, columns[name])
            own = (change.uid, change.report) if table.of_report else (change.uid,)
            self._conn.execute(_insertion(table.name, tuple(columns)), (*own, *columns.values()))
        except (ConflictError, sqlite3.IntegrityError):
            # Looked for only now: its uid alone refuses a row that is there.
            if self._find(table, change, "1") is not None:
                raise RowConflict(_THERE, change) from None
            raise
        self._count(table, row, columns, 1)

    def _delete(self, table: Table, change: Change) -> None:
        if table.fixed:
            raise ValueError(f"rows of {table.name} are not deleted by a change")
        row = table.full(change.before or {})
        self._compare(table, change, {n: v for n, v in row.items() if table.fields[n].default is not ANY})
        self._count(table, row, self._counted(table, row), -1)
        if table.name in ("annotation_set", "label"):
            self._counters.flush()  # their rows in set_count must be gone first
        where, key = _where(table, change)
        self._conn.execute(f"DELETE FROM {table.name} WHERE {where}", key)

    def _update(self, table: Table, change: Change) -> None:
        before, after = change.before or {}, change.after or {}
        self._compare(table, change, before)
        if table.name == "span" and ("label" in after or "set" in after):
            self._move_count(table, change)
        elif table.name == "annotation_set" and ("status" in after or "person" in after):
            raise_if_person(after)
            self._move_status(table, change)
        if table.name == "report" and "meta" in after:
            self._store.facts.change(int(change.report or 0), before["meta"], after["meta"])
        if table.name == "report" and "removed" in after:
            self._remove_report(table, change)
        else:
            self._set(table, change, after)
        if table.name == "report" and "text_version" in after:
            self._turn(change)

    def _turn(self, change: Change) -> None:
        """The report has another version of its text now."""
        before, after, report = change.before or {}, change.after or {}, int(change.report or 0)
        self._live_reports[report] = after["text_version"]
        counters.change_totals(self._conn, Counter({("characters", 0, ""): after["characters"] - before["characters"]}))
        carrying.carry_places(self._conn, report, before["text_version"], after["text_version"])
        self._conn.execute(
            "INSERT INTO text_step VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version",
            (report, self._step_id, after["text_version"]),
        )

    def _set(self, table: Table, change: Change, after: Row) -> None:
        fields = [table.fields[name] for name in after]
        for part in {field.part for field in fields}:
            own = [field for field in fields if field.part == part]
            sets = ", ".join(f"{field.sql} = ?" for field in own)
            values = [self._column(field, after[field.name]) for field in own]
            where, key = _where(table, change) if not part else ("report_id = ?", (change.report,))
            self._conn.execute(f"UPDATE {part or table.name} SET {sets} WHERE {where}", (*values, *key))

    def _remove_report(self, table: Table, change: Change) -> None:
        ids = [int(change.report or 0)]
        shares = counters.shares(self._conn, ids)
        self._set(table, change, change.after or {})
        counters.recount(self._conn, ids, shares)

    # ---- comparing -----------------------------------------------------------------------------

    def _compare(self, table: Table, change: Change, expected: Row) -> None:
        """Raise unless the row still holds what the change says it held."""
        fields = [field for name in expected if (field := table.fields[name]).compared]
        columns = ", ".join(f"d.{f.sql}" if f.part else f"t.{f.sql}" for f in fields) or "1"
        found = self._find(table, change, columns)
        if found is None:
            raise RowConflict(_GONE, change)
        for field, column in zip(fields, found):
            value = expected[field.name]
            current = field.kind.from_column(self._store, column)
            if current != value and current != stored_json.load_fresh(stored_json.dump(value)):
                raise RowConflict(_DIFFERS, change)

    def _find(self, table: Table, change: Change, columns: str) -> tuple[Any, ...] | None:
        where, key = _where(table, change)
        joined = f" JOIN {table.detail} d ON d.report_id = t.id" if table.detail else ""
        row = self._conn.execute(f"SELECT {columns} FROM {table.name} t{joined} WHERE {where}", key).fetchone()
        return tuple(row) if row is not None else None

    def _column(self, field: Field, value: Any) -> Any:
        return field.kind.to_column(self._store, value)

    # ---- counting ------------------------------------------------------------------------------

    def _count(self, table: Table, row: Row, columns: Row, n: int) -> None:
        """`columns` holds, as the file has them, at least the values that counters go by."""
        if table.name == "span":
            self._counters.span(columns["set"], columns["label"], n)
        elif table.name == "annotation_set":
            self._counters.status(columns["person"], row["status"], n)

    def _counted(self, table: Table, row: Row) -> Row:
        names = {"span": ("set", "label"), "annotation_set": ("person",)}.get(table.name, ())
        return {name: self._column(table.fields[name], row[name]) for name in names}

    def _move_count(self, table: Table, change: Change) -> None:
        after = change.after or {}
        found = self._find(table, change, "t.set_id, t.label_id")
        if found is None:
            raise RowConflict(_GONE, change)
        set_id, label_id = found
        self._counters.span(set_id, label_id, -1)
        if "set" in after:
            set_id = self._column(table.fields["set"], after["set"])
        if "label" in after:
            label_id = self._column(table.fields["label"], after["label"])
        self._counters.span(set_id, label_id, 1)

    def _move_status(self, table: Table, change: Change) -> None:
        found = self._find(table, change, "t.person_id, t.status")
        if found is None:
            raise RowConflict(_GONE, change)
        person_id, status = found
        self._counters.status(person_id, status, -1)
        self._counters.status(person_id, (change.after or {})["status"], 1)


def _alike(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes by table, report and columns."""
    groups: dict[tuple[str, int | None, tuple[str, ...]], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.table, change.report, tuple(change.after or ())), []).append(change)
    return list(groups.values())


@functools.cache
def _insertion(table: str, names: tuple[str, ...]) -> str:
    """The statement that inserts these fields: the same text each time, so that SQLite prepares it once."""
    noun = TABLES[table]
    columns = ['"uid"', *(['"report_id"'] if noun.of_report else []), *(noun.fields[name].sql for name in names)]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def raise_if_person(after: Row) -> None:
    """A set belongs to one person for good: counters by person rest on it."""
    if "person" in after:
        raise ValueError("an annotation set does not change its person")


def _where(table: Table, change: Change) -> tuple[str, tuple[Any, ...]]:
    if table.in_report:
        return "report_id = ? AND uid = ?", (change.report, change.uid)
    if table.of_report and table.name != "report":
        return "uid = ? AND report_id = ? AND removed = 0", (change.uid, change.report)
    return "uid = ?", (change.uid,)


def to_history(store: Store, change: Change) -> Change:
    """`change` as history keeps it: labels and relation types by uid."""
    return _convert(store, change, _conversions(change.table).to_history)


def to_domain(store: Store, change: Change) -> Change:
    """The inverse of `to_history`, with the names that labels have now (or had last)."""
    return _convert(store, change, _conversions(change.table).to_domain)


class _Conversions(NamedTuple):
    """The fields of a noun that one form holds otherwise than another, each with its conversion: few of a span's."""

    to_history: tuple[tuple[str, Convert], ...]
    to_domain: tuple[tuple[str, Convert], ...]
    to_column: tuple[tuple[str, Convert], ...]


@functools.cache
def _conversions(table: str) -> _Conversions:
    kinds = [(name, field.kind) for name, field in TABLES[table].fields.items()]
    return _Conversions(
        tuple((name, kind.to_history) for name, kind in kinds if kind.to_history is not PLAIN.to_history),
        tuple((name, kind.to_domain) for name, kind in kinds if kind.to_domain is not PLAIN.to_domain),
        tuple((name, kind.to_column) for name, kind in kinds if kind.to_column is not PLAIN.to_column),
    )


def _convert(store: Store, change: Change, conversions: tuple[tuple[str, Convert], ...]) -> Change:
    table, report, uid, before, after = change
    return Change(table, report, uid, _converted(store, before, conversions), _converted(store, after, conversions))


def _converted(store: Store, row: Row | None, conversions: tuple[tuple[str, Convert], ...]) -> Row | None:
    if row is None:
        return None
    row = dict(row)
    for name, convert in conversions:
        if name in row:
            row[name] = convert(store, row[name])
    return row
