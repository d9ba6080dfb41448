"""Where the caret goes: by character, word, row, paragraph and page, over folded furniture as over one character.

Knows the page, no widget. A caret is an offset and, at a wrap, the side of it (`at_row_end`).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from annotator.ui.report_view.layouts import Block
from annotator.ui.report_view.page import Page
from annotator.ui.report_view.paragraphs import HEADER

if TYPE_CHECKING:
    from annotator.domain.edge_move import WordAt


class Caret(NamedTuple):
    """A caret place; `at_row_end`: at a wrap it stands at the end of the upper row."""

    offset: int
    at_row_end: bool = False


def script_run(text: str, offset: int) -> tuple[int, int]:
    """The run of one script around the character at `offset`: Han, Latin, digits, space, or like punctuation."""
    if not text:
        return 0, 0
    offset = min(max(offset, 0), len(text) - 1)
    kind = _kind(text[offset])
    start, end = offset, offset + 1
    while start > 0 and _kind(text[start - 1]) == kind:
        start -= 1
    while end < len(text) and _kind(text[end]) == kind:
        end += 1
    return start, end


def _kind(char: str) -> str:
    if char == "\n":
        return "break"
    if char.isspace():
        return "space"
    if char.isdigit():
        return "digit"
    category = unicodedata.category(char)
    if category.startswith("M"):
        return "letter"
    if category.startswith("L"):
        return "han" if category == "Lo" else "letter"
    return char


def right(page: Page, caret: Caret) -> Caret:
    """One character on."""
    number, block = _block(page, caret)
    if caret.offset < block.piece.end:
        following = block.next_place(caret.offset)
        if following > caret.offset:
            return Caret(following)
    if number + 1 < len(page.paragraphs):
        return Caret(_first_place(page, number + 1, caret.offset))
    return Caret(caret.offset)


def _first_place(page: Page, number: int, beyond: int) -> int:
    """The first caret place of piece `number` or a later one that lies beyond an offset."""
    while number < len(page.paragraphs) - 1 and page.paragraphs[number].kind == HEADER:
        number += 1
    piece = page.paragraphs[number]
    return piece.start if piece.start > beyond else page.block(number).next_place(piece.start)


def left(page: Page, caret: Caret) -> Caret:
    """One character back."""
    number, block = _block(page, caret)
    if caret.offset > block.piece.start:
        return Caret(block.previous_place(caret.offset))
    while number > 0:
        number -= 1
        piece = page.paragraphs[number]
        if piece.kind != HEADER:
            break
    else:
        return Caret(caret.offset)
    if piece.end < caret.offset:
        return Caret(piece.end)
    return Caret(page.block(number).previous_place(piece.end))


def word_right(page: Page, caret: Caret, word_at: WordAt) -> Caret:
    """Behind the word at the caret and the space after it."""
    text, offset = page.text, caret.offset
    if offset >= len(text):
        return caret
    offset = max(word_at(text, offset)[1], offset + 1)
    while offset < len(text) and text[offset].isspace() and text[offset] != "\n":
        offset += 1
    return _outside_folds(page, offset, forward=True)


def word_left(page: Page, caret: Caret, word_at: WordAt) -> Caret:
    """Before the word that ends at the caret."""
    text, offset = page.text, caret.offset
    while offset > 0 and text[offset - 1].isspace() and text[offset - 1] != "\n":
        offset -= 1
    if offset > 0:
        offset = min(word_at(text, offset - 1)[0], offset - 1)
    return _outside_folds(page, offset, forward=False)


def word_around(page: Page, caret: Caret, word_at: WordAt) -> tuple[int, int]:
    """The word that a caret place lies in or ends."""
    if not page.text:
        return 0, 0
    return word_at(page.text, min(max(caret.offset - 1, 0), len(page.text) - 1))


def paragraph_down(page: Page, caret: Caret) -> Caret:
    """The start of the next line of the text that says something, else the end."""
    return _paragraph(page, caret, 1)


def paragraph_up(page: Page, caret: Caret) -> Caret:
    """The start of this line, or of the one before that says something."""
    number = page.paragraphs.at(caret.offset)
    if caret.offset > page.paragraphs[number].start:
        return Caret(page.paragraphs[number].start)
    return _paragraph(page, caret, -1)


def _paragraph(page: Page, caret: Caret, step: int) -> Caret:
    number = page.paragraphs.at(caret.offset) + step
    while 0 <= number < len(page.paragraphs):
        piece = page.paragraphs[number]
        if piece.kind != HEADER and page.text[piece.start : piece.end].strip():
            return Caret(piece.start)
        number += step
    return document_end(page) if step > 0 else Caret(0)


def document_end(page: Page) -> Caret:
    """Behind the last character."""
    return Caret(len(page.text))


def row_start(page: Page, caret: Caret) -> Caret:
    """The start of the row; the caret shows in the row it stands in."""
    block, row = _row(page, caret)
    return Caret(block.rows[row].start)


def row_end(page: Page, caret: Caret) -> Caret:
    """The end of the row."""
    block, row = _row(page, caret)
    return Caret(block.rows[row].end, block.rows[row].wraps)


def x_of(page: Page, caret: Caret) -> float:
    """Where the caret stands, from the column's left."""
    block, row = _row(page, caret)
    return block.x_of(caret.offset, row)


def vertical(page: Page, caret: Caret, rows: int, x: float) -> Caret:
    """So many rows down (negative: up), at `x`; the text's start or end where there are fewer."""
    number = page.paragraphs.at(caret.offset)
    block = page.block(number)
    row = block.row_of(caret.offset, caret.at_row_end) + rows
    while not 0 <= row < len(block.rows):
        following = _neighbour(page, number, 1 if row > 0 else -1)
        if following is None:
            return document_end(page) if rows > 0 else Caret(0)
        if row < 0:
            block = page.block(following)
            row += len(block.rows)
        else:
            row -= len(block.rows)
            block = page.block(following)
        number = following
    return Caret(*block.place_at(x, row))


def _neighbour(page: Page, number: int, step: int) -> int | None:
    number += step
    while 0 <= number < len(page.paragraphs):
        if page.paragraphs[number].kind != HEADER:
            return number
        number += step
    return None


def _outside_folds(page: Page, offset: int, forward: bool) -> Caret:
    for fold in page.folding.closed_touching(offset, offset):
        if fold.start < offset < fold.end:
            piece = page.paragraphs[page.paragraphs.at(offset)]
            return Caret(piece.end if forward else piece.start)
    return Caret(offset)


def _block(page: Page, caret: Caret) -> tuple[int, Block]:
    number = page.paragraphs.at(caret.offset)
    return number, page.block(number)


def _row(page: Page, caret: Caret) -> tuple[Block, int]:
    block = _block(page, caret)[1]
    return block, block.row_of(caret.offset, caret.at_row_end)
