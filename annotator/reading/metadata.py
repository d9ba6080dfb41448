"""What a report says about itself: title, place, year, date of publication, source.

Each value comes with the place it was found in. What the text does not say stays empty; only the
title may come from the file's name, and then says so.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from annotator.reading.page_facts import PageFacts
from annotator.reading.places import place_in, place_of_signature

TITLE_LINE, FIRST_LINE, FIRST_SENTENCE = "title line", "first line", "first sentence"
META_LINE, SIGNATURE, FILE_NAME, TITLE = "meta line", "signature", "file name", "title"

_LONGEST_TITLE = 80
# Longer than this a line is a paragraph, even where it speaks of web sites.
_LONGEST_LINE = 120
_HEAD_LINES, _TAIL_LINES = 20, 15

# What stands around a report on its page: never a title, never a signature.
_FURNITURE = re.compile(
    "来源|发布(?:日期|时间|机构)|编辑日期|日期[:：]|时间[:：]|分享|打印|字体|字号|浏览|阅读次数|点击|当前(?:的)?位置|首页|您好|欢迎|今天是|无障碍|适老|长者助手|中文[简繁]体"
    "|网站|ICP|公网安备|版权|Copyright|主办|承办|技术支持|联系我们|电话|地址|邮编|扫一扫|相关(?:新闻|链接|阅读|报道)|上一篇|下一篇|责任编辑|附件|索引号|>|»|http",
    re.IGNORECASE,
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
_ISSUER = re.compile("(?:政府|委员会|管委会|办事处|党工委|党委|局|办公室|中心)$")

_YEAR = re.compile(
    "(?<![-—–~～至\\d])((?:19|20)\\d\\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})\\s*年(?!\\s*\\d{1,2}\\s*月)"
)
_SOURCE = re.compile("(?:信息来源|文章来源|来源|发布机构|发布单位)[:：]\\s*([^\\s|｜【\\[]{1,40})")
_DATE = "((?:19|20)\\d\\d)\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})"
_META_DATE = re.compile("(?:日期|时间)[:：]\\s*" + _DATE)
_SIGNED_DATE = re.compile(
    f"^(?:{_DATE}\\s*日?|([〇○零一二三四五六七八九]{{4}})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})日)$"
)
_HANZI_DIGITS = {"〇": "0", "○": "0", "零": "0"} | {c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; an empty text means the report does not say. Each `…_from` names where it was read."""

    title: str = ""
    title_from: str = ""
    place: str = ""
    place_from: str = ""
    year: str = ""
    year_from: str = ""
    date: str = ""
    date_from: str = ""
    source: str = ""
    source_from: str = ""

    def as_meta(self) -> dict[str, Any]:
        """The values that were found, as a report's `meta` holds them, and `from`: by field, where each was read."""
        values = {name: getattr(self, name) for name in ("title", "place", "year", "date", "source")}
        known = {name: value for name, value in values.items() if value}
        return {**known, "from": {name: getattr(self, f"{name}_from") for name in known}} if known else {}


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
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    head = _head(lines)
    title, title_from = _title(head, lines, file_name)
    # A place or a year in a file's name was put there by whoever saved it.
    said = title if title_from in (TITLE_LINE, FIRST_LINE) else ""
    signature, signed_date = _signature(lines)
    place, place_from = _place(said, signature)
    year, year_from = _year(said, _first_sentence(lines, title))
    date, date_from = _date(lines, signed_date)
    source = next((found[1] for line in _edges(lines) if (found := _SOURCE.search(line))), "")
    return Metadata(
        title, title_from, place, place_from, year, year_from, date, date_from, source, META_LINE if source else ""
    )


def _head(lines: list[str]) -> list[str]:
    """The lines before the body: up to the first numbered heading or paragraph."""
    head: list[str] = []
    for line in lines[:_HEAD_LINES]:
        if _is_body(line):
            break
        head.append(line)
    return head


def _edges(lines: list[str]) -> list[str]:
    """The lines at both ends of the page that are no paragraphs: there a page says what it is."""
    edges = lines if len(lines) <= _HEAD_LINES + _TAIL_LINES else lines[:_HEAD_LINES] + lines[-_TAIL_LINES:]
    return [line for line in edges if len(line) <= _LONGEST_LINE]


def _is_body(line: str) -> bool:
    if _NUMBERED.match(line) or (len(line) > _LONGEST_LINE and _PARAGRAPH.search(line)):
        return True
    return not _FURNITURE.search(line) and bool(_SENTENCE_LIKE.search(line))


def _title(head: list[str], lines: list[str], file_name: str | None) -> tuple[str, str]:
    own = [line for line in head if not _FURNITURE.search(line)]
    for index, line in enumerate(own):
        if _TITLE_WORD.search(line) and 5 <= len(line) <= _LONGEST_TITLE:
            # `云溪镇人民政府` on one line and `关于…的报告` on the next are one title.
            parted = index > 0 and line.startswith("关于") and _ISSUER.search(own[index - 1])
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


def _signature(lines: list[str]) -> tuple[str, str]:
    """The line that signs the report and the date under it, furniture below passed over."""
    tail = [line for line in _edges(lines[-_TAIL_LINES:]) if not _FURNITURE.search(line)]
    for index in range(len(tail) - 1, -1, -1):
        dated = _SIGNED_DATE.match(tail[index])
        if dated:
            above = tail[index - 1] if index else ""
            return (above if len(above) <= 40 and _ISSUER.search(above) else ""), _iso(dated)
    last = tail[-1] if len(tail) > 1 else ""
    return (last if len(last) <= 30 and _ISSUER.search(last) else ""), ""


def _place(title: str, signature: str) -> tuple[str, str]:
    """The title's place; the signature's where the title has none or only the end of it."""
    named, signed = place_in(title), place_of_signature(signature)
    if signed and signed.endswith(named) and signed != named:
        return signed, SIGNATURE
    return (named, TITLE) if named else ("", "")


def _year(title: str, sentence: str) -> tuple[str, str]:
    for text, where in ((title, TITLE), (sentence, FIRST_SENTENCE)):
        found = _YEAR.search(text)
        if found:
            return "".join(_HANZI_DIGITS.get(c, c) for c in found[1]), where
    return "", ""


def _date(lines: list[str], signed: str) -> tuple[str, str]:
    for line in _edges(lines):
        found = _META_DATE.search(line)
        if found and _iso(found):
            return _iso(found), META_LINE
    return (signed, SIGNATURE) if signed else ("", "")


def _iso(found: re.Match[str]) -> str:
    """`2024-03-05`, or nothing where there is no such day."""
    groups = found.groups()
    if groups[0]:
        year, month, day = (int(group) for group in groups[:3])
    else:
        year = int("".join(_HANZI_DIGITS[c] for c in groups[3]))
        month, day = _small_number(groups[4]), _small_number(groups[5])
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _small_number(written: str) -> int:
    tens, ten, units = written.rpartition("十")
    return (int(_HANZI_DIGITS.get(tens, "1")) * 10 if ten else 0) + int(_HANZI_DIGITS.get(units, "0"))
