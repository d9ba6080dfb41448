"""PDFium leaves out a long line that stands right above already; here it is a line, and a real shadow is none."""

from itertools import pairwise

import pytest

from annotator.formats import pdf
from tests.unit.formats.pdf_files import Words, make_pdf

LONG = "受理各类投诉举报案件并在规定时限内全部办结的单位名称"


def text_of(tmp_path, words):
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([words]))
    (item,) = pdf.read(path)
    return item.report.text


def lines_of(words):
    lines, _pages, _silent = pdf._lines(make_pdf([words]))
    return [(line.text, round(line.left), round(line.right), round(line.bottom)) for line in lines]


@pytest.mark.parametrize("copies", [2, 3, 6, 7, 8, 15])
@pytest.mark.parametrize("step", [14, 20, 24])
def test_a_line_that_is_repeated_right_below_is_there_as_often_as_it_is_printed(copies, step):
    found = lines_of([Words(72, 770 - step * n, LONG) for n in range(copies)])
    assert [(text, left, right) for text, left, right, _bottom in found] == [(LONG, 72, 72 + 12 * len(LONG))] * copies
    bottoms = [bottom for *_rest, bottom in found]
    assert all(abs(a - b - step) <= 1 for a, b in pairwise(bottoms)), "each at its own place"


def test_equal_cells_of_a_table_stand_in_each_row(tmp_path):
    rows = [[Words(72, 700 - 20 * n, LONG), Words(420, 700 - 20 * n, f"第{n}件")] for n in range(4)]
    text = text_of(tmp_path, [cell for row in rows for cell in row])
    assert text.count(LONG) == 4
    assert [text.index(f"第{n}件") for n in range(4)] == sorted(text.index(f"第{n}件") for n in range(4))


def test_groups_apart_from_each_other(tmp_path):
    other = LONG[::-1]
    words = [Words(72, 770 - 20 * n, LONG) for n in range(7)] + [Words(72, 500 - 20 * n, other) for n in range(7)]
    text = text_of(tmp_path, words)
    assert text.count(LONG) == text.count(other) == 7


@pytest.mark.parametrize("aside", [(0.3, 0), (0, 0.3), (0.4, 0.4), (-0.3, 0.2)])
def test_fake_bold_type_is_one_line(tmp_path, aside):
    words = [Words(72, 700, LONG), Words(72 + aside[0], 700 + aside[1], LONG), Words(72, 680, "完毕。")]
    assert text_of(tmp_path, words).count(LONG) == 1


def test_fake_bold_type_right_below_itself(tmp_path):
    words = [Words(72 + hair, 700 - 20 * n, LONG) for n in range(3) for hair in (0, 0.3)]
    assert text_of(tmp_path, words).count(LONG) == 3
