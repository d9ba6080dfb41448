import csv as standard
import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import csv as tables
from annotator.formats.items import ReadOptions
from annotator.formats.registry import columns_of

ROWS = [
    ["标题", "正文", "发布日期", "备注"],
    ["望川县报告", "一、新建站点80个，受理128件。\n二、办结率99.7%。", "2023年4月5日", "甲"],
    ["云溪镇报告", "第二份，说“好”。", "2022/1/2", ""],
]


def written(rows, delimiter=",", **how) -> str:
    out = io.StringIO()
    standard.writer(out, delimiter=delimiter, **how).writerows(rows)
    return out.getvalue()


def read(tmp_path, content: str | bytes, options=ReadOptions(), name="a.csv"):  # noqa: B008
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(tables.read(path, options))


def texts(items):
    return [item.report.text if item.report else str(item.problem) for item in items]


def test_every_row_names_the_hash_of_its_file(tmp_path):
    items = read(tmp_path, written(ROWS, ","))
    digest = hashlib.sha256((tmp_path / "a.csv").read_bytes()).hexdigest()
    assert [item.report.meta["file_hash"] for item in items] == [digest] * len(items)
    assert items[0].report.meta["from"]["file_hash"] == "file"


@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_one_report_a_row_whatever_parts_the_cells(tmp_path, delimiter):
    items = read(tmp_path, written(ROWS, delimiter))
    assert texts(items) == [ROWS[1][1], ROWS[2][1]]
    assert [item.line for item in items] == [2, 4]
    meta = items[0].report.meta
    assert (meta["title"], meta["date"], meta["备注"]) == ("望川县报告", "2023-04-05", "甲")
    assert "备注" in meta["from"]["备注"]
    assert "备注" not in items[1].report.meta


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding(tmp_path, codec):
    items = read(tmp_path, written(ROWS).encode(codec))
    assert texts(items) == [ROWS[1][1], ROWS[2][1]]
    assert items[0].report.encoding


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_file_too_long_to_be_held_is_read_line_by_line(tmp_path, monkeypatch, codec):
    monkeypatch.setattr(tables, "_WHOLE", 2000)
    monkeypatch.setattr(tables, "_SAMPLE", 250)
    rows = [ROWS[0], *([f"第{n}号", f"第{n}份报告，受理128件。", "2022/1/2", ""] for n in range(200))]
    items = read(tmp_path, written(rows).encode(codec))
    assert texts(items) == [row[1] for row in rows[1:]]
    assert items[0].report.title == "第0号" and items[-1].position > 0


def test_chosen_columns_count_and_the_rest_keeps_its_name(tmp_path):
    options = ReadOptions(columns={"备注": "issuer", "发布日期": "", "标题": "id"})
    report = read(tmp_path, written(ROWS), options)[0].report
    assert report.text == ROWS[1][1] and report.foreign_id == "望川县报告"
    assert report.meta["issuer"] == "甲" and "date" not in report.meta and "发布日期" not in report.meta


def test_several_columns_of_text_follow_each_other(tmp_path):
    options = ReadOptions(columns={"标题": "text", "正文": "text"})
    assert texts(read(tmp_path, written(ROWS), options))[1] == "云溪镇报告\n第二份，说“好”。"


def test_a_column_that_is_not_there(tmp_path):
    (item,) = read(tmp_path, written(ROWS), ReadOptions(columns={"无": "text"}))
    assert "“无”" in str(item.problem) and "正文" in str(item.problem)


def test_quotes_that_are_broken_lose_nothing(tmp_path):
    content = '标题,正文\n甲,"第一议题"制度落实到位\n乙,"没有收尾\n丙,第三份报告\n'
    items = read(tmp_path, content)
    assert texts(items) == ['"第一议题"制度落实到位', '"没有收尾', "第三份报告"]
    assert all("quotation" in items[n].notes[0].text() for n in (0, 1)) and not items[2].notes


def test_a_quote_that_nobody_closes_in_a_long_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "_MOST_LINES", 10)
    content = '标题,正文\n甲,"没有收尾\n' + "".join(f"乙{n},第{n}份报告。\n" for n in range(100))
    items = read(tmp_path, content)
    assert len(items) == 101 and items[100].report.text == "第99份报告。"


def test_a_cell_larger_than_the_module_allows_by_itself(tmp_path):
    long = "受理128件。" * 40_000
    before = standard.field_size_limit()
    assert texts(read(tmp_path, written([["标题", "正文"], ["甲", long]]))) == [long]
    assert standard.field_size_limit() == before


def test_without_names_the_longest_chinese_column_is_the_text(tmp_path):
    rows = [
        ["1", "甲县", "一、新建站点80个，受理128件，办结率99.7%。" * 3],
        ["2", "乙县", "二、受理投诉32件，全部办结。" * 3],
    ]
    items = read(tmp_path, written(rows))
    assert texts(items) == [rows[0][2], rows[1][2]]
    assert items[0].report.meta["#2"] == "甲县"


def test_rows_above_the_names_are_passed_over_and_said(tmp_path):
    items = read(tmp_path, written([["报告汇总表", "", "", ""], *ROWS]))
    assert texts(items) == [ROWS[1][1], ROWS[2][1]]
    assert "1 row above" in items[0].notes[0].text() and not items[1].notes


def test_more_cells_than_names_are_kept(tmp_path):
    items = read(tmp_path, "标题,正文\n甲,第一份报告,另有\n")
    assert items[0].report.meta["#3"] == "另有"


def test_a_row_without_text_is_said(tmp_path):
    items = read(tmp_path, "标题,正文\n甲,\n乙,第二份\n\n")
    assert "no text" in texts(items)[0] and texts(items)[1] == "第二份" and len(items) == 2


def test_the_name_of_the_table_is_no_title_of_its_rows(tmp_path):
    items = read(tmp_path, "编号,正文\n1,一、新建站点80个。\n2,二、受理128件。\n", name="汇总.csv")
    assert all("汇总" not in item.report.title for item in items)


def test_excel_may_name_what_parts_the_cells(tmp_path):
    assert texts(read(tmp_path, "sep=;\n标题;正文\n甲;一,二,三。\n")) == ["一,二,三。"]


def test_a_cell_that_holds_a_page_is_read_as_one(tmp_path):
    markup = "<div><p>一、新建站点80个。</p><p>二、受理128件。</p></div>"
    (item,) = read(tmp_path, written([["标题", "正文"], ["甲", markup]]))
    assert item.report.text.split() == ["一、新建站点80个。", "二、受理128件。"]


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "empty"), (b"\n\n", "empty"), (b"SQLite format 3\0" + b"\0" * 9, "not text")]
)
def test_what_is_no_table(tmp_path, content, words):
    (item,) = read(tmp_path, content)
    assert words in str(item.problem)


def test_the_dialog_sees_names_rows_and_the_proposal(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(written(ROWS, ";").encode("gb18030"))
    found = columns_of(path)
    assert found.names == tuple(ROWS[0]) and found.rows[0][1] == ROWS[1][1]
    assert found.proposal == {"标题": "title", "正文": "text", "发布日期": "date"}
    assert (found.encoding, found.delimiter) == ("gb18030", ";")


cell = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), max_size=30)


@given(st.lists(st.tuples(cell, cell.filter(str.strip)), min_size=1, max_size=8))
def test_what_a_writer_of_csv_writes_comes_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(written([["标题", "正文"], *rows]).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotator.formats.tables.looks_like_markup", lambda _text: False)
        items = list(tables.read(path, ReadOptions(encoding="utf-8")))
    assert texts(items) == [text for _title, text in rows]
