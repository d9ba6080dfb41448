"""The words that make a number approximate or a bound: what each means, and where it is part of another word."""

from __future__ import annotations

import re

APPROX, AT_LEAST, AT_MOST, BELOW, EXACT = "approx", "at_least", "at_most", "below", "exact"

_BEFORE = {
    APPROX: "约 約 约合 大约 大約 大概 大致 ≈",
    AT_LEAST: "超 超过 超過 逾 突破 至少 起码 起碼 最少 不低于 不少于 不小于 不下 不下于 不止 大于 多于 高于 大于等于 ≥ > ＞ >= 上",
    AT_MOST: "不超 不超过 未超过 不高于 不大于 不多于 至多 最多 小于等于 ≤ <=",
    BELOW: "近 将近 接近 不足 不到 不满 未满 低于 小于 少于 < ＜",
}
# 节约100万元 is no 约, 附近3家 no 近; 上 counts only in 上百, 上千, 上万.
_NO_WORD = {
    "约": re.compile("[节预签条公制合违履邀契婚缔纽特失赴爽隐誓和简]$"),
    "近": re.compile("[附最靠远邻亲临逼就相新]$"),
    "超": re.compile("[赶反高远]$"),
    "上": re.compile("[以线网路会向早晚加之岗地海街手身]$"),
}
_AFTER_UP = re.compile("[百千万佰仟萬]")


def _by_last_character() -> dict[str, tuple[tuple[str, str], ...]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for qualifier, words in _BEFORE.items():
        for word in words.split():
            table.setdefault(word[-1], []).append((word, qualifier))
    return {last: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for last, entries in table.items()}


_TABLE = _by_last_character()


def before(text: str, at: int, floor: int) -> tuple[int, str]:
    """Where the approximator that ends at `at` begins and what it means; (`at`, "") if there is none."""
    end = at
    if end > floor and text[end - 1] in " \u00a0" and end - 1 > floor:
        end -= 1
    for word, qualifier in _TABLE.get(text[end - 1], ()) if end > floor else ():
        start = end - len(word)
        if start < floor or not text.startswith(word, start):
            continue
        exception = _NO_WORD.get(word)
        if exception and exception.search(text, max(floor, start - 1), start):
            continue
        if word == "上" and not _AFTER_UP.match(text, at):
            continue
        return start, qualifier
    return at, ""


def together(*found: str) -> str:
    """One qualifier out of several: 约100余份 pulls both ways and is approximate."""
    different = {qualifier for qualifier in found if qualifier}
    if not different:
        return EXACT
    return different.pop() if len(different) == 1 else APPROX
