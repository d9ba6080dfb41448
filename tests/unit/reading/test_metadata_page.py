"""What a page states of itself, and how it goes together with what it shows."""

from __future__ import annotations

import pytest

from annotator.reading.metadata import describe
from annotator.reading.metadata_page import page_title, stated
from annotator.reading.page_facts import PageFacts

TEXT = "首页 > 要闻\n南屏县2024年工作报告\n2025-01-05 来源：县府办\n　　一年来，全县上下，齐心协力。\n主办单位：某某\n"


def test_the_tags_that_government_sites_carry() -> None:
    page = PageFacts(
        meta={
            "articletitle": "南屏县2024年工作报告",
            "pubdate": "2025-01-06 10:00",
            "contentsource": "县政府办公室",
            "siteidcode": "4202020002",
            "url": "http://www.example.gov.cn/a/1.html",
        }
    )
    found = describe("　　一年来，全县上下，齐心协力。\n", "1.html", page=page)
    assert dict(found.values) == {
        "title": "南屏县2024年工作报告",
        "place": "南屏县",
        "province": "湖北省",
        "city": "黄石市",
        "division": "420200",
        "level": "county",
        "year": "2024",
        "date": "2025-01-06",
        "source": "县政府办公室",
        "url": "http://www.example.gov.cn/a/1.html",
    }
    assert found.where["title"] == "meta:articletitle"
    assert found.where["date"] == "meta:pubdate"
    assert found.where["city"] == "site number"


def test_the_address_by_who_should_know_best() -> None:
    known = {
        "url": "http://a.example/1",
        "saved_comment": "http://b.example/2",
        "canonical": "http://c.example/3",
        "meta": {"og:url": "http://d.example/4"},
    }
    expected = [
        ("http://a.example/1", "MHTML header"),
        ("http://b.example/2", "saved-from comment"),
        ("http://c.example/3", "canonical link"),
        ("http://d.example/4", "meta:og:url"),
    ]
    for name, address in zip(("url", "saved_comment", "canonical", "meta"), expected, strict=True):
        assert stated(PageFacts(**known))["url"] == address  # type: ignore[arg-type]
        known.pop(name)
    assert "url" not in stated(PageFacts(canonical="/relative", url="cid:frame@mhtml"))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 09 Sep 2019 18:13:22 +0800", "2019-09-09T18:13:22+08:00"),
        ("2019-09-09T18:13:22+08:00", "2019-09-09T18:13:22+08:00"),
        ("Mon Sep 09 2019 18:13:22 GMT+0800 (中国标准时间)", "2019-09-09T18:13:22+08:00"),
        ("gestern", ""),
        ("", ""),
    ],
)
def test_when_it_was_saved(written: str, moment: str) -> None:
    assert stated(PageFacts(saved_at=written)).get("saved", ("", ""))[0] == moment


@pytest.mark.parametrize(
    ("facts", "title", "where"),
    [
        ({"title_tag": "南屏县2024年工作报告_南屏县人民政府"}, "南屏县2024年工作报告", "title tag"),
        ({"title_tag": "南屏县2024年工作报告-要闻-南屏网"}, "南屏县2024年工作报告", "title tag"),
        ({"h1": "南屏县人民政府网", "title_tag": "南屏县2024年工作报告 | 南屏网"}, "南屏县2024年工作报告", "title tag"),
        ({"h1": "南屏县2024年工作报告", "title_tag": "南屏县2024年工作报告 | 南屏网"}, "南屏县2024年工作报告", "h1"),
        ({"meta": {"og:title": "别的题目"}}, "别的题目", "meta:og:title"),
        ({}, "", ""),
    ],
)
def test_headlines(facts: dict[str, object], title: str, where: str) -> None:
    assert page_title(PageFacts(**facts), TEXT.splitlines()) == (title, where)  # type: ignore[arg-type]


def test_furniture_holds_the_source_but_never_the_title() -> None:
    text = "南屏县人民政府网站工作报告\n" + TEXT
    end = text.index("南屏县2024")
    ranges = [(0, end), (text.index("2025-01-05"), text.index("　　")), (text.index("主办"), len(text))]
    found = describe(text, "x.html", furniture=ranges)
    assert (found["title"], found["source"], found["date"]) == ("南屏县2024年工作报告", "县府办", "2025-01-05")


def test_a_hash_is_kept_where_it_is_given() -> None:
    found = describe("标题\n正文。", file_hash="ab" * 32)
    assert (found["file_hash"], found.where["file_hash"]) == ("ab" * 32, "file")
