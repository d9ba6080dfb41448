import zipfile

import docx as python_docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats import docx
from annotator.formats.items import AS_FOUND
from annotator.formats.registry import reader_of
from annotator.reading.outline import outline

W = nsdecls("w")


def saved(tmp_path, *paragraphs, change=None, name="a.docx"):
    document = python_docx.Document()
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            document.add_paragraph(paragraph)
        else:
            document.element.body.insert(len(document.element.body) - 1, paragraph)
    if change:
        change(document)
    path = tmp_path / name
    document.save(path)
    return path


def element(xml: str):
    """A paragraph or table of raw XML, `w:` declared."""
    tag, rest = xml[1:].split(">", 1) if not xml[1:].split(">", 1)[0].count(" ") else (None, None)
    return parse_xml(f"<{tag} {W}>{rest}" if tag else xml.replace(" ", f" {W} ", 1))


def text_of(path):
    return docx.document_text(path)[0]


def body_of(path):
    (item,) = docx.read(path)
    text, at, kept = item.report.text, 0, []
    for each in item.report.furniture:
        kept.append(text[at : each.start])
        at = each.end
    return "".join([*kept, text[at:]])


def test_paragraphs_line_breaks_tabs_and_inserted_words(tmp_path):
    path = saved(
        tmp_path,
        "望川县2022年工作报告",
        element("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type='page'/></w:r></w:p>"),
        element(
            "<w:p><w:r><w:t>留</w:t></w:r><w:del w:id='1' w:author='a'><w:r><w:delText>删</w:delText></w:r></w:del>"
            "<w:ins w:id='2' w:author='a'><w:r><w:t>增</w:t></w:r></w:ins>"
            "<w:moveFrom w:id='3' w:author='a'><w:r><w:t>走</w:t></w:r></w:moveFrom>"
            "<w:moveTo w:id='4' w:author='a'><w:r><w:t>来</w:t></w:r></w:moveTo>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r></w:p>"
        ),
    )
    assert text_of(path) == "望川县2022年工作报告\n甲\t乙\n丙\n留增来"


def test_a_deleted_paragraph_end_joins_what_it_parted(tmp_path):
    path = saved(
        tmp_path,
        element("<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>"),
        "后半",
        element("<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr></w:p>"),
        "末段",
    )
    assert text_of(path) == "前半后半\n末段"


def test_tables_stand_where_they_are_with_merged_cells_once(tmp_path):
    def change(document):
        table = document.add_table(3, 3)
        for row, cells in enumerate([("事项", "数量", "比例"), ("受理", "128件", "99.7%"), ("合计", "", "")]):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
        table.cell(2, 0).merge(table.cell(2, 2))
        table.cell(0, 0).merge(table.cell(1, 0))
        document.add_paragraph("表后")

    assert text_of(saved(tmp_path, "表前", change=change)).split("\n") == [
        "表前",
        "事项",
        "受理",
        "数量\t比例",
        "\t128件\t99.7%",
        "合计",
        "表后",
    ]


def test_a_nested_table_and_a_cell_of_many_paragraphs(tmp_path):
    def change(document):
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "主要举措"
        cell = table.cell(0, 1)
        cell.text = "一、新建站点。"
        cell.add_paragraph("二、受理投诉。")
        inner = cell.add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "站点", "80个"

    assert text_of(saved(tmp_path, change=change)) == "主要举措\n一、新建站点。\n二、受理投诉。\n站点\t80个"


def test_text_boxes_once_and_content_controls(tmp_path):
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    drawing = (
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<w:r><w:t>段落</w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    control = "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    assert text_of(saved(tmp_path, parse_xml(drawing), element(control))) == "段落\n框内\n控件"


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="70">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/><w:suff w:val="nothing"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3.%4"/><w:isLgl/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="71"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:num w:numId="70"><w:abstractNumId w:val="70"/></w:num>
<w:num w:numId="71"><w:abstractNumId w:val="71"/></w:num>
<w:num w:numId="72"><w:abstractNumId w:val="70"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(text, level=0, number=70):
    return element(
        f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr></w:pPr>"
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def with_numbering(path, xml=NUMBERING):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/numbering.xml"] = xml.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_numbers_that_word_counts_are_in_the_text_and_make_an_outline(tmp_path):
    path = with_numbering(
        saved(
            tmp_path,
            numbered("主要举措"),
            numbered("加强领导", 1),
            numbered("建立站点", 2),
            numbered("受理投诉", 2),
            numbered("改进服务", 1),
            numbered("新建窗口", 2),
            numbered("细目", 3),
            numbered("存在问题"),
            numbered("人员不足", 1),
            numbered("无编号", number=0),
            numbered("一点", number=71),
            numbered("另起", number=72),
            numbered("再起", number=72),
        )
    )
    text = text_of(path)
    assert text.split("\n") == [
        "一、主要举措",
        "（一）加强领导",
        "1. 建立站点",
        "2. 受理投诉",
        "（二）改进服务",
        "1. 新建窗口",
        "1.2.1.1 细目",
        "二、存在问题",
        "（一）人员不足",
        "无编号",
        "• 一点",
        "五、另起",
        "六、再起",
    ]
    assert [s.title for s in outline(text) if s.level == 1] == ["主要举措", "存在问题", "另起", "再起"]


def test_a_number_that_the_style_brings(tmp_path):
    def change(document):
        style = document.styles["Heading 1"].element
        style.get_or_add_pPr().append(parse_xml(f"<w:numPr {W}><w:numId w:val='70'/></w:numPr>"))
        document.add_paragraph("主要举措", "Heading 1")
        document.add_paragraph("存在问题", "Heading 1")

    assert text_of(with_numbering(saved(tmp_path, change=change))) == "一、主要举措\n二、存在问题"


def test_notes_stand_at_the_end(tmp_path):
    notes = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
    <w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>见附表。</w:t></w:r></w:p></w:footnote></w:footnotes>"""
    path = saved(tmp_path, element("<w:p><w:r><w:t>受理128件</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"), "末段")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].replace(
        b"</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode()
    )
    parts["word/footnotes.xml"] = notes.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert text_of(path) == "受理128件[1]\n末段\n[1] 见附表。"


def test_headers_footers_and_contents_are_furniture(tmp_path):
    def change(document):
        document.sections[0].header.paragraphs[0].text = "望川县人民政府文件"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"
        document.sections[0].footer.add_paragraph("内部资料")
        style = document.styles.add_style("toc 1", 1)
        document.paragraphs[1].style = style

    path = saved(tmp_path, "望川县2022年工作报告", "一、主要举措\t3", "一、主要举措", change=change)
    (item,) = docx.read(path)
    rules = {item.report.text[f.start : f.end].strip(): f.rule for f in item.report.furniture}
    assert rules == {
        "望川县人民政府文件": "running_header",
        "内部资料": "running_footer",
        "一、主要举措\t3": "contents",
    }
    assert "— 1 —" not in item.report.text
    assert body_of(path).strip() == "望川县2022年工作报告\n一、主要举措"


def test_the_bytes_and_the_metadata_are_kept(tmp_path):
    path = saved(tmp_path, "望川县2022年工作报告", "一、新建站点80个。")
    (item,) = docx.read(path)
    assert item.report.original == path.read_bytes() and item.report.file_name == "a.docx"
    assert item.report.meta["title"] == "望川县2022年工作报告" and item.report.year == 2022


line = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30)


@settings(max_examples=20, deadline=None)
@given(st.lists(line, min_size=1, max_size=6))
def test_any_text_comes_back(tmp_path_factory, lines):
    path = saved(tmp_path_factory.mktemp("docx"), *lines)
    assert text_of(path) == "\n".join(lines)


# ---- hostile and broken ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels"]
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_are_refused_unread(tmp_path, part, codec):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    path = saved(tmp_path, "甲")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts[part].decode().partition("?>")[2]
    bomb = f'<!DOCTYPE x [<!ENTITY a "甲甲甲"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "{secret.as_uri()}">]>'
    parts[part] = (f'<?xml version="1.0" encoding="{codec}"?>' + bomb + xml.replace("甲", "&b;&c;")).encode(codec)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    (item,) = docx.read(path)
    assert item.report is None and "entities" in str(item.problem)


def test_a_bomb_is_not_opened(tmp_path):
    path = saved(tmp_path, "甲")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zeros.bin", b"\0" * (16 * 1024 * 1024))
    (item,) = docx.read(path)
    assert "unpack" in str(item.problem)


def test_tables_in_tables_without_end(tmp_path):
    inner = "<w:p><w:r><w:t>最内</w:t></w:r></w:p>"
    for _ in range(900):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    path = saved(tmp_path, "甲")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = f"<w:document {W}><w:body><w:p/>{inner}</w:body></w:document>".encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert text_of(path).strip() == "最内"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:r><w:ruby><w:rubyBase>", "</w:rubyBase></w:ruby></w:r>"),
        ("<w:ins><w:hyperlink>", "</w:hyperlink></w:ins>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:r><m:AlternateContent><m:Choice>", "</m:Choice></m:AlternateContent></w:r>"),
    ],
)
def test_runs_in_runs_without_end(tmp_path, opening, closing):
    path = saved(tmp_path, "甲")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    inner = opening * 2000 + "<w:r><w:t>最内</w:t></w:r>" + closing * 2000
    xml = f'<w:document {W} xmlns:m="x"><w:body><w:p><w:r><w:t>甲</w:t></w:r>{inner}</w:p></w:body></w:document>'
    parts["word/document.xml"] = xml.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert text_of(path).startswith("甲")


def test_cut_off_anywhere_it_is_one_sentence(tmp_path):
    data = saved(tmp_path, "甲" * 50).read_bytes()
    path = tmp_path / "cut.docx"
    for cut in range(1, len(data), 1499):
        path.write_bytes(data[:cut])
        (item,) = docx.read(path)
        assert item.report is None and "damaged" in str(item.problem)


def test_bytes_turned_over_are_a_sentence_or_a_report(tmp_path):
    data = bytearray(saved(tmp_path, "甲" * 50).read_bytes())
    path = tmp_path / "turned.docx"
    for at in range(0, len(data), 1499):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        (item,) = docx.read(path)
        assert item.report or item.problem


def test_a_document_of_pictures_says_so(tmp_path):
    (item,) = docx.read(saved(tmp_path, "", " "))
    assert "picture" in str(item.problem)


@pytest.mark.parametrize("name", ["a.xlsx", "a.txt", "a"])
def test_a_wrong_ending_is_seen_through(tmp_path, name):
    path = saved(tmp_path, "望川县工作报告", name=name)
    (item,) = reader_of(path)(path, AS_FOUND)
    assert item.report.text == "望川县工作报告"
    assert bool(item.notes) == (name != "a")


def test_the_five_reports_come_back(tmp_path, shared_reports):
    for file in shared_reports:
        text = file.read_text(encoding="utf-8")
        found = text_of(saved(tmp_path, *text.split("\n")))
        assert found.split("\n") == text.split("\n")
