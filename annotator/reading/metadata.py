"""What a report says about itself: title, issuing body, region, year, dates, source, document number, address.

Each value comes with the place it was found in. What neither the text nor the page says stays empty; only the
title may come from the file's name, and then says so.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, NamedTuple

from annotator.domain.facts import FIELDS
from annotator.reading.divisions import official
from annotator.reading.metadata_level import issuer_in, level_of
from annotator.reading.metadata_lines import (
    DATE,
    HANZI_DIGITS,
    ISSUER,
    NUMBER,
    SIGNED,
    SOURCE,
    URL,
    document_number,
    first_moment,
    labelled,
    last_day,
    signed_day,
)
from annotator.reading.metadata_page import page_title, site, stated
from annotator.reading.metadata_region import LEXICON, Region, evidence_of, region
from annotator.reading.page_facts import PageFacts
from annotator.reading.places import place_in, place_of_signature

TITLE_LINE, FIRST_LINE, FIRST_SENTENCE = "title line", "first line", "first sentence"
META_LINE, SIGNATURE, FILE_NAME, TITLE, FILE = "meta line", "signature", "file name", "title", "file"

_LONGEST_TITLE = 80
_NO_PAGE = PageFacts()
# Longer than this a line is a paragraph, even where it speaks of web sites.
_LONGEST_LINE = 120
#: So much of a line that is furniture in part stands for itself.
_SHORTEST_REST = 9
_HEAD_LINES, _TAIL_LINES = 20, 15

# What stands around a report on its page: never a title, never a signature. Every branch begins with one character, not
# with several to choose from: a search then looks for those alone, and is six times as quick.
_FURNITURE = re.compile(
    "来源|发布(?:日期|时间|机构)|编辑日期|日期[:：]|时间[:：]|分享|打印|字体|字号|浏览|阅读次数|点击|当前(?:的)?位置|首页|您好|欢迎|今天是|无障碍|适老|长者助手|中文[简繁]体"
    "|网站|I[Cc][Pp]|i[Cc][Pp]|公网安备|版权|C[Oo][Pp][Yy][Rr][Ii][Gg][Hh][Tt]|c[Oo][Pp][Yy][Rr][Ii][Gg][Hh][Tt]|主办|承办|技术支持|联系我们|电话|地址|邮编|扫一扫|相关(?:新闻|链接|阅读|报道)|上一篇|下一篇|责任编辑|附件|索引号|>|»|H[Tt][Tt][Pp]|h[Tt][Tt][Pp]",
)
_TITLE_WORD = re.compile(
    "(?:报告|总结|汇报|情况|公报|年报|要点|规划|计划|方案|意见|通知|公告|通报|说明|纪实|综述)(?:[（(][^（）()]{1,12}[）)])?$"
)
_NUMBERED = re.compile(
    "(?:第[一二三四五六七八九十]+[章节部]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\\d]+[）)]|\\d{1,2}[.、．])"
)
_SENTENCE_LIKE = re.compile("[。；;：:！!]|[，,].*[，,]")
# Navigation bars grow long too, but without a clause or a full stop.
_PARAGRAPH = re.compile("。|[，,][^，,]*[，,]")
_ISSUER = re.compile("(?:政府|委员会|管委会|办事处|党工委|党委|局|厅|办公室|中心|法院|检察院)$")

_YEAR = re.compile(
    "(?<![-—–~～至\\d])((?:19|20)\\d\\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})\\s*年(?!\\s*\\d{1,2}\\s*月)"
)
_CONTINUES = re.compile("关于|(?:19|20)\\d\\d年")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found: `values` by field, and by field where each was read. A field that is missing nobody states."""

    values: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """The value of a field, empty where it is not known."""
        return self.values.get(name, "")

    def as_meta(self) -> dict[str, Any]:
        """The values as a report's `meta` holds them, and `from`: by field, where each was read."""
        return {**self.values, "from": dict(self.where)} if self.values else {}


def describe(
    text: str,
    file_name: str | None = None,
    *,
    page: PageFacts | None = None,
    furniture: Sequence[tuple[int, int]] = (),
    file_hash: str = "",
) -> Metadata:
    """Read what the report says about itself; of the file's name only the title may come.

    `page` is what a saved page states besides its text, `furniture` the ranges of the text (code points, half open)
    known to be furniture, `file_hash` the SHA-256 of the file's bytes in hex.
    """
    states = stated(page) if page else {}
    page = page or _NO_PAGE
    lines = _Lines.of(text, furniture)
    found = _Found()
    _find_title(found, lines, page, file_name)
    title, said = found.values.get("title", ""), _said(found)
    signature, signed = _signature(lines.tail)
    _find_issuer(found, lines, states, said, signature)
    _find_region(found, lines, page, (said, signature), text)
    found.put("level", *level_of(found.values.get(ISSUER, ""), said, signature, found.values))
    found.put("year", *_year(said, lines.own, title))
    _find_date(found, lines, states, signed)
    found.put(SOURCE, lines.named.get(SOURCE, ""), META_LINE)
    found.put(NUMBER, lines.named.get(NUMBER, "") or document_number(lines.head), META_LINE)
    for name in (SOURCE, NUMBER, URL, "saved") if states else ():
        found.put(name, *states.get(name, ("", "")))
    found.put(URL, lines.named.get(URL, ""), META_LINE)
    found.put("file_hash", file_hash, FILE)
    return Metadata({name: found.values[name] for name in sorted(found.values, key=FIELDS.index)}, found.where)


def year_of(text: str, furniture: Sequence[tuple[int, int]] = ()) -> int | None:
    """The year that a report says it is about, where nobody has noted one."""
    lines, found = _Lines.of(text, furniture), _Found()
    _find_title(found, lines, _NO_PAGE, None)
    year, _where = _year(_said(found), lines.own, found.values.get("title", ""))
    return int(year) if year else None


def _said(found: _Found) -> str:
    """The title where the report says it: a place or a year in a file's name was put there by whoever saved it."""
    return found.values.get("title", "") if found.where.get("title") not in (FILE_NAME, FIRST_SENTENCE) else ""


class _Found:
    """Values as they are found: the first one of a field stays."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.where: dict[str, str] = {}

    def put(self, name: str, value: str, where: str) -> None:
        if value and name not in self.values:
            self.values[name], self.where[name] = value, where


class _Lines(NamedTuple):
    """The lines of a page: all, those of the report itself, those before its body, and what lines with labels name.

    `edges` are the lines at both ends that are no paragraphs, and all that is furniture: there a page says what it is.
    `beside` are the lines of furniture near the beginning of the report, `tail` those of its own last lines that are short.
    """

    own: list[str]
    head: list[str]
    tail: list[str]
    edges: list[str]
    named: dict[str, str]
    beside: list[str]

    @classmethod
    def of(cls, text: str, furniture: Sequence[tuple[int, int]]) -> _Lines:
        lines = list(_lines(text, furniture)) if furniture else []
        if furniture:
            own = [line for line, is_furniture in lines if not is_furniture]
        else:
            own = [words for line in text.splitlines() if (words := line.strip())]
        tail = _short(own[-_TAIL_LINES:])
        edges = _around(lines) if furniture else _short(own[:-_TAIL_LINES][:_HEAD_LINES]) + tail
        named: dict[str, str] = {}
        for name, value in labelled(edges):
            named.setdefault(name, value)
        return cls(own, _head(own), tail, edges, named, _beside(lines) if furniture else [])


def _lines(text: str, furniture: Sequence[tuple[int, int]]) -> Iterable[tuple[str, bool]]:
    """The lines that are not blank, stripped, each with whether most of it is furniture."""
    ranges, start = sorted(furniture), 0
    at = 0
    for line in text.splitlines(keepends=True):
        end, words = start + len(line), line.strip()
        while at < len(ranges) and ranges[at][1] <= start:
            at += 1
        covered, meets, rest, marked, free = 0, at, "", "", start
        while meets < len(ranges) and ranges[meets][0] < end:
            low, high = max(ranges[meets][0], start), min(ranges[meets][1], end)
            covered += high - low
            rest, marked, free = rest + text[free:low], f"{marked}\t{text[low:high].strip()}", high
            meets += 1
        rest = (rest + text[free:end]).strip() if covered else ""
        mostly = covered * 2 > len(line.rstrip())
        if rest and (not mostly or len(rest) >= _SHORTEST_REST):
            # A title in one line with a breadcrumb, a counter before a caption: what is furniture of it, and what is not.
            yield marked.strip(), True
            yield rest, False
        elif words:
            yield words, mostly
        start = end


def _around(lines: list[tuple[str, bool]]) -> list[str]:
    """The short lines near the beginning of the report first, then its end, then all other furniture."""
    own = [index for index, (_line, is_furniture) in enumerate(lines) if not is_furniture]
    first, last = (own[0], own[-1]) if own else (0, 0)
    near = range(max(0, first - _HEAD_LINES), min(len(lines), first + _HEAD_LINES))
    tail = range(max(near.stop, last - _TAIL_LINES), min(len(lines), last + _TAIL_LINES))
    rest = (index for index, (_line, is_furniture) in enumerate(lines) if is_furniture)
    order = dict.fromkeys([*near, *tail, *rest])
    return [lines[index][0] for index in order if len(lines[index][0]) <= _LONGEST_LINE]


def _beside(lines: list[tuple[str, bool]]) -> list[str]:
    """The lines of furniture over the report's first line and shortly below it."""
    first = next((index for index, (_line, is_furniture) in enumerate(lines) if not is_furniture), len(lines))
    near = lines[max(0, first - _HEAD_LINES) : first + _HEAD_LINES]
    return [line for line, is_furniture in near if is_furniture]


def _find_title(found: _Found, lines: _Lines, page: PageFacts, file_name: str | None) -> None:
    title, where = _title(lines.head, lines.own, file_name)
    headline, tag = ("", "") if page is _NO_PAGE else page_title(page, [*lines.own[:_HEAD_LINES], *lines.edges])
    if headline and (where != TITLE_LINE or _squeezed(title) not in _squeezed(headline)):
        title, where = headline, tag
    found.put("title", title, where)


def _squeezed(text: str) -> str:
    return "".join(text.split())


_NOBODY = frozenset({"本网", "本站", "管理员", "网站管理员", "admin"})


def _find_issuer(
    found: _Found, lines: _Lines, states: Mapping[str, tuple[str, str]], title: str, signature: str
) -> None:
    """Who issued it: what a labelled line says, the signature, the title; whichever says it more fully of the last."""
    named = lines.named.get(ISSUER, "")
    found.put(ISSUER, "" if named in _NOBODY else named, META_LINE)
    found.put(ISSUER, *states.get(ISSUER, ("", "")))
    in_title = issuer_in(title)
    if in_title.endswith(signature):
        found.put(ISSUER, in_title, TITLE)
    found.put(ISSUER, signature, SIGNATURE)


def _find_region(found: _Found, lines: _Lines, page: PageFacts, said: tuple[str, str], text: str) -> None:
    title, signature = said
    found.put("place", *_place(title, signature))
    own = [(title, TITLE), (signature, SIGNATURE)]
    if found.where.get(ISSUER) == META_LINE:
        own.insert(1, (found.values[ISSUER], META_LINE))
    own.append((lines.named.get(SOURCE, ""), META_LINE))
    known: Region = region([pair for pair in own if pair[0]], evidence_of(lines.edges, *site(page)), text)
    for name, value in known.names.items():
        found.put(name, value, known.where[name])
    if known.code:
        found.put("division", official(known.code), LEXICON)


def _find_date(found: _Found, lines: _Lines, states: Mapping[str, tuple[str, str]], signed: str) -> None:
    found.put(DATE, *states.get(DATE, ("", "")))
    found.put(DATE, lines.named.get(DATE, ""), META_LINE)
    found.put(DATE, first_moment(lines.edges), META_LINE)
    over = (*lines.head, *lines.beside)
    found.put(DATE, next((day for line in over if (day := signed_day(line))), ""), META_LINE)
    found.put(DATE, lines.named.get(SIGNED, ""), META_LINE)
    found.put(DATE, signed, SIGNATURE)


@functools.lru_cache(maxsize=2048)  # asked of the lines at both ends of a text more than once
def _speaks_of_page(line: str) -> bool:
    return _FURNITURE.search(line) is not None


def _head(lines: list[str]) -> list[str]:
    """The lines before the body: up to the first numbered heading or paragraph."""
    head: list[str] = []
    for line in lines[:_HEAD_LINES]:
        if _is_body(line):
            break
        head.append(line)
    return head


def _short(lines: list[str]) -> list[str]:
    """The lines that are no paragraphs."""
    return [line for line in lines if len(line) <= _LONGEST_LINE]


def _is_body(line: str) -> bool:
    if _NUMBERED.match(line) or (len(line) > _LONGEST_LINE and _PARAGRAPH.search(line)):
        return True
    return not _speaks_of_page(line) and bool(_SENTENCE_LIKE.search(line))


def _title(head: list[str], lines: list[str], file_name: str | None) -> tuple[str, str]:
    own = [line for line in head if not _speaks_of_page(line)]
    for index, line in enumerate(own):
        if _TITLE_WORD.search(line) and 5 <= len(line) <= _LONGEST_TITLE:
            # `云溪镇人民政府` on one line and `关于…的报告` on the next are one title.
            parted = index > 0 and _CONTINUES.match(line) and _ISSUER.search(own[index - 1])
            return (own[index - 1] + line if parted else line)[:_LONGEST_TITLE], TITLE_LINE
    if own:
        return own[0][:_LONGEST_TITLE], FIRST_LINE
    stem = PurePath(file_name).stem.strip() if file_name else ""
    if stem:
        return stem, FILE_NAME
    return (lines[0][:_LONGEST_TITLE], FIRST_SENTENCE) if lines else ("", "")


def _first_sentence(lines: list[str], title: str) -> str:
    body = (line for line in lines if line != title and _is_body(line) and not _NUMBERED.match(line))
    return next(body, "").split("。")[0]


def _signature(tail: list[str]) -> tuple[str, str]:
    """The line that signs the report and the date under it, furniture below passed over."""
    day = last_day(tail)
    if day >= 0:
        above = next((line for line in reversed(tail[:day]) if not _speaks_of_page(line)), "")
        return (above if len(above) <= 40 and _ISSUER.search(above) else ""), signed_day(tail[day])
    own = (line for line in reversed(tail) if not _speaks_of_page(line))
    last = next(own, "")
    signs = len(last) <= 30 and _ISSUER.search(last) is not None and next(own, None) is not None
    return (last if signs else ""), ""


def _place(title: str, signature: str) -> tuple[str, str]:
    """The title's place; the signature's where the title has none or only the end of it."""
    named, signed = place_in(title), place_of_signature(signature)
    if signed and signed.endswith(named) and signed != named:
        return signed, SIGNATURE
    return (named, TITLE) if named else ("", "")


def _year(said: str, lines: list[str], title: str) -> tuple[str, str]:
    """The year that the title says, else the first sentence that is not the title."""
    found, where = _YEAR.search(said), TITLE
    if found is None:
        found, where = _YEAR.search(_first_sentence(lines, title)), FIRST_SENTENCE
    return ("".join([HANZI_DIGITS.get(c, c) for c in found[1]]), where) if found else ("", "")
