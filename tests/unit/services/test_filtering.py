"""The filter in words: what is typed, what it lets through, what could be meant, and exports by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.errors import InputError
from annotator.services.counting import figures
from annotator.services.describing import Describer
from annotator.services.editing import Editor
from annotator.services.exporting import ExportOptions, export
from annotator.services.filtering import Condition, offers, report_filter, understand, where
from annotator.services.session import Session
from tests.unit.services.conftest import add_report


@pytest.mark.parametrize(
    ("typed", "words", "conditions"),
    [
        ("政务 公开", "政务 公开", []),
        ("省:广东", "", [("province", "广东", False)]),
        ("省：广东", "", [("province", "广东", False)]),
        ("省＝广东省", "", [("province", "广东省", True)]),
        ("法治 年=2021 年=2022", "法治", [("year", "2021", True), ("year", "2022", True)]),
        ("Issuing_body:x", "Issuing_body:x", []),
        ('"issuing body":局', "", [("issuer", "局", False)]),
        ('栏目="要闻 一"', "", [("栏目", "要闻 一", True)]),
        ("栏目=“要闻 一”", "", [("栏目", "要闻 一", True)]),
        ("level:township", "", [("level", "township", False)]),
        ("级别:county", "", [("level", "county", False)]),
        ("状态:done", "", [("status", "done", False)]),
        ("年:", "", []),
        ("年=", "", [("year", "", True)]),
        ("http://a.example/x", "http://a.example/x", []),
        ("=x :y", "=x :y", []),
        ('"两个 词"', "两个 词", []),
        ("", "", []),
    ],
)
def test_what_is_typed(typed: str, words: str, conditions: list[tuple[str, str, bool]]) -> None:
    wanted = understand(typed, ["栏目"])
    assert wanted.words == words
    assert [tuple(condition) for condition in wanted.conditions] == conditions


def test_what_is_shown_can_be_typed_again() -> None:
    for condition in (
        Condition("province", "广东省", True),
        Condition("栏目", "要闻 一"),
        Condition("level", "county"),
    ):
        assert understand(condition.typed(), ["栏目"]).conditions == (condition,)


def test_a_filter_of_conditions() -> None:
    assert report_filter("", [], "p") is None
    made = report_filter("词", [Condition("status", "done"), Condition("year", "2021"), Condition("year", "2022")], "p")
    assert made is not None
    assert (made.words, made.status, made.person) == ("词", "done", "p")
    assert [tuple(fact) for fact in made.facts] == [("year", ("2021", "2022"), False)]


@pytest.fixture
def two(session: Session) -> list[int]:
    add_report(session, "另一篇报告\n　　正文。\n")
    ids = session.store.reports.ids()
    Describer(session).correct_all(ids[:1], "province", "广东省")
    Describer(session).correct_all(ids, "栏目", "要闻")
    return ids


def test_what_could_be_meant(session: Session, two: list[int]) -> None:
    assert [tuple(offer) for offer in offers(session.store, "广")] == [("province", "广东省", 1)]
    assert [tuple(offer) for offer in offers(session.store, "省:")] == [("province", "广东省", 1)]
    assert [tuple(offer) for offer in offers(session.store, "栏")] == [("栏目", None, 0)]
    assert offers(session.store, "") == []
    assert offers(session.store, "状态:d") == []


def test_a_command_line_names_fields(session: Session, two: list[int]) -> None:
    assert session.store.reports.ids(where(session.store, ["province=广东省"])) == two[:1]
    assert session.store.reports.ids(where(session.store, ["省:广东", "栏目=要闻"])) == two[:1]
    assert session.store.reports.ids(where(session.store, ["province="])) == two[1:]
    assert where(session.store, []) is None
    for wrong in ("province", "nonsense=1", "=1"):
        with pytest.raises(InputError, match="names no field"):
            where(session.store, [wrong])


def test_an_export_of_some_says_how_many_were_left_out(session: Session, two: list[int], tmp_path: Path) -> None:
    out = tmp_path / "some.jsonl"
    result = export(session.store, ExportOptions("jsonl", out, where=["province=广东省"]))
    assert (result.reports, result.elsewhere) == (1, 1)
    (line,) = out.read_text(encoding="utf-8").splitlines()
    meta = json.loads(line)["meta"]
    assert meta["province"] == "广东省"
    assert meta["from"] == {"province": "by hand", "栏目": "by hand"}
    assert json.loads(result.loss.read_text(encoding="utf-8"))["left_out_by_where"] == 1
    with pytest.raises(InputError, match="--where 2"):
        export(session.store, ExportOptions("jsonl", tmp_path / "none.jsonl", where=["province=湖北省"]))


def test_figures_of_some(session: Session, two: list[int], editor: Editor) -> None:
    report = session.open_report(two[0])
    editor.tag(report, 0, 3, "INSTITUTION")
    found = figures(session.store, where(session.store, ["province=广东省"]))
    assert (found.reports, found.spans, found.labels["INSTITUTION"], found.statuses["in_progress"]) == (1, 1, 1, 1)
    assert figures(session.store, where(session.store, ["province="])).spans == 0
    everything = figures(session.store, None)
    totals = session.store.totals.stats()
    assert (everything.reports, everything.characters, everything.spans) == (
        totals.reports, totals.characters, totals.spans,
    )  # fmt: skip
