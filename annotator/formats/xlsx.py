"""Workbooks (XLSX): one report a row. Owns the sheet and how cells become text; what columns mean is `columns`' business.

Formulas count as what the workbook shows of them, dates as ISO 8601 writes them. Nothing is computed and nothing is
fetched.
"""

from __future__ import annotations

import datetime
import itertools
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError
from annotator.formats.columns import Columns
from annotator.formats.containers import BROKEN, damaged, package, refuse_document_type
from annotator.formats.items import AS_FOUND, FormatMissingError, Item, ReadOptions, shown
from annotator.formats.making import digest_of
from annotator.formats.tables import Row, items, open_table, preview
from annotator.messages import N_

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# What openpyxl raises over workbooks that other programs wrote carelessly, or somebody with intent.
_REFUSED = (*BROKEN, KeyError, TypeError, AttributeError, IndexError, AssertionError, ET.ParseError, ArithmeticError)

# How many rows tell whether a sheet holds anything; how far a row is taken to bring the reader on, for the progress bar.
_LOOKED_AT = 20
_BYTES_A_ROW = 400


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The reports of a sheet, row by row; a row that is none is an item with its problem."""
    file = shown(path)
    try:
        with _sheet(path, options) as (sheet, book):
            table = open_table(_rows(sheet, path.stat().st_size))
            table.digest = digest_of(path)
            table.notes += _other_sheets(book, sheet, options)
            yield from items(table, file, shown(path.name), options)
    except InputError as problem:
        yield Item(file, problem=problem)
    except FormatMissingError as problem:
        yield Item(file, problem=problem)


def columns(path: Path, options: ReadOptions = AS_FOUND) -> Columns:
    """The columns and first rows of a sheet. Raises InputError or FormatMissingError."""
    with _sheet(path, options) as (sheet, book):
        seen = preview(open_table(_rows(sheet, 0)))
        names = tuple(each.title for each in book.worksheets)
        return Columns(seen.names, seen.rows, seen.proposal, sheets=names, sheet=sheet.title)


@contextmanager
def _sheet(path: Path, options: ReadOptions) -> Iterator[tuple[Any, Workbook]]:
    """The sheet to be read and its workbook."""
    try:
        import openpyxl
    except ImportError as error:
        raise FormatMissingError(
            N_("Workbooks need the extra “office”: install “report-annotator[office]” and try again.")
        ) from error
    with package(path) as archive:
        _refuse_document_types(archive)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except _REFUSED as error:
        raise damaged() from error
    try:
        yield _chosen(book, options.sheet), book
    finally:
        book.close()


def _refuse_document_types(archive: zipfile.ZipFile) -> None:
    """Whatever a part is called: openpyxl would have its parser follow them."""
    for entry in archive.infolist():
        with archive.open(entry) as part:
            refuse_document_type(part)


def _chosen(book: Workbook, name: str | None) -> Any:
    """The sheet of that name or number, else the first one that shows and holds something."""
    sheets = book.worksheets
    if not sheets:
        raise InputError(N_("The workbook has no sheet."))
    if name:
        found = [sheet for sheet in sheets if sheet.title == name]
        if not found and name.isdecimal() and 0 < int(name) <= len(sheets):
            found = [sheets[int(name) - 1]]
        if not found:
            there = ", ".join(sheet.title for sheet in sheets)
            raise InputError(N_("There is no sheet “{name}”; there are {names}."), name=name, names=there)
        return found[0]
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
    return next((sheet for sheet in visible if _holds_something(sheet)), visible[0])


def _holds_something(sheet: Any) -> bool:
    return any(_text(value).strip() for row in _values(sheet, _LOOKED_AT) for value in row)


def _other_sheets(book: Workbook, sheet: Any, options: ReadOptions) -> Iterator[Wording]:
    """Sheets that were not read are said, unless one was asked for by name."""
    others = [each.title for each in book.worksheets if each.title != sheet.title and _holds_something(each)]
    if others and not options.sheet:
        words = N_("The sheet “{name}” was read. There are others: {names}.")
        yield Wording(words, {"name": sheet.title, "names": ", ".join(others)})


def _rows(sheet: Any, size: int) -> Iterator[Row]:
    """The rows of a sheet; a width that the file claims wrongly is not believed."""
    for number, values in enumerate(_values(sheet), 1):
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        yield Row(number, cells, position=min(size, number * _BYTES_A_ROW))


def _values(sheet: Any, rows: int | None = None) -> Iterator[tuple[object, ...]]:
    """The values of the first rows, or of all; what openpyxl says of a broken sheet becomes the one sentence."""
    try:
        sheet.reset_dimensions()
        yield from itertools.islice(sheet.iter_rows(values_only=True), rows)
    except _REFUSED as error:
        raise damaged() from error


def _text(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, dates without a time that nobody gave."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    return str(value)
