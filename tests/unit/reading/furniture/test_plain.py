"""What is told at a look is what judging line by line tells: a plain text has no furniture either way."""

from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.reading.furniture import finding
from annotator.reading.furniture.plain import is_plain

PARAGRAPH = "县人民政府高度重视这项工作，成立了领导小组，全年召开专题会议8次，研究解决问题32个，各项任务落到实处。"
TITLE = "望川县人民政府2021年法治政府建设工作报告"
LINES = [
    *(
        TITLE,
        f"{TITLE}_望川县人民政府",
        "望川县人民政府",
        "2022年3月1日",
        "2022-03-01",
        "张三",
        "要闻",
        "农业",
        "教育",
        "医疗",
    ),
    *(
        "一、主要做法",
        "（一）加强领导",
        "一是加强领导。",
        "二是健全机制。",
        PARAGRAPH,
        PARAGRAPH * 3,
        "首页",
        "来源：本网",
    ),
    *(
        "首页 > 政务公开",
        f"首页 > 公开 > {TITLE}",
        f"{TITLE} 当前位置：首页",
        "（记者 李四）",
        "相关新闻",
        "打印 关闭",
        "附件：清单",
    ),
    *(
        "版权所有：望川县",
        "上一篇：无 下一篇：无",
        PARAGRAPH * 4 + "上一篇：" + PARAGRAPH,
        "共8次。完成。",
        "a",
        "1/3 甲",
        "现将有关情况报告如下：",
        "　　" + PARAGRAPH,
        " 二、存在问题",
        "",
        "第一章\u2028总则",
    ),
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(LINES), max_size=24).map("\n".join))
@example("\n".join([TITLE, "一、主要做法", PARAGRAPH, "要闻", "农业", "教育", "医疗"] * 2))
@example(f"{TITLE} 当前位置：首页\n一、主要做法\n{PARAGRAPH}")
def test_a_look_never_overlooks_anything(text: str) -> None:
    with mock.patch.object(finding, "is_plain", return_value=False):
        judged = finding._by_words(text)
    assert finding._by_words(text) == judged


def test_a_report_as_it_is_written_is_plain() -> None:
    text = "\n".join(
        [TITLE, PARAGRAPH, "一、主要做法", "（一）加强领导", PARAGRAPH * 3, "望川县司法局", "2022年3月1日"]
    )
    assert is_plain(text)
    assert not is_plain(f"首页\n{text}")


def test_what_stands_between_title_and_body_is_plain_too() -> None:
    over = [TITLE, "", "现将有关情况报告如下：", "　　一、主要做法", PARAGRAPH * 3]
    assert is_plain("\n".join(over))
    assert not is_plain("\n".join([TITLE, *over]))  # a title over the title may be the page's


def test_many_short_lines_over_a_body_are_judged() -> None:
    over = [f"各镇人民政府、街道办事处第{n}组：" for n in range(40)]
    assert not is_plain("\n".join([*over, PARAGRAPH * 3]))
