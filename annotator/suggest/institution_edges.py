"""Where a name that is in no lexicon begins: word by word back from its end, to what cannot be a part of one.

`组织白杨沟派出所开展` has the name begin behind its verb, whatever the place is called. This module knows which words no
name goes over, and nothing of what makes a body.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from annotator.suggest import institution_words as words
from annotator.suggest import measure_words
from annotator.suggest.reading import Reading
from annotator.suggest.word_lists import longest_first

_BREAKS: Final = (
    words.STOPS
    | words.BREAKS
    | measure_words.VERBS
    | measure_words.NO_ACTION
    | measure_words.ADVERBS
    | measure_words.CONNECTIVES
    | frozenset(measure_words.OUTSIDE)
    | frozenset(measure_words.WITH_PARTNER)
)
#: Breaks elsewhere, but names begin with them: 新港, 大沟滩, 老徐. Nothing before them belongs to the name.
_BEGINNERS: Final = frozenset("新老大小上下中前后内外东西南北一二三四五六七八九十月日好双")
#: Of these the ones that stand behind other words as often: 期间中, 辖区内.
_AFTER_WORDS: Final = frozenset("上下中前后内外")
#: Characters that words guessed by the segmenter have at their front although they are words of their own.
_GLUED: Final = frozenset("由与和及向对在被把将给从至到为以经按会聘请访邀送派受报抽设查各请驻赴获")
#: Of these the ones that begin hardly any word of two characters that a name has.
_ALWAYS_GLUED: Final = frozenset("为由被与对在把给以")
_NAMES_WITH_GLUED: Final = (
    "和平",
    "和顺",
    "和谐",
    "和田",
    "向阳",
    "向荣",
    "为民",
    "会泽",
    "会宁",
    "会昌",
    "会理",
    "会东",
    "及第",
)
_NEVER: Final = frozenset("的了等全各每该某这那些其们是有也都并且或着过被")
_INSIDE: Final = re.compile(longest_first(words.NEVER_INSIDE))
#: What nobody is for: one more body behind, or what a body does.
_ACTS: Final = re.compile(
    longest_first(words.NEVER_INSIDE | words.DOES) + "|中心|[局厅部院会室委队所站校司社府]|办(?!案|理|事)"
)
#: Verbs that say what a body is for as often as what it does.
_NOUNS: Final = (
    words.MATTERS
    | measure_words.NOUNS_TOO
    | frozenset("干部 处理 申诉 考试 预约 受理 孵化 展示 接收 测评 调度 监测".split())
)
_IN_NAMES: Final = ("高级", "初级", "中级")
_OURS: Final = frozenset("我本")


class Edges:
    """The words of one report, walked backwards."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._all = reading.edges

    def before(self, offset: int) -> int:
        """The edge before `offset`: where the word begins that ends there, or that it lies in."""
        return self._all[max(0, bisect_left(self._all, offset) - 1)]

    def is_edge(self, offset: int) -> bool:
        """Whether a word ends at `offset`."""
        at = bisect_left(self._all, offset)
        return at < len(self._all) and self._all[at] == offset

    def name(self, end: int, longest: int) -> int | None:
        """Where the name that ends at `end` begins; None where there is none, or it would be longer than `longest`."""
        at = end
        whole = self.is_edge(end)
        while at > 0:
            start = self.before(at)
            word = self._text[start:at]
            if self._breaks(word):
                break
            glued = self._glued(word)
            if end - start - glued > longest:
                return None
            at = start + glued
            if glued or (whole and word in _AFTER_WORDS) or (word == "日" and self._text[start - 1 : start].isdigit()):
                break
            whole = True
        for verb in _INSIDE.finditer(self._text, max(0, at - 1), end):
            at = verb.end()
        return at if at < end else None

    def is_one(self, start: int, end: int) -> bool:
        """Whether no word between these two is one that a name cannot go over."""
        at = end
        while at > start:
            before = max(start, self.before(at))
            if self._breaks(word := self._text[before:at]) or self._glued(word):
                return False
            at = before
        return True

    def is_matter(self, start: int, end: int) -> bool:
        """Whether what stands between these two may say what a body is for: verbs are nouns there (申诉处理)."""
        if _ACTS.search(self._text, start, end) or not _NEVER.isdisjoint(self._text[start:end]):
            return False
        at = end
        while at > start:
            before = max(start, self.before(at))
            word = self._text[before:at]
            if word not in _NOUNS and (self._breaks(word) or self._glued(word)):
                return False
            at = before
        return True

    def is_no_name(self, word: str) -> bool:
        """Whether a word says no more than what kind of body is meant, or how large it is: 物业, 大."""
        return word in words.KINDS or word in words.MATTERS or word in _BEGINNERS

    def is_joined(self, start: int, end: int) -> bool:
        """Whether two things a body is for stand between these two, with 与 between them: 普法与依法治理."""
        at = next((at for at in range(start + 2, end - 1) if self._text[at] in "与和"), None)
        return at is not None and self.is_matter(start, at) and self.is_matter(at + 1, end)

    def is_behind_break(self, start: int) -> bool:
        """Whether what begins at `start` has a word before it that cannot be a part of its name."""
        if start == 0 or not _is_han(self._text[start - 1]):
            return True
        word = self._text[self.before(start) : start]
        return self._breaks(word) or word in _BEGINNERS or word[-2:] in _BREAKS or word[-1] in _GLUED

    def _breaks(self, word: str) -> bool:
        if not word.isalpha() or (word.endswith("级") and word not in _IN_NAMES) or not _NEVER.isdisjoint(word):
            return True
        if word in _BREAKS:
            return word not in _BEGINNERS
        return len(word) == 4 and word[:2] in _BREAKS and word[2:] in _BREAKS

    def _glued(self, word: str) -> int:
        """How many characters at the front of `word` are words of their own."""
        if len(word) > 1 and word[0] in _OURS:
            return 1
        if len(word) > 3 and word[:2] in _BREAKS and word[:2] not in _BEGINNERS:
            return 2
        if len(word) == 2 and word[0] in _ALWAYS_GLUED:
            return int(word not in _NAMES_WITH_GLUED)
        return int(len(word) > 2 and word[0] in _GLUED and not word.startswith(_NAMES_WITH_GLUED))


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿"
