"""Metadata through the readers: generated pages, and the shared ones against what another extractor took."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from annotator.domain.report import Report
from annotator.formats.items import AS_FOUND
from annotator.formats.registry import reader_of

pytest.importorskip("lxml")

PAGE = """<!-- saved from url=(0035)http://www.example.gov.cn/a/1.html -->
<html><head><meta charset="gb2312"><title>南屏县2024年法治政府建设情况报告_南屏县人民政府</title>
<meta name="SiteName" content="南屏县人民政府"><meta name="PubDate" content="2025-01-06 10:00"></head>
<body><div class="nav"><a href="/">首页</a> &gt; <a href="/xx">信息公开</a></div>
<h1>南屏县2024年法治政府建设情况报告</h1><p class="meta">来源：县政府办公室 发布日期：2025-01-06 【打印】</p>
<div class="content">{body}<p>南屏县人民政府</p><p>2024年12月31日</p></div>
<div class="footer">主办单位：湖北省黄石市人民政府 网站标识码：4202000001</div></body></html>"""
BODY = "<p>　　2024年，全县上下围绕依法行政，梳理事项五百余项，培训人员一千余人次，成效明显。现将情况报告如下。</p>" * 6


def read(path: Path) -> Report:
    (item,) = reader_of(path)(path, AS_FOUND)
    assert item.report is not None, item.problem
    return item.report


def test_a_page_of_a_county(tmp_path: Path) -> None:
    data = PAGE.format(body=BODY).encode("gb18030")
    (tmp_path / "1.html").write_bytes(data)
    meta = read(tmp_path / "1.html").meta
    where = meta.pop("from")
    assert meta == {
        "title": "南屏县2024年法治政府建设情况报告",
        "issuer": "南屏县人民政府",
        "place": "南屏县",
        "province": "湖北省",
        "city": "黄石市",
        "division": "420200",
        "level": "county",
        "year": "2024",
        "date": "2025-01-06",
        "source": "县政府办公室",
        "url": "http://www.example.gov.cn/a/1.html",
        "file_hash": hashlib.sha256(data).hexdigest(),
    }
    assert where["url"] == "saved-from comment"
    assert where["city"] == "site number"
    assert where.keys() == meta.keys()


@pytest.mark.parametrize("name", ["01-gamersky", "02-guancha", "03-ifeng", "04-qq", "05-sina", "06-toutiao"])
def test_titles_and_dates_of_the_shared_pages(shared: Path, name: str) -> None:
    silver = json.loads((shared / "pages" / f"{name}.silver.json").read_text(encoding="utf-8"))
    report = read(shared / "pages" / f"{name}.html")
    assert report.meta["title"] == silver["title"]
    # What stands there for 04-qq is the build of a video player.
    if name != "04-qq":
        year, month, day = map(int, re.findall(r"\d+", silver["publish_time"])[:3])
        assert report.meta["date"] == f"{year:04}-{month:02}-{day:02}"
    assert "province" not in report.meta
    assert "level" not in report.meta
