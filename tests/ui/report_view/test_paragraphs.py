from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.report import Furniture
from annotator.domain.span_index import SpanIndex
from annotator.ui.report_view.folding import Folding
from annotator.ui.report_view.paragraphs import FOLDED, FURNITURE, HEADER, LONGEST, TEXT, Paragraphs


def cut(text, *ranges, unfolded=()):
    folding = Folding([Furniture(str(i), a, b) for i, (a, b) in enumerate(ranges)], len(text))
    for uid in unfolded:
        folding.set_open(uid, True)
    return Paragraphs(text, SpanIndex(text).paragraph_starts, folding)


def shape(paragraphs):
    return [(p.start, p.end, p.kind) for p in paragraphs.pieces]


def test_every_line_is_a_piece():
    assert shape(cut("甲\n\n乙丙\n")) == [(0, 1, TEXT), (2, 2, TEXT), (3, 5, TEXT), (6, 6, TEXT)]


def test_an_empty_text_is_one_empty_piece():
    assert shape(cut("")) == [(0, 0, TEXT)]


def test_furniture_of_several_lines_is_one_line_with_or_without_its_last_line_break():
    for end in (5, 6):
        assert shape(cut("甲甲\n乙乙\n丙", (0, end))) == [(0, 5, FOLDED), (6, 7, TEXT)]


def test_unfolded_furniture_shows_its_lines_below_a_line_that_folds_it():
    found = shape(cut("甲甲\n乙乙\n丙", (0, 6), unfolded="0"))
    assert found == [(0, 0, HEADER), (0, 2, FURNITURE), (3, 5, FURNITURE), (6, 7, TEXT)]


def test_furniture_within_a_line_takes_a_line_of_its_own():
    assert shape(cut("标题 分享 正文", (3, 5))) == [(0, 3, TEXT), (3, 5, FOLDED), (5, 8, TEXT)]


def test_furniture_at_the_very_end_leaves_no_line_behind_it():
    assert shape(cut("正文\n页脚", (3, 5))) == [(0, 2, TEXT), (3, 5, FOLDED)]
    assert shape(cut("正文\n页脚\n", (3, 6))) == [(0, 2, TEXT), (3, 5, FOLDED), (6, 6, TEXT)]


def test_a_blank_line_behind_furniture_is_still_there():
    assert shape(cut("页头\n\n正文", (0, 3))) == [(0, 2, FOLDED), (3, 3, TEXT), (4, 6, TEXT)]
    assert shape(cut("页头\n\n正文", (0, 2))) == [(0, 2, FOLDED), (3, 3, TEXT), (4, 6, TEXT)]


def test_a_very_long_line_is_cut_behind_sentences():
    text = ("工" * 99 + "。") * 100
    paragraphs = cut(text)
    assert all(p.end - p.start <= LONGEST for p in paragraphs.pieces)
    assert all(text[p.end - 1] == "。" for p in paragraphs.pieces)


def test_a_long_line_without_sentences_is_not_cut_before_a_combining_mark():
    text = "e\u0301" * LONGEST
    assert all(text[p.start] == "e" for p in cut(text).pieces)


@given(
    st.text(alphabet="甲𠮷\n ", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4),
    st.booleans(),
)
def test_the_pieces_cover_every_offset_in_order(text, ranges, is_open):
    ranges = [(a, a + n) for a, n in ranges]
    paragraphs = cut(text, *ranges, unfolded=[str(i) for i in range(len(ranges))] if is_open else [])
    covered = 0
    for piece in paragraphs.pieces:
        if piece.kind == HEADER:
            assert piece.start == piece.end
            continue
        assert piece.start in (covered, covered + 1) or covered == 0
        if piece.start == covered + 1 and covered:
            assert text[covered] == "\n"
        covered = piece.end
    assert covered == len(text) or (
        covered == len(text) - 1 and text.endswith("\n") and paragraphs.pieces[-1].kind == FOLDED
    )
    for offset in range(len(text) + 1):
        piece = paragraphs[paragraphs.at(offset)]
        assert piece.start <= offset
        assert offset <= piece.end or text[piece.end : offset] == "\n"
