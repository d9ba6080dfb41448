"""What encloses another page: frames and shadow trees in the markup, fields for reading, what shows without scripts."""

import time
from html import escape
from random import Random

import pytest

from annotator.formats.body import body_text
from annotator.formats.page.charset import markup_of
from annotator.formats.page.report import report_of
from tests.pages import prose

NAV = "<div><a href=/>网站首页</a> | <a href=/a>信息公开</a> | <a href=/b>网上办事</a></div>"
FOOT = "<div>主办：望川县人民政府　京ICP备12345678号</div>"


def read(middle: str):
    data = f"<html><head><meta charset=utf-8><title>望川见闻</title></head><body>{NAV}{middle}{FOOT}</body></html>".encode()
    return report_of(data, markup_of(data), "a.html")


def body(middle: str) -> list[str]:
    return body_text(read(middle)[0]).text.split("\n")


def article(seed: int = 1) -> tuple[tuple[str, ...], str]:
    paragraphs = prose.news(Random(seed), 6).body
    return paragraphs, "".join(f"<p>{text}</p>" for text in paragraphs)


def test_a_frame_whose_page_is_in_the_markup_is_read_however_deep():
    paragraphs, markup = article()
    inner = f'<iframe srcdoc="{escape(f"<html><head><title>内</title></head><body>{markup}</body></html>")}"></iframe>'
    lines = body(f'<iframe srcdoc="{escape(inner)}">这里应有框架</iframe><p>框架之后</p>')
    assert [text for text in paragraphs if text not in lines] == []
    assert "这里应有框架" not in "".join(lines)
    assert "框架之后" in read(f'<iframe srcdoc="{escape(inner)}"></iframe><p>框架之后</p>')[0].text


def test_frames_of_frames_without_end_are_left_closed():
    markup = "<p>最里面的话。</p>"
    for _ in range(12):
        markup = f'<p>外面的话，写在框架前面。</p><iframe srcdoc="{escape(markup)}"></iframe>'
    text = read(markup)[0].text
    assert text.count("外面的话") == 9 and "最里面" not in text


def test_a_hidden_frame_and_one_that_would_be_fetched_stay_unread():
    paragraphs, markup = article()
    hidden = f'<iframe hidden srcdoc="{escape("<p>藏着的广告</p>")}"></iframe><iframe style="display:none" srcdoc="藏"></iframe>'
    text = read(markup + hidden + '<iframe src="http://example.com/a.html">别的框架</iframe>')[0].text
    assert "藏" not in text and "别的框架" not in text


def test_a_shadow_tree_is_read_and_a_template_is_not():
    paragraphs, markup = article()
    lines = body(
        f"<x-story><template shadowrootmode=open><div>{markup}</div></template></x-story><template>模板</template>"
    )
    assert [text for text in paragraphs if text not in lines] == []
    assert "模板" not in "".join(lines)


def test_a_field_for_reading_is_read_and_one_for_writing_is_not():
    paragraphs, markup = article()
    lines = body(f"<textarea readonly>{chr(10).join(paragraphs)}</textarea><textarea>写下你的看法</textarea>")
    assert [text for text in paragraphs if text not in lines] == []
    assert "写下你的看法" not in "".join(lines)
    assert "<b>" not in read(markup + "<textarea readonly><b>模板</b></textarea>")[0].text


def test_what_shows_without_scripts_is_read_where_nothing_else_is():
    paragraphs, markup = article()
    report, notes = read(f"<div id=app>加载中</div><noscript>{markup}</noscript>")
    lines = body_text(report).text.split("\n")
    assert [text for text in paragraphs if text not in lines] == []
    assert len(notes) == 1
    assert "请打开脚本" not in read(markup + "<noscript>请打开脚本</noscript>")[0].text


def test_a_page_that_folds_up_its_text_is_read_whole():
    paragraphs, _markup = article()
    two, rest = ("".join(f"<p>{text}</p>" for text in part) for part in (paragraphs[:2], paragraphs[2:]))
    folded = f'<h1>望川见闻</h1><div>{two}</div><div id=more style="display:none">{rest}</div>'
    report, notes = read(folded + "<a href=#>展开全文</a>")
    lines = body_text(report).text.split("\n")
    assert [text for text in paragraphs if text not in lines] == []
    assert len(notes) == 1
    assert paragraphs[-1] not in read(folded)[0].text


def test_made_up_elements_are_lines_and_words_in_a_line_stay():
    paragraphs, _markup = article()
    made = "".join(f"<x-par>{text[:5]}<x-tip>{text[5:8]}</x-tip>{text[8:]}</x-par>" for text in paragraphs)
    page = f"<x-app><x-title>望川见闻</x-title><x-story>{made}</x-story><x-feed><x-card><a>别的消息</a></x-card></x-feed></x-app>"
    lines = body(page)
    assert [text for text in paragraphs if text not in lines] == []
    assert "别的消息" not in "".join(lines)


def test_what_is_asked_in_an_interview_is_body():
    talk = [
        "记者：这项工作去年进展如何？",
        "李主任：" + prose.paragraph(Random(2)),
        "记者：群众满意吗，您怎么看？",
        "李主任：" + prose.paragraph(Random(3)),
        "记者：接下来还有哪些打算？",
        "李主任：" + prose.paragraph(Random(4)),
    ]
    lines = body("<article><h1>对话李主任</h1>" + "".join(f"<p>{text}</p>" for text in talk) + "</article>")
    assert [text for text in talk if text not in lines] == []


def test_a_line_that_says_advertisement_is_none_of_the_body():
    paragraphs, _markup = article()
    markup = "".join(f"<p>{text}</p><p>广告</p>" for text in paragraphs)
    assert "广告" not in body(f"<article>{markup}</article>")


@pytest.mark.parametrize(
    "markup",
    [
        f'<p class="{"a-" * 1_000_000}">一、全年召开会议12次。</p>',
        "<table><tr>" + "<td>一</td>" * 40_000 + "</tr></table>",
        "<a href=x>" * 40_000 + "一、全年召开会议12次。",
    ],
    ids=["a long name", "a row of many cells", "links in links"],
)
def test_markup_without_measure_takes_no_time_without_measure(markup):
    begun = time.monotonic()
    read(markup)
    assert time.monotonic() - begun < 8
