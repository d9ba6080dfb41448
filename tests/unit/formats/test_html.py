"""Saved pages as files: encodings, damage, hostile markup; what a page shows and what it does not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats import html
from annotator.formats.body import body_text
from annotator.formats.items import ReadOptions

BODY = (
    "一、加强组织领导。全年召开会议12次，研究解决问题35个，推动各项工作有序开展。",
    "二、优化营商环境。受理事项1280件，办结率99.7%，群众满意度——持续提高·稳定。",
    "望川县人民政府",
    "2023年1月12日",
)


def markup(charset: str = "utf-8", body=BODY, declared: str | None = None) -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in body)
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared or charset}"><title>望川县工作总结</title></head>'
        f'<body><div class="nav"><a href="/">首页</a></div><div class="TRS_Editor">{paragraphs}</div><div class="footer">版权所有：望川县</div></body></html>'
    )


def one(tmp_path, data: bytes | str, encoding=None, name="a.html"):
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (item,) = html.read(path, ReadOptions(encoding=encoding))
    return item


def body(item) -> str:
    assert item.report is not None, item.problem
    return body_text(item.report).text.rstrip("\n")


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030", "utf-16"])
def test_the_body_is_the_same_in_every_encoding(tmp_path, charset):
    codec = "gb18030" if charset == "gb2312" else charset
    item = one(tmp_path, markup(charset).encode(codec))
    assert body(item) == "\n".join(BODY)
    assert item.notes == ()
    assert item.report.original == markup(charset).encode(codec)


def test_gb2312_keeps_dash_and_dot(tmp_path):
    item = one(tmp_path, markup("gb2312").encode("gb18030"))
    assert "——" in item.report.text and "·" in item.report.text
    assert item.report.encoding == "gb18030"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("iso-8859-1", "gb18030"), ("x-nonsense", "gb18030")],
)
def test_a_wrong_declaration_is_noticed_and_said(tmp_path, declared, codec):
    item = one(tmp_path, markup(declared=declared).encode(codec))
    assert body(item) == "\n".join(BODY)
    assert item.report.encoding == codec
    assert [note.params.get("declared") for note in item.notes] == [declared]


def test_a_byte_order_mark_goes_before_the_declaration(tmp_path):
    item = one(tmp_path, b"\xef\xbb\xbf" + markup(declared="gbk").encode())
    assert body(item) == "\n".join(BODY) and item.report.text[0] != "\ufeff"


def test_an_encoding_by_name(tmp_path):
    assert body(one(tmp_path, markup(declared="utf-8").encode("gb18030"), "gb2312")) == "\n".join(BODY)
    assert "not known" in str(one(tmp_path, markup(), "no-such").problem)


def test_an_encoding_that_a_person_chose_is_not_called_the_right_one(tmp_path):
    notes = one(tmp_path, markup(declared="utf-8"), "gb18030").notes
    assert not any("declared" in note.params for note in notes)


def test_what_nobody_sees_is_not_read(tmp_path):
    hidden = (
        "<script>var a='<p>脚本里的话，不该出现。</p>'</script><style>.x{content:'样式'}</style><!-- 注释里的话 --><noscript>请打开脚本</noscript>"
        "<template><p>模板</p></template><div hidden>藏起来的一</div><div style='color:red; display: none'>藏起来的二</div>"
        "<select><option>甲</option><option selected>乙</option></select><textarea>输入框</textarea><iframe src='x'>框架</iframe>"
    )
    item = one(tmp_path, markup().replace("<body>", "<body>" + hidden))
    for words in ("脚本", "样式", "注释", "模板", "藏起来", "甲", "输入框", "框架"):
        assert words not in item.report.text
    assert "乙" in item.report.text


def test_lines_cells_and_references(tmp_path):
    page = (
        "<body><div id='zoom'><p>第一行<br>第二行&nbsp;有空格&mdash;&#8212;&amp;。</p><table><tr><th>项目</th><th>数量</th></tr><tr><td>会议，<b>培训</b></td><td>12</td></tr></table>"
        "<ul><li>甲</li><li>乙</li></ul><p>　　缩进   和\n换行，合为一个空格。</p><p>&#151;&#150;</p></div></body>"
    )
    assert one(tmp_path, page).report.text.split("\n") == [
        "第一行",
        "第二行\xa0有空格——&。",
        "项目\t数量",
        "会议，培训\t12",
        "甲",
        "乙",
        "　　缩进 和 换行，合为一个空格。",
        "—–",
    ]


def test_a_table_that_lays_out_the_page_is_no_row(tmp_path):
    cells = "".join(f"<td><p>{'很长的一段话，' * 30}</p><p>又一段。</p></td>" for _ in range(2))
    assert "\t" not in one(tmp_path, f"<body><table><tr>{cells}</tr></table></body>").report.text


@pytest.mark.parametrize("depth", [200, 1000, 6000])
def test_however_deep_it_nests(tmp_path, depth):
    item = one(tmp_path, markup().replace("<p>", "<div>" * depth + "<p>", 1))
    for text in BODY:
        assert text in item.report.text
    assert BODY[0] in body(item)


def test_deep_inline_elements(tmp_path):
    item = one(tmp_path, markup().replace("<p>", "<p>" + "<font>" * 3000, 1))
    assert all(text in body(item) for text in BODY)


def test_nul_bytes_and_halves_of_pairs(tmp_path):
    item = one(tmp_path, markup(body=(BODY[0] + "&#xD800;&#0;&#x110000;", BODY[1])).replace("12次", "12\0次"))
    assert "12\ufffd次" in body(item)
    assert body(item).split("\n")[0].endswith("\ufffd\ufffd\ufffd")
    assert [note.params["n"] for note in item.notes] == [4]
    item.report.text.encode()


def test_bidirectional_controls_stay(tmp_path):
    item = one(tmp_path, markup(body=(BODY[0] + "\u202e反\u202c。", BODY[1])))
    assert "\u202e反\u202c" in body(item)


@pytest.mark.parametrize("cut", [0.3, 0.55, 0.7, 0.9, 0.99])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_truncated_files_come_in_as_far_as_they_go(tmp_path, cut, codec):
    data = markup(codec, BODY * 5).encode(codec)
    item = one(tmp_path, data[: int(len(data) * cut)])
    assert item.report is not None
    assert BODY[0][:12] in item.report.text


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (b"", "empty"),
        (b" \n\0\n", "empty"),
        (b"<html><body></body></html>", "empty"),
        (
            b"<html><body><script>var data={'content':'"
            + "正文在脚本里。".encode() * 50
            + b"'}</script></body></html>",
            "no script is run",
        ),
        (
            b"<html><frameset cols='20%,*'><frame src='a.htm'><frame src='b.htm'><noframes>no frames</noframes></frameset></html>",
            "frames",
        ),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "not a web page"),
    ],
)
def test_why_a_file_is_no_report(tmp_path, page, words):
    item = one(tmp_path, page)
    assert item.report is None and words in str(item.problem)


def test_a_page_that_shows_itself_only_by_script_is_read_all_the_same(tmp_path):
    hidden = (
        markup(body=BODY * 8).replace("<body>", "<body><div style='display:none'>").replace("</body>", "</div></body>")
    )
    item = one(tmp_path, hidden)
    assert BODY[0] in body(item) and len(item.notes) == 1


def test_pictures_inside_a_page_do_not_count(tmp_path):
    picture = '<img src="data:image/png;base64,' + "iVBORw0KGgo" * 2_400_000 + '">'
    started = time.monotonic()
    item = one(tmp_path, markup().replace("<p>", picture + "<p>", 1))
    assert body(item) == "\n".join(BODY)
    assert time.monotonic() - started < 20


def test_a_page_longer_than_any_report(tmp_path):
    item = one(tmp_path, b"<p>" + "很长，很长。".encode() * 3_000_000)
    assert item.report is None and "20 MB" in str(item.problem)


def test_nothing_is_fetched_or_run(tmp_path, monkeypatch):
    import socket

    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    evil = (
        '<!DOCTYPE html SYSTEM "http://192.0.2.1/x.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><head><base href="http://192.0.2.1/">'
        '<link rel=stylesheet href="http://192.0.2.1/a.css"><meta http-equiv=refresh content="0;url=http://192.0.2.1/"></head><body onload="x()">&a;'
    )
    item = one(tmp_path, evil + markup())
    assert "root:" not in item.report.text and BODY[0] in item.report.text


def test_a_missing_library_is_one_sentence(tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "lxml", None)
    item = one(tmp_path, markup())
    assert item.report is None and "report-annotator[html]" in str(item.problem)


def test_other_opinions_may_be_missing(tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.setitem(sys.modules, "readability", None)
    assert body(one(tmp_path, markup())) == "\n".join(BODY)


def test_where_it_came_from(tmp_path):
    page = "<!-- saved from url=(0029)http://www.example.cn/a/b.html -->\n" + markup()
    assert one(tmp_path, page).report.meta["url"] == "http://www.example.cn/a/b.html"
    page = markup().replace("<title>", '<link rel="canonical" href="https://www.example.cn/c"><title>')
    assert one(tmp_path, page).report.meta["url"] == "https://www.example.cn/c"


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), at=st.integers(0, 400))
def test_damage_anywhere_never_raises(tmp_path_factory, data, at):
    whole = markup("gb18030").encode("gb18030")
    item = one(tmp_path_factory.mktemp("damage"), whole[:at] + data + whole[at:])
    assert (item.report is None) != (item.problem is None)
    if item.report is not None:
        text, last = item.report.text, 0
        text.encode()
        for mark in item.report.furniture:
            assert last <= mark.start < mark.end <= len(text)
            assert mark.rule
            last = mark.end


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "<p> </p> <div> </div> <span class=content> </span> <br> <table> <tr> <td> </table> <a href=x> </a> 文字，一句话。 &nbsp; <script> </script> <pre> </pre> <li> <!-- --> ]]> <font> <select><option> </ <p".split(
                " "
            )
        ),
        max_size=60,
    )
)
def test_any_soup_of_tags_is_read(tmp_path_factory, pieces):
    item = one(tmp_path_factory.mktemp("soup"), "<html><body>" + "".join(pieces))
    assert (item.report is None) != (item.problem is None)
