"""A step in words, as menus, the history panel and the command line show it.

Steps keep names (labels, attributes, statuses) as the project spells them; here they become what a
person calls them in the language of the moment.
"""

from __future__ import annotations

from pathlib import Path

from annotator.domain.changes import Wording, nested
from annotator.domain.schema import LabelSchema
from annotator.messages import _, language
from annotator.services.fields import field_name, value_words
from annotator.services.status_names import status_name


def label_title(schema: LabelSchema, name: str) -> str:
    """What a label is called; its name where the schema does not know it."""
    label = schema.label(name)
    return (label.title.text(language()) or name) if label else name


def attribute_title(schema: LabelSchema, name: str) -> str:
    """What an attribute is called: the first label that has it decides."""
    for label in schema.labels:
        attribute = label.attribute(name)
        if attribute:
            return attribute.title.text(language()) or name
    return name


def relation_title(schema: LabelSchema, name: str) -> str:
    """What a relation is called; its name where the schema does not know it."""
    kind = schema.relation(name)
    return (kind.title.text(language()) or name) if kind else name


def step_words(wording: Wording, schema: LabelSchema) -> str:
    """The words of a step with names of the schema as titles."""
    params = {
        name: value if (inner := nested(value)) is None else step_words(inner, schema)
        for name, value in wording.params.items()
    }
    if "label" in params:
        params["label"] = label_title(schema, str(params["label"]))
    if "relation" in params:
        params["relation"] = relation_title(schema, str(params["relation"]))
    if "attribute" in params:
        params["attribute"] = attribute_title(schema, str(params["attribute"]))
    if "field" in params:
        if "value" in params:
            params["value"] = value_words(str(params["field"]), str(params["value"]))
        params["field"] = field_name(str(params["field"]))
    if "status" in params:
        params["status"] = status_name(str(params["status"]))
    return Wording(wording.message, params).text()


def left_open(path: Path) -> str:
    """What somebody reads over a project that its last program did not close."""
    return _(
        "{name} was not closed by the program that last wrote it. Everything that had been saved is here.",
        name=path.name,
    )
