"""The label schema: what a span may be called, which attributes it has, how spans may be related."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from annotator.domain.errors import ValidationError
from annotator.messages import N_


class AttributeType(StrEnum):
    """How an attribute's value is typed, stored and edited.

    NUMBER values are decimal strings; CHOICE one of `choices`; TEXT any string; EXCERPT words of
    the report itself: a string, or {"start", "end", "text"} where their place is known; FLAG true or false.
    """

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    EXCERPT = "excerpt"
    FLAG = "flag"


class Words(NamedTuple):
    """A name in the languages of the interface."""

    zh: str = ""
    en: str = ""

    def text(self, language: str) -> str:
        """The name in `language` ("zh_CN", "en"), else in the other one."""
        return (self.zh or self.en) if language.startswith("zh") else (self.en or self.zh)


class Choice(NamedTuple):
    """One value a CHOICE attribute may have, and what it is called."""

    value: str
    title: Words = Words()


class Attribute(NamedTuple):
    """A typed value on the spans of one label; `default` holds where a span does not say otherwise."""

    name: str
    type: AttributeType
    title: Words = Words()
    choices: tuple[Choice, ...] = ()
    default: str | None = None
    required: bool = False
    minimum: str | None = None
    maximum: str | None = None
    help: Words = Words()

    def choice(self, value: object) -> Choice | None:
        """The choice with this value."""
        return next((c for c in self.choices if c.value == value), None)


class Label(NamedTuple):
    """What a span may be called. `shape` is bracket, box or double; colours are #rrggbb."""

    name: str
    uid: str = ""
    title: Words = Words()
    key: str = ""
    shape: str = "box"
    light: str = "#555555"
    dark: str = "#aaaaaa"
    attributes: tuple[Attribute, ...] = ()
    definition: Words = Words()
    examples: tuple[str, ...] = ()

    def attribute(self, name: str) -> Attribute | None:
        """The attribute with this name."""
        return next((a for a in self.attributes if a.name == name), None)

    def defaults(self) -> dict[str, str]:
        """The attribute values a new span starts with."""
        return {a.name: a.default for a in self.attributes if a.default is not None}


class RelationType(NamedTuple):
    """How two spans may be linked: labels allowed at each end (empty: any)."""

    name: str
    uid: str = ""
    title: Words = Words()
    heads: tuple[str, ...] = ()
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelSchema:
    """All labels and relation types of a project, in the order of the label bar."""

    name: str = ""
    labels: tuple[Label, ...] = ()
    relations: tuple[RelationType, ...] = ()
    _by_name: dict[str, Label] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the labels and refuse a schema that contradicts itself."""
        self._by_name.update((label.name, label) for label in self.labels)
        _check(self)

    def label(self, name: str) -> Label | None:
        """The label called `name`."""
        return self._by_name.get(name)

    def relation(self, name: str) -> RelationType | None:
        """The relation type called `name`."""
        return next((r for r in self.relations if r.name == name), None)

    def label_for_key(self, key: str) -> Label | None:
        """The label whose key is `key`."""
        return next((label for label in self.labels if label.key == key), None)


def _check(schema: LabelSchema) -> None:
    names = [label.name for label in schema.labels]
    for values, what in (
        (names, N_("The label schema names the label {name} twice.")),
        ([la.key for la in schema.labels if la.key], N_("The label schema gives the key {name} to two labels.")),
        ([r.name for r in schema.relations], N_("The label schema names the relation {name} twice.")),
    ):
        double = next((v for v in values if values.count(v) > 1), None)
        if double is not None:
            raise ValidationError(what, name=double)
    for relation in schema.relations:
        unknown = next((n for n in (*relation.heads, *relation.children) if n not in names), None)
        if unknown is not None:
            raise ValidationError(
                N_("The relation {relation} names the label {name}, which the schema does not have."),
                relation=relation.name,
                name=unknown,
            )


# ---- the schema as a JSON object (resources/schemas/*.json and the project file) ----------------


def schema_from_dict(data: Any) -> LabelSchema:
    """The schema that a JSON object describes. Raises ValidationError where it is none."""
    if not isinstance(data, dict) or not isinstance(data.get("labels"), list):
        raise ValidationError(N_("This is no label schema: it has no list of labels."))
    try:
        return LabelSchema(
            name=str(data.get("name", "")),
            labels=tuple(label_from_dict(item) for item in data["labels"]),
            relations=tuple(relation_from_dict(item) for item in data.get("relations", [])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValidationError(
            N_("The label schema cannot be read: {reason}. Compare it with the default schema."), reason=repr(error)
        ) from error


def schema_to_dict(schema: LabelSchema) -> dict[str, Any]:
    """The inverse of `schema_from_dict`."""
    return {
        "name": schema.name,
        "labels": [label_to_dict(label) for label in schema.labels],
        "relations": [relation_to_dict(kind) for kind in schema.relations],
    }


def label_from_dict(item: dict[str, Any]) -> Label:
    """One label of a schema's JSON object."""
    colours = item.get("colours", {})
    return Label(
        name=str(item["name"]),
        uid=str(item.get("uid", "")),
        title=_to_words(item.get("title")),
        key=str(item.get("key", "")),
        shape=str(item.get("shape", "box")),
        light=str(colours.get("light", "#555555")),
        dark=str(colours.get("dark", "#aaaaaa")),
        attributes=tuple(_attribute_from_dict(a) for a in item.get("attributes", [])),
        definition=_to_words(item.get("definition")),
        examples=tuple(map(str, item.get("examples", []))),
    )


def label_to_dict(label: Label) -> dict[str, Any]:
    """The inverse of `label_from_dict`."""
    return {
        "name": label.name,
        "uid": label.uid,
        "title": _words(label.title),
        "key": label.key,
        "shape": label.shape,
        "colours": {"light": label.light, "dark": label.dark},
        "attributes": [_attribute_to_dict(a) for a in label.attributes],
        "definition": _words(label.definition),
        "examples": [*label.examples],
    }


def _attribute_from_dict(item: dict[str, Any]) -> Attribute:
    return Attribute(
        name=str(item["name"]),
        type=AttributeType(item.get("type", "text")),
        title=_to_words(item.get("title")),
        choices=tuple(Choice(str(c["value"]), _to_words(c.get("title"))) for c in item.get("choices", [])),
        default=item.get("default"),
        required=bool(item.get("required", False)),
        minimum=item.get("minimum"),
        maximum=item.get("maximum"),
        help=_to_words(item.get("help")),
    )


def _attribute_to_dict(a: Attribute) -> dict[str, Any]:
    data: dict[str, Any] = {"name": a.name, "type": a.type.value, "title": _words(a.title)}
    if a.choices:
        data["choices"] = [{"value": c.value, "title": _words(c.title)} for c in a.choices]
    for key in ("default", "minimum", "maximum"):
        if getattr(a, key) is not None:
            data[key] = getattr(a, key)
    if a.required:
        data["required"] = True
    if a.help != Words():
        data["help"] = _words(a.help)
    return data


def relation_from_dict(item: dict[str, Any]) -> RelationType:
    """One relation type of a schema's JSON object."""
    return RelationType(
        name=str(item["name"]),
        uid=str(item.get("uid", "")),
        title=_to_words(item.get("title")),
        heads=tuple(map(str, item.get("heads", []))),
        children=tuple(map(str, item.get("children", []))),
    )


def relation_to_dict(kind: RelationType) -> dict[str, Any]:
    """The inverse of `relation_from_dict`."""
    return {
        "name": kind.name,
        "uid": kind.uid,
        "title": _words(kind.title),
        "heads": [*kind.heads],
        "children": [*kind.children],
    }


def _to_words(value: Any) -> Words:
    if isinstance(value, dict):
        return Words(zh=str(value.get("zh", "")), en=str(value.get("en", "")))
    return Words(zh=str(value or ""), en=str(value or ""))


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
