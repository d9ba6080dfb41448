"""Two sides of a project compared: annotators, gold, and a file of predictions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.errors import Cancelled, InputError
from annotator.services.evaluating import FILE, GOLD, PERSON, Side, compare, of_annotators, of_files
from annotator.services.importing import import_paths
from annotator.services.rows import Person, ReportFilter
from annotator.services.session import Session

ME = Person("11111111-1111-4111-8111-111111111111", "甲")
TEXT = "县司法局受理30件，镇派出所调解25件。"
A, B = Side(PERSON, "甲"), Side(PERSON, "乙")


def span(words: str, label: str, annotator: str = "", text: str = TEXT, **more: object) -> dict[str, object]:
    start = text.index(words)
    row = {"start": start, "end": start + len(words), "label": label, **more}
    return row | ({"annotator": annotator} if annotator else {})


def lines(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def session(tmp_path: Path):
    sets = [{"annotator": "甲", "gold": True}, {"annotator": "乙"}]
    spans = [
        span("县司法局", "INSTITUTION", "甲"),
        span("30件", "INDICATOR", "甲", attributes={"value": "30", "unit": "件"}),
        span("镇派出所", "INSTITUTION", "甲"),
        span("调解25件", "MEASURE", "甲"),
        span("司法局", "INSTITUTION", "乙"),
        span("30件", "INDICATOR", "乙", attributes={"value": "31", "unit": "件"}),
        span("镇派出所", "MEASURE", "乙"),
        span("25件", "INDICATOR", "乙"),
    ]
    made = Session.create(tmp_path / "p.annodb", ME)
    alone = {"id": "r2", "text": "另一份。" + TEXT, "meta": {"year": 2021}, "sets": [{"annotator": "甲"}], "spans": []}
    source = lines(tmp_path / "in.jsonl", {"id": "r1", "text": TEXT, "sets": sets, "spans": spans}, alone)
    import_paths(made.store, ME.uid, [source])
    yield made
    made.close()


def kinds(compared) -> list[str]:
    return [row.difference.kind for row in compared.rows]


def test_each_kind_of_difference_with_its_words_in_text_order(session):
    found = of_annotators(session.store, "甲", "乙")
    assert kinds(found) == ["edges", "attribute", "label", "missed", "extra"]
    assert found.evaluation.reports == 1
    edges = found.rows[0]
    assert edges.difference.gold and edges.difference.predicted
    assert (edges.text(edges.difference.gold), edges.text(edges.difference.predicted)) == ("县司法局", "司法局")
    assert edges.row == 1 and edges.around in TEXT
    assert found.rows[1].as_json()["gold"]["value"] == "30"


def test_gold_is_whoever_made_it(session):
    gold = compare(session.store, Side(GOLD), B)
    assert gold.as_json() == of_annotators(session.store, "甲", "乙").as_json()


def test_a_file_of_predictions_is_matched_by_id_or_text(session, tmp_path):
    file = lines(
        tmp_path / "p.jsonl",
        {"id": "other", "text": TEXT, "spans": [span("县司法局", "INSTITUTION")]},
        {"id": "r2", "text": "变了。", "spans": []},
        {"id": "r9", "text": "谁也不认识。", "spans": []},
    )
    found = compare(session.store, A, Side(FILE, str(file)))
    assert found.evaluation.exact["INSTITUTION"] == (1, 1, 2)
    assert found.evaluation.reports == 1
    assert len(found.left_out) == 2
    assert "another text" in found.left_out[0] and "谁也不认识" in found.left_out[1]


def test_a_project_and_a_file_give_the_figures_of_two_files(session, tmp_path):
    gold = lines(tmp_path / "g.jsonl", {"id": "r1", "text": TEXT, "spans": [span("县司法局", "INSTITUTION")]})
    predicted = lines(tmp_path / "p.jsonl", {"id": "r1", "text": TEXT, "spans": [span("司法局", "INSTITUTION")]})
    two, one = of_files(gold, predicted), compare(session.store, Side(FILE, str(gold)), Side(FILE, str(predicted)))
    assert two.evaluation.as_json() == one.evaluation.as_json()
    assert kinds(two) == kinds(one) == ["edges"]


def test_only_what_the_filter_shows_is_compared(session):
    assert compare(session.store, A, B, filter=ReportFilter(year=2021)).evaluation.reports == 0


def test_nobody_and_no_file(session, tmp_path):
    with pytest.raises(InputError):
        compare(session.store, A, Side(PERSON, "丙"))
    with pytest.raises(InputError):
        compare(session.store, A, Side(FILE, str(tmp_path / "none.jsonl")))


def test_it_can_be_stopped(session):
    def stop(_done: int, _total: int, _words: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        compare(session.store, A, B, stop)
