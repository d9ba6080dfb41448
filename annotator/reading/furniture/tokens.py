"""The words by which page furniture is known: one row a rule, each a pattern of what may stand in such a line.

A line is furniture by how much of it such words cover, so no row needs to know a whole line. `Strength` says how far a
row is to be trusted. A new rule is one row here, one name in `names` and one line in its test. In patterns `<name>` is a
part named in `_PARTS` or the words of that name in `token_words`.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Collection, Iterable
from enum import IntEnum
from typing import NamedTuple

from annotator.domain.patterns import late
from annotator.reading.furniture.token_words import WORDS


class Strength(IntEnum):
    """FILL stands beside furniture and proves nothing; EDGE holds before and behind the body; SURE anywhere."""

    NONE = 0
    FILL = 1
    EDGE = 2
    SURE = 3


class Token(NamedTuple):
    """One row: the rule's id, how sure it is, a pattern, and what must stand in a line for it to match.

    `needs` are characters and pairs of them, any of which will do; of a `<name>` the beginnings of its words. Most
    lines hold none, and are done with a look.
    """

    rule: str
    strength: Strength
    pattern: str
    needs: str = ""


class Match(NamedTuple):
    """Words found in a line: [start, end) in it."""

    start: int
    end: int
    token: Token


_SPACE = " \t\u3000\xa0"
_PARTS = {
    "gap": f"[{_SPACE}]{{0,4}}",
    "colon": f"[{_SPACE}]{{0,4}}[:：]",
    "value": f"[{_SPACE}]{{0,4}}[^\\s|｜:：【\\[<>]{{0,30}}",
    "long_value": f"[{_SPACE}]{{0,4}}[^|｜\n]{{0,60}}",
    "day": r"(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?)",
    "begin": r"(?<![\u4e00-\u9fff])",
    "alone": r"(?![\u4e00-\u9fff])",
    "open": r"[\[【(（]?\s*",
    "close": r"\s*[\]】)）]?",
    "bar": r"[\s|｜/、]*",
    "entry": r"[\u4e00-\u9fffA-Za-z]{2,8}",
    "mark": r"[\]】|｜·•◎☆◆■]",
}


def _any(words: str) -> str:
    """A pattern for any of `words`, Chinese ones with or without spaces between their characters (`来 源`)."""
    each = sorted(words.split(), key=len, reverse=True)
    spaced = (re.escape(word) if word.isascii() else _PARTS["gap"].join(map(re.escape, word)) for word in each)
    return "(?:" + "|".join(spaced) + ")"


_NAMED = {**_PARTS, **{name: _any(words) for name, words in WORDS.items()}}
_SURE, _EDGE, _FILL = Strength.SURE, Strength.EDGE, Strength.FILL

TOKENS: tuple[Token, ...] = (
    # ---- where the page stands, and the menus -------------------------------------------------------------
    Token(
        "breadcrumb",
        _SURE,
        r"^\W*(?:您|你)?的?(?:现在|当前|目前|所在|现)?的?(?:所在)?的?位置(?:是|为)?<colon>.{0,120}",
        "位置",
    ),
    Token("breadcrumb", _SURE, r"^\W*(?:<here>(?=\W|$)|当前(?:栏目|页面?)<colon>).{0,120}", "<here> 当前"),
    Token("breadcrumb", _SURE, r"^\W*<home><gap>(?:>|»|›|→|&gt;|＞|/|\\|-|·).{0,120}", "<home>"),
    Token("breadcrumb", _EDGE, r"^[^>＞»›。]{2,16}(?:\s*[>＞»›]+\s*[^>＞»›。]{1,40}){2,8}$", "> ＞ » ›"),
    Token("breadcrumb", _FILL, r"[>＞»›]+", "> ＞ » ›"),
    Token(
        "nav",
        _EDGE,
        r"^(?:[\[【|｜·•◎☆◆■>\s]*<entry>\s*<mark>+){2,}[\[【\s]*(?:<entry>)?\s*[\]】|｜]*$",
        "] 】 | ｜ · • ◎ ☆ ◆ ■",
    ),
    Token("nav", _FILL, r"^<entry>(?:\s+<entry>){3,}$"),
    Token("nav", _EDGE, r"<begin><sure_nav>", "<sure_nav>"),
    Token("nav", _FILL, r"<nav>", "<nav>"),
    Token(
        "nav",
        _FILL,
        r"<begin>(?:走进|印象|魅力|美丽|认识|了解|投资|旅游|数字|智慧|活力|幸福|和谐|人文|大美)[\u4e00-\u9fff]{2,3}<alone>",
        "走进 印象 魅力 美丽 认识 了解 投资 旅游 数字 智慧 活力 幸福 和谐 人文 大美",
    ),
    # ---- other pages ----------------------------------------------------------------------------------------
    Token(
        "related",
        _SURE,
        r"<begin>[\[【]?<neighbour>(?:文章|信息|新闻)?[\]】]?(?:<colon>|\s|$).{0,80}?(?=下一[篇条页则]|下篇|后一篇|$)",
        "<neighbour>",
    ),
    Token("related", _SURE, r"^[-·•◆■▌>\s【\[]*<lists>[】\]:：\s>+]*(?:<more>)?[>+\s]*$", "<lists>"),
    Token("related", _EDGE, r"^[-·•◆■▌>\s【\[]*<lists_behind>[】\]:：\s>+]*$", "<lists_behind>"),
    Token("comments", _SURE, r"<comments>.{0,60}", "<comments>"),
    Token(
        "attachments",
        _EDGE,
        r"^(?!\W*附)\W*[^。]{2,60}\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z)(?:\s*[\[（(]?[\d.]+\s*[KMkm][Bb]?[\]）)]?)?$",
        ".",
    ),
    # ---- the foot of the page ---------------------------------------------------------------------------------
    Token("footer", _SURE, r"(?i:copyright|©|\(c\)\s*(?:19|20)\d\d).{0,100}", "co Co CO © (c (C"),
    Token("footer", _SURE, r"(?i:all rights reserved\.?)", "ri Ri RI"),
    Token("footer", _SURE, r"[^\s|｜。，,]{0,30}\s*<rights>[:：]?<value>", "<rights>"),
    Token("footer", _EDGE, r"(?i:powered by|designed by).{0,40}|页面执行时间.{0,20}", "po Po PO de De DE 页面"),
    Token(
        "record_number",
        _SURE,
        r"[\u4e00-\u9fff]?<gap>ICP<gap>[备证]?<gap>案?(?:编?号)?[:：]?\s*(?:[\u4e00-\u9fff]{0,2}ICP备)?\s*[A-Z]?[\d-]*<gap>号?(?:-\d+)?",
        "IC",
    ),
    Token(
        "record_number",
        _SURE,
        r"[\u4e00-\u9fff]?<gap>公网安备<gap>(?:[\u4e00-\u9fff]公网安备)?<gap>\d*<gap>号?",
        "公网",
    ),
    Token("record_number", _SURE, r"<site_code><gap>[:：]?\s*[\w-]*", "<site_code>"),
    Token("record_number", _EDGE, r"<badge><alone>", "<badge>"),
    Token("organiser", _EDGE, r"<begin><organisers><colon><gap>[^\s|｜:：。]{0,40}", "<organisers>"),
    Token("organiser", _EDGE, r"(?<![^\s|｜:：。，])[^\s|｜:：。，]{4,60}\s{1,4}<organisers><alone>", "<organisers>"),
    Token(
        "organiser",
        _EDGE,
        r"^[^\s|｜:：。，]{4,20}(?:主办|承办)(?:\s+[^\s|｜:：。，]{4,20}(?:承办|协办|维护))*",
        "主办 承办",
    ),
    Token(
        "contact", _FILL, r"<begin>(?:网站)?<contacts><colon>(?:<gap>[\d()（）+-]{5,20}[、,，/转\s]*)+", "<contacts>"
    ),
    Token("contact", _FILL, r"<begin><contacts><colon><gap>[^\s|｜:：。]{0,50}", "<contacts>"),
    Token(
        "contact",
        _FILL,
        r"(?<!\d)0\d{2,3}[-—－]?\d{7,8}(?!\d)|[\w.-]+@[\w-]+\.[\w.]+|(?:https?://|www\.)[\w./?=&%#-]+",
        "0 @ ht ww",
    ),
    Token(
        "qr",
        _SURE,
        r"(?:打开)?(?:微信|手机|请用手机|用手机|用微信)?扫一扫.{0,30}|手机扫[码描].{0,20}",
        "扫一 扫码 扫描",
    ),
    Token("qr", _SURE, r"(?:微信|手机)?扫[描码](?:上方|下方|上面|下面|左侧|右侧|此)?(?:的)?二维码.{0,24}", "扫描 扫码"),
    Token(
        "qr",
        _SURE,
        r"(?:长按|识别).{0,10}(?:二维码|小程序码).{0,16}|^.{0,16}(?:蓝字|公众号).{0,10}关注.{0,12}|^关注我们.{0,10}$",
        "长按 识别 蓝字 公众 关注",
    ),
    Token("qr", _EDGE, r"<channels><alone>", "<channels>"),
    Token("top", _SURE, r"<up><alone>", "<up>"),
    Token("top", _FILL, r"<begin>(?:<back>|TOP|Top)<alone>", "返回 TO To"),
    # ---- bars and notices ---------------------------------------------------------------------------------------
    Token("welcome", _SURE, r"(?:[您你]好[!！,，]?\s*)?欢迎[您你]?的?(?:访问|光临|来到|进入|浏览|莅临).{0,40}", "欢迎"),
    Token(
        "welcome",
        _SURE,
        r"^今天是<colon>?.{0,40}$|^现在是[:：]\s*.{0,30}$|^您是第\s*\d*\s*位(?:访客|访问者).{0,10}$|^[您你]的IP.{0,40}$",
        "今天 现在 您是 您的 你的",
    ),
    Token(
        "welcome",
        _EDGE,
        r"<day>?\s*(?:星期|周)[一二三四五六日天](?:\s*农历\S{2,14})?(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?(?:\s*第?\s*[A-Z]?\d+版.{0,10})?",
        "星期 周一 周二 周三 周四 周五 周六 周日 周天",
    ),
    Token(
        "welcome",
        _EDGE,
        r"[\u4e00-\u9fff]{0,8}\s*(?:天气[:：]?)?\s*(?:晴|多云|阴|[小中大暴阵]雨|小雪|雷阵雨)[^。]{0,16}?-?\d{1,2}\s*[℃°][^。]{0,20}",
        "℃ °",
    ),
    Token("notice", _SURE, r"^.{0,20}[您你]?(?:访问的链接)?即将离开.{0,60}", "离开"),
    Token("notice", _SURE, r"^.{0,40}(?:浏览器|分辨率).{0,60}(?:浏览|访问|升级|版本|分辨率|效果).{0,60}$", "浏览 分辨"),
    Token(
        "notice",
        _SURE,
        r"^.{0,60}(?:未经|不得).{0,20}(?:授权|许可|同意|擅自).{0,20}(?:转载|复制|镜像).{0,40}$",
        "转载 复制 镜像",
    ),
    Token("notice", _SURE, r"^.{0,30}转载.{0,6}请注明.{0,40}$|^.{0,40}(?i:cookies?).{0,80}$", "转载 co Co CO"),
    Token("notice", _SURE, r"本?网?站?(?:已)?支持\s*IPv6.{0,10}|^IPv6(?:访问量|[:：]).{0,12}|^IPv6$", "IP"),
    Token("notice", _SURE, r"<begin><aids><alone>", "<aids>"),
    Token("notice", _EDGE, r"<begin><aids_beside><alone>", "<aids_beside>"),
    Token("search", _EDGE, r"请输入.{0,12}(?:关键[字词]|内容|搜索|检索).{0,8}", "请输"),
    Token("search", _EDGE, r"<begin><search>(?:<colon>.{0,60}|<alone>)", "<search>"),
    # ---- the facts of the page, and what stands beside them ---------------------------------------------------
    Token(
        "font_size",
        _SURE,
        r"<begin><open><size><gap>(?:[:：]|(?=\s*[\[【(（]?[大中小+]))<gap>"
        r"(?:<open>(?:特大|超大|较大|默认|标准|大|中|小|A\+|A-|\+|-)<close><bar>)*<close>",
        "<size>",
    ),
    Token(
        "font_size",
        _SURE,
        r"<begin><open>(?:特大\s*)?大<close><bar><open>中<close><bar><open>小<close><alone>",
        "大中 大| 大｜ 大] 大】 大） 大) 大/ 大、",
    ),
    Token(
        "font_size",
        _EDGE,
        r"<begin>[\[【(（]\s*[大中小]\s*[\]】)）]|<sight>[:：]?",
        "[大 [中 [小 【大 【中 【小 (大 (中 (小 （大 （中 （小 <sight>",
    ),
    Token(
        "views",
        _SURE,
        r"<begin>(?:本文|本页|已|文章)?<counted><colon><gap>[\[（(]?[-\d,]*[\]）)]?\s*(?:人?次|人|℃)?",
        "<counted>",
    ),
    Token(
        "views",
        _SURE,
        r"<begin>(?:已有|已被|共|已)?\s*[-\d,]+\s*(?:人次|次|人)\s*<looked><alone>",
        "<looked>",
    ),
    Token("views", _SURE, r"<begin><counted>\s*[-\d,]+\s*(?:人?次)<alone>", "<counted>"),
    Token("views", _EDGE, r"<begin><counters><gap>\d*<alone>|^<looked>\s*\d+$", "<counters> <looked>"),
    Token(
        "meta",
        _EDGE,
        r"<begin>(?:信息|文章|稿件)?<dates><colon><gap><day>?|<begin><date><colon>\s*<day>",
        "<dates> <date>",
    ),
    Token("meta", _EDGE, r"<day>\s*(?:发表于|发布于|来自)[\u4e00-\u9fff]{0,12}", "发表 发布 来自"),
    Token("meta", _EDGE, r"<begin><sources><colon><value>", "<sources>"),
    Token("meta", _EDGE, r"<begin><people><colon><value>", "<people>"),
    Token("meta", _EDGE, r"<begin><record><colon><long_value>", "<record>"),
    Token("meta", _FILL, r"<begin><record_beside><colon><long_value>", "<record_beside>"),
    Token("meta", _FILL, r"(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}(?:\s+\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?", "19 20"),
    Token(
        "share",
        _SURE,
        r"<begin>[\[【]?\s*<share>\s*[\]】]?[:：]?|[\[【]\s*<share_beside>\s*[\]】]|<begin><share_label><colon>",
        "<share> <share_beside> <share_label>",
    ),
    Token("share", _FILL, r"<begin><share_beside>(?:<gap>[:：])?<alone>", "<share_beside>"),
)

#: Where furniture begins in the middle of a long line.
STARTERS_PATTERN = (
    r"(?:<here>|<neighbour>|<site_code>|<rights>|<home>|主办单位|承办单位|扫一扫)<gap>[:：]?"
    r"|[【\[](?:字体|字号|打印|关闭|大\s*中\s*小)|Copyright|©|[\u4e00-\u9fff]ICP备|[\u4e00-\u9fff]公网安备"
)
_STARTERS_NEED = (
    "<here> <neighbour> <site_code> <rights> <home> 主办 承办 扫一 【字 [字 【打 [打 【关 [关 【大 [大 Co © IC 公网"
)
#: And where it begins in a line that holds a colon; they begin with words that reports use all the time.
LABELS_PATTERN = r"(?:<sources>|<dates>|<counters>|<size>|<share_label>|<people>|索引号|主办|承办)<colon>"
_LABELS_NEED = "<sources> <dates> <counters> <size> <share_label> <people> 索引"
#: White space inside a line.
_BESIDE = "[^\\S\n\x85\u2028\u2029]*"
_PART = re.compile(r"<(\w+)>")
_SEPARATORS = re.compile("[\\s|｜/·•>＞»›_,，、;；:：.。\\[\\]【】()（）<>《》\"“”'!！?？+*#&~\\-—–=…^■◆▌◎☆]")


def _compiled(pattern: str) -> re.Pattern[str]:
    """Late: together they take most of a second, and a text needs a few of them."""
    return late(_PART.sub(lambda part: _NAMED[part[1]], pattern))


_STARTERS, _WITH_LABELS = _compiled(STARTERS_PATTERN), _compiled(STARTERS_PATTERN + "|" + LABELS_PATTERN)
# Of these needs the pattern begins one character before: 粤ICP备, 粤公网安备.
_BEHIND_ONE = "I公"


def starts_in(text: str, start: int, end: int) -> list[int]:
    """Where in the line [start, end) furniture may begin; most lines of a body have no such place.

    The pattern is tried only where one of its needs stands, or right before it.
    """
    labelled = text.find("：", start, end) >= 0 or text.find(":", start, end) >= 0
    starting, starters = (_STARTING_LABELS, _WITH_LABELS) if labelled else (_STARTING, _STARTERS)
    found: list[int] = []
    at = start
    while hit := starting.search(text, at, end):
        place = hit.start()
        match = starters.match(text, place - 1, end) if place > at and text[place] in _BEHIND_ONE else None
        match = match or starters.match(text, place, end)
        if match is not None:
            found.append(match.start())
        at = match.end() if match is not None else place + 1
    return found


class _Row(NamedTuple):
    pattern: re.Pattern[str]
    token: Token
    needs: frozenset[str]
    anchored: bool


def _row(token: Token) -> _Row:
    return _Row(_compiled(token.pattern), token, beginnings(token.needs), token.pattern.startswith("^"))


def beginnings(needs: str) -> frozenset[str]:
    """What `needs` stand for: characters and pairs of them, of a `<name>` the first two characters of each word."""
    found: set[str] = set()
    for need in needs.split():
        name = need[1:-1] if _PART.fullmatch(need) else ""
        found.update(word[:2] for word in WORDS[name].split()) if name else found.add(need)
    return frozenset(found)


def pairs_in(line: str) -> set[str]:
    """The characters of a line and the pairs of them, white space left out: what `needs` are looked for in."""
    packed = "".join(line.split())
    return {*packed, *map(operator.add, packed, packed[1:])}


def searching(needs: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of `needs`, with or without white space between two characters; never across lines.

    One branch a first character: a search that only looks for those is quick.
    """
    seconds: dict[str, set[str]] = {}
    for need in needs:
        seconds.setdefault(need[0], set()).add(need[1:])
    branches = (
        re.escape(first) + ("" if "" in after else f"{_BESIDE}[{re.escape(''.join(sorted(after)))}]")
        for first, after in sorted(seconds.items())
    )
    return re.compile("|".join(branches))


_STARTING = searching(beginnings(_STARTERS_NEED))
_STARTING_LABELS = searching(beginnings(_STARTERS_NEED + " " + _LABELS_NEED))
_ROWS = tuple(map(_row, TOKENS))
#: By need the rows that it calls, as numbers: one look at a line tells which rows are to be tried at all.
_CALLED: dict[str, tuple[int, ...]] = {
    need: tuple(number for number, row in enumerate(_ROWS) if need in row.needs)
    for need in frozenset().union(*(row.needs for row in _ROWS))
}
_NEEDS = frozenset(_CALLED)
_ALWAYS = tuple(number for number, row in enumerate(_ROWS) if not row.needs)


def needs_of(rules: Collection[str], least: Strength) -> frozenset[str]:
    """What a line must hold for a row of one of these rules, at least so sure, to match."""
    return frozenset().union(
        *(row.needs for row in _ROWS if row.token.rule in rules and row.token.strength >= least and row.needs)
    )


@functools.lru_cache(maxsize=4096)  # the lines of a site's menus, page after page
def tokens_in(line: str) -> tuple[Match, ...]:
    """The furniture words of a line, in order and disjoint: the surer row first, then the longer words."""
    called = {number for need in pairs_in(line) & _NEEDS for number in _CALLED[need]}
    called.update(_ALWAYS)
    found = [match for number in sorted(called) for match in _matches(_ROWS[number], line)]
    if len(found) < 2:
        return tuple(found)
    found.sort(key=lambda match: (-match.token.strength, match.start - match.end))
    taken: list[Match] = []
    for match in found:
        if all(match.end <= other.start or match.start >= other.end for other in taken):
            taken.append(match)
    return tuple(sorted(taken))


def _matches(row: _Row, line: str) -> list[Match]:
    first = row.pattern.match(line) if row.anchored else None
    matches = row.pattern.finditer(line) if not row.anchored else (first,) if first else ()
    return [Match(*match.span(), row.token) for match in matches if match.end() > match.start()]


def weight_of(line: str) -> int:
    """How many characters of a line count: all but white space and separators."""
    return len(_SEPARATORS.sub("", line))
