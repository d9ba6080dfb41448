"""What suggestions are worth on a report marked by hand, however its text came in: JSON Lines, plain text, a web page."""

import json
from html import escape
from pathlib import Path

import pytest

from annotator.cli.main import run
from annotator.domain.span import Span, new_uid
from annotator.formats import jsonl
from annotator.quality.evaluation import Evaluation

GOLD = Path(__file__).parents[3] / "../shared/gold/dongqu-2021.jsonl"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold/dongqu-2021.jsonl is not beside the project"),
]

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/a">政务公开</a> <a href="/b">办事服务</a></div>
<div class="location">当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a></div>
<div class="article"><h1>{title}</h1>
{paragraphs}
</div>
<div class="share">分享到：微信 微博 <a href="#">打印</a> <a href="#">关闭</a></div>
<div class="footer">主办：某某单位 联系电话：010-12345678 网站标识码：1100000001</div></body></html>
"""


def gold():
    (item,) = jsonl.read(GOLD)
    return item.report


def lines(tmp_path, report):
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps({"id": report.uid, "text": report.text}, ensure_ascii=False) + "\n", "utf-8")
    return path


def plain(tmp_path, report):
    path = tmp_path / "dongqu.txt"
    path.write_text(report.text, "utf-8")
    return path


def page(tmp_path, report):
    paragraphs = [line for line in report.text.split("\n") if line.strip()]
    body = "\n".join(f"<p>{escape(line)}</p>" for line in paragraphs)
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(title="法治政府建设年度报告", paragraphs=body), "utf-8")
    return path


def suggested(tmp_path, path):
    """The report with its suggestions, through the command line."""
    project, out = tmp_path / "p.annodb", tmp_path / "out.jsonl"
    assert run(["new", str(project)]) == run(["import", str(project), str(path)]) == 0
    assert run(["suggest", str(project), "--out", str(out)]) == 0
    (item,) = jsonl.read(out)
    return item.report


def where_it_stands(text, wanted):
    """For each character of `wanted` that is no white space its place in `text`, which may break lines elsewhere."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    squeezed = "".join(text[at] for at in places)
    first = squeezed.index("".join(wanted.split()))
    inked = [at for at, char in enumerate(wanted) if not char.isspace()]
    return {at: places[first + n] for n, at in enumerate(inked)}


@pytest.mark.parametrize("bring", [lines, plain, page])
def test_suggestions_are_nearly_right(tmp_path, bring):
    report = gold()
    found = suggested(tmp_path, bring(tmp_path, report))
    at = where_it_stands(found.text, report.text)
    wanted = [
        Span(new_uid(), at[s.start], at[s.end - 1] + 1, s.label, _plain(s.attributes), certain=s.certain)
        for made in report.sets
        for s in made.spans
    ]
    low, high = min(at.values()), max(at.values())
    offered = [
        s._replace(attributes=_plain(s.attributes)) for s in found.sets[0].spans if low <= s.start and s.end <= high + 1
    ]
    scores = Evaluation()
    scores.add("dongqu", wanted, offered)
    assert scores.exact["INDICATOR"].f1 >= 0.97
    for name in ("value", "unit", "qualifier"):
        assert scores.attributes["INDICATOR", name].recall >= 0.97, name
    assert scores.exact["INSTITUTION"].f1 >= 0.85
    assert scores.overlap["MEASURE"].f1 >= 0.85
    assert scores.exact["MEASURE"].f1 >= 0.60


def _plain(attributes):
    """Words from the report without their place, which is another in another text."""
    return {name: value["text"] if isinstance(value, dict) else value for name, value in attributes.items()}
