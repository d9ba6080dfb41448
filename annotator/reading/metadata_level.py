"""Who issued a report, as its title says it, and on which level of the administration that body stands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotator.reading.divisions import CITY, COUNTY, PROVINCE, TOWNSHIP
from annotator.reading.places import place_in, place_of_signature, without_preamble

DEPARTMENT = "department"
#: All levels, from the whole to the part.
LEVELS = (PROVINCE, CITY, COUNTY, TOWNSHIP, DEPARTMENT)

ISSUER, TITLE, SIGNATURE = "issuer", "title", "signature"

_GOVERNMENT = "人民政府|政府|管理委员会|管委会|办事处|党工委|工委|党委|镇委|乡委|区委|县委|市委|省委|委员会"
_OFFICE = "(?:人民政府|政府|管理委员会|管委会|党委|[省市区县]委)(?:办公室|办公厅|研究室)|[局厅院]|支队|大队|总队|中心"
_BODY = re.compile(
    f"^(.{{1,40}}?(?:{_OFFICE}|{_GOVERNMENT}))(?=关于|[(（\\s]?(?:19|20)\\d\\d|[一二][〇○零九]|的|工作|$)"
)
_IS_OFFICE = re.compile("(?:局|厅|办公室|办公厅|研究室|院|支队|大队|总队|中心)$")
# 发展和改革委员会 is a department, a party's or a zone's committee is none.
_IS_COMMISSION = re.compile(
    "(?:改革|健康|建设|管理监督|监督管理|农业农村工作|民族事务|交通|教育|经济和信息化|国资)委(?:员会)?$"
)
_ZONE = re.compile("(?:开发|试验|示范|高新|管理|风景|产业|经济|合作|保税|实验|园|新)区$")


def issuer_in(title: str) -> str:
    """The body that a title begins with: `南屏县人民政府` of `南屏县人民政府关于…的报告`; empty where it names none."""
    for part in (title, *title.split("关于")[1:]):
        found = _BODY.match(without_preamble(part))
        if found and (place_in(found[1]) or found[1].startswith(("国务院", "国家", "最高人民"))):
            return found[1]
    return ""


def level_of(issuer: str, title: str, signature: str, region: Mapping[str, str]) -> tuple[str, str]:
    """The level of the issuing body and what tells it; nothing where that is not sure."""
    if issuer and (_IS_OFFICE.search(issuer) or _IS_COMMISSION.search(issuer)):
        return DEPARTMENT, ISSUER
    for phrase, where in ((issuer, ISSUER), (title, TITLE), (signature, SIGNATURE)):
        level = _level(phrase, region)
        if level:
            return level, where
    return "", ""


def _level(phrase: str, region: Mapping[str, str]) -> str:
    body = phrase.split()[0] if phrase.split() else ""
    place = place_in(body) or place_of_signature(body)
    if not place or _ZONE.search(place):
        return ""
    if place.endswith(("镇", "乡", "街道", "苏木")):
        return TOWNSHIP
    known = next((level for level in (COUNTY, CITY, PROVINCE) if place.endswith(region.get(level) or "-")), "")
    if known:
        return known
    return COUNTY if place.endswith(("县", "旗", "区")) else ""
