"""`annotator verify`: everything that the file claims, checked again from the ground.

Reports are read a few at a time, so memory stays flat; the whole is linear in the project, which is why it runs only
when asked for. It changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.errors import ValidationError
from annotator.domain.facts import values_of
from annotator.domain.report import text_hash
from annotator.domain.schema import Label
from annotator.domain.text_edit import TextEdit
from annotator.domain.validation import check_attribute
from annotator.messages import N_, translate
from annotator.storage.codecs import TABLES

if TYPE_CHECKING:
    from annotator.storage.store import Store

Progress = Callable[[int, int], None]

_FILE = N_("The file is damaged: {reason}. Go on with a backup.")
_LINK = N_("A row of {table} points to a row that does not exist.")
_HASH = N_("“{title}”: the text is not the one that was imported (its SHA-256 differs).")
_LENGTH = N_("“{title}”: the report counts {kept} characters, its text has {found}.")
_NO_TEXT = N_("“{title}”: the text in its newest version is missing.")
_NO_VERSION = N_("“{title}”: {what} counts in version {version} of the text, which does not exist.")
_OLD_VERSION = N_("“{title}”: {what} counts in version {version} of the text, though version {current} is the newest.")
_OUTSIDE = N_("“{title}”: {what} from {start} to {end} lies outside the text of {length} characters.")
_EDIT = N_("“{title}”: the edit that made version {version} of the text does not lead to it from version {base}.")
_ENDS = N_("“{title}”: a relation links spans of another annotation set ({uid}).")
_JSON = N_("“{title}”: stored values cannot be read ({where}).")
_ATTRIBUTE = N_("“{title}”: a span at {start} has a wrong value: {reason}")
_SET_COUNT = N_("Counter: set {uid} has {found} spans of {label}, the counter says {kept}.")
_TOTAL = N_("Counter: the project has {found} for {what}, the counter says {kept}.")
_FACT = N_("“{title}”: lists do not find it by {field} = {value}.")
_FACTS = N_("Lists go by {kept} values of the metadata, where the reports have {found}.")
_METAS = "SELECT r.id, r.title, d.meta FROM report r JOIN report_detail d ON d.report_id = r.id ORDER BY r.id"
_HAS_FACT = """
    SELECT 1 FROM report_fact WHERE report_id = ? AND fact_id = (SELECT id FROM fact WHERE field = ? AND value = ?)
"""
_HISTORY = N_("History: the step of {at} cannot be read ({reason}).")
_RUNNING = N_("History: “{step}” of {at} was cut off. Open the project and choose to undo or to keep it.")
_NOUNS = {
    "span": N_("a span"),
    "furniture": N_("page furniture"),
    "suggestion": N_("a suggestion"),
    "question": N_("a question"),
    "bookmark": N_("a bookmark"),
}


class Finding(NamedTuple):
    """Something that is wrong. `kind` names the check, `report` the report's row id where it is about one."""

    kind: str
    message: str
    params: dict[str, Any]
    report: int | None = None

    def text(self) -> str:
        """The sentence, in the language of the moment."""
        return translate(self.message, **self.params)


def verify(store: Store, progress: Progress | None = None) -> list[Finding]:
    """All that is wrong with the project, in the order of looking; `progress` is told reports done and in all."""
    return list(_Check(store, store.connection, progress or (lambda _done, _total: None)).run())


class _Check:
    def __init__(self, store: Store, conn: sqlite3.Connection, progress: Progress) -> None:
        self._store = store
        self._conn = conn
        self._progress = progress

    def run(self) -> Iterator[Finding]:
        """Every check; a file that SQLite cannot read is not looked at further."""
        damaged = list(self._file())
        yield from damaged
        if damaged:
            return
        yield from self._links()
        yield from self._reports()
        yield from self._set_counters()
        yield from self._totals()
        yield from self._facts()
        yield from self._history()

    # ---- the file ------------------------------------------------------------------------------

    def _file(self) -> Iterator[Finding]:
        try:
            for (line,) in self._conn.execute("PRAGMA integrity_check"):
                if line != "ok":
                    yield Finding("file", _FILE, {"reason": line})
        except sqlite3.DatabaseError as error:
            yield Finding("file", _FILE, {"reason": str(error)})

    def _links(self) -> Iterator[Finding]:
        for table, *_rest in self._conn.execute("PRAGMA foreign_key_check"):
            yield Finding("links", _LINK, {"table": table})

    # ---- report by report ----------------------------------------------------------------------

    def _reports(self) -> Iterator[Finding]:
        rows = self._conn.execute("SELECT id, title, text_version, text_hash, characters FROM report ORDER BY id")
        (total,) = self._conn.execute("SELECT count(*) FROM report").fetchone()
        for done, row in enumerate(rows.fetchall(), 1):
            yield from _ReportCheck(self._store, self._conn, *row).run()
            self._progress(done, total)

    # ---- counters ------------------------------------------------------------------------------

    def _set_counters(self) -> Iterator[Finding]:
        found = Counter({(s, la): n for s, la, n in self._conn.execute(_COUNT_SPANS)})
        kept = Counter({(s, la): n for s, la, n in self._conn.execute("SELECT set_id, label_id, n FROM set_count")})
        names = self._store.labels.labels.name_by_id
        uids = dict(self._conn.execute("SELECT id, uid FROM annotation_set"))
        for key in sorted(found.keys() | kept.keys()):
            if found[key] != kept[key]:
                params = {"uid": uids.get(key[0], "?"), "label": names.get(key[1], "?")}
                yield Finding("counters", _SET_COUNT, {**params, "found": found[key], "kept": kept[key]})

    def _totals(self) -> Iterator[Finding]:
        found = Counter({(what, person, key): n for what, person, key, n in self._conn.execute(_COUNT_TOTALS)})
        kept = Counter({(what, person, key): n for what, person, key, n in self._conn.execute("SELECT * FROM total")})
        for total in sorted(found.keys() | kept.keys()):
            if found[total] != kept[total]:
                what = " ".join(map(str, (total[0], total[2]))).strip()
                yield Finding("counters", _TOTAL, {"what": what, "found": found[total], "kept": kept[total]})

    def _facts(self) -> Iterator[Finding]:
        """What lists are filtered by, against the metadata it repeats."""
        there = self._conn.cursor()
        known = 0
        for report, title, meta in self._conn.execute(_METAS):
            if not _is_object(meta):
                continue  # said where the report's values are read
            for field, value in values_of(json.loads(meta)):
                if there.execute(_HAS_FACT, (report, field, value)).fetchone():
                    known += 1
                else:
                    yield Finding("facts", _FACT, {"title": title, "field": field, "value": value}, report)
        (kept,) = self._conn.execute("SELECT count(*) FROM report_fact").fetchone()
        if kept != known:
            yield Finding("facts", _FACTS, {"found": known, "kept": kept})

    # ---- history -------------------------------------------------------------------------------

    def _history(self) -> Iterator[Finding]:
        rows = self._conn.execute("SELECT id, at, message, params FROM step ORDER BY id").fetchall()
        for step_id, at, message, params in rows:
            reason = self._unreadable(step_id, message, params)
            if reason:
                yield Finding("history", _HISTORY, {"at": at, "reason": reason})
        for step in self._store.history.running():
            yield Finding("running", _RUNNING, {"step": step.text(), "at": step.at})

    def _unreadable(self, step_id: int, message: str, params: str) -> str:
        """Why a step cannot be read, "" where it can."""
        try:
            message.format(**json.loads(params))
            for table, before, after in self._conn.execute(
                'SELECT "table", before, after FROM change WHERE step_id = ?', (step_id,)
            ):
                _check_change(table, before, after)
        except (LookupError, ValueError, TypeError) as error:
            return repr(error)
        return ""


def _check_change(table: str, before: str | None, after: str | None) -> None:
    """Raise LookupError or ValueError for a change that names what the program does not know."""
    fields = TABLES[table].fields
    for text in (before, after):
        for name in {} if text is None else json.loads(text):
            fields[name]


class _ReportCheck:
    """One report: its text, what has offsets in it, its relations and stored values."""

    def __init__(
        self,
        store: Store,
        conn: sqlite3.Connection,
        row_id: int,
        title: str,
        version: int,
        digest: str,
        characters: int,
    ) -> None:
        self._store = store
        self._conn = conn
        self._id = row_id
        self._title = title
        self._version = version
        self._digest = digest
        self._characters = characters
        self._lengths: dict[int, int] = {}

    def run(self) -> Iterator[Finding]:
        yield from self._text()
        for noun, sql in _RANGES.items():
            yield from self._ranges(noun, sql)
        yield from self._relations()
        yield from self._values()

    def _finding(self, kind: str, message: str, **params: Any) -> Finding:
        return Finding(kind, message, {"title": self._title, **params}, self._id)

    def _text(self) -> Iterator[Finding]:
        rows = self._conn.execute("SELECT version, text FROM report_text WHERE report_id = ?", (self._id,))
        texts = dict(rows.fetchall())
        self._lengths = {version: len(text) for version, text in texts.items()}
        newest = texts.get(self._version)
        if newest is None:
            yield self._finding("text", _NO_TEXT)
            return
        if text_hash(newest) != self._digest:
            yield self._finding("text", _HASH)
        if len(newest) != self._characters:
            yield self._finding("text", _LENGTH, kept=self._characters, found=len(newest))
        yield from self._edits(texts)

    def _edits(self, texts: dict[int, str]) -> Iterator[Finding]:
        """Each edit of the text must lead from the version it names to the one it made."""
        rows = self._conn.execute("SELECT version, base, edit FROM text_edit WHERE report_id = ?", (self._id,))
        for version, base, edit in rows:
            try:
                right = TextEdit(tuple(r) for r in json.loads(edit)).apply(texts[base]) == texts[version]
            except (ValueError, TypeError, ValidationError):
                right = False
            if not right:
                yield self._finding("text", _EDIT, version=version, base=base)

    def _ranges(self, noun: str, sql: str) -> Iterator[Finding]:
        for version, start, end in self._conn.execute(sql, (self._id,)):
            length = self._lengths.get(version)
            if length is None:
                yield self._finding("versions", _NO_VERSION, what=translate(_NOUNS[noun]), version=version)
            elif end > length:
                place = {"start": start, "end": end, "length": length}
                yield self._finding("offsets", _OUTSIDE, what=translate(_NOUNS[noun]), **place)
            elif version != self._version:
                versions = {"version": version, "current": self._version}
                yield self._finding("versions", _OLD_VERSION, what=translate(_NOUNS[noun]), **versions)

    def _relations(self) -> Iterator[Finding]:
        for (uid,) in self._conn.execute(_STRAY_RELATIONS, (self._id,)):
            yield self._finding("relations", _ENDS, uid=uid)

    def _values(self) -> Iterator[Finding]:
        meta = self._conn.execute("SELECT meta, extra FROM report_detail WHERE report_id = ?", (self._id,)).fetchone()
        if meta is None or not all(_is_object(text) for text in meta):
            yield self._finding("values", _JSON, where="meta")
        labels = self._store.labels.labels.name_by_id
        for label, start, attributes, foreign, extra in self._conn.execute(_VALUES, (self._id,)):
            if not _is_object(attributes) or not _is_object(extra) or not _is_json(foreign):
                yield self._finding("values", _JSON, where=f"span {start}")
            elif label in labels:  # a label that is not there is a broken link, named as one
                yield from self._attributes(start, labels[label], attributes)

    def _attributes(self, start: int, label_name: str, attributes: str) -> Iterator[Finding]:
        label = self._store.schema.label(label_name)
        if attributes == "{}" or label is None:
            return
        for reason in _wrong_values(label, json.loads(attributes)):
            yield self._finding("attributes", _ATTRIBUTE, start=start, reason=reason)


def _wrong_values(label: Label, values: dict[str, Any]) -> Iterator[str]:
    """What is wrong with attribute values; an attribute that the schema does not have was kept from a file."""
    for name, value in values.items():
        attribute = label.attribute(name)
        if attribute is not None:
            try:
                check_attribute(attribute, value)
            except ValidationError as error:
                yield str(error)


def _is_json(text: str | None) -> bool:
    try:
        json.loads(text or "null")
    except ValueError:
        return False
    return True


def _is_object(text: str | None) -> bool:
    try:
        return isinstance(json.loads(text or "{}"), dict)
    except ValueError:
        return False


_COUNT_SPANS = "SELECT set_id, label_id, count(*) FROM span GROUP BY set_id, label_id"
_COUNT_TOTALS = """
    SELECT 'label', a.person_id, l.uid, count(*) FROM span s
    JOIN annotation_set a ON a.report_id = s.report_id AND a.id = s.set_id AND a.removed = 0
    JOIN report r ON r.id = s.report_id AND r.removed = 0
    JOIN label l ON l.id = s.label_id GROUP BY a.person_id, l.uid
    UNION ALL
    SELECT 'status', a.person_id, a.status, count(*) FROM annotation_set a
    JOIN report r ON r.id = a.report_id AND r.removed = 0 WHERE a.removed = 0 GROUP BY a.person_id, a.status
    UNION ALL SELECT 'reports', 0, '', count(*) FROM report WHERE removed = 0
    UNION ALL SELECT 'characters', 0, '', coalesce(sum(characters), 0) FROM report WHERE removed = 0
"""
_RANGES = {
    # Sets that were set aside keep their version: they are carried over when they come back.
    "span": """SELECT s.text_version, s.start, s."end" FROM span s JOIN annotation_set a
               ON a.report_id = s.report_id AND a.id = s.set_id AND a.removed = 0 WHERE s.report_id = ?""",
    "furniture": 'SELECT text_version, start, "end" FROM furniture WHERE report_id = ?',
    "suggestion": 'SELECT text_version, start, "end" FROM suggestion WHERE report_id = ?',
    "question": 'SELECT text_version, start, "end" FROM question WHERE report_id = ?',
    "bookmark": 'SELECT text_version, start, "end" FROM bookmark WHERE report_id = ?',
}
_STRAY_RELATIONS = """
    SELECT r.uid FROM relation r
    LEFT JOIN span h ON h.report_id = r.report_id AND h.uid = r.head
    LEFT JOIN span c ON c.report_id = r.report_id AND c.uid = r.child
    WHERE r.report_id = ? AND (h.set_id IS NOT r.set_id OR c.set_id IS NOT r.set_id)
"""
_VALUES = "SELECT label_id, start, attributes, foreign_id, extra FROM span WHERE report_id = ? ORDER BY start"
