"""Where a report was made: what is sure, and nothing more."""

from __future__ import annotations

import pytest

from annotator.reading.metadata import describe
from annotator.reading.metadata_region import evidence_of, region


def where(title: str, rest: str = "", text: str = "") -> str:
    """The code that the title and the other lines of a page make sure of."""
    return region([(title, "title")] if title else [], evidence_of(rest.splitlines()), text).code


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("北京市大兴区长子营镇人民政府2023年工作报告", "110115111"),
        ("广东省横沥镇2020年总结", "44"),  # three places of the name, all in the province
        ("东莞市横沥镇2020年总结", "441900106"),
        ("东莞横沥镇2020年总结", "441900106"),
        ("湖北黄石市黄石港区2022年总结", "420202"),
        ("黄石港区2022年总结", "420202"),
        ("2022年黄石港区人民政府工作报告", "420202"),
        ("关于黄石港区2022年工作的报告", "420202"),
        ("中共湖北省委员会2022年工作报告", "42"),
        ("朝阳区2024年总结", ""),  # Beijing's or Changchun's
        ("北京市朝阳区2024年总结", "110105"),
        ("长春朝阳区2024年总结", "220104"),
        ("东方市场监督管理工作总结", ""),  # no 东方市
        ("南山区域协同工作总结", ""),
        ("武威市民勤县2024年总结", "620621"),  # a part begins where the ending seemed to go on
        ("上海路街道办事处2024年总结", ""),  # a street named after a city
        ("东区2021年总结", ""),  # one county is called so, and the east of many towns
        ("高新区2024年总结", ""),
        ("全县2024年总结", ""),
        ("", ""),
    ],
)
def test_by_what_the_title_says(title: str, code: str) -> None:
    assert where(title) == code


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("网站标识码：1101050003", "110105"),
        ("主办单位：北京市朝阳区人民政府", "110105"),
        ("欢迎访问长春市朝阳区人民政府网站", "220104"),
        ("吉ICP备05001234号-1", "220104"),
        ("京公网安备 11010502030000号", "110105"),
        ("联系地址：吉林省长春市前进大街", "220104"),
        ("电话：010-65090000", ""),  # telephones are no evidence
        ("主办单位：上海市人民政府", ""),  # contradicts both
    ],
)
def test_what_decides_between_places_of_one_name(rest: str, code: str) -> None:
    assert where("朝阳区2024年总结", rest) == code


def test_names_in_the_text_decide_where_hardly_any_others_stand() -> None:
    assert where("朝阳区总结", text="落实北京市要求。按北京市部署。") == "110105"
    assert where("朝阳区总结", text="落实北京市要求。") == ""
    assert where("朝阳区总结", text="学习长春市经验，落实北京市要求，按北京市部署。") == ""


def test_a_place_called_by_its_whole_name_in_the_text_is_that_one() -> None:
    assert where("朝阳区总结", text="北京市朝阳区全年工作。") == "110105"
    assert where("朝阳区总结", text="北京市朝阳区到长春市朝阳区学习。") == ""


def test_a_name_that_the_page_contradicts_is_not_taken() -> None:
    assert where("黄石港区2022年总结", "网站标识码：1101050003") == ""
    assert where("湖北省黄石市黄石港区2022年总结", "网站标识码：1101050003") == "420202"


def test_without_a_known_name_whoever_runs_the_page_tells_what_lies_above() -> None:
    owner = "主办单位：湖北省黄石市黄石港区人民政府"
    assert where("", owner) == "420202"
    assert where("甲乙街道2022年总结", owner) == "420202"
    assert where("临江县2022年总结", owner) == "4202"
    assert where("未名市2022年总结", owner) == "42"
    assert where("", "地址：湖北省黄石市黄石港区") == ""  # an address alone is that of the people who made the page


def test_every_value_says_where_it_was_read() -> None:
    found = describe("黄石港区2022年工作总结\n一、防汛\n清淤河道。\n")
    assert {name: found.where[name] for name in ("province", "city", "county", "division")} == {
        "province": "divisions lexicon",
        "city": "divisions lexicon",
        "county": "title",
        "division": "divisions lexicon",
    }
    assert "township" not in found.values
