"""Short names: those that a report defines itself (以下简称“县局”), and those that stand for the body named just before.

This module knows nothing of how full names are made; it is asked once a report and gives ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from annotator.suggest import institution_words as words
from annotator.suggest.institution_edges import Edges
from annotator.suggest.reading import Range
from annotator.suggest.word_lists import longest_first

_DEFINED: Final = re.compile(
    '(?:以下(?:统|简)?称|下称|简称)[为：:]?(?:[“"「‘](?P<quoted>[一-鿿]{2,12})[”"」’]|(?P<plain>[一-鿿]{2,12})[)）])'
)
_ENDING: Final = frozenset("局委办部厅院会府所站队组心团署校司行社")
#: The government of the same place, behind its party committee: 镇党委、政府.
_AND_GOVERNMENT: Final = re.compile(
    "(?:党工委|党委|街道工委)[、和与及](?P<body>政府|办事处|街道办|管委会|行政)(?!部门|工作|职能|主要|领导|班子|常务|会议|主任|负责)"
)
#: Bodies of a town that are called by their kind alone in its report.
_OF_TOWN: Final = re.compile(
    "(?:司法所|派出所|国土所|财政所|林业站|水利站|农技站|经管站|文化站|综治中心|综合执法队|综合行政执法队|便民服务中心|党群服务中心|政务服务中心|人大办|纪委)"
)
_TOWN: Final = re.compile("[镇乡]党委|街道(?=[党办综人政执平公])|[我本全][镇乡]|[我本全]街道|(?<!乡)[镇乡]政府")
_LARGER: Final = re.compile("[我本全][市县区州旗盟省]|[市县区州旗]直|[市县区州旗]政府常务")


#: A web site or agency among other media: what stands before 网 is all that it is called by.
_MEDIUM: Final = re.compile(
    "(?<![官外内电管路域专务联渔门地商入上织防])(?:网|新闻|(?<![简汇海上申情月周公年专电日晚])(?<!(?<!交)通)报)(?=[、）)等对多刊发报作转播进宣相先均投和开])"
)
_MEDIA: Final = re.compile("日报|晚报|电视台|广播|新华社|融媒体|报社|人民网|媒体|报道|刊发|刊登|转载|播出|报》")
_LONGEST_MEDIUM: Final = 5


def media(text: str, by_words: Edges) -> Iterator[Range]:
    """Web sites and agencies that report on the body, named among other media: 青岚网."""
    for match in _MEDIUM.finditer(text):
        start = by_words.name(match.start(), _LONGEST_MEDIUM)
        if start is None or match.start() - start < 2 or text[start : match.start()] in words.KINDS | words.MATTERS:
            continue
        if _MEDIA.search(text, max(0, start - 20), start) or _MEDIA.search(text, match.end(), match.end() + 20):
            yield start, match.end()


def defined(text: str) -> Iterator[Range]:
    """Every place of a short name that the report says it uses."""
    names = {match["quoted"] or match["plain"] for match in _DEFINED.finditer(text)}
    for name in sorted(names):
        if name[-1] in _ENDING and name not in words.KINDS and len(name) > 1:
            for match in re.finditer(name, text):
                yield match.span()


_QUOTED: Final = re.compile('[“"](?P<name>[一-鿿]{2,10}(?:工作室|调解室|服务队|工作站))[”"]')


def quoted(text: str) -> Iterator[Range]:
    """Studios that bear a name in quotation marks: “乌恩其调解工作室”."""
    for match in _QUOTED.finditer(text):
        yield match.span("name")


def of_the_same_place(text: str) -> Iterator[Range]:
    """政府 and the like where the party committee of the same place stands before."""
    for match in _AND_GOVERNMENT.finditer(text):
        yield match.span("body")


def of_the_town(text: str) -> Iterator[Range]:
    """Bodies called by their kind alone, in the report of a town: it has one of each."""
    if len(_TOWN.findall(text)) > max(1, len(_LARGER.findall(text))):
        for match in _OF_TOWN.finditer(text):
            yield match.span()


#: Courts and prosecutors named together are those of the place; of an assembly and its standing committee too.
_PAIRS: Final = re.compile(
    "(?<!各级)(?<!基层)(?<![两三]级)(?<!人民)(?:(?P<a>(?:人民)?法院)[、和与及](?P<b>(?:人民)?检察院)|(?P<c>(?:人民)?检察院)[、和与及](?P<d>(?:人民)?法院))"
    "|(?<=人大及其)(?P<e>常委会|常务委员会)|(?<=人民代表大会及其)(?P<f>常务委员会)"
)
_BESIDE: Final = re.compile(f"(?:{longest_first(words.BESIDE)})(?!主要|负责|领导|班子|会议)")
_JOINTS: Final = frozenset("、和与及")


def pairs(text: str) -> Iterator[Range]:
    """Bodies that are known by another one that is named in the same breath: 法院、检察院, 人大及其|常委会."""
    for match in _PAIRS.finditer(text):
        yield from (match.span(name) for name, found in match.groupdict().items() if found)


def beside(text: str, named: Iterable[Range]) -> Iterator[Range]:
    """Bodies called by their kind alone that stand in one list with a named one, before it or behind it."""
    starts, ends = set[int](), set[int]()
    for start, end in named:
        starts.add(start)
        ends.add(end)
    bare = [match.span() for match in _BESIDE.finditer(text)]
    for start, end in bare:
        if text[start - 1 : start] in _JOINTS and start - 1 in ends:
            ends.add(end)
            yield start, end
    for start, end in reversed(bare):
        if text[end : end + 1] in _JOINTS and end + 1 in starts and start not in starts:
            starts.add(start)
            yield start, end
