"""The label schema in the project: labels and relation types are rows, so that renaming one loses nothing.

Everything else in the file refers to a label by row id; history by its uid; the domain by its name. The maps between
the three live here, read once and again whenever a label changes on any connection of this process.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from annotator.domain.changes import label_row, relation_type_row
from annotator.domain.errors import ConflictError
from annotator.domain.schema import Label, LabelSchema, RelationType, label_from_dict, relation_from_dict
from annotator.domain.span import new_uid
from annotator.messages import N_
from annotator.storage.stored_json import dump, load

if TYPE_CHECKING:
    from annotator.storage.store import Store

_UNKNOWN_LABEL = N_("The project has no label {name} any more. Nothing was written.")
_UNKNOWN_RELATION = N_("The project has no relation {name} any more. Nothing was written.")

_KEYS = "1234567890"
_SHAPES = ("bracket", "box", "double")
#: Pairs for light and dark that stay apart for colour-blind eyes (after Okabe and Ito, darkened for text on white).
_COLOURS = (
    ("#7a4fa3", "#c3a5e6"),
    ("#b0336b", "#ec8fb8"),
    ("#4d6a00", "#b5cf5e"),
    ("#00707a", "#5cc4ce"),
    ("#8a3b12", "#e3a07f"),
    ("#3b4cc0", "#9aa8f5"),
    ("#6b6b00", "#d6d158"),
    ("#555555", "#b8b8b8"),
)


class NameMap:
    """Row ids, uids and names of one kind of thing."""

    def __init__(self, rows: list[tuple[int, str, str]], unknown: str) -> None:
        """`rows`: (id, uid, name); `unknown`: the sentence for a name that is not there."""
        self._unknown = unknown
        self.id_by_name = {name: row for row, _uid, name in rows}
        self.name_by_id = {row: name for row, _uid, name in rows}
        self.id_by_uid = {uid: row for row, uid, _name in rows}
        self.uid_by_id = {row: uid for row, uid, _name in rows}

    def uid_of_name(self, name: str) -> str:
        """The uid of the thing called `name`. Raises ConflictError where there is none."""
        if name not in self.id_by_name:
            raise ConflictError(self._unknown, name=name)
        return self.uid_by_id[self.id_by_name[name]]

    def id_of_uid(self, uid: str) -> int:
        """The row id of a uid. Raises ConflictError where there is none."""
        if uid not in self.id_by_uid:
            raise ConflictError(self._unknown, name=uid)
        return self.id_by_uid[uid]

    def name_of_uid(self, uid: str) -> str | None:
        """The name of the thing with this uid, None where it is gone."""
        row = self.id_by_uid.get(uid)
        return None if row is None else self.name_by_id[row]


class Labels:
    """The tables label and relation_type."""

    def __init__(self, store: Store, conn: sqlite3.Connection) -> None:
        self._store = store
        self._conn = conn
        self._seen = -1
        self._schema = LabelSchema()
        self._labels = NameMap([], _UNKNOWN_LABEL)
        self._relations = NameMap([], _UNKNOWN_RELATION)

    @property
    def schema(self) -> LabelSchema:
        """The schema as it is now."""
        self._refresh()
        return self._schema

    @property
    def labels(self) -> NameMap:
        """Ids, uids and names of the labels."""
        self._refresh()
        return self._labels

    @property
    def relations(self) -> NameMap:
        """Ids, uids and names of the relation types."""
        self._refresh()
        return self._relations

    def forget(self) -> None:
        """Read again before the next answer."""
        self._seen = -1

    def _refresh(self) -> None:
        generation = self._store.label_generation
        if self._seen == generation:
            return
        labels = self._conn.execute("SELECT id, uid, name, key, definition FROM label ORDER BY position, id").fetchall()
        types = self._conn.execute("SELECT id, uid, name, definition FROM relation_type ORDER BY position, id")
        kinds = types.fetchall()
        self._labels = NameMap([row[:3] for row in labels], _UNKNOWN_LABEL)
        self._relations = NameMap([row[:3] for row in kinds], _UNKNOWN_RELATION)
        self._seen = generation
        self._schema = LabelSchema(
            name=self._store.schema_name,
            labels=tuple(_label(*row[1:]) for row in labels),
            relations=tuple(self._relation_type(*row[1:]) for row in kinds),
        )

    def _relation_type(self, uid: str, name: str, definition: str) -> RelationType:
        data = ends_by_name(load(definition), self._labels)
        return relation_from_dict({**data, "uid": uid, "name": name})

    def ensure(self, name: str) -> Label:
        """The label called `name`, made where there is none: a free digit as its key, shape and colour in rotation.

        Made by an import outside the history: the label stays when the import is undone.
        """
        there = self.schema.label(name)
        if there is not None:
            return there
        label = self._fresh(name)
        with self._store.transaction():
            (last,) = self._conn.execute("SELECT coalesce(max(position), -1) FROM label").fetchone()
            _insert(self._conn, label, last + 1)
            self._store.labels_changed()
        return label

    def _fresh(self, name: str) -> Label:
        labels = self.schema.labels
        taken = {label.key for label in labels}
        colours = {label.light for label in labels}
        light, dark = next((c for c in _COLOURS if c[0] not in colours), _COLOURS[len(labels) % len(_COLOURS)])
        key = next((k for k in _KEYS if k not in taken), "")
        return Label(name, uid=new_uid(), key=key, shape=_SHAPES[len(labels) % len(_SHAPES)], light=light, dark=dark)

    def ensure_relation(self, name: str) -> RelationType:
        """The relation type called `name`, made where there is none, between any two labels."""
        there = self.schema.relation(name)
        if there is not None:
            return there
        kind = RelationType(name, uid=new_uid())
        with self._store.transaction():
            (last,) = self._conn.execute("SELECT coalesce(max(position), -1) FROM relation_type").fetchone()
            definition = relation_type_row(kind, last + 1)["definition"]
            _insert_relation_type(self._conn, kind.uid, name, last + 1, definition)
            self._store.labels_changed()
        return kind


def write_schema(conn: sqlite3.Connection, schema: LabelSchema) -> None:
    """Write all of `schema` into a new project; labels and relations without a uid get one."""
    labels = [label._replace(uid=label.uid or new_uid()) for label in schema.labels]
    for position, label in enumerate(labels):
        _insert(conn, label, position)
    names = NameMap([(i, label.uid, label.name) for i, label in enumerate(labels)], _UNKNOWN_LABEL)
    for position, kind in enumerate(schema.relations):
        definition = ends_by_uid(relation_type_row(kind, position)["definition"], names)
        _insert_relation_type(conn, kind.uid or new_uid(), kind.name, position, definition)


def _insert(conn: sqlite3.Connection, label: Label, position: int) -> None:
    conn.execute(
        "INSERT INTO label (uid, name, position, key, definition) VALUES (?, ?, ?, ?, ?)",
        (label.uid, label.name, position, label.key, dump(label_row(label, position)["definition"])),
    )


def _insert_relation_type(
    conn: sqlite3.Connection, uid: str, name: str, position: int, definition: dict[str, Any]
) -> None:
    conn.execute(
        "INSERT INTO relation_type (uid, name, position, definition) VALUES (?, ?, ?, ?)",
        (uid, name, position, dump(definition)),
    )


def _label(uid: str, name: str, key: str, definition: str) -> Label:
    return label_from_dict({**load(definition), "uid": uid, "name": name, "key": key})


def ends_by_uid(definition: dict[str, Any], labels: NameMap) -> dict[str, Any]:
    """A relation type's definition with the labels of its ends by uid, as it is stored."""
    return {**definition, **{end: [labels.uid_of_name(n) for n in definition.get(end, ())] for end in _ENDS}}


def ends_by_name(definition: dict[str, Any], labels: NameMap) -> dict[str, Any]:
    """The inverse of `ends_by_uid`; labels that are gone are left out."""
    names = {end: [labels.name_of_uid(u) for u in definition.get(end, ())] for end in _ENDS}
    return {**definition, **{end: [n for n in found if n is not None] for end, found in names.items()}}


_ENDS = ("heads", "children")
