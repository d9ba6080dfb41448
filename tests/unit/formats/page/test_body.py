"""Which of a page is its body: on generated layouts, on the real pages beside the project, and where nothing convinces."""

import json
from random import Random

import pytest

from annotator.formats.body import body_text
from annotator.formats.page.charset import markup_of
from annotator.formats.page.report import report_of, see
from benchmarks.pages import f1
from tests.pages import prose
from tests.pages.layouts import LAYOUTS, list_page, page


def read(markup: str | bytes):
    data = markup.encode() if isinstance(markup, str) else markup
    report, _notes = report_of(data, markup_of(data), "a.html")
    return report


def body(markup: str | bytes) -> str:
    return body_text(read(markup)).text


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", ["news", "report", "brief"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_the_body_in_every_layout(name, kind):
    rng = Random(f"{name} {kind}")
    article = prose.report(rng, rows=3) if kind == "report" else getattr(prose, kind)(rng)
    found = body(page(name, article, rng).replace("gb2312", "utf-8"))
    headed = f"{article.title}\n{article.text}"
    assert max(f1(found, article.text), f1(found, headed)) >= 0.94


@pytest.mark.parametrize("name", ["trs", "jcms", "br_body", "layout_tables", "spans", "disclosure", "flat", "office"])
@pytest.mark.parametrize("seed", range(3))
def test_a_report_keeps_every_line(name, seed):
    rng = Random(seed)
    article = prose.report(rng, parts=5, rows=4)
    markup = page(name, article, rng).replace("gb2312", "utf-8")
    found = [bare(line) for line in body(markup).split("\n")]
    assert [line for line in article.body if bare(line) not in found] == []
    for words in ("首页", "版权所有", "浏览次数", "分享到", "打印", "相关新闻", "当前位置"):
        assert not any(words in line for line in found), words


@pytest.mark.parametrize("name", ["trs", "disclosure", "jcms", "flat"])
def test_the_title_of_a_document_is_body_and_a_headline_is_not(name):
    rng = Random(3)
    official, story = prose.report(rng), prose.news(rng)
    assert body(page(name, official, rng)).startswith(official.title)
    told = read(page(name, story, rng))
    assert not body_text(told).text.startswith(story.title)
    assert "page.headline" in {mark.rule for mark in told.furniture}


def test_everything_visible_is_in_the_text():
    rng = Random(1)
    article = prose.report(rng)
    text = read(page("trs", article, rng)).text
    for words in ("欢迎访问", "首页", "分享到", "版权所有", "京公网安备", "相关新闻", "【打印】", article.title):
        assert words in text
    assert "不是正文，是脚本" not in text


def test_furniture_is_named_by_what_it_is():
    rng = Random(1)
    seen = see(markup_of(page("trs", prose.report(rng), rng).encode()))
    by_rule = {rule: seen.text[start:end] for start, end, rule in reversed(seen.marks)}
    assert "政务公开" in by_rule["page.nav"]
    assert "您现在的位置" in by_rule["page.breadcrumb"]
    assert "发布时间" in by_rule["page.meta"]
    assert "分享到" in by_rule["page.share"]
    assert "版权所有" in by_rule["page.footer"]


def test_furniture_comes_in_few_ranges_each_with_a_name():
    from annotator.reading.furniture import names

    for name in LAYOUTS:
        rng = Random(name)
        report = read(page(name, prose.news(rng), rng).replace("gb2312", "utf-8"))
        assert len(report.furniture) <= 22, name
        assert {mark.rule.removeprefix("page.") for mark in report.furniture} <= set(names.NAMES), name
        text = report.text
        for mark in report.furniture:
            assert mark.start == 0 or text[mark.start - 1] == "\n" or not mark.rule.startswith("page.")


def test_no_page_is_lost():
    listed = read(list_page(Random(2)))
    kept = body_text(listed).text
    assert kept.count("\n") == 100 and "版权所有" not in kept
    few = read("<html><body><div>通知</div><div>今天下午停水。</div></body></html>")
    assert body_text(few).text == few.text


def test_the_real_pages_beside_the_project(shared):
    scores = {}
    for path in sorted((shared / "pages").glob("*.html")):
        silver = json.loads(path.with_suffix(".silver.json").read_text("utf-8"))["content"]
        scores[path.stem] = f1(body(path.read_bytes()), silver)
    assert len(scores) == 6
    assert sum(scores.values()) / 6 >= 0.96, scores
    assert min(scores.values()) >= 0.85, scores


def test_a_rule_of_the_site_goes_before_what_was_found():
    from annotator.domain.site_rule import SiteRule, normal_line

    markup = page("trs", prose.report(Random(5)), Random(5)).replace(
        "<head>", '<head><link rel="canonical" href="http://www.wangchuan.example/1.html">'
    )
    lines = see(markup_of(markup.encode())).text.split("\n")
    first = next(line for line in lines if line.startswith("一、"))
    rules = (
        SiteRule("r1", "wangchuan.example", "line", normal_line(first)),
        SiteRule("r2", "wangchuan.example", "prefix", normal_line("版权所有"), furniture=False),
        SiteRule("r3", "elsewhere.example", "line", normal_line("望川县人民政府")),
    )
    seen = see(markup_of(markup.encode()), site_rules=rules)
    marked = [(seen.text[start:end], rule) for start, end, rule in seen.marks]
    assert (first + "\n", "site:r1") in marked
    assert not any("版权所有" in text for text, _rule in marked)
    assert not any(rule == "site:r3" for _text, rule in marked)
    assert all(a[1] <= b[0] for a, b in zip(seen.marks, seen.marks[1:]))
