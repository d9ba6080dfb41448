"""How each noun's rows in changes relate to columns: one entry of TABLES a noun.

A row has three forms. In the *domain* it names labels and relation types by name; in *history* by uid, so that renaming
is safe; in its *columns* by row id. Sets and people go by uid in the first two. A new table is one entry here.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from annotator.storage import stored_json
from annotator.storage.labels import ends_by_name, ends_by_uid

if TYPE_CHECKING:
    from annotator.domain.changes import Row
    from annotator.storage.store import Store

#: Default of a field that a new row must bring.
REQUIRED: Final = object()
#: Default of a field whose value a deletion does not compare and an insertion may leave to the column's default.
ANY: Final = object()

Convert = Callable[["Store", Any], Any]


def _same(_store: Store, value: Any) -> Any:
    return value


class Kind(NamedTuple):
    """Conversions of one kind of value: domain ⇄ history, history ⇄ column."""

    to_history: Convert = _same
    to_domain: Convert = _same
    to_column: Convert = _same
    from_column: Convert = _same


PLAIN: Final = Kind()
FLAG: Final = Kind(to_column=lambda _s, v: int(bool(v)), from_column=lambda _s, v: bool(v))
OBJECT: Final = Kind(to_column=lambda _s, v: stored_json.dump(v), from_column=lambda _s, v: stored_json.load_fresh(v))
OPTIONAL_OBJECT: Final = Kind(
    to_column=lambda _s, v: stored_json.dump_optional(v), from_column=lambda _s, v: stored_json.load_object(v)
)
OPTIONAL_JSON: Final = Kind(
    to_column=lambda _s, v: stored_json.dump_optional(v), from_column=lambda _s, v: stored_json.load_optional(v)
)
LABEL: Final = Kind(
    to_history=lambda s, name: s.labels.labels.uid_of_name(name),
    to_domain=lambda s, uid: s.history.label_name(uid),
    to_column=lambda s, uid: s.labels.labels.id_of_uid(uid),
    from_column=lambda s, n: s.labels.labels.uid_by_id[n],
)
RELATION_TYPE: Final = Kind(
    to_history=lambda s, name: s.labels.relations.uid_of_name(name),
    to_domain=lambda s, uid: s.history.relation_name(uid),
    to_column=lambda s, uid: s.labels.relations.id_of_uid(uid),
    from_column=lambda s, n: s.labels.relations.uid_by_id[n],
)
ENDS: Final = Kind(
    to_history=lambda s, row: ends_by_uid(row, s.labels.labels),
    to_domain=lambda s, row: ends_by_name(row, s.labels.labels),
    to_column=lambda _s, row: stored_json.dump(row),
    from_column=lambda _s, text: stored_json.load_fresh(text),
)
LABEL_UID: Final = Kind(
    to_history=lambda s, name: s.labels.labels.uid_of_name(name),
    to_domain=lambda s, uid: s.history.label_name(uid),
)
NAMES: Final = Kind(
    to_history=lambda _s, names: tuple(names),
    to_domain=lambda _s, names: tuple(names),
    to_column=lambda _s, names: stored_json.dump_names(names),
    from_column=lambda _s, text: stored_json.load_names(text),
)
SET: Final = Kind(to_column=lambda s, uid: s.sets.id_of(uid), from_column=lambda s, n: s.sets.uid_of(n))
PERSON: Final = Kind(
    to_column=lambda s, uid: None if uid is None else s.people.id_of(uid),
    from_column=lambda s, n: None if n is None else s.people.uid_of(n),
)


class Field(NamedTuple):
    """One field of a noun's rows and the column it stands in.

    `default` never changes once released: history leaves out what is the default.
    One that is not `compared` may have changed since without standing in the way of undo: it also changes outside steps.
    """

    name: str
    kind: Kind = PLAIN
    default: Any = REQUIRED
    column: str = ""
    part: str = ""
    compared: bool = True

    @property
    def sql(self) -> str:
        """The column, quoted."""
        return f'"{self.column or self.name}"'


class Table(NamedTuple):
    """One noun. `in_report`: its rows are found by report and uid; `of_report`: they have a report at all.

    `fixed` rows are neither made nor deleted by changes. `detail` is a second table with the same report's fields.
    Fields in `lean` have their default as their column's, so that a new row need not bring it.
    """

    name: str
    fields: dict[str, Field]
    in_report: bool = True
    of_report: bool = True
    fixed: bool = False
    detail: str = ""
    lean: frozenset[str] = frozenset()

    def full(self, row: Row) -> Row:
        """`row` with the defaults of what it leaves out."""
        return {**_defaults(self.name), **row}

    def short(self, row: Row) -> Row:
        """The inverse of `full`: `row` without what is the default anyway."""
        defaults = _defaults(self.name)
        return {name: value for name, value in row.items() if name not in defaults or value != defaults[name]}


@functools.cache
def _defaults(table: str) -> Row:
    fields = TABLES[table].fields.values()
    return {f.name: f.default for f in fields if f.default is not REQUIRED and f.default is not ANY}


def recorded(table: Table, before: Row | None, after: Row | None) -> tuple[Row | None, Row | None]:
    """Both rows of a change as history keeps them: a row that came or went without its defaults, an update as it is."""
    if before is None or after is None:
        return before and table.short(before), after and table.short(after)
    return before, after


def whole(table: Table, before: Row | None, after: Row | None) -> tuple[Row | None, Row | None]:
    """The inverse of `recorded`."""
    if before is None or after is None:
        return before and table.full(before), after and table.full(after)
    return before, after


def _table(name: str, fields: Iterable[Field], **options: Any) -> Table:
    return Table(name, {field.name: field for field in fields}, **options)


#: The default of object fields; never changed in place.
_NOTHING: Final[dict[str, Any]] = {}

_RANGE = (Field("start"), Field("end"))
_VERSION = Field("text_version", default=1)
_FOREIGN = Field("foreign_id", OPTIONAL_JSON, None)
_EXTRA = Field("extra", OPTIONAL_OBJECT, _NOTHING)
_ATTRIBUTES = Field("attributes", OBJECT, _NOTHING)

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        _table(
            "span",
            (
                *_RANGE,
                Field("label", LABEL, column="label_id"),
                Field("set", SET, column="set_id"),
                _ATTRIBUTES,
                Field("origin", default="hand"),
                Field("score", default=None),
                Field("note", default=""),
                Field("certain", FLAG, True),
                _VERSION,
                _FOREIGN,
                _EXTRA,
                Field("proposed", NAMES, (), compared=False),
            ),
            lean=frozenset(("attributes", "origin", "score", "note", "certain", "foreign_id", "extra", "proposed")),
        ),
        _table(
            "relation",
            (
                Field("head"),
                Field("child"),
                Field("label", RELATION_TYPE, column="type_id"),
                Field("set", SET, column="set_id"),
                Field("note", default=""),
                _FOREIGN,
                _EXTRA,
            ),
        ),
        _table("furniture", (*_RANGE, Field("rule", default=""), _VERSION)),
        _table(
            "annotation_set",
            (
                Field("person", PERSON, column="person_id"),
                Field("status"),
                Field("note", default=""),
                Field("gold", FLAG, False),
                Field("extra", OBJECT, _NOTHING, compared=False),
            ),
            in_report=False,
        ),
        _table(
            "report",
            (
                Field("title"),
                Field("place"),
                Field("year"),
                Field("removed", FLAG),
                Field("text_version"),
                Field("text_hash"),
                Field("characters"),
                Field("meta", OBJECT, part="report_detail"),
                Field("extra", OBJECT, part="report_detail"),
                Field("file_name", part="report_detail"),
            ),
            in_report=False,
            fixed=True,
            detail="report_detail",
        ),
        _table("person", (Field("name"), Field("created", default=ANY)), in_report=False, of_report=False),
        _table(
            "label",
            (Field("name"), Field("position"), Field("key", default=""), Field("definition", OBJECT)),
            in_report=False,
            of_report=False,
        ),
        _table(
            "relation_type",
            (Field("name"), Field("position"), Field("definition", ENDS)),
            in_report=False,
            of_report=False,
        ),
        _table(
            "suggestion",
            (
                *_RANGE,
                Field("label", LABEL, column="label_id"),
                _ATTRIBUTES,
                Field("source"),
                Field("score", default=None),
                Field("reason", default=""),
                Field("state", default="open"),
                Field("person", PERSON, None, "person_id"),
                Field("decided", default=None),
                Field("span_uid", default=None),
                _VERSION,
            ),
        ),
        _table(
            "question",
            (
                *_RANGE,
                Field("span_uid", default=None),
                Field("state", default="open"),
                Field("asked_by", PERSON),
                Field("asked"),
                Field("text"),
                Field("answered_by", PERSON, None),
                Field("answered", default=None),
                Field("answer", default=""),
                Field("decided_by", PERSON, None),
                Field("decided", default=None),
                _VERSION,
                _FOREIGN,
                _EXTRA,
            ),
        ),
        _table(
            "bookmark",
            (*_RANGE, Field("person", PERSON, column="person_id"), Field("at"), _VERSION),
        ),
        _table(
            "site_rule",
            (
                Field("site"),
                Field("kind"),
                Field("pattern"),
                Field("until", default=""),
                Field("furniture", FLAG, True),
            ),
            in_report=False,
            of_report=False,
        ),
        _table(
            "rejected_repeat",
            (Field("label", LABEL_UID), Field("hash"), Field("person", PERSON, column="person_id"), Field("at")),
        ),
        _table(
            "dismissal",
            (
                Field("kind"),
                Field("words"),
                Field("note", default=""),
                Field("person", PERSON, column="person_id"),
                Field("at"),
            ),
        ),
    )
}
