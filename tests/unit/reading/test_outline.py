"""Sections from Chinese numbering, on invented texts and, as counts, on the five shared reports."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.reading.numbering import number_value
from annotator.reading.outline import Section, outline, section_path
from annotator.reading.planned import is_planned

SHARED = Path(__file__).parents[3] / ".." / "shared" / "reports"

# Counted by eye: sections at level 1, 2, 3, 4.
COUNTS = {
    "changziying-2023": [5, 18, 21, 3],
    "dongqu-2021": [4, 14, 16],
    "hailing-2019": [3, 15, 15, 2],
    "hengli-2020": [3, 14, 24],
    "huangshigang-2022": [3, 18],
}
PLANNED = {
    "changziying-2023": "四、",
    "dongqu-2021": "四、",
    "hailing-2019": "三、",
    "hengli-2020": "三、",
    "huangshigang-2022": "三、",
}


def shape(text: str) -> list[tuple[int, str, str]]:
    return [(section.level, section.number, section.title) for section in outline(text)]


def titles(text: str) -> list[str]:
    return [section.number + section.title for section in outline(text)]


def test_all_styles_nest_in_their_customary_order() -> None:
    text = (
        "云溪镇2024年工作报告\n第一章　总体情况\n一、主要工作\n（一）抓好防汛\n1. 清淤河道\n（1）分段包干\n"
        "一是划定责任人。二是每周巡河。\n（2）添置水泵\n2．加固堤防\n（二）改造路灯\n二、存在不足\n第二章　下一步打算\n"
    )
    assert shape(text) == [
        (1, "第一章", "总体情况"),
        (2, "一、", "主要工作"),
        (3, "（一）", "抓好防汛"),
        (4, "1.", "清淤河道"),
        (5, "（1）", "分段包干"),
        (6, "一是", "划定责任人"),
        (6, "二是", "每周巡河"),
        (5, "（2）", "添置水泵"),
        (4, "2．", "加固堤防"),
        (3, "（二）", "改造路灯"),
        (2, "二、", "存在不足"),
        (1, "第二章", "下一步打算"),
    ]


def test_a_report_may_nest_otherwise_and_skip_levels() -> None:
    text = "1、防汛\n（一）清淤\n（二）加固\n2、照明\n（一）换灯\n（二）布线\n3、道路\n"
    assert [level for level, _number, _title in shape(text)] == [1, 2, 2, 1, 2, 2, 1]
    assert [level for level, *_ in shape("(一)清淤\n一是包干。二是巡河。\n(二)加固\n")] == [1, 2, 2, 1]


def test_a_heading_glued_to_its_body_ends_with_its_sentence_or_first_clause() -> None:
    text = (
        "(一)推进河道清淤整治。一是坚持分段包干。各村按月上报进度。二是坚持每周巡河，发现淤塞立即组织人员到场处置，"
        "并在次日之前把处置结果报送镇水务站登记，由水务站逐条销号。\n"
    )
    first, one, two = outline(text)
    assert text[first.start : first.heading_end] == "(一)推进河道清淤整治"
    assert text[first.body_start :].startswith("一是")
    assert (one.title, two.title) == ("坚持分段包干", "坚持每周巡河")
    assert text[one.body_start :].startswith("各村")
    assert text[two.body_start :].startswith("发现淤塞")
    assert (one.parent, two.parent, first.end) == (0, 0, len(text))


def test_a_long_heading_line_is_kept_whole() -> None:
    line = "二、2024年镇党政主要负责人推进法治建设、抓好各项基础性工作以及其他需要一并说明的有关情况"
    (section,) = outline(f"{line}\n正文。\n")
    assert section.number + section.title == line


@pytest.mark.parametrize(
    "text",
    [
        "2021.5公里村道完成改造。\n",
        "2021年5月，村道完成改造。\n",
        "12.5公里村道完成改造。\n",
        "3.14是圆周率。\n",
        "1.5万元用于补助。\n",
        "三、四季度集中清淤。\n",
        "一、二、三产业协同发展。\n",
        "依照条例第三条第(二)项办理。\n",
        "(二)项所列情形除外。\n",
        "墙上写着“一是一，二是二”的标语。\n",
        "一是一，二是二，说到做到。\n",
        "村规约定：“一是不乱倒垃圾；二是不占道经营。”大家都照办。\n",
        "原因之一是资金不足，之二是人手不足。\n",
        "最难的一是资金。\n",
        "第一章程草案已经印发，第二轮征求意见正在进行，第三方评估随后展开，请各村按时反馈。\n",
        "一、主要工作……………3\n二、存在不足 ...... 12\n",
    ],
)
def test_what_only_looks_like_a_number(text: str) -> None:
    assert titles(text) == []


def test_a_number_before_a_year_is_a_number() -> None:
    assert titles("1.2023年清淤\n2、2024年加固\n") == ["1.2023年清淤", "2、2024年加固"]


def test_spoken_numbers_stand_after_commas_colons_and_at_line_starts() -> None:
    text = "主要不足有：一是人手偏少，二是经费偏紧；三是设备老化。\n　　一是招聘。\n　　二是筹资。\n"
    assert titles(text) == ["一是人手偏少", "二是经费偏紧", "三是设备老化", "一是招聘", "二是筹资"]


def test_a_lost_quotation_mark_does_not_hide_what_follows() -> None:
    text = "（一）宣传\n设立“老李工作室,主动上门。一是进村。办“夜校”。二是进厂。\n"
    assert [section.number for section in outline(text)] == ["（一）", "一是", "二是"]


def test_numbers_in_furniture_are_no_sections() -> None:
    text = "一、防汛\n正文。\n1.相关新闻\n"
    start = text.index("1.")
    assert [section.number for section in outline(text, [(start, len(text))])] == ["一、"]


def test_the_title_is_no_section_and_lies_in_none() -> None:
    text = "云溪镇2024年工作报告\n一、防汛\n（一）清淤\n正文。\n二、照明\n"
    sections = outline(text)
    assert section_path(sections, 3) == []
    assert [s.number for s in section_path(sections, text.index("正文"))] == ["一、", "（一）"]
    assert [s.number for s in section_path(sections, text.index("照明"))] == ["二、"]
    assert section_path([], 0) == []


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["一、", "二、", "(一)", "（二）", "1.", "（1）", "一是", "二是", "\n", "。", "，", "清淤", "“", "”"]
        ),
        max_size=40,
    )
)
def test_sections_nest_whatever_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    sections = outline(text)
    for index, section in enumerate(sections):
        assert section.start < section.start + len(section.number) <= section.heading_end <= section.end <= len(text)
        assert section.heading_end <= section.body_start <= section.end
        assert text.startswith(section.number, section.start)
        path = section_path(sections, section.start)
        assert path[-1] == section
        assert [each.level for each in path] == list(range(1, section.level + 1))
        if section.parent >= 0:
            outer = sections[section.parent]
            assert outer.start < section.start
            assert section.end <= outer.end
        assert all(later.start >= section.start for later in sections[index:])


@pytest.mark.parametrize(
    ("written", "value"),
    [("二十三", 23), ("十", 10), ("一百零五", 105), ("（12）", 12), ("③", 3), ("第四章", 4), ("", 0)],
)
def test_values_of_numerals(written: str, value: int) -> None:
    assert number_value(written) == value


def heading(title: str, level: int = 1) -> Section:
    return Section(level, "三、", title, 0, 9, 9, 9, -1)


@pytest.mark.parametrize(
    "title",
    [
        "下一步工作打算",
        "2025年工作设想",
        "2025年推进民生实事的主要安排",
        "存在问题及下一步计划",
        "明年工作思路",
        "今后努力方向",
        "工作打算",
        "下年度重点任务",
    ],
)
def test_headings_of_the_coming_year(title: str) -> None:
    assert is_planned([heading(title)], year=2024)
    assert is_planned([heading(title), heading("清淤河道", 2)])


@pytest.mark.parametrize(
    "title",
    [
        "主要举措和成效",
        "2024年工作举措和成效",
        "2024年工作计划完成情况",
        "下达任务落实情况",
        "将普法纳入工作计划",
        "存在的不足",
        "合理安排汛期值守",
        "",
    ],
)
def test_headings_that_look_back(title: str) -> None:
    assert not is_planned([heading(title)])
    assert not is_planned([heading("主要工作"), heading(title, 2)])


def test_a_plan_for_the_year_reported_on_is_no_plan() -> None:
    assert not is_planned([heading("2024年工作安排")], year=2024)
    assert not is_planned([])


@pytest.mark.parametrize("name", COUNTS)
def test_sections_of_the_shared_reports(name: str) -> None:
    path = SHARED / f"{name}.txt"
    if not path.exists():
        pytest.skip("../shared/reports is absent")
    sections = outline(path.read_text(encoding="utf-8"))
    levels = Counter(section.level for section in sections)
    assert [levels[level] for level in sorted(levels)] == COUNTS[name]
    planned = [section.number for section in sections if section.level == 1 and is_planned([section])]
    assert planned == [PLANNED[name]]


def test_a_long_text_is_quick() -> None:
    text = "（一）防汛。一是清淤，二是加固。“三是”照旧。\n正文若干，包括1.5公里村道。\n" * 20_000
    before = time.perf_counter()
    assert len(outline(text)) == 60_000
    assert time.perf_counter() - before < 10


@pytest.mark.parametrize("name", ["dongqu-2021", "hengli-2020"])
def test_the_gold_measures_are_planned_where_their_section_is(name: str) -> None:
    path = SHARED.parent / "gold" / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("../shared/gold is absent")
    report = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    sections = outline(report["text"])
    for span in report["spans"]:
        if span["label"] == "MEASURE":
            planned = is_planned(section_path(sections, span["start"]), int(name[-4:]))
            assert span["attributes"]["status"] == ("planned" if planned else "done")


@pytest.mark.parametrize(
    "line", ["一、" + "." * 200_000, "一、" + "“" * 100_000 + "，一是" * 20_000, "（一）" + "，" * 200_000]
)
def test_hostile_lines_do_not_hang(line: str) -> None:
    before = time.perf_counter()
    outline(line)
    assert time.perf_counter() - before < 5
