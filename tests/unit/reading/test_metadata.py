"""Title, place, year, date and source: read where the report says them, empty where it does not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from annotator.reading.metadata import describe, year_of
from annotator.reading.places import place_in, place_of_signature

SHARED = Path(__file__).parents[3] / ".." / "shared" / "reports"

PAGE = """无障碍浏览
您当前的位置： 首页 > 政务公开 > 年度报告

南屏县云溪镇2024年政府工作报告

信息来源：镇党政办 发布日期：2025-02-07 16:20 分享：

　　2024年，我镇在县委、县政府领导下，围绕防汛和民生两件大事开展工作。现报告如下：
一、主要工作
（一）清淤河道。
　　　　南屏县云溪镇人民政府
　　　　2025年1月20日
主办单位：云溪镇人民政府 版权所有
"""


def test_a_page_with_everything() -> None:
    found = describe(PAGE, "下载 (3).txt")
    assert (found["title"], found.where["title"]) == ("南屏县云溪镇2024年政府工作报告", "title line")
    assert (found["place"], found.where["place"]) == ("南屏县云溪镇", "title")
    assert (found["year"], found.where["year"]) == ("2024", "title")
    assert (found["date"], found.where["date"]) == ("2025-02-07", "meta line")
    assert (found["source"], found.where["source"]) == ("镇党政办", "meta line")
    assert (found["issuer"], found.where["issuer"]) == ("南屏县云溪镇人民政府", "signature")
    assert (found["level"], found.where["level"]) == ("township", "issuer")
    assert list(found.as_meta()) == ["title", "issuer", "place", "level", "year", "date", "source", "from"]


def test_a_text_that_begins_with_its_body_takes_only_its_title_from_the_file() -> None:
    text = "　　去年，我镇围绕防汛开展工作，成效明显。\n一、主要工作\n清淤河道。\n"
    found = describe(text, "某处/云溪镇2023.txt")
    assert (found["title"], found.where["title"]) == ("云溪镇2023", "file name")
    assert found.as_meta() == {"title": "云溪镇2023", "from": {"title": "file name"}}
    assert describe(text).where["title"] == "first sentence"


def test_year_and_place_from_the_body_where_the_title_is_silent() -> None:
    text = "法治政府建设年度报告\n2024年，我街道围绕防汛开展工作，成效明显。\n一、防汛\n中共青枫街道工作委员会 临江区青枫街道办事处\n二〇二五年一月十二日\n"
    found = describe(text)
    assert (found["year"], found.where["year"]) == ("2024", "first sentence")
    assert (found["place"], found.where["place"]) == ("临江区青枫街道", "signature")
    assert (found["date"], found.where["date"]) == ("2025-01-12", "signature")


def test_a_signature_may_say_more_than_the_title() -> None:
    found = describe("青枫街道2024年工作总结\n正文在此，略去，不表。\n临江区青枫街道办事处\n2025年1月2日\n")
    assert (found["place"], found.where["place"]) == ("临江区青枫街道", "signature")


def test_a_title_over_two_lines_is_joined() -> None:
    found = describe("南屏县人民政府\n关于2024年防汛工作的报告\n　　一年来，全县上下，齐心协力。\n")
    assert found["title"] == "南屏县人民政府关于2024年防汛工作的报告"
    assert found["place"] == "南屏县"


def test_a_first_line_that_names_no_kind_of_paper_is_still_the_title() -> None:
    found = describe("首页 > 动态\n云溪镇这一年\n　　一年来，全镇上下，齐心协力。\n")
    assert (found["title"], found.where["title"]) == ("云溪镇这一年", "first line")


def test_the_year_alone_is_that_of_the_whole() -> None:
    for text in (PAGE, "云溪镇简况\n2024年，云溪镇办实事。\n", "一、\n", ""):
        assert str(year_of(text) or "") == describe(text)["year"]


def test_a_year_with_a_month_or_in_a_range_is_no_report_year() -> None:
    assert describe("云溪镇2021-2025年发展规划\n自2020年11月起编制，历时一年，征求意见。\n")["year"] == ""


def test_nothing_there_is_nothing_found() -> None:
    assert describe("").as_meta() == {}
    assert describe("\n \n", "").as_meta() == {}
    assert describe("发布日期：2024-13-45\n")["date"] == ""


def test_long_titles_are_cut() -> None:
    assert len(describe("长" * 300)["title"]) == 80


def test_a_source_named_inside_a_paragraph_is_not_the_report_s() -> None:
    paragraph = "全镇逐户核对补助资金的来源：县级财政占大头，镇级自筹占小头，" * 5
    assert describe(f"云溪镇2024年工作总结\n{paragraph}\n")["source"] == ""


def test_a_long_navigation_bar_does_not_hide_the_title() -> None:
    bar = " | ".join(["首页", "走进云溪", "镇村动态", "便民指南", "互动交流"] * 8)
    paragraph = "一年来，全镇上下在网站上公开信息，回应关切，" * 6
    assert describe(f"{bar}\n云溪镇2024年工作总结\n{paragraph}\n")["title"] == "云溪镇2024年工作总结"
    assert describe(f"{paragraph}。\n一、防汛\n", "a.txt")["title"] == "a"


def test_one_endless_line_does_not_hang() -> None:
    before = time.perf_counter()
    describe("第一，" * 1_000_000)
    assert time.perf_counter() - before < 5


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("临江区青枫街道办事处2024年工作总结", "临江区青枫街道"),
        ("2024年南屏县政府工作报告", "南屏县"),
        ("关于云溪镇2024年工作情况的报告", "云溪镇"),
        ("南屏县市场监督管理局2024年工作总结", "南屏县"),
        ("南屏县乡村振兴工作总结", "南屏县"),
        ("临江市人民政府关于2024年工作的报告", "临江市"),
        ("中共云溪镇委员会2024年工作报告", "云溪镇"),
        ("全县2024年工作报告", ""),
        ("社区工作总结", ""),
        ("法治政府建设年度报告", ""),
        ("", ""),
    ],
)
def test_places_by_shape(title: str, place: str) -> None:
    assert place_in(title) == place


def test_the_longest_of_several_signatures() -> None:
    assert place_of_signature("中共云溪镇委员会 南屏县云溪镇人民政府") == "南屏县云溪镇"


REGIONS = {
    "changziying-2023": ("110115111", "township"),
    "dongqu-2021": ("442000002", "township"),
    "hailing-2019": ("441700", ""),
    "hengli-2020": ("441900106", "township"),
    "huangshigang-2022": ("420202", "county"),
}
SAID = {
    "changziying-2023": ("北京市大兴区长子营镇", "2023", "2024-03-28", "长子营镇"),
    "dongqu-2021": ("东区街道", "2021", "2022-01-25", "本网"),
    "hailing-2019": ("海陵试验区", "2019", "2020-04-13", "本网"),
    "hengli-2020": ("横沥镇", "2020", "2021-01-29", ""),
    "huangshigang-2022": ("黄石港区", "2022", "2023-04-13", "区政府办"),
}


@pytest.mark.parametrize("name", SAID)
def test_the_shared_reports(name: str) -> None:
    path = SHARED / f"{name}.txt"
    if not path.exists():
        pytest.skip("../shared/reports is absent")
    found = describe(path.read_text(encoding="utf-8"), path.name)
    assert (found["place"], found["year"], found["date"], found["source"]) == SAID[name]
    assert found.where["title"] == ("file name" if name == "hengli-2020" else "title line")
    assert (found["division"], found["level"]) == REGIONS[name]
