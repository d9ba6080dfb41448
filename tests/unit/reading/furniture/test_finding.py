"""Furniture of whole texts: invented pages in many styles, the five shared reports, clean reports, and damage."""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.site_rule import RuleKind, SiteRule
from annotator.reading.furniture import Found, find_furniture, site_of
from annotator.reading.normalise import normalise

ROOT = Path(__file__).resolve().parents[4]
DATA = ROOT / "tests" / "data" / "furniture"
SHARED = ROOT.parent / "shared" / "reports"
PAGES = sorted((DATA / "pages").glob("*.txt"))
MARKS = sorted(DATA.glob("*.json"))


def page(file: Path) -> tuple[str, list[tuple[int, int]]]:
    """An invented page: what stands between ⟦ and ⟧ is its furniture."""
    text, ranges = "", []
    for part in file.read_text(encoding="utf-8").rstrip("\n").split("⟦"):
        marked, closed, rest = part.partition("⟧")
        if closed:
            ranges.append((len(text), len(text) + len(marked)))
        text += marked + rest
    return text, ranges


def characters(text: str, ranges: list[tuple[int, int]]) -> set[int]:
    return {at for start, end in ranges for at in range(start, end) if not text[at].isspace()}


def figures(text: str, wanted: list[tuple[int, int]], found: list[Found]) -> tuple[int, int, int, int]:
    """Body characters kept and in all, furniture characters caught and in all; white space counts for nothing."""
    marked = characters(text, [(one.start, one.end) for one in found])
    furniture = characters(text, wanted)
    body = characters(text, [(0, len(text))]) - furniture
    return len(body - marked), len(body), len(furniture & marked), len(furniture)


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_an_invented_page_keeps_its_body_and_loses_its_furniture(file: Path) -> None:
    text, wanted = page(file)
    kept, body, caught, furniture = figures(text, wanted, find_furniture(text))
    assert kept == body
    assert caught >= 0.9 * furniture


def test_there_are_pages_of_many_styles() -> None:
    assert len(PAGES) >= 12


@pytest.mark.parametrize("file", MARKS, ids=lambda file: file.stem)
def test_the_shared_reports_against_marks_made_by_hand(file: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/reports is not there")
    marks = json.loads(file.read_text(encoding="utf-8"))
    text = normalise((SHARED / f"{file.stem}.txt").read_text(encoding="utf-8")).text
    assert hashlib.sha256(text.encode()).hexdigest() == marks["sha256"]
    wanted = [(start, end) for start, end in marks["furniture"]]
    kept, body, caught, furniture = figures(text, wanted, find_furniture(text))
    assert kept >= 0.999 * body
    assert caught >= 0.97 * furniture


# ---- what must hold of any text ------------------------------------------------------------------------

_PARTS = st.sampled_from(
    [
        "首页",
        "当前位置：首页 > 公开",
        "\n",
        "\n\n",
        "　　",
        "镇里办结案件120件，群众满意。",
        "一、主要举措",
        "来源：某镇",
        "大 中 小",
        "2024年1月10日",
        "云溪镇人民政府",
        "附件：表",
        "【打印】",
        "上一篇：某某",
        "某ICP备12000002号",
        " ",
        "0",
        "\xa0",
        "𠮷",
        "\ufffd",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PARTS, max_size=60).map("".join))
def test_ranges_are_sorted_disjoint_and_inside(text: str) -> None:
    found = find_furniture(text)
    assert all(0 <= one.start < one.end <= len(text) and one.rule for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert find_furniture(text) == found


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    find_furniture(text.replace("\r", "\n"))


_NUMBERS = st.integers(1, 999)
_SENTENCES = st.builds(
    lambda what, n, unit: f"全年{what}{n}{unit}，较上年有所增加，群众反映良好。",
    st.sampled_from(["办理案件", "走访企业", "新建道路", "发放补贴", "公开信息", "主办活动", "浏览排查隐患"]),
    _NUMBERS,
    st.sampled_from(["件", "家", "公里", "万元", "条", "场", "处"]),
)
_CLEAN = st.builds(
    lambda year, sections: "\n".join(
        [f"云溪镇{year}年工作报告", ""]
        + [f"{'一二三四五六七八'[n]}、{title}\n　　{body}" for n, (title, body) in enumerate(sections)]
        + ["云溪镇人民政府", f"{year + 1}年1月5日"]
    ),
    st.integers(2015, 2024),
    st.lists(
        st.tuples(
            st.sampled_from(["政务公开", "主要来源", "工作动态", "联系群众", "相关情况", "首页建设"]), _SENTENCES
        ),
        min_size=1,
        max_size=8,
    ),
)


@settings(max_examples=40, deadline=None)
@given(_CLEAN)
def test_a_clean_report_has_none(text: str) -> None:
    assert find_furniture(text) == []
    assert find_furniture(text.replace("\n", " ")) == []


@settings(max_examples=15, deadline=None)
@given(_CLEAN, st.integers(2, 4))
def test_of_a_body_that_stands_several_times_one_is_left(text: str, times: int) -> None:
    crawled = "\n".join([text] * times)
    body = _without(crawled, find_furniture(crawled))
    assert "".join(body.split()).startswith("".join(text.split()))
    assert set(body.split()) <= set(text.split())
    if text.count("。") >= 6:
        assert len("".join(body.split())) < 1.6 * len("".join(text.split()))


def _without(text: str, found: list[Found]) -> str:
    marked = characters(text, [(one.start, one.end) for one in found])
    return "".join(c for at, c in enumerate(text) if at not in marked)


@pytest.mark.parametrize(
    "text",
    [
        "首页 > 政务公开 | " * 20_000,
        "a" * 200_000,
        "来源：" * 20_000,
        "新闻\n" * 20_000,
        " " * 200_000 + "。",
        "镇里认真做好落实工作。" * 20_000,
    ],
    ids=["menu", "letters", "labels", "lines", "spaces", "sentence"],
)
def test_hostile_texts_end_in_seconds(text: str) -> None:
    began = time.monotonic()
    find_furniture(text)
    assert time.monotonic() - began < 30


# ---- a page's reader, rules of a site --------------------------------------------------------------------


def test_in_a_known_body_only_what_is_sure_is_found() -> None:
    text = "首页\n某镇报告\n来源：某镇\n　　镇里办结案件120件，群众满意。\n【打印本页】 【关闭窗口】\n主办：某镇\n"
    start = text.index("某镇报告")
    found = find_furniture(text, body=[(start, len(text))])
    assert [text[one.start : one.end] for one in found] == ["【打印本页】 【关闭窗口】\n"]


def test_copies_inside_a_known_body_are_found() -> None:
    copy = "镇里办结案件120件，群众满意度提高。新建道路12公里，全部通车运行。走访企业46家，解决各类实际问题31个。"
    copy += "改造老旧小区6个，新增停车位240个。发放各类补贴共计86万元，惠及群众3200人。矛盾纠纷调解成功率达到98%。"
    text = f"报告\n{copy}\n{copy}\n"
    found = find_furniture(text, body=[(0, len(text))])
    assert [(one.rule, text[one.start : one.end]) for one in found] == [("repeated", copy + "\n")]


def test_rules_of_the_site_go_before_what_is_found() -> None:
    text = "快速通道\n某镇报告\n一、举措\n　　镇里办结案件120件，群众满意。\n网站标识码：9900000001"
    site = site_of(text)
    mark = SiteRule("1", site, RuleKind.LINE, "快速通道")
    never = SiteRule("2", site, RuleKind.PREFIX, "网站标识码:", furniture=False)
    other = SiteRule("3", "elsewhere.example", RuleKind.LINE, "某镇报告")
    found = find_furniture(text, rules=[mark, never, other])
    assert [(one.rule, text[one.start : one.end]) for one in found] == [("site:1", "快速通道\n")]
    assert find_furniture(text, site="elsewhere.example", rules=[other])[0].rule == "site:3"


def test_the_site_of_a_text() -> None:
    assert site_of("甲", "http://WWW.Yunxi.example:80/a") == "yunxi.example"
    assert site_of("甲", "not an address") == ""
    assert site_of("甲\n网站标识码：9900000001 某ICP备12000002号") == "9900000001"
    assert site_of("甲\n某ICP备 12000002号") == "某ICP备12000002"
    assert site_of("您好，欢迎访问云溪镇政务网！\n甲\n乙。") == "您好,欢迎访问云溪镇政务网！"
    assert site_of("某镇报告\n镇里办结案件120件。") == ""
