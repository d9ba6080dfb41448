"""Rows of a table as reports: one report a row, its text and metadata from the columns that hold them.

Where rows come from is the readers' business; a row here is its number in the file and its cells as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError, KnownError
from annotator.formats.columns import ID, PREVIEW_ROWS, TEXT, Columns, find_header, names_of, propose_columns, settle
from annotator.formats.items import Item, ReadOptions
from annotator.formats.making import Made, Source, make_report
from annotator.messages import N_

_MARKUP = re.compile(
    r"<(?:/?(?:p|div|br|table|t[rdh]|span|html|body|h[1-6]|ul|ol|li|font|strong|section)\b[^<>]*)>", re.I
)
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})|((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: `meta["from"]` says where values were found; a column of that name has to give way.
_RESERVED = "from"
#: What stands before the column's name where `meta["from"]` names it.
COLUMN = "column: "


class Row(NamedTuple):
    """One row: its number in the file, its cells, what was mended in it, how many bytes were read by then."""

    number: int
    cells: Sequence[str]
    notes: tuple[Wording, ...] = ()
    position: int = 0


@dataclass(slots=True)
class Table:
    """An opened table: the names of its columns, the first rows, and all rows (the first ones again) in `rows`.

    `digest` is the hash of the whole file.
    """

    names: tuple[str, ...]
    first: Sequence[Row]
    rows: Iterator[Row]
    encoding: str = ""
    digest: str = ""
    notes: list[Wording] = field(default_factory=list)


def open_table(rows: Iterator[Row]) -> Table:
    """Look at the first rows, find the names of the columns and put the rows below them back together."""
    head: list[Row] = []
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            head.append(row)
        if len(head) > 2 * PREVIEW_ROWS:
            break
    if not head:
        raise InputError(N_("The table is empty."))
    header = find_header([row.cells for row in head])
    first = head if header is None else head[header + 1 :]
    width = max(len(row.cells) for row in head)
    names = names_of([""] * width if header is None else _padded(head[header].cells, width))
    table = Table(names, first, _chain(first, rows))
    if header:
        table.notes.append(Wording(N_("{n} rows above the names of the columns were passed over."), {"n": header}))
    return table


def preview(table: Table) -> Columns:
    """What the import dialog shows of a table."""
    rows = tuple(tuple(_padded(row.cells, len(table.names))) for row in table.first[:PREVIEW_ROWS])
    return Columns(table.names, rows, propose_columns(table.names, rows), encoding=table.encoding)


def items(table: Table, file: str, name: str, options: ReadOptions) -> Iterator[Item]:
    """The reports of a table, row by row. `file` is the path as shown, `name` that of the file alone."""
    try:
        roles = settle(table.names, [row.cells for row in table.first], options.columns)
    except InputError as problem:
        yield Item(file, problem=problem)
        return
    notes = tuple(table.notes)
    for row in table.rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        yield _item(table, row, roles, notes, file, name, options)
        notes = ()


def _item(
    table: Table,
    row: Row,
    roles: dict[str, str],
    notes: tuple[Wording, ...],
    file: str,
    name: str,
    options: ReadOptions,
) -> Item:
    try:
        report, found = _report(table, row, roles, name, options)
    except KnownError as problem:
        return Item(file, row.number, problem=problem, position=row.position)
    return Item(file, row.number, report, notes=(*notes, *row.notes, *found), position=row.position)


def _report(table: Table, row: Row, roles: dict[str, str], name: str, options: ReadOptions) -> Made:
    values = dict(zip((*table.names, *_further(table.names, row.cells)), row.cells))
    text = "\n".join(
        values[column] for column, role in roles.items() if role == TEXT and values.get(column, "").strip()
    )
    if not text.strip():
        raise InputError(N_("The row has no text."))
    meta, found = _meta(values, roles)
    foreign = next((values[c].strip() for c, role in roles.items() if role == ID and values.get(c, "").strip()), None)
    source = Source(
        name, None, table.encoding, meta=meta, meta_from=found, foreign_id=foreign, row=True, digest=table.digest
    )
    if looks_like_markup(text):
        return _page_report(text, source, options)
    return make_report(text, source, options)


def _page_report(markup: str, source: Source, options: ReadOptions) -> Made:
    """The report of a cell that holds a page or a piece of one."""
    from annotator.formats.page.charset import Markup
    from annotator.formats.page.report import see

    seen = see(
        Markup(markup, source.encoding, ""), url=str(source.meta.get("url") or ""), site_rules=options.site_rules
    )
    page = source._replace(marks=seen.marks, page=seen.facts, all_body=True)
    report, notes = make_report(seen.text, page, options)
    return report, (*seen.notes, *notes)


def _meta(values: dict[str, str], roles: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The metadata of a row, and by field the column each value stood in."""
    meta: dict[str, Any] = {}
    found: dict[str, str] = {}
    for column, value in values.items():
        role = roles.get(column, column)
        if role in ("", TEXT, ID) and column in roles:
            continue
        fact = f"{role} (column)" if role == _RESERVED else role
        kept = _value(role, value.strip())
        if kept and fact not in meta:
            meta[fact], found[fact] = kept, f"{COLUMN}{column}"
    return meta, found


def _value(role: str, value: str) -> str:
    """A year as four digits and a date as ISO 8601 writes it, where the cell says one; else the cell."""
    if role == "year" and (found := _YEAR.search(value)):
        return found.group()
    if role == "date" and (found := _DATE.search(value)):
        year, month, day = (int(part) for part in found.groups() if part)
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{year:04}-{month:02}-{day:02}"
    return value


def looks_like_markup(text: str) -> bool:
    """Whether a cell holds HTML: two tags of a page at least, for one may be a slip of the pen."""
    found = _MARKUP.finditer(text)
    return next(found, None) is not None and next(found, None) is not None


def _further(names: Sequence[str], cells: Sequence[str]) -> list[str]:
    return [f"#{number}" for number in range(len(names) + 1, len(cells) + 1)]


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))][:width]


def _chain(first: Sequence[Row], rest: Iterator[Row]) -> Iterator[Row]:
    yield from first
    yield from rest
