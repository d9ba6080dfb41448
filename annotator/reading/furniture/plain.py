"""Telling at a look that a text has no furniture: what stands over its paragraphs is a title, and no line is words of pages.

So are most reports that somebody wrote and nobody crawled. What is not told here is judged line by line as ever, so a text
that is not plain loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.reading.furniture.context import is_plain_head
from annotator.reading.furniture.judging import LONGEST, LONGEST_NOTICE, judge, strength_of
from annotator.reading.furniture.pieces import Piece
from annotator.reading.numbering import is_numbered

#: A piece no longer than this may be the entry of a menu; so many of them may be one.
_LONGEST_LINK, _LINKS = 8, 8
_LEAST_SENTENCE = 25


def is_plain(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether words of furniture cover no piece, and what stands over the first paragraph or heading is a title alone.

    One piece there needs no judge, and of more only they and that paragraph are judged.
    """
    over = _over(text, pieces)
    return over is not None and (over <= 1 or is_plain_head(judge(text, pieces[: over + 1])))


def _over(text: str, pieces: Sequence[Piece]) -> int | None:
    """How many pieces stand over the first paragraph or heading; None where any may be furniture by its words."""
    over, links, body = 0, 0, False
    before = -1
    for start, end, line in pieces:
        length, begins, before = end - start, line != before, line
        if length > LONGEST:
            body = True
            continue
        words = text[start:end]
        stops = words.count("。")
        is_sentence = stops > 0 and length >= _LEAST_SENTENCE
        if stops > 1 or (stops and length > LONGEST_NOTICE):
            body = body or is_sentence
        elif begins and is_numbered(text, start):
            body = True
        else:
            links += length <= _LONGEST_LINK
            if links >= _LINKS or strength_of(words)[0]:
                return None
            if not body and ("位置" in words or "首页" in words):  # a breadcrumb in one line with the title
                return None
            body = body or is_sentence
        over += not body
    return over
