"""A title in one line with a breadcrumb, and lines under a title that say who wrote the report."""

import pytest

from annotator.reading.furniture import find_furniture
from annotator.reading.metadata import describe

TITLE = "望川县人民政府2021年法治政府建设工作报告"
BODY = (
    "一、主要做法\n（一）加强组织领导。县人民政府高度重视这项工作，成立了领导小组，全年召开专题会议8次，研究解决问题32个。\n"
    "（二）健全工作机制。制定出台工作方案，明确责任分工，强化督促检查，推动各项任务落到实处，取得了明显成效。\n"
    "望川县人民政府\n2022年3月1日\n"
)


def marked(text: str) -> list[str]:
    return [text[found.start : found.end].strip() for found in find_furniture(text)]


@pytest.mark.parametrize(
    ("line", "crumb"),
    [
        (f"首页 > 政务公开 > {TITLE}", "首页 > 政务公开 >"),
        (f"首页>政务公开>年度报告>{TITLE}", "首页>政务公开>年度报告>"),
        (f"当前位置：首页 > 政务公开 > 法治政府 {TITLE}", "当前位置：首页 > 政务公开 > 法治政府"),
        (f"您现在的位置：首页 » 政府信息公开 » 正文　　{TITLE}", "您现在的位置：首页 » 政府信息公开 » 正文"),
        (f"{TITLE} 当前位置：首页 > 政务公开", "当前位置：首页 > 政务公开"),
        (f"{TITLE}　首页 > 政务公开 > 正文", "首页 > 政务公开 > 正文"),
    ],
)
def test_a_title_stays_where_a_breadcrumb_stands_in_its_line(line: str, crumb: str) -> None:
    text = f"{line}\n{BODY}"
    assert marked(text) == [crumb]
    found = describe(text, "a.txt", furniture=[(each.start, each.end) for each in find_furniture(text)])
    assert (found["title"], found.where["title"]) == (TITLE, "title line")
    assert found["year"] == "2021"


def test_a_space_in_a_title_parts_nothing() -> None:
    text = f"首页 > 公开 > 望川县 2021年法治政府建设工作报告\n{BODY}"
    assert marked(text) == ["首页 > 公开 >"]


def test_the_last_step_of_a_breadcrumb_is_none_where_the_title_stands_below() -> None:
    crumb = "当前位置：首页 > 政务公开 > 法治政府建设年度报告"
    assert marked(f"{crumb}\n{TITLE}\n{BODY}") == [crumb]


@pytest.mark.parametrize(
    "line",
    [
        "作者：张三　来源：县司法局　发布时间：2022-03-01　浏览次数：123次",
        "2022-03-01 10:21 来源：望川日报 记者 李四 浏览：123",
        "望川日报记者 李四 通讯员 王五",
        "（记者 李四 通讯员 王五）",
        "（本报记者李四）",
        "□ 本报记者 李四",
        "文/图 李四",
        "摄影：李四、王五",
        "县司法局 2022-03-01",
        "县司法局　　2022年03月01日 09:12　　字号：大 中 小",
        "县司法局 发布于 2022-03-01 10:00",
        "2022-03-01 | 阅读 123",
        "2022-03-01 10:21:33",
    ],
)
def test_who_wrote_it_and_when_it_came_on_the_site_is_furniture_under_the_title(line: str) -> None:
    assert marked(f"{TITLE}\n{line}\n{BODY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "2022年3月1日",
        "（2022年3月1日）",
        "望川县司法局",
        "记者站建设的主要做法",
        "——在县第十届人民代表大会第一次会议上",
        "县长 张三",
    ],
)
def test_other_lines_under_a_title_stay(line: str) -> None:
    assert marked(f"{TITLE}\n{line}\n{BODY}") == []


def test_the_day_of_such_a_line_is_the_day_of_the_page() -> None:
    text = f"{TITLE}\n2022-03-05\n{BODY}"
    found = describe(text, furniture=[(each.start, each.end) for each in find_furniture(text)])
    assert (found["date"], found.where["date"]) == ("2022-03-05", "meta line")
