"""Page furniture corrected by a person, and kept as rules, on a real project file."""

from __future__ import annotations

import pytest

from annotator.domain.changes import Wording
from annotator.domain.errors import Cancelled, ConflictError, ReadOnlyError, ValidationError
from annotator.domain.report import Furniture, Report
from annotator.domain.site_rule import RuleKind, SiteRule
from annotator.domain.span import new_uid
from annotator.services import furnishing as service
from annotator.services.editing import Editor
from annotator.services.furnishing import Furnishing
from annotator.services.open_report import OpenReport
from annotator.services.session import Session
from annotator.storage import Person, verify

FOOT = "云溪镇政务网 版权所有\n网站标识码：9900000001"
PAGE = f"快速通道\n云溪镇2024年报告\n一、举措\n　　全年办结案件120件。\n编稿：甲\n{FOOT}"


def add(session: Session, text: str, furniture=(), **meta: str) -> OpenReport:
    step = session.store.history.begin_bulk("import", Wording("Import"), session.person.uid)
    items = [Furniture(new_uid(), start, end, rule) for start, end, rule in furniture]
    number = session.store.reports.add(Report(new_uid(), text, meta=meta, furniture=items), step)
    session.store.history.end_bulk(step)
    return session.open_report(number)


def place(report: OpenReport, words: str) -> tuple[int, int]:
    start = report.text.index(words)
    return start, start + len(words)


def marked(report: OpenReport) -> list[str]:
    return [report.text[f.start : f.end] for f in report.furniture]


@pytest.fixture
def furnishing(session: Session) -> Furnishing:
    return Furnishing(session)


@pytest.fixture
def page(session: Session) -> OpenReport:
    start = PAGE.index(FOOT)
    return add(session, PAGE, [(start, len(PAGE), "footer")])


def keep_as_rule(
    furnishing: Furnishing, report: OpenReport, start: int, end: int, furniture: bool, kind: RuleKind | None = None
) -> SiteRule:
    """A correction kept as the likeliest rule, or as one of a kind, as the bar below the report does it."""
    proposed = furnishing.proposals(report, start, end, furniture)
    return furnishing.keep(next(rule for rule in proposed if kind in (None, rule.kind)))


def same_on_disk(session: Session, report: OpenReport) -> bool:
    return session.store.reports.furniture(report.id) == report.furniture


# ---- one report ---------------------------------------------------------------------------------------


def test_marking_is_one_step_that_undo_takes_back(session: Session, furnishing: Furnishing, page: OpenReport) -> None:
    heard = []
    session.subscribe(heard.append)
    outcome = furnishing.mark(page, *place(page, "编稿：甲"))
    assert marked(page) == ["编稿：甲\n", FOOT]
    assert "编稿：甲" in outcome.words and [a.tables for a in heard] == [{"furniture"}]
    assert page.furniture[0].rule == "hand" and same_on_disk(session, page)
    session.undo()
    assert marked(page) == [FOOT] and same_on_disk(session, page)
    session.redo()
    assert marked(page) == ["编稿：甲\n", FOOT] and same_on_disk(session, page)


def test_marking_over_an_edge_makes_one_range(session: Session, furnishing: Furnishing, page: OpenReport) -> None:
    uid = page.furniture[0].uid
    furnishing.mark(page, *place(page, "编稿：甲\n云溪镇政务网"))
    assert marked(page) == ["编稿：甲\n" + FOOT] and page.furniture[0].uid == uid
    session.undo()
    assert marked(page) == [FOOT] and page.furniture[0].rule == "footer"


def test_what_is_furniture_already_changes_nothing(session: Session, furnishing: Furnishing, page: OpenReport) -> None:
    before = session.next_undo()
    assert furnishing.mark(page, *place(page, "版权所有")).announcement is None
    assert session.next_undo() == before


def test_restoring_a_part_splits_the_range(session: Session, furnishing: Furnishing) -> None:
    report = add(session, "甲栏目\n乙栏目\n丙栏目\n正文。", [(0, 12, "nav")])
    furnishing.restore(report, place(report, "乙栏目"))
    assert marked(report) == ["甲栏目\n", "丙栏目\n"] and {f.rule for f in report.furniture} == {"nav"}
    assert len({f.uid for f in report.furniture}) == 2 and same_on_disk(session, report)
    session.undo()
    assert marked(report) == ["甲栏目\n乙栏目\n丙栏目\n"] and same_on_disk(session, report)


def test_restoring_within_a_line_and_by_uid(session: Session, furnishing: Furnishing, page: OpenReport) -> None:
    furnishing.restore(page, place(page, "版权所有"))
    assert marked(page) == ["云溪镇政务网 ", "\n网站标识码：9900000001"]
    for item in list(page.furniture):
        furnishing.restore(page, item.uid)
    assert marked(page) == [] and same_on_disk(session, page)


def test_edges_move_and_swallow(session: Session, furnishing: Furnishing) -> None:
    report = add(session, "甲栏目\n乙栏目\n丙栏目\n正文。", [(0, 4, "nav"), (8, 12, "nav")])
    uid = report.furniture[0].uid
    furnishing.resize(report, uid, 0, 3)
    assert marked(report) == ["甲栏目", "丙栏目\n"]
    furnishing.resize(report, uid, 0, 9)
    assert marked(report) == ["甲栏目\n乙栏目\n丙栏目\n"] and report.furniture[0].uid == uid
    session.undo()
    assert marked(report) == ["甲栏目", "丙栏目\n"] and same_on_disk(session, report)


def test_headings_in_furniture_are_no_sections(furnishing: Furnishing, page: OpenReport) -> None:
    assert [s.title for s in page.sections] == ["举措"]
    furnishing.mark(page, *place(page, "一、举措"))
    assert page.sections == []


def test_spans_in_new_furniture_stay(
    session: Session, furnishing: Furnishing, editor: Editor, page: OpenReport
) -> None:
    editor.tag(page, *place(page, "120件"), "INDICATOR")
    furnishing.mark(page, *place(page, "　　全年办结案件120件。"))
    assert len(page.spans) == 1 and verify(session.store) == []


def test_impossible_places_are_refused(session: Session, furnishing: Furnishing, page: OpenReport) -> None:
    before = list(page.furniture)
    for start, end in ((3, 3), (-1, 4), (0, len(PAGE) + 1), (PAGE.index("\n"), PAGE.index("\n") + 1)):
        with pytest.raises(ValidationError):
            furnishing.mark(page, start, end)
    with pytest.raises(ConflictError):
        furnishing.restore(page, "nobody")
    with pytest.raises(ConflictError):
        furnishing.resize(page, "nobody", 0, 4)
    assert page.furniture == before and same_on_disk(session, page)


def test_the_range_at_a_place(furnishing: Furnishing, page: OpenReport) -> None:
    assert furnishing.at(page, len(PAGE) - 1) == page.furniture[0]
    assert furnishing.at(page, 0) is None


# ---- rules --------------------------------------------------------------------------------------------


def test_a_correction_becomes_a_rule_and_marks_the_other_reports_in_one_step(
    session: Session, furnishing: Furnishing, page: OpenReport
) -> None:
    same_site = add(session, f"快速通道\n云溪镇2023年报告\n编稿：乙\n{FOOT}")
    elsewhere = add(session, "快速通道\n山口镇2023年报告\n网站标识码：9900000002")
    rule = keep_as_rule(furnishing, page, *place(page, "快速通道"), furniture=True)
    assert (rule.kind, rule.pattern, rule.site) == (RuleKind.LINE, "快速通道", "9900000001")
    preview = furnishing.preview(rule)
    assert (preview.reports, preview.ranges) == (2, 2) and preview.examples[0][2] == "快速通道"
    assert marked(same_site) == []
    applied = furnishing.apply_rules(rule)
    assert applied.reports == 2 and applied.announcement is not None
    assert marked(page) == ["快速通道\n", FOOT] and marked(same_site) == ["快速通道\n"] and marked(elsewhere) == []
    assert same_site.furniture[0].rule == "site:" + rule.uid
    session.undo()
    assert marked(page) == [FOOT] and marked(same_site) == []
    session.undo()
    assert furnishing.rules() == []
    session.redo()
    assert furnishing.rules() == [rule]


def test_never_mark_is_a_rule_too(session: Session, furnishing: Furnishing) -> None:
    texts = [f"服务承诺\n报告{n}\n{FOOT}" for n in range(2)]
    first, second = [add(session, text, [(0, 5, "nav"), (text.index(FOOT), len(text), "footer")]) for text in texts]
    furnishing.restore(first, place(first, "服务承诺"))
    rule = keep_as_rule(furnishing, first, *place(first, "服务承诺"), furniture=False)
    furnishing.apply_rules(rule)
    assert marked(second) == [FOOT] and same_on_disk(session, second)


def test_the_ways_a_place_can_be_kept(session: Session, furnishing: Furnishing, page: OpenReport) -> None:
    def kinds(words: str) -> list[tuple[str, str, str]]:
        return [(r.kind, r.pattern, r.until) for r in furnishing.proposals(page, *place(page, words), furniture=True)]

    assert kinds("编稿：甲") == [("line", "编稿:甲", ""), ("prefix", "编稿:", "")]
    assert kinds("编稿") == [("words", "编稿", "")]
    assert kinds(FOOT) == [("between", "云溪镇政务网版权所有", "网站标识码:0")]
    assert furnishing.rules() == []
    prefix = keep_as_rule(furnishing, page, *place(page, "编稿：甲"), furniture=True, kind=RuleKind.PREFIX)
    other = add(session, f"报告\n编稿：丁\n{FOOT}")
    furnishing.apply_rules(prefix)
    assert marked(other) == ["编稿：丁\n"]
    assert RuleKind.BETWEEN not in {kind for kind, _pattern, _until in kinds("快速通道")}


def test_the_same_rule_is_kept_once_and_can_be_forgotten(
    session: Session, furnishing: Furnishing, page: OpenReport
) -> None:
    first = keep_as_rule(furnishing, page, *place(page, "快速通道"), furniture=True)
    assert keep_as_rule(furnishing, page, *place(page, "快速通道"), furniture=True) == first
    furnishing.apply_rules(first)
    furnishing.forget(first.uid)
    assert furnishing.rules() == [] and marked(page) == ["快速通道\n", FOOT]
    with pytest.raises(ConflictError):
        furnishing.forget(first.uid)


def test_the_address_tells_the_site(session: Session, furnishing: Furnishing) -> None:
    one = add(session, "快速通道\n甲报告", url="http://www.yunxi.example/a.html")
    two = add(session, "快速通道\n乙报告", url="https://yunxi.example/b.html")
    three = add(session, "快速通道\n丙报告", url="https://shankou.example/b.html")
    assert furnishing.site(one) == "yunxi.example"
    rule = keep_as_rule(furnishing, one, *place(one, "快速通道"), furniture=True)
    furnishing.apply_rules(rule, reports=[two.id, three.id])
    assert [marked(each) for each in (one, two, three)] == [[], ["快速通道\n"], []]


def test_nothing_to_do_is_said_and_no_step(session: Session, furnishing: Furnishing, page: OpenReport) -> None:
    rule = keep_as_rule(furnishing, page, *place(page, "快速通道"), furniture=True)
    furnishing.apply_rules(rule)
    before = session.next_undo()
    applied = furnishing.apply_rules(rule)
    assert applied.announcement is None and applied.words and session.next_undo() == before
    with pytest.raises(ValidationError):
        furnishing.apply_rules([])


def test_many_reports_are_still_one_step_and_can_be_stopped(
    session: Session, furnishing: Furnishing, page: OpenReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 3)
    monkeypatch.setattr(service, "_CHUNK", 2)
    others = [add(session, f"快速通道\n报告{n}\n{FOOT}") for n in range(6)]
    rule = keep_as_rule(furnishing, page, *place(page, "快速通道"), furniture=True)
    furnishing.apply_rules(rule)
    assert all(marked(each) == ["快速通道\n"] for each in others)
    session.undo()
    assert not any(marked(each) for each in others)

    def stop(done: int, total: int, words: str) -> None:
        if words.startswith("Apply") and done >= 2:
            raise Cancelled

    furnishing.apply_rules(rule, progress=stop)
    assert 0 < sum(bool(marked(each)) for each in others) < 6
    session.undo()
    assert not any(marked(each) for each in others) and verify(session.store) == []


def test_a_read_only_project_refuses(session: Session, person: Person, page: OpenReport) -> None:
    furnishing = Furnishing(session)
    rule = keep_as_rule(furnishing, page, *place(page, "快速通道"), furniture=True)
    path = session.path
    session.close()
    with_reader = Session.open(path, person, write=False)
    report = with_reader.open_report(page.id)
    with pytest.raises(ReadOnlyError):
        Furnishing(with_reader).mark(report, *place(report, "快速通道"))
    with pytest.raises(ReadOnlyError):
        Furnishing(with_reader).apply_rules(rule)
    assert Furnishing(with_reader).preview(rule).reports == 1
    with_reader.close()
