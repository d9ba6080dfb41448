"""What a page's own style sheet hides: not in the text; what it shows again, or only elsewhere, is."""

import pytest

from annotator.formats.page.charset import markup_of
from annotator.formats.page.report import see

BODY = "".join(f"<p>全镇第{n}项工作按计划推进，群众满意度稳步提升，项目建设取得新的进展。</p>" for n in range(6))


def text(css: str, inner: str) -> str:
    markup = f"<html><head><style>{css}</style></head><body><div class='content'>{BODY}</div>{inner}</body></html>"
    return see(markup_of(markup.encode())).text


@pytest.mark.parametrize(
    ("css", "inner"),
    [
        (".tips{display:none}", "<div class='a tips'>弹出提示</div>"),
        ("#pop { color: red; display : none }", "<div id=pop>弹出提示</div>"),
        ("/* x */ div.tips, .other {display:none!important}", "<div class=tips>弹出提示</div>"),
        ("@import 'a.css'; .tips{display:block} .tips{display:none}", "<p class=tips>弹出提示</p>"),
        ("@media print{.x{display:block}} .tips{display:none}", "<p class=tips>弹出提示</p>"),
    ],
)
def test_hidden_by_the_sheet(css, inner):
    assert "弹出提示" not in text(css, inner + "<p>页尾</p>") and "页尾" in text(css, inner + "<p>页尾</p>")


@pytest.mark.parametrize(
    ("css", "inner"),
    [
        ("@media print { .tips{display:none} }", "<div class=tips>看得见</div>"),
        (".pane{display:none} .pane.on{display:block}", "<div class='pane on'>看得见</div>"),
        (".nav .tips{display:none}", "<div class=tips>看得见</div>"),
        ("span.tips{display:none}", "<div class=tips>看得见</div>"),
        (".tips:hover{display:none}", "<div class=tips>看得见</div>"),
        (".tips{display:none} .tips{display:inline}", "<div class=tips>看得见</div>"),
        (".tips{display:none}", "<div class=tips style='display:block'>看得见</div>"),
        ("/* .tips{display:none} */", "<div class=tips>看得见</div>"),
        (".tips{display:none", "<div class=other>看得见</div>"),
    ],
)
def test_shown_all_the_same(css, inner):
    assert "看得见" in text(css, inner)


def test_a_body_that_waits_for_its_script_is_read():
    assert "第3项" in text(".content{display:none}", "<p>页尾</p>")
