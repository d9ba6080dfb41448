"""Text edits: a new version of a report's text in one step, with all that stands at offsets in it.

Spans of all sets, furniture, questions, suggestions, bookmarks and places move together with the text; what an edit leaves
no words of goes in the same step. Taking such a step back, or bringing it back, moves whatever has come since along,
and refuses where that would lose something. Sets that are set aside stay in their version until they come back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from annotator.domain.changes import Change, Edit, Row, Wording
from annotator.domain.errors import ConflictError
from annotator.domain.report import text_hash
from annotator.domain.text_edit import TextEdit
from annotator.messages import N_
from annotator.storage import text_versions
from annotator.storage.carrying import NOUNS, carry, carry_change, is_move, is_turn
from annotator.storage.codecs import TABLES
from annotator.storage.editing import Writer
from annotator.storage.records import Step
from annotator.storage.text_versions import Leg, TextVersion

if TYPE_CHECKING:
    from annotator.storage.store import Store

_SAME_TEXT = N_("Another report has this text already: “{title}”. Nothing was changed.")
_NO_CHANGE = N_("The text is as it was; nothing was changed.")
_OTHER_VERSION = N_("The text of the report has been edited since. Nothing was changed; look at it and edit it again.")
_NEW_WORDS = N_(
    "“{words}” was marked on words that this edit of the text brought; they would go with it. "
    "Nothing was changed; delete that mark first."
)
#: Whose row of spans counts: sets that were set aside come later, when they come back.
_LIVE = {
    "span": "AND EXISTS (SELECT 1 FROM annotation_set a WHERE a.report_id = t.report_id AND a.id = t.set_id "
    "AND a.removed = 0)"
}

#: Code points of the report whose rows are read at a time.
_WINDOW: Final = 20_000
#: Uid, range with attributes, version, person and label.
_Row = tuple[str, Row, int, str, str]


class Effect(NamedTuple):
    """What a text edit would do to one row that stands at offsets; `after` is None where nothing is left of it.

    `person` is the uid of whose set a span is in, else ""; `label` the label of a span or suggestion, else "".
    """

    noun: str
    uid: str
    before: Row
    after: Row | None
    touched: bool
    person: str
    label: str


class Texts:
    """The tables report_text, text_edit and text_step."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn

    # ---- reading -------------------------------------------------------------------------------

    def versions(self, report_id: int) -> list[TextVersion]:
        """All versions of a report's text, the oldest first."""
        return text_versions.listed(self._conn, report_id)

    def text(self, report_id: int, version: int) -> str:
        """The text in one version."""
        return text_versions.text(self._conn, report_id, version)

    def known(self, digest: str) -> tuple[int, int] | None:
        """The live report (row id) that once had the text with this SHA-256, and which version that was."""
        return text_versions.known(self._conn, digest)

    def way(self, report_id: int, version: int) -> list[Leg]:
        """The edits that lead from a version to the text as it is."""
        return text_versions.way(self._conn, report_id, version, text_versions.current(self._conn, report_id))

    def count(self, report_id: int) -> int:
        """How many rows stand at offsets in a report, whoever's."""
        counts = (f"(SELECT count(*) FROM {noun} WHERE report_id = ?)" for noun in NOUNS)
        (count,) = self._conn.execute(f"SELECT {' + '.join(counts)}", (report_id,) * len(NOUNS)).fetchone()
        return int(count)

    def effects(self, report_id: int, edit: TextEdit, text: str) -> Iterator[Effect]:
        """What `edit` would do to everything that stands at offsets in the report, noun by noun in text order.

        `text` is the one that it leads to. Who asks may take a few and come back for more: nothing stays open.
        """
        target = text_versions.current(self._conn, report_id) + 1
        return self._effects(report_id, lambda _version: [Leg(edit, text)], target)

    def _effects(self, report_id: int, way: Callable[[int], Sequence[Leg]], target: int) -> Iterator[Effect]:
        ways: dict[int, Sequence[Leg]] = {}
        for noun in NOUNS:
            for uid, row, version, person, label in self._all_rows(noun, report_id):
                if version == target:
                    continue
                if version not in ways:
                    ways[version] = way(version)
                carried = carry(noun, row, ways[version], target)
                before = {**row, "text_version": version}
                touched = carried is None or carried.touched
                yield Effect(noun, uid, before, None if carried is None else carried.row, touched, person, label)

    def _all_rows(self, noun: str, report_id: int) -> Iterator[_Row]:
        """Each row of a noun, read some thousand characters of the report at a time."""
        (last,) = self._conn.execute(f"SELECT max(start) FROM {noun} WHERE report_id = ?", (report_id,)).fetchone()
        for low in range(0, -1 if last is None else last + 1, _WINDOW):
            yield from self._rows(noun, report_id, low)

    def _rows(self, noun: str, report_id: int, low: int) -> Iterator[_Row]:
        """The rows that start in the window at `low`."""
        label = "t.label_id" if "label" in TABLES[noun].fields else "NULL"
        values = "t.attributes" if "attributes" in TABLES[noun].fields else "'{}'"
        person = "NULL"
        if noun == "span":
            person = "(SELECT p.uid FROM annotation_set a JOIN person p ON p.id = a.person_id WHERE a.id = t.set_id)"
        sql = f"""SELECT t.uid, t.start, t."end", t.text_version, {values}, {person}, {label}
                  FROM {noun} t WHERE t.report_id = ? AND t.start >= ? AND t.start < ? {_LIVE.get(noun, "")}
                  ORDER BY t.start, t."end" DESC, t.uid"""
        load = TABLES["span"].fields["attributes"].kind.from_column
        names = self._store.labels.labels.name_by_id
        for uid, start, end, version, attributes, who, label_id in self._conn.execute(
            sql, (report_id, low, low + _WINDOW)
        ).fetchall():
            row: Row = {"start": start, "end": end}
            if attributes != "{}":
                row["attributes"] = load(self._store, attributes)
            yield uid, row, version, who or "", names.get(label_id, "")

    # ---- a new version -------------------------------------------------------------------------

    def apply(
        self,
        report_id: int,
        edit: TextEdit,
        person_uid: str,
        wording: Wording,
        *,
        version: int,
        more: Iterable[Change] = (),
        original: bytes | None = None,
        kind: str = "text.edit",
    ) -> Step:
        """Give a report the text that `edit` makes of version `version`, as one step; returns it with its changes.

        `more` are changes besides, in offsets of the new text (`text_version` is set here); `original` the compressed
        bytes of the file it came from. Raises ConflictError where the text is another by now, would not change, or
        is another report's already.
        """
        with self._store.transaction():
            old = self._store.reports.text(report_id)
            if version != text_versions.current(self._conn, report_id):
                raise ConflictError(_OTHER_VERSION)
            turn, new = self._turn(report_id, old, edit, version, original)
            target = int((turn.after or {})["text_version"])
            gone, moves = self._moves(report_id, lambda _version: [Leg(edit, new)], target)
            added = [_in_version(change, target) for change in more]
            step = self._store.history.append_edit(Edit(kind, wording, (), report_id), person_uid)
            writer = Writer(self._store, self._conn, step.id)
            writer.write(gone)
            plain, quoting = _plain(moves)
            writer.write_moves(plain)
            writer.write([*quoting, turn, *added])
            return step._replace(changes=(*gone, *plain, *quoting, turn, *added))

    def _turn(
        self, report_id: int, old: str, edit: TextEdit, version: int, original: bytes | None
    ) -> tuple[Change, str]:
        """Keep the new text; returns the change that makes it the report's, and the text."""
        new = edit.apply(old)
        if new == old:
            raise ConflictError(_NO_CHANGE)
        digest, before = text_hash(new), text_hash(old)
        self._refuse_twice(report_id, digest)
        target = text_versions.add(self._conn, report_id, version, before, edit, new, original)
        (uid,) = self._conn.execute("SELECT uid FROM report WHERE id = ?", (report_id,)).fetchone()
        rows = (
            {"text_version": version, "text_hash": before, "characters": len(old)},
            {"text_version": target, "text_hash": digest, "characters": len(new)},
        )
        return Change("report", report_id, uid, *rows), new

    def _refuse_twice(self, report_id: int, digest: str) -> None:
        other = self._store.reports.find_hash(digest)
        if other is not None and other != report_id:
            (title,) = self._conn.execute("SELECT title FROM report WHERE id = ?", (other,)).fetchone()
            raise ConflictError(_SAME_TEXT, title=title)

    def _moves(
        self, report_id: int, way: Callable[[int], Sequence[Leg]], target: int
    ) -> tuple[list[Change], list[Change]]:
        """The changes that take every row along: what goes, and what moves."""
        gone: list[Effect] = []
        moves: list[Change] = []
        for effect in self._effects(report_id, way, target):
            if effect.after is None:
                gone.append(effect)
            else:
                moves.append(_move(report_id, effect))
        return list(self._deletions(report_id, gone)), moves

    def _deletions(self, report_id: int, gone: Sequence[Effect]) -> Iterator[Change]:
        spans = {effect.uid for effect in gone if effect.noun == "span"}
        if spans:
            for uid, head, child in self._conn.execute(
                "SELECT uid, head, child FROM relation WHERE report_id = ?", (report_id,)
            ).fetchall():
                if head in spans or child in spans:
                    yield Change("relation", report_id, uid, self._whole("relation", report_id, uid), None)
        for effect in gone:
            yield Change(effect.noun, report_id, effect.uid, self._whole(effect.noun, report_id, effect.uid), None)

    def _whole(self, noun: str, report_id: int, uid: str) -> Row:
        """A row with all its fields, labels by name."""
        fields = TABLES[noun].fields.values()
        columns = ", ".join(field.sql for field in fields)
        found = self._conn.execute(f"SELECT {columns} FROM {noun} WHERE report_id = ? AND uid = ?", (report_id, uid))
        row = {}
        for field, value in zip(fields, found.fetchone(), strict=True):
            row[field.name] = field.kind.to_domain(self._store, field.kind.from_column(self._store, value))
        return row

    # ---- what was recorded in another version ----------------------------------------------------

    def write(self, writer: Writer, changes: Sequence[Change], step_id: int, *, forth: bool) -> list[Change]:
        """Write the recorded changes of a step (`forth`: as they were made; else inverted already); returns them.

        Where they were made in another version of the text than the report has now, they are carried over; where they
        give it another version, whatever else stands there is carried along.
        """
        reports = {change.report for change in changes if change.report is not None}
        edited = {report for report in reports if text_versions.edited(self._conn, report)}
        if not edited:
            return writer.write_recorded(changes)
        return list(self._written(writer, changes, step_id, edited, forth))

    def _written(
        self, writer: Writer, changes: Sequence[Change], step_id: int, edited: set[int], forth: bool
    ) -> Iterator[Change]:
        conn = self._conn
        made_in = {report: text_versions.at_step(conn, report, step_id, before=forth) for report in edited}
        turned: set[int] = set()
        for is_plain, run in groupby(changes, key=_is_plain):
            if is_plain:
                yield from self._written_moves(writer, list(run))
                continue
            yield from self._written_others(writer, run, made_in, turned)
        for report in turned:
            plain, quoting = _plain(self._followers(report))
            writer.write_moves(plain)
            yield from plain
            yield from writer.write_recorded(quoting)

    def _written_others(
        self, writer: Writer, changes: Iterable[Change], made_in: dict[int, int], turned: set[int]
    ) -> Iterator[Change]:
        for change in changes:
            report = change.report
            if report not in made_in or report is None:
                yield from writer.write_recorded([change])
            elif is_turn(change):
                self._refuse_twice(report, str((change.after or {})["text_hash"]))
                yield from writer.write_recorded([change])
                made_in[report] = int((change.after or {})["text_version"])
                turned.add(report)
            elif not is_move(change):
                yield from writer.write_recorded([self._carried(change, report, made_in[report])])
            elif self._stands(change):
                yield from writer.write_recorded([change])

    def _written_moves(self, writer: Writer, moves: list[Change]) -> list[Change]:
        """Write the rows' parts of a text edit; a row that is not where it left it is carried along with the rest."""
        there: dict[tuple[str, int | None], dict[str, tuple[int, int, int]]] = {}
        for noun, report in {(change.table, change.report) for change in moves}:
            sql = f'SELECT uid, start, "end", text_version FROM {noun} WHERE report_id = ?'
            there[noun, report] = {uid: (s, e, v) for uid, s, e, v in self._conn.execute(sql, (report,))}
        standing = [change for change in moves if _is_there(change, there[change.table, change.report])]
        writer.write_moves(standing)
        return standing

    def _carried(self, change: Change, report_id: int, made_in: int) -> Change:
        version = text_versions.current(self._conn, report_id)
        own = (change.before or {}).get("text_version") or (change.after or {}).get("text_version") or made_in
        if own == version:
            return change
        return carry_change(change, text_versions.way(self._conn, report_id, own, version), version)

    def _stands(self, change: Change) -> bool:
        """Whether a row is still where a text edit left it; one that is not is carried along with the rest."""
        before = change.before or {}
        row = self._conn.execute(
            f'SELECT start, "end", text_version FROM {change.table} WHERE report_id = ? AND uid = ?',
            (change.report, change.uid),
        ).fetchone()
        if row is None:
            return False
        now = dict(zip(("start", "end", "text_version"), row, strict=True))
        if any(now[name] != before[name] for name in now if name in before):
            return False
        return "attributes" not in before or self._attributes(change) == before["attributes"]

    def _attributes(self, change: Change) -> Any:
        (stored,) = self._conn.execute(
            f"SELECT attributes FROM {change.table} WHERE report_id = ? AND uid = ?", (change.report, change.uid)
        ).fetchone()
        return TABLES["span"].fields["attributes"].kind.from_column(self._store, stored)

    def _followers(self, report_id: int) -> list[Change]:
        """The changes that bring what is still in another version into the one the report has now."""
        target = text_versions.current(self._conn, report_id)
        changes = []
        for effect in self._effects(report_id, lambda v: text_versions.way(self._conn, report_id, v, target), target):
            if (
                effect.after is None
                or effect.after.get("attributes", {}).keys() != effect.before.get("attributes", {}).keys()
            ):
                raise ConflictError(_NEW_WORDS, words=self._words(report_id, effect))
            changes.append(_move(report_id, effect))
        return changes

    def _words(self, report_id: int, effect: Effect) -> str:
        text = text_versions.text(self._conn, report_id, effect.before["text_version"])
        words = " ".join(text[effect.before["start"] : effect.before["end"]].split())
        return words if len(words) <= 20 else words[:19] + "…"

    # ---- what comes back with a set ------------------------------------------------------------

    def catch_up(self, report_ids: Iterable[int]) -> None:
        """Carry the spans of sets that have come back into the version their report has now, inside a transaction."""
        for report_id in report_ids:
            if not text_versions.edited(self._conn, report_id):
                continue
            for change in self._followers(report_id):
                after = change.after or {}
                names = ", ".join(f'"{name}" = ?' for name in after)
                fields = TABLES[change.table].fields
                values = [fields[name].kind.to_column(self._store, value) for name, value in after.items()]
                self._conn.execute(
                    f"UPDATE {change.table} SET {names} WHERE report_id = ? AND uid = ?",
                    (*values, report_id, change.uid),
                )


def _plain(moves: Iterable[Change]) -> tuple[list[Change], list[Change]]:
    """Moves of offsets alone, and those that quote the report in their values."""
    plain: list[Change] = []
    quoting: list[Change] = []
    for change in moves:
        (plain if _is_plain(change) else quoting).append(change)
    return plain, quoting


def _is_plain(change: Change) -> bool:
    return is_move(change) and "attributes" not in (change.after or {})


def _is_there(change: Change, rows: dict[str, tuple[int, int, int]]) -> bool:
    """Whether a row is where a move expects it."""
    row, before = rows.get(change.uid), change.before or {}
    if row is None:
        return False
    return all(
        before.get(name, value) == value for name, value in zip(("start", "end", "text_version"), row, strict=True)
    )


def _move(report_id: int, effect: Effect) -> Change:
    """One row's part of a text edit: what differs, and always the version."""
    assert effect.after is not None
    names = [name for name, value in effect.after.items() if name == "text_version" or value != effect.before[name]]
    before, after = ({name: row[name] for name in names} for row in (effect.before, effect.after))
    return Change(effect.noun, report_id, effect.uid, before, after)


def _in_version(change: Change, version: int) -> Change:
    """A new row in offsets of a version."""
    if change.table not in NOUNS or change.before is not None or change.after is None:
        return change
    return change._replace(after={**change.after, "text_version": version})
