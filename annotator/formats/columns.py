"""What the columns of a table mean: the proposal, and what the import dialog shows to have it changed.

A role is "text", "id" or a field of the metadata; "" leaves a column out. A column without a role keeps its name as a
field. How the rows get out of a file is the business of `csv` and `xlsx`, what becomes of a row that of `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.errors import InputError
from annotator.messages import N_

TEXT, ID = "text", "id"
#: How many rows a preview holds.
PREVIEW_ROWS = 20

_ROLES: tuple[tuple[str, str], ...] = (
    (
        TEXT,
        "正文|内容|全文|文本|报告内容|报告正文|正文内容|文章内容|text|content|body|article|fulltext|full_text|content_text",
    ),
    (ID, "id|uid|uuid|doc_id|report_id|标识|报告编号|文档编号"),
    ("title", "标题|题目|题名|名称|报告标题|报告名称|文章标题|title|headline|name|subject"),
    ("url", "网址|链接|原文链接|网页地址|地址|来源网址|url|link|href|source_url|page_url"),
    (
        "date",
        "日期|时间|发布日期|发布时间|公开日期|成文日期|发文日期|date|pubdate|pub_date|publish_date|published|publish_time|time",
    ),
    ("source", "来源|信息来源|文章来源|稿源|source"),
    (
        "issuer",
        "发布机构|发文机关|发文单位|发布单位|报告单位|单位|机构|部门|机构名称|单位名称|issuer|agency|department|org|organization",
    ),
    ("document_number", "文号|发文字号|文件编号|document_number|doc_number"),
    ("year", "年份|年度|报告年度|报告年份|year"),
    ("province", "省|省份|省级|所属省份|province"),
    ("city", "市|城市|地市|市级|地级市|city"),
    ("county", "县|区县|县区|市县|县级|区|county|district"),
    ("township", "乡镇|街道|镇|镇街|乡镇街道|township|town|street"),
    ("region", "地区|区域|地域|行政区|行政区划|所属地区|region|area|place"),
)
_BY_WORD = {word: role for role, words in _ROLES for word in words.split("|")}
_HANZI = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_VALUE = re.compile(r"\s*(?:[-+]?[\d.,]+%?|\d{2,4}[-/.年]\d{1,2}.*|https?://.*)\s*", re.IGNORECASE)
_LONGEST_NAME = 60
_HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Columns:
    """A table as the import dialog shows it.

    `rows` are the first ones below the names, as text; `proposal` gives columns their roles. `sheets` are the names of
    a workbook's sheets and `sheet` the one shown; `encoding` is that of a CSV file, `delimiter` what parts its cells.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    proposal: dict[str, str]
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""


def propose_columns(names: Sequence[str], first_rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """The roles of columns by their names; the text is the longest Chinese column where no name says so."""
    proposal: dict[str, str] = {}
    for index, name in enumerate(names):
        role = _role(name)
        if role and role not in proposal.values() and _fits(role, index, first_rows):
            proposal[name] = role
    if TEXT not in proposal.values():
        longest = _longest_chinese(names, first_rows, proposal)
        if longest is not None:
            proposal[longest] = TEXT
    return proposal


def settle(names: Sequence[str], first_rows: Sequence[Sequence[str]], chosen: Mapping[str, str]) -> dict[str, str]:
    """The roles to read with: what was chosen, completed by a text column; without a choice the proposal.

    Raises InputError for a column that is not there and where no column holds text.
    """
    missing = [name for name in chosen if name not in names]
    if missing:
        there = ", ".join(names)
        raise InputError(N_("There is no column “{name}”; there are {names}."), name=missing[0], names=there)
    proposal = propose_columns(names, first_rows)
    roles = dict(chosen) if chosen else proposal
    if TEXT not in roles.values():
        texts = {name: role for name, role in proposal.items() if role == TEXT and name not in chosen}
        roles |= texts
    if TEXT not in roles.values():
        raise InputError(N_("No column holds text; say which one does, as in text=正文."))
    return roles


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows holds the names of the columns; None where none does."""
    head = rows[:_HEADER_WITHIN]
    for index, cells in enumerate(head):
        if sum(bool(_role(cell)) for cell in cells) >= min(2, len(cells)) and _looks_like_names(cells):
            return index
    width = max((_filled(cells) for cells in head), default=0)
    widest = next((index for index, cells in enumerate(head) if _filled(cells) == width), None)
    if widest is None or width < 2 or widest + 1 >= len(rows) or not _looks_like_names(head[widest]):
        return None
    return widest if _differs(head[widest], rows[widest + 1 :]) else None


def names_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Names for columns: none is empty, none comes twice. A column without a name is called by its number, `#3`."""
    names: dict[str, None] = {}  # in their order, and found at once: a sheet may have sixteen thousand
    times: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        name = wanted = " ".join(cell.split()) or f"#{number}"
        while name in names:
            times[wanted] = times.get(wanted, 1) + 1
            name = f"{wanted} ({times[wanted]})"
        names[name] = None
    return tuple(names)


def _role(name: str) -> str:
    plain = re.sub(r"[\s*：:]|[（(].*[）)]", "", name).lower()
    return _BY_WORD.get(plain, "")


def _fits(role: str, index: int, rows: Sequence[Sequence[str]]) -> bool:
    """Whether the values speak for what the name says: 地址 may be a street, and then is no address of a page."""
    values = [row[index] for row in rows if index < len(row) and row[index].strip()]
    if role == "url":
        return not values or any("://" in value or value.startswith("www.") for value in values)
    return True


def _longest_chinese(names: Sequence[str], rows: Sequence[Sequence[str]], taken: Mapping[str, str]) -> str | None:
    """The column with the most Chinese characters to a row, if it has any at all."""
    weights = {
        name: sum(len(_HANZI.findall(row[index])) for row in rows if index < len(row))
        for index, name in enumerate(names)
        if name not in taken
    }
    longest = max(weights, key=lambda name: weights[name], default=None)
    return longest if longest is not None and weights[longest] > 0 else None


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _looks_like_names(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or len(set(filled)) < len(filled):
        return False
    return all(len(cell) <= _LONGEST_NAME and not _VALUE.fullmatch(cell) and "。" not in cell for cell in filled)


def _differs(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether some column's values are of another kind than its name: numbers, or much longer."""
    for index, name in enumerate(names):
        values = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
        if values and all(_VALUE.fullmatch(value) for value in values):
            return True
        if values and sum(map(len, values)) / len(values) > 3 * len(name) + 10:
            return True
    return False
