"""Pages as long as a file may be: each step is done once for a line, or these do not end before the reader's time is up."""

import pytest

from annotator.formats.page.charset import markup_of
from annotator.formats.page.report import see

PROSE = [f"全市第{n}批部门认真贯彻落实第{n * 7}号部署，办结案件{n * n}件。" for n in range(60)]
BODY = "<div class='content'>" + "".join(f"<p>{line}</p>" for line in PROSE) + "</div>"

PAGES = {
    "links in spans on one line": "".join(f"<span><a href='/{n}'>链接{n}</a></span> " for n in range(150_000)),
    "menus": "".join(f"<ul class='nav'>{'<li><a href=/>政务公开</a></li>' * 20}</ul>" for _ in range(5_000)),
    "headings over links": "".join(f"<div><h3>相关阅读</h3><p>第{n}篇</p></div>" for n in range(50_000)),
    "readers": "<div class='comment'>" * 2_000 + "<p>说得好。</p>" * 60_000 + "</div>" * 2_000,
    "lines of facts": "".join(f"<p>来源：本网{n}</p><p>望川县</p>" for n in range(50_000)),
}


@pytest.mark.slow
@pytest.mark.parametrize("around", PAGES.values(), ids=PAGES)
def test_a_body_is_found_in_a_very_long_page(around: str) -> None:
    seen = see(markup_of(f"<html><body>{BODY}{around}</body></html>".encode()))
    marked = bytearray(len(seen.text))
    for start, end, _rule in seen.marks:
        marked[start:end] = b"\1" * (end - start)
    first, last = seen.text.index(PROSE[0]), seen.text.index(PROSE[-1]) + len(PROSE[-1])
    assert seen.text[first:last] == "\n".join(PROSE)
    assert not any(marked[first:last]), "the body stays"


def test_an_element_without_a_line_of_its_own_has_the_line_it_fills() -> None:
    nested = "<span class='content'>  <span>甲乙丙丁</span></span> \n <b> </b>"
    page = see(markup_of(f"<html><body><div>{nested}</div></body></html>".encode()))
    assert page.text == "甲乙丙丁"
