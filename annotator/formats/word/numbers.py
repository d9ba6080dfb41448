"""The numbers Word puts before paragraphs by itself: `一、`, `（一）`, `第一章`. The file only says which list and level.

Counts as Word does: a level goes on until a higher one is used, lists over one definition count together, and a list may
set a level back once. Without these numbers a report that was numbered automatically would have no outline.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.formats.containers import local
from annotator.formats.word.numerals import numeral

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
#: After these no space follows: the number is parted from the words by itself.
_PARTED = "、，。．：；）】〕)"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
BULLET = "•"


@dataclass(slots=True)
class Level:
    """One level of a list: how its numbers look and where they begin. `style` is the paragraph style it belongs to."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    digits_only: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """One list: the definition it counts by, levels of its own, and levels it sets back when it first uses them."""

    definition: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Style:
    """What a style says about numbers, and the style it is made from."""

    based_on: str = ""
    number: str | None = None
    level: int | None = None
    name: str = ""


class Numbering:
    """The lists of one document, counted on while its paragraphs pass by in order."""

    def __init__(self, numbering: ET.Element | None, styles: ET.Element | None) -> None:
        self._definitions: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, _Style] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._set_back: set[tuple[str, int]] = set()
        for child in () if numbering is None else numbering:
            self._read(child)
        for child in () if styles is None else styles:
            if local(child.tag) == "style":
                self._styles[attribute(child, "styleId")] = _style(child)

    def style_name(self, properties: ET.Element | None) -> str:
        """The name of a paragraph's style in lower case: `toc 1`, `heading 2`."""
        style = self._styles.get(_value(properties, "pStyle"))
        return style.name.lower() if style else ""

    def mark(self, properties: ET.Element | None) -> str:
        """The number before a paragraph with these properties, its space included; empty for most."""
        number, level = self._place(properties)
        found = self._lists.get(number)
        if found is None or not 0 <= level < LEVELS:
            return ""
        definition = self._resolved(found.definition)
        levels = {**self._definitions.get(definition, {}), **found.levels}
        if level not in levels:
            return ""
        counts = self._count(definition, number, found, level, levels)
        return _written(counts, level, levels)

    def _count(
        self, definition: str, number: str, found: _List, level: int, levels: dict[int, Level]
    ) -> list[int | None]:
        counts = self._counts.setdefault(definition, [None] * LEVELS)
        now = counts[level]
        counts[level] = levels[level].start if now is None else now + 1
        if level in found.starts and (number, level) not in self._set_back:
            self._set_back.add((number, level))
            counts[level] = found.starts[level]
        for deeper in range(level + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                counts[deeper] = None
        return counts

    def _place(self, properties: ET.Element | None) -> tuple[str, int]:
        """The list and level of a paragraph, its own or its style's; ("", 0) for none."""
        own = _child(properties, "numPr")
        number, level = _value(own, "numId") or None, _whole(_value(own, "ilvl"))
        seen: set[str] = set()
        style_id = _value(properties, "pStyle")
        while style_id in self._styles and style_id not in seen and (number is None or level is None):
            seen.add(style_id)
            style = self._styles[style_id]
            if number is None and style.number is not None:
                number = style.number
                level = self._level_of_style(style.number, style_id) if level is None else level
            level = style.level if level is None else level
            style_id = style.based_on
        return ("", 0) if number in (None, "0") else (str(number), level or 0)

    def _level_of_style(self, number: str, style_id: str) -> int | None:
        found = self._lists.get(number)
        levels = self._definitions.get(self._resolved(found.definition), {}) if found else {}
        return next((at for at, level in levels.items() if level.style == style_id), None)

    def _resolved(self, definition: str) -> str:
        """The definition behind one that only points to a list style."""
        seen = set()
        while definition in self._links and definition not in seen:
            seen.add(definition)
            style = self._styles.get(self._links[definition])
            linked = self._lists.get(style.number or "") if style else None
            definition = linked.definition if linked else definition
        return definition

    def _read(self, element: ET.Element) -> None:
        if local(element.tag) == "abstractNum":
            name = attribute(element, "abstractNumId")
            self._definitions[name] = dict(_levels(element))
            link = _value(element, "numStyleLink")
            if link:
                self._links[name] = link
        elif local(element.tag) == "num":
            self._lists[attribute(element, "numId")] = _list(element)


def _list(element: ET.Element) -> _List:
    found = _List(_value(element, "abstractNumId"))
    for override in element:
        if local(override.tag) == "lvlOverride":
            at = _whole(attribute(override, "ilvl")) or 0
            start = _whole(_value(override, "startOverride"))
            found.levels.update(_levels(override))
            if start is not None:
                found.starts[at] = start
    return found


def _levels(element: ET.Element) -> Iterator[tuple[int, Level]]:
    for child in element:
        if local(child.tag) == "lvl":
            yield _whole(attribute(child, "ilvl")) or 0, _level(child)


def _level(element: ET.Element) -> Level:
    start, restart = _whole(_value(element, "start")), _whole(_value(element, "lvlRestart"))
    legal = _child(element, "isLgl")
    return Level(
        0 if start is None else start,
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText"),
        _value(element, "suff") or "tab",
        restart,
        legal is not None and attribute(legal, "val") not in ("0", "false", "off"),
        _value(element, "pStyle"),
    )


def _style(element: ET.Element) -> _Style:
    properties = _child(_child(element, "pPr"), "numPr")
    return _Style(
        _value(element, "basedOn"),
        _value(properties, "numId") or None,
        _whole(_value(properties, "ilvl")),
        _value(element, "name"),
    )


def _written(counts: list[int | None], level: int, levels: dict[int, Level]) -> str:
    """A number as it stands before its paragraph; a level above that was not used yet counts as begun."""
    own = levels[level]
    if own.form == "bullet":
        return (BULLET if _PRIVATE.search(own.text) or not own.text.strip() else own.text) + " "

    def place(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        shown = levels.get(at, Level())
        count = counts[at]
        form = "decimal" if own.digits_only and at < level else shown.form
        return numeral(shown.start if count is None else count, form)

    text = _PLACE.sub(place, own.text)
    if not text or own.suffix == "nothing" or text[-1] in _PARTED:
        return text
    return text + " "


def attribute(element: ET.Element, name: str) -> str:
    """An attribute by its name without namespace."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _child(element: ET.Element | None, name: str) -> ET.Element | None:
    return next((child for child in (() if element is None else element) if local(child.tag) == name), None)


def _value(element: ET.Element | None, name: str) -> str:
    """The `w:val` of a child; empty where there is none."""
    child = _child(element, name)
    return "" if child is None else attribute(child, "val")


def _whole(written: str) -> int | None:
    try:
        return int(written)
    except ValueError:
        return None
