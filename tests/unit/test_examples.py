"""The sample reports are what the guideline and the exchange format say, and nobody else's words."""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from annotator.reading.encoding import decode
from annotator.reading.metadata import describe
from annotator.reading.normalise import normalise
from annotator.reading.outline import outline, section_path
from annotator.reading.planned import is_planned

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "resources" / "examples"
SHARED = ROOT / ".." / "shared" / "reports"
SCHEMA = json.loads((ROOT / "resources" / "schemas" / "default.json").read_text(encoding="utf-8"))
REPORTS: list[dict[str, Any]] = [
    json.loads(line) for line in (EXAMPLES / "sample.jsonl").read_text(encoding="utf-8").splitlines()
]
STOPS = "，。；：、！？,.;:!?"

each_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["meta"]["name"])


def test_four_reports_in_the_states_a_person_meets() -> None:
    assert [[s["status"] for s in report["sets"]] for report in REPORTS] == [["done"], ["in_progress"], [], []]
    assert len(REPORTS[0]["spans"]) >= 60
    assert len(REPORTS[1]["spans"]) >= 20
    assert not REPORTS[2]["spans"]
    assert not REPORTS[3]["spans"]


@each_report
def test_texts_are_normalised_and_of_a_readable_length(report: dict[str, Any]) -> None:
    assert report["format"] == 1
    assert normalise(report["text"]).text is report["text"]
    assert 1500 <= len(report["text"]) <= 3500


@each_report
def test_metadata_is_what_the_text_says(report: dict[str, Any]) -> None:
    said = describe(report["text"]).as_meta()
    meta = {name: value for name, value in report["meta"].items() if name != "name"}
    assert set(meta) == {"title", "place", "year", "date", "source"}
    assert meta == {name: said[name] for name in meta}


@each_report
def test_ids_are_uuids_and_no_two_are_equal(report: dict[str, Any]) -> None:
    ids = [report["id"]] + [each["id"] for each in report["spans"] + report["relations"]]
    assert all(str(uuid.UUID(each)) == each for each in ids)
    assert len(set(ids)) == len(ids)


@each_report
def test_spans_are_exact_trimmed_and_flat_within_a_label(report: dict[str, Any]) -> None:
    text, spans = report["text"], report["spans"]
    for span in spans:
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["text"]
        assert span["text"] == span["text"].strip()
        assert span["text"][0] not in STOPS
        assert span["text"][-1] not in STOPS
    for one, other in combinations(spans, 2):
        apart = one["end"] <= other["start"] or other["end"] <= one["start"]
        inside = one["start"] <= other["start"] and other["end"] <= one["end"]
        assert apart or (inside and one["label"] == "MEASURE" and other["label"] != "MEASURE")


@each_report
def test_furniture_lies_in_the_text_apart_from_itself_and_from_spans(report: dict[str, Any]) -> None:
    text = report["text"]
    ranges = report["furniture"]
    assert {"navigation", "meta", "related", "footer", "record"} == {rule for _start, _end, rule in ranges}
    for start, end, _rule in ranges:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert all(span["end"] <= start or span["start"] >= end for span in report["spans"])
    assert all(one[1] <= other[0] for one, other in pairwise(ranges))


@each_report
def test_attributes_are_those_of_the_schema(report: dict[str, Any]) -> None:
    labels = {label["name"]: {a["name"]: a for a in label["attributes"]} for label in SCHEMA["labels"]}
    for span in report["spans"]:
        known = labels[span["label"]]
        for name, value in span["attributes"].items():
            attribute = known[name]
            assert attribute["type"] != "choice" or value in {choice["value"] for choice in attribute["choices"]}
            if attribute["type"] == "number":
                assert format(Decimal(value), "f") == value
        if span["label"] == "INDICATOR":
            assert span["attributes"]["subject"] in report["text"]
            assert {"value", "unit", "qualifier", "kind", "role"} <= span["attributes"].keys()
            assert span["attributes"]["unit"] in span["text"]


@each_report
def test_plain_indicators_have_the_value_they_show(report: dict[str, Any]) -> None:
    for span in report["spans"]:
        plain = re.fullmatch(r"(\d+(?:\.\d+)?)(万|亿)?(%|个百分点)?[^\d%]*", span["text"])
        if span["label"] == "INDICATOR" and plain:
            factor = {"万": 10**4, "亿": 10**8, None: 1}[plain[2]]
            expected = Decimal(plain[1]) * factor / (100 if plain[3] else 1)
            assert Decimal(span["attributes"]["value"]) == expected


@each_report
def test_measures_are_planned_where_the_section_is(report: dict[str, Any]) -> None:
    sections = outline(report["text"], [(start, end) for start, end, _rule in report["furniture"]])
    assert len({section.level for section in sections}) >= 2
    assert any(is_planned([section]) for section in sections)
    for span in report["spans"]:
        if span["label"] == "MEASURE":
            planned = is_planned(section_path(sections, span["start"]), int(report["meta"]["year"]))
            assert span["attributes"]["status"] == ("planned" if planned else "done")


@each_report
def test_relations_join_spans_of_the_labels_the_schema_allows(report: dict[str, Any]) -> None:
    labels = {span["id"]: span["label"] for span in report["spans"]}
    kinds = {relation["name"]: relation for relation in SCHEMA["relations"]}
    for relation in report["relations"]:
        kind = kinds[relation["label"]]
        assert labels[relation["head"]] in kind["heads"]
        assert labels[relation["child"]] in kind["children"]


def test_the_finished_report_shows_every_feature() -> None:
    report = REPORTS[0]
    spans = report["spans"]
    nested = Counter(
        inner["label"]
        for outer in spans
        for inner in spans
        if outer["label"] == "MEASURE"
        and outer is not inner
        and outer["start"] <= inner["start"] < inner["end"] <= outer["end"]
    )
    assert nested["INDICATOR"] > 10
    assert nested["INSTITUTION"] > 3
    assert sum("\n" in span["text"] for span in spans) >= 2
    assert any(not span.get("certain", True) for span in spans)
    assert any(span.get("note") for span in spans)
    assert {relation["label"] for relation in report["relations"]} == {"RESULT", "AGENT"}
    assert {span["attributes"].get("status") for span in spans} >= {"done", "planned"}
    assert {span["attributes"].get("role") for span in spans} >= {"result", "target", "reference"}
    assert {span["attributes"].get("qualifier") for span in spans} >= {"exact", "approx", "at_least", "below"}
    assert {person["annotator"] for person in report["sets"]} == {span["annotator"] for span in spans} == {"示例"}


@pytest.mark.parametrize(
    ("name", "encoding", "report"), [("wangchuan-2022", "utf-8", 2), ("zehu-2021-gb18030", "gb18030", 3)]
)
def test_the_plain_files_are_the_untouched_reports(name: str, encoding: str, report: int) -> None:
    decoded = decode((EXAMPLES / "texts" / f"{name}.txt").read_bytes())
    assert (normalise(decoded.text).text, decoded.encoding, decoded.sure) == (REPORTS[report]["text"], encoding, True)


def test_no_sentence_comes_from_the_shared_reports() -> None:
    others = [path.read_text(encoding="utf-8") for path in sorted(SHARED.glob("*.txt"))]
    if not others:
        pytest.skip("../shared/reports is absent")

    def runs(text: str) -> set[str]:
        bare = re.sub(r"[\s,，。；;：:、（）()“”《》.]", "", text)
        return {bare[at : at + 15] for at in range(len(bare) - 14)}

    theirs = set().union(*map(runs, others))
    for report in REPORTS:
        copied = runs(report["text"]) & theirs
        assert copied == set()
