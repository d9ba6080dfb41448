"""In which province, city, county and township a report was made, by the lexicon of divisions; or as much of it as is sure.

What the report calls itself (title, issuing body, signature) names the place; many names stand for several places. Then
whatever else the page says decides: the number of the site, who runs it, its address, its record numbers, names in the
text. Where nothing decides, the levels that all of them share are sure, and no more. Nothing is guessed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.reading import divisions
from annotator.reading.divisions import DIGITS, TOWNSHIP, common, longest, name_of, related
from annotator.reading.places import place_in, place_of_signature, without_preamble

SITE_NUMBER, SITE_OWNER, ADDRESS = "site number", "site owner", "address"
POLICE_NUMBER, ICP_NUMBER, IN_TEXT, LEXICON = "police number", "ICP number", "names in the text", "divisions lexicon"

# What tells that a name goes on and is none: 东方市场, 南山区域.
_GOES_ON = {"市": "场民容域级", "区": "域块划间", "县": "域级", "镇": "域街"}
# A short name alone (黄石, 阳江) counts only where a body of government is named after it; not 上海路街道.
_BODY = re.compile("[^路街巷桥大中小学村店，。,;；\\s]{0,20}(?:管理委员会|管委会|人民政府|政府|委员会|厅|局)")
_TOWNSHIP = re.compile("(?:镇|乡|街道|苏木)$")
_WEAK = 2  # 东区, 城区: a county of this name, and a part of many others
_DIVISIVE = 5  # so many times more often must one of several places be named in the text than all others


class Evidence(NamedTuple):
    """Divisions that something on the page speaks for. `sole`: it may tell the place where the report does not."""

    codes: tuple[str, ...]
    where: str
    sole: bool = False


class Region(NamedTuple):
    """What is sure: the code of the smallest division, the names by level, and where each was read."""

    code: str = ""
    names: Mapping[str, str] = {}
    where: Mapping[str, str] = {}


class _Mention(NamedTuple):
    codes: tuple[str, ...]
    name: str
    where: str
    anchored: bool  # it names the whole too: 北京市大兴区

    @property
    def weak(self) -> bool:
        return not self.anchored and len(self.name) <= _WEAK


def region(own: Sequence[tuple[str, str]], evidence: Sequence[Evidence], text: str) -> Region:
    """The region of a report.

    `own` are the phrases in which it names its maker, each with where it stands, the best first; `evidence` what else
    the page says, the strongest first; `text` the whole.
    """
    mentions = [found for phrase, where in own for found in _mentions(phrase, where)]
    if not mentions:
        return _from_evidence(own, evidence)
    said = mentions[0]
    for other in mentions[1:]:
        said = _refined(said, other)
    codes, decided = _decided(said, evidence, text)
    code = codes[0] if len(codes) == 1 else common(codes)
    return _region(code, said, decided) if code else Region()


def _mentioned(phrase: str, where: str, *, sole: bool = False) -> Iterator[Evidence]:
    """What a phrase of the page speaks for. A township alone tells no place: the lexicon may lack others of its name."""
    found = next((found for found in _mentions(phrase, where) if not found.weak), None)
    if found is not None:
        yield Evidence(found.codes, where, sole and (found.anchored or len(found.codes[0]) < DIGITS[TOWNSHIP]))


def _mentions(phrase: str, where: str) -> Iterator[_Mention]:
    """What each body of a phrase is named after."""
    for part in (phrase, *phrase.split("关于")[1:]) if "关于" in phrase else phrase.split() or [""]:
        found = _mention(without_preamble(part), where)
        if found is not None:
            yield found


@functools.lru_cache(maxsize=512)  # who signs and where from: the same, report after report of a site
def _mention(text: str, where: str) -> _Mention | None:
    named = _at(text, 0)
    if named is None:
        return None
    codes, name, end, anchored = named.codes, named.name, len(named.name), False
    while (part := _at(text, end)) is not None:
        within = tuple(c for c in part.codes if any(c.startswith(w) and len(c) > len(w) for w in codes))
        if not within:
            break
        codes, name, end, anchored = within, part.name, end + len(part.name), True
    if not anchored:
        codes = _standing_alone(named, text[end:])
    return _Mention(codes, name, where, anchored) if codes else None


def _at(text: str, at: int) -> divisions.Named | None:
    named = longest(text, at)
    if named is None:
        return None
    end = at + len(named.name)
    goes_on = end < len(text) and text[end] in _GOES_ON.get(named.name[-1], "")
    return None if goes_on and not _within(text, end, named.codes) else named


def _within(text: str, at: int, codes: Sequence[str]) -> bool:
    """Whether the name of a part of one of these places begins there: 武威市民勤县."""
    named = longest(text, at)
    return named is not None and any(code.startswith(whole) for code in named.codes for whole in codes)


def _standing_alone(named: divisions.Named, rest: str) -> tuple[str, ...]:
    """Those of the places that a name without its whole may mean."""
    if named.short:
        return named.codes if _BODY.match(rest) else ()
    if _TOWNSHIP.search(named.name):
        return named.codes
    # 高新区, 开发区, 农场: hundreds are called so, whatever the lexicon has.
    return tuple(code for code in named.codes if len(code) < DIGITS[TOWNSHIP])


def _refined(said: _Mention, other: _Mention) -> _Mention:
    """What both say together: the smaller places of those that go together; the first where they contradict."""
    pairs = [(a, b) for a in said.codes for b in other.codes if related(a, b)]
    if not pairs:
        return said
    codes = tuple(dict.fromkeys(max(pair, key=len) for pair in pairs))
    deeper = len(codes[0]) > len(said.codes[0])
    first = other if deeper else said
    return first._replace(codes=codes, anchored=said.anchored or other.anchored)


def _decided(said: _Mention, evidence: Sequence[Evidence], text: str) -> tuple[tuple[str, ...], str]:
    """The places that remain of those that are called so, and what decided; none where the page contradicts."""
    codes, weak, decided = said.codes, said.weak, ""
    for one in evidence:
        kept = tuple(code for code in codes if any(related(code, other) for other in one.codes))
        if not kept and one.sole and not said.anchored:
            return (), ""
        if kept and (len(kept) < len(codes) or weak):
            codes, decided, weak = kept, one.where, False
    if len(codes) > 1 or weak:
        named = _named_whole(text, codes, said.name) or _named_in(text, codes)
        if named:
            return named, IN_TEXT
    return (() if weak else codes), decided


def _named_whole(text: str, codes: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The one of these places that the text calls by the name of its whole and its own: 北京市朝阳区."""
    found = [code for code in codes if any(whole + name in text for whole in _wholes(code, codes))]
    return (found[0],) if len(found) == 1 else ()


def _named_in(text: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these places whose wholes the text names, where it hardly names those of the others."""
    counts = {code: sum(_count(text, name) for name in _wholes(code, codes)) for code in codes}
    best = max(counts.values())
    first = tuple(code for code, n in counts.items() if n == best)
    others = sum(n for n in counts.values() if n != best)
    sure = best >= 2 and best >= _DIVISIVE * others and common(first) != common(codes)
    return first if sure or (best >= 2 and not others and len(first) == 1) else ()


def _count(text: str, name: str) -> int:
    """How often a text names a place, by a short form (法治东莞) too where it has the whole name as well."""
    short = name.removesuffix("市")
    return text.count(short if len(short) > 1 and name in text else name)


def _wholes(code: str, codes: tuple[str, ...]) -> Iterator[str]:
    """The names of what `code` lies in and not all of `codes` do."""
    shared = common(codes) if len(codes) > 1 else ""
    for digits in DIGITS.values():
        whole = code[:digits]
        if len(shared) < digits < len(code) and len(name := name_of(whole)) > _WEAK:
            yield name


def _from_evidence(own: Sequence[tuple[str, str]], evidence: Sequence[Evidence]) -> Region:
    """Where the report names no place that is known: as much as who runs the page tells, above what it calls itself."""
    most = _most_digits(own) if evidence else 0
    for one in evidence:
        whole = common(one.codes)
        code = next((whole[:n] for n in sorted(DIGITS.values(), reverse=True) if n <= min(most, len(whole))), "")
        if one.sole and code:
            return _region(code, _Mention((code,), "", one.where, True), "")
    return Region()


def _most_digits(own: Sequence[tuple[str, str]]) -> int:
    """How far down a page may tell where a place of an unknown name lies, by the shape of that name."""
    shapes = [place for phrase, _ in own if (place := place_in(phrase) or place_of_signature(phrase))]
    if not shapes:
        return DIGITS[TOWNSHIP]
    if _TOWNSHIP.search(shapes[0]):
        return DIGITS[divisions.COUNTY]
    return DIGITS[divisions.PROVINCE] if shapes[0].endswith(("市", "州", "盟")) else DIGITS[divisions.CITY]


@functools.lru_cache(maxsize=512)
def _region(code: str, said: _Mention, decided: str) -> Region:
    names = {level: name for level, n in DIGITS.items() if n < DIGITS[TOWNSHIP] and (name := name_of(code[:n]))}
    names = {level: name for level, name in names.items() if DIGITS[level] <= len(code)}
    if len(code) == DIGITS[TOWNSHIP]:
        names[TOWNSHIP] = said.name
    elif not name_of(code):
        code = max((code[: DIGITS[level]] for level in names), key=len, default="")
    own = divisions.level_of(code) if code else ""
    where = {level: said.where if level == own or said.anchored else LEXICON for level in names}
    if decided:
        where = {level: decided if level != own else said.where for level in names}
    return Region(code, names, where)


# ---- what a page says besides -------------------------------------------------------------------

_HINTS = ("主办", "版权所有", "欢迎", "地址", "标识码", "公网安备", "ICP")
_OWNER = re.compile("(?:主办(?:单位|方)?|版权所有|欢迎(?:您)?(?:访问|光临|来到|浏览))[:：]?\\s*(\\S{4,60})")
_OWNER_BEFORE = re.compile("^\\s*(\\S{4,40})\\s*(?:主办|版权所有)")
_ADDRESS = re.compile("地址[:：]\\s*(\\S{4,60})")
_SITE = re.compile("网站标识码[:：]?\\s*(\\d{6})\\d{4}(?!\\d)")
_POLICE = re.compile("公网安备[:：]?\\s*(\\d{6})\\d{8}(?!\\d)")
_ICP = re.compile("([\u4e00-\u9fff])ICP[备证]")


def evidence_of(lines: Sequence[str], site_number: str = "", site_name: str = "") -> list[Evidence]:
    """What the head and the foot of a page say about the place, the strongest first."""
    together = "\n".join(lines)
    hints = [hint for hint in _HINTS if hint in together]
    lines = [line for line in lines if any(hint in line for hint in hints)] if hints else []
    if not (lines or site_number or site_name):
        return []
    numbers = [site_number[:6]] if site_number[:6].isdecimal() else []
    numbers += [found[1] for line in lines for found in _SITE.finditer(line)]
    police = [found[1] for line in lines for found in _POLICE.finditer(line)]
    owners = [site_name] if site_name else []
    owners += [found[1] for line in lines for rule in (_OWNER, _OWNER_BEFORE) if (found := rule.search(line))]
    addresses = [found[1] for line in lines if (found := _ADDRESS.search(line))]
    plates = [divisions.PLATES.get(found[1], "") for line in lines for found in _ICP.finditer(line)]
    return [
        *(Evidence((code,), SITE_NUMBER, True) for number in numbers if (code := _known(number))),
        *(one for phrase in owners for one in _mentioned(phrase, SITE_OWNER, sole=True)),
        *(one for phrase in addresses for one in _mentioned(phrase, ADDRESS)),
        *(Evidence((code,), POLICE_NUMBER) for number in police if (code := _known(number))),
        *(Evidence((code,), ICP_NUMBER) for code in plates if code),
    ]


def _known(number: str) -> str:
    """The smallest division that a number of six digits begins with."""
    return next((number[:digits] for digits in (6, 4, 2) if name_of(number[:digits])), "")
