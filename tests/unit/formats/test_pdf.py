import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.formats import pdf
from annotator.formats.body import body_text
from annotator.formats.items import FormatMissingError
from annotator.reading.outline import outline
from tests.unit.formats.pdf_files import Words, make_pdf

LEFT, TOP, BOTTOM, EM, STEP = 72, 770, 90, 12, 20
WIDTH = 37
LONG = "一是加强组织领导，成立了由主要负责人任组长的领导小组，全年召开专题会议8次，研究解决重点难点问题32个，"


def width(text: str) -> float:
    return sum(0.5 if " " <= character <= "~" else 1.0 for character in text)


def lines_of(paragraph: str, indent: int = 2):
    """A paragraph as a printer sets it: no line begins with a closing sign, no number is set apart."""
    line, room = "", float(WIDTH - indent)
    for at, character in enumerate(paragraph):
        digits = paragraph[at - 1 : at].isascii() and character.isascii() and character.isalnum()
        if width(line) + 1 > room and character not in "，。；：、）”" and not digits:
            yield line
            line, room = "", float(WIDTH)
        line += character
    yield line


def printed(*paragraphs: str, header: str = "", number: str = "{}", title: str = "", pages_of: int = 35) -> bytes:
    """A report as a printer lays it out: indented paragraphs on pages with a running title and a number below."""
    placed = [(LEFT + (WIDTH - len(title)) / 2 * EM, title)] if title else []
    for paragraph in paragraphs:
        placed += [(LEFT + (0 if n else 2 * EM), line) for n, line in enumerate(lines_of(paragraph))]
    pages = []
    for first in range(0, len(placed), pages_of):
        page = [Words(x, TOP - STEP * n, text) for n, (x, text) in enumerate(placed[first : first + pages_of])]
        above = [Words(200, 810, header, 9)] if header else []
        below = [Words(290, 40, number.format(len(pages) + 1), 9)] if number else []
        pages.append([*above, *page, *below])
    return make_pdf(pages)


def read(tmp_path, data: bytes):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    (item,) = pdf.read(path)
    return item


def body(item):
    return body_text(item.report).text.strip("\n").split("\n")


def test_lines_become_paragraphs_again(tmp_path):
    paragraphs = ["一、主要举措", LONG * 3 + "取得实效。", "二、存在问题", "人员不足。", LONG + "完成。"]
    item = read(tmp_path, printed(*paragraphs, title="望川县2022年工作报告"))
    assert body(item) == ["望川县2022年工作报告", *paragraphs]
    assert [section.title for section in outline(item.report.text) if section.level == 1] == ["主要举措", "存在问题"]


def without_numbers(item):
    """The lines of a report but for its page numbers."""
    text, at, kept = item.report.text, 0, []
    for each in item.report.furniture:
        if each.rule == "page_number":
            kept.append(text[at : each.start])
            at = each.end
    return "".join([*kept, text[at:]]).strip("\n").split("\n")


@pytest.mark.parametrize("number", ["{}", "— {} —", "- {} -", "第 {} 页", "{}/3", "第{}页 共3页"])
def test_a_paragraph_over_a_page_end_is_one_paragraph_of_the_body(tmp_path, number):
    item = read(tmp_path, printed(LONG * 20 + "完成。", number=number, header="望川县人民政府公报"))
    assert body(item)[-1] == LONG * 20 + "完成。" if len(body(item)) == 1 else body(item)[-1].endswith("完成。")
    assert "".join(body(item)).endswith(LONG * 20 + "完成。")
    found = [
        item.report.text[each.start : each.end].strip() for each in item.report.furniture if each.rule == "page_number"
    ]
    assert found[0] == number.format(1)


def test_a_running_title_is_furniture_from_the_third_page_on_which_it_stands(tmp_path):
    item = read(tmp_path, printed(LONG * 60 + "完成。", header="望川县人民政府公报 2022年第3期"))
    rules = [each.rule for each in item.report.furniture]
    assert rules.count("running_header") == rules.count("page_number") == 3
    assert body(item) == [LONG * 60 + "完成。"]


def test_a_line_that_stands_alone_on_its_pages_is_their_text(tmp_path):
    pages = [[Words(LEFT, 800, f"第{n}张，全年受理{n}件。"), Words(290, 40, str(n))] for n in range(1, 9)]
    item = read(tmp_path, make_pdf(pages))
    assert {each.rule for each in item.report.furniture} == {"page_number"}
    assert all(f"第{n}张，全年受理{n}件。" in item.report.text for n in range(1, 9))


def test_a_number_in_the_text_is_no_page_number(tmp_path):
    data = make_pdf([[Words(LEFT, 500, "2022"), Words(LEFT, 480, "年受理128件。"), Words(290, 40, "1")]])
    item = read(tmp_path, data)
    assert [each.rule for each in item.report.furniture] == ["page_number"]
    assert "2022" in body(item)[0]


def test_radicals_are_characters_again_and_nothing_else_changes(tmp_path):
    item = read(tmp_path, make_pdf([[Words(LEFT, 700, "⾸先⻢上⽤⼾①㎡…〈甲〉")]]))
    assert item.report.text == "首先马上用户①㎡…〈甲〉"


def test_words_of_letters_keep_their_space(tmp_path):
    rows = ["采用" + "甲" * 31 + "Internet", "Plus" + "乙" * 33 + "20", "21年完成。"]
    item = read(tmp_path, make_pdf([[Words(LEFT, 700 - STEP * n, row) for n, row in enumerate(rows)]]))
    assert item.report.text == rows[0] + " " + rows[1] + rows[2]


def test_what_is_printed_beside_the_page_is_not_seen(tmp_path):
    item = read(tmp_path, make_pdf([[Words(LEFT, 900, "页外"), Words(LEFT, 700, "页内")]]))
    assert item.report.text == "页内"


def test_pages_without_text_are_counted(tmp_path):
    item = read(tmp_path, make_pdf([[Words(LEFT, 700, "第一页有文字。")], []]))
    assert "1 of 2" in item.notes[0].text()


def test_without_a_text_layer_it_says_so(tmp_path):
    assert "no text layer" in str(read(tmp_path, make_pdf([[], []])).problem)


def test_a_password_for_changing_does_not_matter_one_for_reading_does(tmp_path):
    page = [[Words(LEFT, 700, "望川县工作报告")]]
    assert read(tmp_path, make_pdf(page, owner="geheim")).report.text == "望川县工作报告"
    assert "password" in str(read(tmp_path, make_pdf(page, owner="geheim", user="auf")).problem)


def test_cut_off_or_turned_over_it_is_a_sentence_or_a_report(tmp_path):
    data = printed(LONG, title="望川县2022年工作报告")
    for cut in range(9, len(data), 401):
        item = read(tmp_path, data[:cut])
        assert item.report or "damaged" in str(item.problem) or "no text" in str(item.problem)
    for at in range(9, len(data), 401):
        item = read(tmp_path, data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        assert item.report or item.problem


def test_without_the_library_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    item = read(tmp_path, make_pdf([[Words(LEFT, 700, "甲")]]))
    assert isinstance(item.problem, FormatMissingError) and "pdf" in str(item.problem)


@pytest.mark.slow
def test_ten_thousand_pages(tmp_path):
    page = [Words(LEFT, TOP, "受理各类投诉举报案件。"), Words(LEFT, TOP - STEP, "办结率99.7%。")]
    pages = [[*page, Words(290, 40, str(number))] for number in range(1, 10_001)]
    item = read(tmp_path, make_pdf(pages))
    assert len([each for each in item.report.furniture if each.rule == "page_number"]) == 10_000


hanzi = st.text("受理投诉举报案件办结率新建站点领导小组会议", min_size=1, max_size=120)


@settings(max_examples=30, deadline=None)
@given(st.lists(hanzi, min_size=1, max_size=8))
@example(["受理投诉举报案件" * 4] * 9)
def test_no_character_is_lost(tmp_path_factory, paragraphs):
    item = read(tmp_path_factory.mktemp("pdf"), printed(*paragraphs))
    assert "".join(without_numbers(item)) == "".join(paragraphs)


def test_the_five_reports_come_back(tmp_path, shared_reports):
    for file in shared_reports:
        paragraphs = [" ".join(line.split()) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
        item = read(tmp_path, printed(*paragraphs))
        found = without_numbers(item)
        assert "".join("".join(found).split()) == "".join("".join(paragraphs).split())
        same = sum(a == b for a, b in zip(found, paragraphs))
        assert len(found) == len(paragraphs) and same >= 0.9 * len(paragraphs), file.name
