import json

import pytest
from click.testing import CliRunner

from annotator.cli.main import group


def run(*arguments, input=None):
    result = CliRunner().invoke(group(), ["quantity", *arguments], input=input)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()] if "--json" in arguments else result.stdout


def test_one_object_a_number_with_exact_values():
    (money, rate) = run("--json", "投入约45亿元，满意率99.7%。")
    assert money == {
        "source": 0,
        "start": 2,
        "end": 7,
        "text": "约45亿元",
        "value": "4500000000",
        "value_max": None,
        "unit": "元",
        "qualifier": "approx",
        "kind": "money",
        "direction": "",
    }
    assert (rate["value"], rate["unit"], rate["kind"]) == ("0.997", "%", "rate")


def test_each_text_is_a_source_of_its_own():
    assert [q["source"] for q in run("--json", "受理3件", "无", "办结20至30件")] == [0, 2]


def test_lines_of_standard_input_are_texts_when_none_is_given():
    found = run("--json", input="\ufeff受理3件\r\n没有\n完成百分之九十五\n".encode())
    assert [(q["source"], q["start"], q["value"]) for q in found] == [(0, 2, "3"), (2, 2, "0.95")]


def test_what_is_no_result_shows_only_when_asked_for():
    assert run("--json", "2021年3月5日") == []
    assert {q["kind"] for q in run("--json", "--all", "2021年3月5日")} == {"date"}


def test_without_json_a_line_for_people():
    assert "≈ 45 亿元" in run("投入约45亿元")


@pytest.mark.parametrize("text", ["", "没有数字", "\u2028"])
def test_nothing_found_prints_nothing(text):
    assert run("--json", text) == []
