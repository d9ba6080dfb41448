"""Lists are filtered by what is known about reports, without reading them; the tables follow every change."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable

import pytest

from annotator import locations
from annotator.domain.changes import describe_report
from annotator.domain.report import Report
from annotator.storage import FactFilter, Person, ReportFilter, Store, verify

Importer = Callable[..., list[int]]
METAS = [
    {"title": "甲", "year": 2021, "province": "广东省", "city": "东莞市", "from": {"year": "title"}},
    {"title": "乙", "year": "2021", "province": "湖北省", "url": "http://b.example/1", "栏目": "要闻"},
    {"title": "丙", "year": 2022, "province": "广东省", "from": "县志办"},
    {"title": "丁"},
]


@pytest.fixture
def reports(bring: Importer) -> list[int]:
    return bring(*(Report(uid=f"{n:032x}", text=f"文{n}", meta=dict(m)) for n, m in enumerate(METAS, 1)))


def ids(store: Store, *facts: FactFilter, **options: object) -> list[int]:
    return store.reports.ids(ReportFilter(facts=facts), **options)  # type: ignore[arg-type]


def test_filters_combine(store: Store, reports: list[int]) -> None:
    a, b, c, d = reports
    assert ids(store, FactFilter("province", ("广东",))) == [a, c]
    assert ids(store, FactFilter("province", ("广东",), exact=True)) == []
    assert ids(store, FactFilter("province", ("广东省",), exact=True)) == [a, c]
    assert ids(store, FactFilter("year", ("2021",))) == [a, b]
    assert ids(store, FactFilter("year", ("2021",)), FactFilter("province", ("广东",))) == [a]
    assert ids(store, FactFilter("year", ("2021", "2022"), exact=True)) == [a, b, c]
    assert ids(store, FactFilter("year", ("",), exact=True)) == [d]
    assert ids(store, FactFilter("year", ("", "2022"), exact=True)) == [c, d]
    assert ids(store, FactFilter("url", ("B.EXAMPLE",))) == [b]
    assert ids(store, FactFilter("url", ("",), exact=True)) == [a, c, d]
    assert ids(store, FactFilter("title", ("丙",))) == [c]
    assert ids(store, FactFilter("from", ("县志",))) == [c]
    assert ids(store, FactFilter("nothing", ("x",))) == []


def test_slices_look_at_their_own_reports(store: Store, reports: list[int]) -> None:
    a, b, c, d = reports
    wanted = FactFilter("province", ("省",))
    assert ids(store, wanted, after=a, until=b) == [b]
    assert ids(store, wanted, limit=2) == [a, b]
    assert ids(store, FactFilter("province", ("",)), after=a, until=d) == [d]
    found = store.reports.stream(filter=ReportFilter(facts=(wanted,)), after=a)
    assert [report.title for report in found] == ["乙", "丙"]


def test_values_and_their_numbers(store: Store, reports: list[int]) -> None:
    assert store.facts.fields() == ["city", "from", "province", "year", "栏目"]
    assert store.facts.values("province") == [("广东省", 2), ("湖北省", 1)]
    assert store.facts.values("province", "湖") == [("湖北省", 1)]
    assert store.facts.values("year", by_count=False) == [("2021", 2), ("2022", 1)]
    assert store.facts.of_reports("city") == {reports[0]: "东莞市"}


def test_they_follow_edits_undo_and_redo(store: Store, reports: list[int], zhang: Person) -> None:
    before = {"year": 2022, "meta": METAS[2]}
    after = {"year": 2020, "meta": {**METAS[2], "year": 2020, "栏目": "要闻"}}
    store.apply(describe_report(reports[2], f"{3:032x}", "year", before, after), zhang.uid)
    assert ids(store, FactFilter("year", ("2020",))) == [reports[2]]
    assert ids(store, FactFilter("year", ("2022",))) == []
    assert ids(store, FactFilter("栏目", ("要闻",))) == reports[1:3]
    store.undo(zhang.uid)
    assert ids(store, FactFilter("year", ("2022",))) == [reports[2]]
    assert store.facts.values("栏目") == [("要闻", 1)]
    store.redo(zhang.uid)
    assert ids(store, FactFilter("year", ("2020",))) == [reports[2]]
    assert list(verify(store)) == []


def test_an_import_taken_back_counts_no_more(store: Store, reports: list[int], zhang: Person) -> None:
    while store.undo(zhang.uid):
        pass
    assert store.reports.ids() == []
    assert store.facts.values("province") == []
    assert ids(store, FactFilter("province", ("广东",))) == []


def test_a_project_of_before_is_filled(store: Store, reports: list[int]) -> None:
    kept = [store.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in _SORTED]
    store.connection.execute("DROP TABLE report_fact")
    store.connection.execute("DROP TABLE fact")
    store.connection.executescript((locations.migrations() / "0006_facts.sql").read_text(encoding="utf-8"))
    filled = [store.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in _SORTED]
    assert filled == kept


_SORTED = (
    "(SELECT field, value FROM fact)",
    "(SELECT report_id, field, value FROM report_fact JOIN fact ON id = fact_id)",
)


def test_verify_names_what_lists_do_not_find(store: Store, reports: list[int]) -> None:
    assert list(verify(store)) == []
    store.connection.execute("DELETE FROM report_fact WHERE report_id = ?", (reports[3],))
    store.connection.execute(
        "DELETE FROM report_fact WHERE report_id = ? AND fact_id = (SELECT id FROM fact WHERE field = 'city')",
        (reports[0],),
    )
    store.connection.execute("INSERT INTO report_fact SELECT id, ? FROM fact WHERE field = 'city'", (reports[3],))
    found = [finding.text() for finding in verify(store)]
    assert len(found) == 2
    assert "东莞市" in found[0]


@pytest.mark.slow
def test_a_hundred_thousand_reports_are_filtered_at_once(store: Store, reports: list[int]) -> None:
    conn: sqlite3.Connection = store.connection
    many = range(10, 100_010)
    conn.execute(
        "INSERT INTO step (uid, person_id, at, kind, message, state) SELECT 'x', person_id, at, 'import', '', 'done' FROM step LIMIT 1"
    )
    step = conn.execute("SELECT max(id) FROM step").fetchone()[0]
    conn.executemany(
        "INSERT INTO report (id, uid, title, year, text_hash, characters, step_id) VALUES (?, ?, 't', 2000, ?, 1, ?)",
        ((n, f"u{n}", f"h{n}", step) for n in many),
    )
    conn.executemany("INSERT INTO report_detail (report_id, imported) VALUES (?, '')", ((n,) for n in many))
    with store.transaction():
        for n in many:
            store.facts.add(n, {"year": 2000 + n % 20, "issuer": f"第{n}局", "rare": "x" if n == 70_000 else ""})
    for facts in ((FactFilter("rare", ("x",)),), (FactFilter("year", ("2007",)), FactFilter("issuer", ("99",)))):
        start = time.perf_counter()
        found = ids(store, *facts, limit=200)
        assert time.perf_counter() - start < 0.5
        assert found
