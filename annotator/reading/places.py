"""Administrative places by the shape of their names alone: `临江区青枫街道`, `南屏县`. No lexicon."""

from __future__ import annotations

import functools
import re

# Words that end like a place and are none: 市场, 乡村, 社区, 园区 …
_ENDING = (
    "(?:特别行政区|自治区|自治州|自治县|自治旗|开发区|试验区|示范区|高新区|管理区|风景区|街道|地区|新区|苏木|省|州|盟|县(?!域|级|直)|旗(?!帜)"
    "|市(?!场|民|容|域|级|直|政(?!府))|(?<![社小园城校库片灾景])区(?!域|级|直|块|划|间)|(?<![村城乡])镇(?!街|村|域|直)|乡(?!村|镇|贤|亲|土))"
)
_PLACE = re.compile(f"[\u4e00-\u9fff]{{1,20}}{_ENDING}")
# Where the name of the body, the subject or the year begins, the place has ended.
_AFTER = re.compile(
    "关于|人民政府|政府|管理委员会|管委会|管委|党工委|工委|党委|办事处|委员会|办公室|公安|司法|[\\d《“（(，,。]"
)
_BEFORE = re.compile("^(?:\\s|关于|中共|中国共产党|[\\d〇○零一二三四五六七八九-]+年度?)+")
_NO_NAME = re.compile("^(?:全|我|本|各|该|这|某|两|一个|每)")


def place_in(title: str) -> str:
    """The longest name of a place at the front of a title, or after its `关于`; empty where there is none."""
    for part in (title, *title.split("关于")[1:]):
        place = _leading(part)
        if place:
            return place
    return ""


def place_of_signature(signature: str) -> str:
    """The longest place that a signature of one or several bodies names."""
    return max((_leading(body) for body in signature.split()), key=len, default="")


def without_preamble(text: str) -> str:
    """What follows a `关于`, a `中共` or a year at the front."""
    return _BEFORE.sub("", text)


@functools.lru_cache(maxsize=512)  # a title is asked for the place, the issuing body and its level
def _leading(text: str) -> str:
    text = without_preamble(text)
    end = _AFTER.search(text)
    # The first word after the place may tell that its ending is none (`市场`), so it is kept in sight.
    match = _PLACE.match(text[: end.end() if end else None])
    limit = end.start() if end else len(text)
    while match and match.end() > limit:
        match = _PLACE.match(text, 0, match.end() - 1)
    return "" if not match or _NO_NAME.match(match.group()) else match.group()
