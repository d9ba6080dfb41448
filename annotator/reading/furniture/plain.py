"""Telling at a look that a text has no furniture: what stands over its paragraphs is a title, and no line is words of pages.

So are most reports that somebody wrote and nobody crawled. What is not told here is judged line by line as ever, so a text
that is not plain loses nothing.
"""

from __future__ import annotations

from annotator.reading.furniture.context import is_plain_head
from annotator.reading.furniture.judging import LONGEST, LONGEST_NOTICE, judge, strength_of
from annotator.reading.furniture.pieces import LONG_LINE, lines_of, pieces
from annotator.reading.furniture.tokens import starts_in
from annotator.reading.numbering import is_numbered

#: A line no longer than this may be the entry of a menu; so many of them may be one.
_LONGEST_LINK, _LINKS = 8, 8
_LEAST_SENTENCE = 25
#: A title of more lines, with what stands beside it, is judged among all lines.
_MOST_OVER = 12
_NOT_PLAIN = (_MOST_OVER + 1, 0)


def is_plain(text: str) -> bool:
    """Whether words of furniture cover no line, and what stands over the first paragraph or heading is a title alone.

    One line there needs no judge, and of more only they and that paragraph are judged.
    """
    over, end = _over(text)
    return over <= 1 or (over <= _MOST_OVER and is_plain_head(judge(text, pieces(text, 0, end)[: over + 1])))


def _over(text: str) -> tuple[int, int]:
    """How many lines stand over the first paragraph or heading, and where that ends; too many where any may be furniture."""
    over, links, first = 0, 0, -1
    after = -1
    for line in lines_of(text):
        start, after = after + 1, after + 1 + len(line)
        if len(line) > LONG_LINE and starts_in(text, start, after):
            return _NOT_PLAIN
        words = line.strip()
        if not words:
            continue
        length = len(words)
        stops = words.count("。") if length <= LONGEST else 2
        is_sentence = stops > 0 and length >= _LEAST_SENTENCE
        if stops <= 1 and not (stops and length > LONGEST_NOTICE):
            if is_numbered(text, start if words is line else text.index(words[0], start)):
                is_sentence = True
            else:
                links += length <= _LONGEST_LINK
                if links >= _LINKS or strength_of(words)[0] or (first < 0 and _is_breadcrumb(words)):
                    return _NOT_PLAIN
        if first < 0:
            if is_sentence:
                first = after
            elif over > _MOST_OVER:
                return _NOT_PLAIN
            else:
                over += 1
    return over, len(text) if first < 0 else first


def _is_breadcrumb(words: str) -> bool:
    """Whether a line may be a title and a breadcrumb in one."""
    return "位置" in words or "首页" in words
