"""Reports: in and out unchanged, listed by page and filter, at the same cost however many there are."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.changes import Wording
from annotator.domain.errors import ConflictError
from annotator.domain.report import AnnotationSet, Furniture, Report, text_hash
from annotator.domain.span import Relation, Span, new_uid
from annotator.storage import ReportFilter, Store, verify
from tests.unit.storage.building import TEXT, dump, make_report, span, tag


def full_report() -> Report:
    a = Span(new_uid(), 0, 8, "MEASURE", {"status": "planned"}, "model", 0.25, "注", False, 1, 7, {"x": [1]})
    b = Span(new_uid(), 2, 5, "INDICATOR", {"value": "0.997", "subject": {"start": 0, "end": 2, "text": "全区"}})
    link = Relation(new_uid(), a.uid, b.uid, "成效数据", "依据", "7", {"y": None})
    return Report(
        uid=new_uid(),
        text=f"\U0002000b{TEXT}\u00a0\u2028完",
        meta={"title": "甲镇报告", "place": "甲镇", "year": 2023, "more": {"a": [1, None]}},
        furniture=[Furniture(new_uid(), 3, 5, "footer"), Furniture(new_uid(), 0, 2)],
        sets=[
            AnnotationSet("张三", "done", "备注", True, [a, b], [link], {"z": 1}, new_uid()),
            AnnotationSet("李四", "flagged", uid=new_uid()),
        ],
        foreign_id=17,
        extra={"source": "x"},
        encoding="gb18030",
        file_name="甲.txt",
        original=bytes(range(256)),
    )


def test_a_report_comes_out_as_it_went_in(store: Store, bring, zhang) -> None:
    store.labels.ensure_relation("成效数据")
    report = full_report()
    (number,) = bring(report)
    loaded = store.reports.load(number, originals=True)
    report.furniture.sort(key=lambda f: f.start)
    assert loaded == report
    assert store.reports.load(number).original is None
    assert [made.annotator for made in store.reports.load(number, annotators={"李四"}).sets] == ["李四"]
    assert next(store.reports.stream(originals=True)) == report
    assert store.reports.text(number) == report.text
    assert store.reports.original(number) == report.original
    assert store.reports.furniture(number) == report.furniture
    detail = store.reports.detail(number)
    assert (detail.meta, detail.foreign_id, detail.encoding) == (report.meta, 17, "gb18030")
    assert detail.text_hash == text_hash(report.text)
    assert store.reports.find_hash(detail.text_hash) == number
    assert store.reports.find_uid(report.uid) == number
    assert verify(store) == []


plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60)
values = st.dictionaries(plain, st.one_of(plain, st.none(), st.booleans(), st.integers(-(10**12), 10**12)), max_size=3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), text=plain, meta=values, extra=values)
def test_any_text_and_any_spans_come_out_as_they_went_in(store: Store, zhang, data, text, meta, extra) -> None:
    ranges = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 5)).map(
        lambda r: (r[0], min(r[0] + r[1], len(text)))
    )
    label = st.sampled_from(["MEASURE", "INSTITUTION", "INDICATOR"])
    spans = [
        Span(new_uid(), start, end, name, attributes, note=note, score=score, foreign_id=foreign)
        for (start, end), name, attributes, note, score, foreign in data.draw(
            st.lists(
                st.tuples(
                    ranges, label, values, st.just("") | plain,
                    st.none() | st.floats(0, 1), st.none() | plain | st.integers(0, 9),
                ),
                max_size=8,
            )
        )
    ]  # fmt: skip
    report = Report(
        new_uid(), text + new_uid(), meta, sets=[AnnotationSet("张三", spans=spans, uid=new_uid())], extra=extra
    )
    step = store.history.begin_bulk("import", Wording("Import"), zhang.uid)
    number = store.reports.add(report, step)
    store.history.end_bulk(step)
    loaded = store.reports.load(number)
    report.sets[0].spans.sort(key=lambda s: (s.start, -s.end, s.uid))
    assert loaded == report
    assert store.reports.row(number, zhang.uid).spans == len(spans)


@pytest.mark.parametrize("n", [1, 9, 50, 61, 173])
def test_many_spans_of_every_shape_come_out_as_they_went_in(store: Store, bring, zhang, n: int) -> None:
    more = ({}, {"note": "记"}, {"certain": False}, {"origin": "model"}, {"attributes": {"value": "1"}}, {"score": 0.5})
    more += ({"foreign_id": "T1"}, {"extra": {"x": 1}}, {"proposed": ("value",)}, {"text_version": 1})
    spans = [span(i % 9, i % 9 + 3, ("MEASURE", "INDICATOR")[i % 2], **more[i % len(more)]) for i in range(n)]
    plain = [span(2, 4) for _ in range(n)]
    ids = bring(make_report(*spans), make_report(*plain))
    for report, brought in zip(ids, (spans, plain)):
        made = store.sets.load(report, zhang.uid)
        assert made is not None
        assert sorted(made.spans) == sorted(brought)
        assert sum(store.reports.row(report, zhang.uid).counts.values()) == n
    assert verify(store) == []


def test_what_cannot_be_added_leaves_nothing(store: Store, bring, zhang) -> None:
    first = make_report(span(0, 2))
    bring(first)
    step = store.history.begin_bulk("import", Wording("Import"), zhang.uid)
    before = dump(store, history=True)
    twin = span(0, 2)
    bad = {
        "in the project already": make_report(text=first.text),
        "label NONE": make_report(span(0, 2), span(0, 2, "NONE"), annotator="新人"),
        "does not allow": make_report(twin, twin, annotator="新人"),
        "UNIQUE constraint failed: report.uid": Report(first.uid, "另一篇"),
        "CHECK constraint failed": make_report(span(3, 3)),
    }
    for sentence, report in bad.items():
        with pytest.raises(ConflictError, match=sentence):
            store.reports.add(report, step)
        assert dump(store, history=True) == before
    with store.batches() as batches:
        for report in bad.values():
            with pytest.raises(ConflictError), batches.write():
                store.reports.add(report, step)
        with batches.write():
            store.reports.add(make_report(span(0, 2), annotator="新人"), step)
    assert batches.kept == 1
    assert [p.name for p in store.people.all()] == ["张三", "新人"]
    store.history.end_bulk(step)
    assert verify(store) == []


def test_the_file_names_people_by_name_and_nobody_is_the_importer(store: Store, bring, zhang) -> None:
    made = make_report(span(0, 2))
    made.sets.append(AnnotationSet("李四", spans=[span(1, 2)]))
    (number,) = bring(made)
    assert [(s.annotator, s.spans) for s in store.sets.of_report(number)] == [("张三", 1), ("李四", 1)]
    assert store.reports.row(number, zhang.uid).all_spans == 2


@pytest.fixture
def listed(store: Store, bring, zhang, li) -> list[int]:
    ids = bring(
        make_report(meta={"title": "东区2021年法治政府建设报告", "place": "东区", "year": 2021}),
        make_report(
            span(0, 2), meta={"title": "西区 Report", "place": "西区", "year": "2022"}, file_name="West_100%.txt"
        ),
        make_report(meta={"title": "东镇年度报告", "place": "东镇", "year": 2022}),
        make_report(meta={"title": "无年", "year": "二〇二三"}),
    )
    tag(store, ids[0], li, span(0, 2), span(3, 4, "INDICATOR"))
    return ids


@pytest.mark.parametrize(
    ("wanted", "which"),
    [
        (ReportFilter(), [0, 1, 2, 3]),
        (ReportFilter("  "), [0, 1, 2, 3]),
        (ReportFilter("东"), [0, 2]),
        (ReportFilter("报告 东"), [0, 2]),
        (ReportFilter("东 2021"), [0]),
        (ReportFilter("report"), [1]),
        (ReportFilter("WEST_100%"), [1]),
        (ReportFilter("%"), [1]),
        (ReportFilter("_1"), [1]),
        (ReportFilter("'"), []),
        (ReportFilter(year=2022), [1, 2]),
        (ReportFilter(year=2022, place="西区"), [1]),
        (ReportFilter("东", year=2022), [2]),
    ],
)
def test_filters(store: Store, listed: list[int], wanted: ReportFilter, which: list[int]) -> None:
    assert store.reports.ids(wanted) == [listed[i] for i in which]


def test_status_is_one_persons_and_a_report_without_a_set_is_new(store: Store, listed: list[int], zhang, li) -> None:
    def shown(status: str, person) -> list[int]:
        return [listed.index(i) for i in store.reports.ids(ReportFilter(status=status, person=person.uid))]

    assert shown("new", zhang) == [0, 1, 2, 3]
    assert shown("new", li) == [1, 2, 3]
    assert shown("in_progress", li) == [0]
    assert shown("done", li) == []
    assert store.totals.stats(li.uid).statuses["new"] == 3


def test_pages_follow_each_other(store: Store, listed: list[int]) -> None:
    assert store.reports.ids(limit=3) == listed[:3]
    assert store.reports.ids(after=listed[2], limit=3) == listed[3:]
    assert store.reports.ids(ReportFilter("东"), after=listed[0]) == [listed[2]]


def test_lines_come_in_the_order_asked_for(store: Store, listed: list[int], zhang, li) -> None:
    rows = store.reports.rows([listed[2], listed[0], 999], li.uid)
    assert [(r.title, r.place, r.year, r.status, r.spans) for r in rows] == [
        ("东镇年度报告", "东镇", 2022, "new", 0),
        ("东区2021年法治政府建设报告", "东区", 2021, "in_progress", 2),
    ]
    assert rows[1].counts == {"MEASURE": 1, "INDICATOR": 1}
    west = store.reports.row(listed[1], zhang.uid)
    assert (west.year, west.file_name, west.spans, west.all_spans) == (2022, "West_100%.txt", 1, 1)
    assert store.reports.row(listed[3], zhang.uid).year is None
    with pytest.raises(ConflictError, match="no longer in the project"):
        store.reports.row(999, zhang.uid)
    with pytest.raises(ConflictError):
        store.reports.load(999)


def test_streaming_goes_through_more_than_a_chunk_in_file_order(store: Store, bring) -> None:
    ids = bring(*(make_report(span(0, 2)) for _ in range(70)))
    streamed = list(store.reports.stream_with_ids())
    assert [number for number, _ in streamed] == ids
    assert [report.uid for report in store.reports.stream(after=ids[39])] == [r.uid for _n, r in streamed[40:]]


SMALL = (
    "total",
    "label",
    "relation_type",
    "json_each VIRTUAL TABLE INDEX 1:",
    "CONSTANT ROW",
    "s USING INDEX step_running",
)


def test_nothing_that_opens_or_lists_looks_through_a_whole_table(store: Store, listed: list[int], zhang) -> None:
    """A scan of reports, sets or spans would cost a thousand times more in a project a thousand times as large."""
    said: list[str] = []
    store.connection.set_trace_callback(said.append)
    store.reports.ids(limit=50)
    store.reports.rows(listed, zhang.uid)
    store.totals.stats(zhang.uid)
    store.places.last(zhang.uid)
    store.history.next_undo(zhang.uid), store.history.next_redo(zhang.uid), store.history.running()
    store.sets.load(listed[0], zhang.uid)
    store.reports.text(listed[0])
    store.history.steps(listed[0])
    store.connection.set_trace_callback(None)
    queries = [sql for sql in said if sql.lstrip().upper().startswith("SELECT")]
    assert len(queries) > 8
    for sql in queries:
        for row in store.connection.execute(f"EXPLAIN QUERY PLAN {sql}"):
            assert not row[3].startswith("SCAN") or row[3].removeprefix("SCAN ") in SMALL, (sql, row)
