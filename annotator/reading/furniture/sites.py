"""Which site a text comes from: the host of its address, or what its own lines say where it has none.

Sites of governments carry numbers of their own (the site's code, the record number); where a text has neither, the line
that names who runs the site stands for it. What is not told stays "": such texts have only each other.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from annotator.domain.site_rule import lines_of
from annotator.reading.furniture.tokens import tokens_in

_CODE = re.compile("网站标识码\\s*[:：]?\\s*([0-9A-Za-z]{6,16})")
_RECORD = re.compile("([\\u4e00-\\u9fff]ICP[备证]\\s*\\d{5,})")
_EDGE_LINES = 25
_NAMING = ("organiser", "footer", "welcome")
_LONGEST_LINE, _SHORTEST, _LONGEST = 160, 8, 60


def site_of(text: str, url: str = "") -> str:
    """The site of a text, "" where nothing tells it."""
    return host_of(url) or _fingerprint(text)


def host_of(url: str) -> str:
    """The host of an address without `www.`, "" where it is none."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _fingerprint(text: str) -> str:
    for pattern in (_CODE, _RECORD):
        found = pattern.findall(text)
        if found:
            return "".join(found[-1].split())
    return _naming_line(text)


def _naming_line(text: str) -> str:
    """The line at an end of the text that names the site or who runs it, as rules compare lines."""
    lines = lines_of(text)
    edges = lines if len(lines) <= 2 * _EDGE_LINES else lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]
    for line in reversed([line for line in edges if line.end - line.start <= _LONGEST_LINE]):
        rules = {match.token.rule for match in tokens_in(text[line.start : line.end])}
        if len(line.normal) >= _SHORTEST and rules.intersection(_NAMING):
            return line.normal[:_LONGEST]
    return ""
