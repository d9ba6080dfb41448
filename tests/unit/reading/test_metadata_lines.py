"""Lines with labels: what they name, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.reading.metadata import describe
from annotator.reading.metadata_lines import day_in, document_number, labelled, last_day, moment, signed_day


def named(*lines: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in labelled(lines):
        found.setdefault(name, value)
    return found


def test_one_line_with_everything() -> None:
    line = "索 引 号：0132/2024-001　发文机关：南屏县人民政府  成文日期：2024年3月5日  文　　号：南政发〔2024〕5号"
    assert named(line) == {"issuer": "南屏县人民政府", "signed": "2024-03-05", "document_number": "南政发〔2024〕5号"}


def test_a_value_on_the_next_line() -> None:
    assert named("发布机构：", "南屏县司法局", "发布日期：", "2024-03-05") == {
        "issuer": "南屏县司法局",
        "date": "2024-03-05",
    }
    assert named("来源：", "发布日期：2024-03-05") == {"date": "2024-03-05"}
    assert named("来源：", "长" * 300, "镇党政办") == {}


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源:长子营镇  日期:2024-03-28 10:09 打印 【字体:", "长子营镇"),
        ("2024-03-28 10:09 来源：南屏县司法局 阅读次数：12", "南屏县司法局"),
        ("【来源】：本网", "本网"),
        ("信息来源:本网 [打印] [关闭]", "本网"),
        ("来源：南屏融媒|编辑：某某", "南屏融媒"),
        ("资金来源：财政拨款", None),
        ("收入来源:打工", None),
    ],
)
def test_sources(line: str, source: str | None) -> None:
    assert named(line).get("source") == source


def test_font_sizes_are_no_document_numbers() -> None:
    assert named("字号：大 中 小") == {}
    assert named("文号：无") == {}


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("南政发〔2021〕5号", "南政发〔2021〕5号"),
        ("（南府办[2021] 15 号）", "南府办[2021]15号"),
        ("南政发 ﹝2021﹞ 第5号", "南政发﹝2021﹞第5号"),
        ("2021年第3号", "2021年第3号"),
        ("第十二号", "第十二号"),
        ("根据国发〔2021〕5号文件要求，认真落实。", ""),
        ("〔2021〕5号", ""),
        ("2021年5月", ""),
    ],
)
def test_document_numbers_alone_on_a_line(line: str, number: str) -> None:
    # White space within goes, and nothing of another document's number is taken.
    assert document_number([line]) == number.replace(" ", "")


def test_a_number_in_the_head_of_a_report_and_none_out_of_its_body() -> None:
    head = "南屏县人民政府\n南政发〔2024〕5号\n南屏县人民政府关于2024年工作的报告\n　　现将情况报告如下，请审阅。\n"
    assert describe(head)["document_number"] == "南政发〔2024〕5号"
    body = "南屏县2024年工作报告\n　　落实南政发〔2024〕5号，成效明显，进展顺利。\n"
    assert describe(body)["document_number"] == ""


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2019-09-05 11:10:00 来源：某网", "2019-09-05"),
        ("2019年9月5日 11:10", "2019-09-05"),
        ("2019/9/5 | 某网", "2019-09-05"),
        ("2019-09-05", ""),
        ("2019-09-05至2019-09-10开展活动", ""),
        ("2019-13-05 11:10", ""),
        ("自2019-09-05 11:10起", ""),
    ],
)
def test_moments_at_the_front_of_a_line(line: str, day: str) -> None:
    assert moment(line) == day


def test_days() -> None:
    assert signed_day("二〇二四年三月五日") == "2024-03-05"
    assert signed_day("二〇二四年十二月三十一日") == "2024-12-31"
    assert signed_day("2024年2月30日") == ""
    assert day_in("于2024. 3. 5发布") == "2024-03-05"


@given(st.lists(st.text(alphabet="来源：日期 :2024-03-05发布机构\t　号〔〕文", max_size=60), max_size=8))
def test_no_line_breaks_it(lines: list[str]) -> None:
    for name, value in labelled(lines):
        assert name
        assert value
        assert len(value) <= 200
    document_number(lines)
    describe("\n".join(lines))


def test_the_last_day_of_some_lines() -> None:
    lines = ["一、2021年工作", "2021年3月5日", "二〇二一年三月六日", "二、打算", "2022年工作安排"]
    assert last_day(lines) == 2
    assert last_day(lines[3:]) == -1
    assert last_day([]) == -1
