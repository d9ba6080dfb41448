"""The label schema and what it refuses."""

import json
from pathlib import Path

import pytest

from annotator.domain.errors import ValidationError
from annotator.domain.schema import (
    Attribute,
    AttributeType,
    Choice,
    Label,
    LabelSchema,
    RelationType,
    Words,
    schema_from_dict,
    schema_to_dict,
)
from annotator.domain.span import Relation, Span
from annotator.domain.validation import check_attribute, check_relation, check_span

DEFAULT = json.loads((Path(__file__).parents[3] / "resources" / "schemas" / "default.json").read_text("utf-8"))


def test_the_default_schema_is_the_guideline_and_round_trips() -> None:
    schema = schema_from_dict(DEFAULT)
    assert [(la.name, la.key, la.shape) for la in schema.labels] == [
        ("MEASURE", "1", "bracket"),
        ("INSTITUTION", "2", "box"),
        ("INDICATOR", "3", "double"),
    ]
    indicator = schema.label("INDICATOR")
    assert indicator is not None
    assert [a.name for a in indicator.attributes] == [
        "value", "value_max", "unit", "qualifier", "kind", "direction", "role", "period", "subject",
    ]  # fmt: skip
    measure = schema.label("MEASURE")
    assert measure is not None
    assert measure.defaults() == {"status": "done"}
    assert schema_from_dict(schema_to_dict(schema)) == schema


@pytest.mark.parametrize(
    "labels",
    [
        (Label("A"), Label("A")),
        (Label("A", key="1"), Label("B", key="1")),
    ],
)
def test_a_schema_that_contradicts_itself_is_refused(labels: tuple[Label, ...]) -> None:
    with pytest.raises(ValidationError):
        LabelSchema(labels=labels)


def test_a_relation_between_unknown_labels_is_refused() -> None:
    with pytest.raises(ValidationError):
        LabelSchema(labels=(Label("A"),), relations=(RelationType("R", heads=("B",)),))


@pytest.mark.parametrize("data", [None, [], {}, {"labels": 3}, {"labels": [{}]}, {"labels": ["A"]}])
def test_what_is_no_schema_is_refused_in_a_sentence(data: object) -> None:
    with pytest.raises(ValidationError) as refused:
        schema_from_dict(data)
    assert "{" not in str(refused.value)


def test_words_fall_back_to_the_other_language() -> None:
    assert Words(zh="机构").text("en") == "机构"
    assert Words(zh="机构", en="Institution").text("zh_CN") == "机构"


NUMBER = Attribute("value", AttributeType.NUMBER, minimum="0", maximum="10")


@pytest.mark.parametrize(
    ("value", "stored"), [("4500000000.0", None), ("9.970", "9.97"), (3, "3"), (0.1, "0.1"), ("1e1", "10")]
)
def test_numbers_are_kept_exactly(value: object, stored: str | None) -> None:
    if stored is None:
        with pytest.raises(ValidationError, match="10"):
            check_attribute(NUMBER, value)
    else:
        assert check_attribute(NUMBER, value) == stored


@pytest.mark.parametrize("value", ["约45", "", "nan", "inf", True, None])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        check_attribute(NUMBER, value)


def test_a_choice_must_be_one_of_them() -> None:
    choice = Attribute("status", AttributeType.CHOICE, choices=(Choice("done"), Choice("planned")))
    assert check_attribute(choice, "planned") == "planned"
    with pytest.raises(ValidationError):
        check_attribute(choice, "later")


def test_spans_and_relations_against_text_and_schema() -> None:
    schema = schema_from_dict(DEFAULT)
    check_span(Span("a", 0, 3, "MEASURE"), 3, schema)
    for bad in (Span("a", 0, 4, "MEASURE"), Span("a", 2, 2, "MEASURE"), Span("a", 0, 3, "X")):
        with pytest.raises(ValidationError):
            check_span(bad, 3, schema)
    spans = {s.uid: s for s in (Span("m", 0, 3, "MEASURE"), Span("i", 0, 2, "INSTITUTION"))}
    check_relation(Relation("r", "i", "m", "AGENT"), spans, schema)
    for bad_link in (
        Relation("r", "m", "i", "AGENT"),
        Relation("r", "i", "m", "RESULT"),
        Relation("r", "i", "i", "AGENT"),
        Relation("r", "i", "gone", "AGENT"),
        Relation("r", "i", "m", "UNKNOWN"),
    ):
        with pytest.raises(ValidationError):
            check_relation(bad_link, spans, schema)
