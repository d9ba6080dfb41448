"""Edges of spans: whatever is pressed, a span that can be stored comes out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import edge_move, words
from annotator.domain.edge_move import END, START, EdgeMove

TEXT = "梳理事项587项,制定办法二份；开展培训。"


def test_by_character_word_and_clause() -> None:
    start = TEXT.index("制定")
    move = EdgeMove(start, start + 2, END)
    assert edge_move.by_character(move, TEXT, 1).range == (start, start + 3)
    assert edge_move.by_word(move, TEXT, 1, words.script_runs).end == TEXT.index("；")
    assert edge_move.by_clause(move, TEXT, 1).end == TEXT.index("；")
    assert edge_move.by_clause(move._replace(edge=START), TEXT, -1).start == 0
    assert edge_move.by_clause(move._replace(edge=START, end=len(TEXT)), TEXT, 1).start == TEXT.index("开展")


def test_an_edge_never_crosses_the_other() -> None:
    move = EdgeMove(3, 4, END)
    assert edge_move.by_character(move, TEXT, -1) == move
    assert edge_move.by_clause(move, TEXT, -1) == move
    assert edge_move.by_word(move, TEXT, -1, words.script_runs) == move
    assert edge_move.moved_to(move, 0, len(TEXT)).range == (3, 4)
    assert edge_move.moved_to(move._replace(edge=START), 10, len(TEXT)).range == (3, 4)


def test_nothing_is_trimmed() -> None:
    end = TEXT.index(",")
    assert edge_move.by_character(EdgeMove(0, end, END), TEXT, 1).range == (0, end + 1)


def test_a_combining_mark_goes_with_its_letter() -> None:
    text = "甲e\u0301乙"
    assert edge_move.by_character(EdgeMove(0, 1, END), text, 1).end == 3
    assert edge_move.by_character(EdgeMove(0, 3, END), text, -1).end == 1


presses = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["character", "word", "clause"]), st.sampled_from([1, -1])),
        st.tuples(st.just("to"), st.integers(-5, 80)),
        st.tuples(st.just("edge"), st.sampled_from([START, END])),
    ),
    max_size=30,
)


@given(text=st.text(alphabet="甲乙12,，。；\n a\u0301😀", min_size=1, max_size=60), data=st.data(), presses=presses)
def test_no_press_makes_a_range_that_cannot_be_stored(text: str, data: st.DataObject, presses: list) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    move = EdgeMove(start, data.draw(st.integers(start + 1, len(text))), END)
    for kind, what in presses:
        before = move
        if kind == "edge":
            move = move._replace(edge=what)
        elif kind == "to":
            move = edge_move.moved_to(move, what, len(text))
        elif kind == "word":
            move = edge_move.by_word(move, text, what, words.script_runs)
        else:
            move = getattr(edge_move, f"by_{kind}")(move, text, what)
        assert 0 <= move.start < move.end <= len(text)
        fixed = "start" if move.edge == END else "end"
        assert getattr(move, fixed) == getattr(before, fixed)
