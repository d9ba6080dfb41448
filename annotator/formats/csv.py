"""CSV files: one report a row. Owns the bytes and the quoting; what columns mean is `columns`' business.

Nothing of a row is lost where its quotes are broken: such a line is read cell by cell as it stands, and said.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError
from annotator.formats.columns import Columns
from annotator.formats.items import AS_FOUND, MAX_TEXT_BYTES, Item, ReadOptions, shown
from annotator.formats.making import decoding_notes, digest_of, unreadable
from annotator.formats.tables import Row, items, open_table, preview
from annotator.messages import N_
from annotator.reading.encoding import decode, looks_binary

DELIMITERS = ",\t;|"

#: Up to this size a file is decoded at once, and every byte has its say about the encoding.
_WHOLE = 64 * 1024 * 1024
_SAMPLE = 256 * 1024
_SAMPLE_ROWS = 50
#: A record of more lines than this has a quote that nobody closed.
_MOST_LINES = 5000
_QUOTE = '"'


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The reports of a file, row by row; a row that is none is an item with its problem."""
    file = shown(path)
    try:
        with _opened(path, options) as opened:
            table = open_table(_rows(opened))
            table.encoding, table.digest = opened.encoding, digest_of(path)
            table.notes += opened.notes
            yield from items(table, file, shown(path.name), options)
    except InputError as problem:
        yield Item(file, problem=problem)
    except OSError as error:
        yield Item(file, problem=unreadable(error))


def columns(path: Path, options: ReadOptions = AS_FOUND) -> Columns:
    """The columns and first rows of a file. Raises InputError."""
    try:
        with _opened(path, options) as opened:
            table = open_table(_rows(opened))
            seen = preview(table)
    except OSError as error:
        raise unreadable(error) from error
    return Columns(seen.names, seen.rows, seen.proposal, encoding=opened.encoding, delimiter=opened.delimiter)


class _Opened(NamedTuple):
    """A file as text: its lines, how they are parted, and how many bytes stand for a character of it."""

    lines: TextIO
    encoding: str
    delimiter: str
    bytes_a_character: float
    notes: list[Wording]


@contextmanager
def _opened(path: Path, options: ReadOptions) -> Iterator[_Opened]:
    with path.open("rb") as stream:
        head = stream.read(_WHOLE + 1)
        if not head.strip():
            raise InputError(N_("The file is empty."))
        if options.encoding is None and looks_binary(head):
            raise InputError(N_("The file is not text: its bytes are those of another kind of file."))
        long = len(head) > _WHOLE
        decoded = decode(_sample(head) if long else head, options.encoding)
        lines: TextIO = io.StringIO(decoded.text, newline="")
        if long:
            stream.seek(0)
            lines = io.TextIOWrapper(stream, encoding=decoded.encoding, errors="replace", newline="")
            if decoded.bom and not decoded.encoding.startswith("utf-8"):
                lines.read(1)
        notes = list(decoding_notes(decoded.encoding, decoded.replaced, sure=decoded.sure))
        share = 2.0 if long else len(head) / max(1, len(decoded.text))
        delimiter = find_delimiter(decoded.text[:_SAMPLE])
        yield _Opened(lines, decoded.encoding, delimiter, share, notes)


def _sample(head: bytes) -> bytes:
    """The beginning of a long file up to a line's end, of whole characters whatever it is written in."""
    end = head.rfind(b"\n", 0, _SAMPLE * 4) + 1
    return head[: end - end % 4 or _SAMPLE * 4] if b"\0" in head[:_SAMPLE] else head[: end or _SAMPLE * 4]


def find_delimiter(sample: str) -> str:
    """What parts the cells: what Excel's line `sep=` names, else what gives most rows the same number of cells."""
    if sample.lower().startswith("sep=") and sample[4:5] in DELIMITERS:
        return sample[4]
    whole_lines = sample[: sample.rfind("\n") + 1] or sample
    scores = {delimiter: _score(whole_lines, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _score(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of rows of the commonest width, and that width; rows of one cell say nothing."""
    widths: Counter[int] = Counter()
    with _wide_fields():
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        for cells, _number in zip(reader, range(_SAMPLE_ROWS)):
            widths[len(cells)] += bool(cells)
    parted = {width: count for width, count in widths.items() if width > 1}
    if not parted:
        return 0.0, 0
    width = max(parted, key=lambda each: (parted[each], each))
    return parted[width] / widths.total(), width


@contextmanager
def _wide_fields() -> Iterator[None]:
    """The limit of a cell is a setting of the whole module `csv`: set while we read, put back afterwards."""
    before = csv.field_size_limit(MAX_TEXT_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


class _Lines:
    """The lines of a file for `csv.reader`, which remembers those of the record under way and takes some back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: list[str] = []
        self.record: list[str] = []
        self.number = 0
        self.characters = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.record) >= _MOST_LINES or sum(map(len, self.record[-1:])) > MAX_TEXT_BYTES:
            raise csv.Error
        line = self._again.pop() if self._again else self._stream.readline(MAX_TEXT_BYTES)
        if not line:
            raise StopIteration
        self.record.append(line)
        self.number += 1
        self.characters += len(line)
        return line

    def take_back(self, lines: Sequence[str]) -> None:
        """Lines that belong to a later record: they come again."""
        self._again += reversed(lines)
        self.number -= len(lines)
        self.characters -= sum(map(len, lines))


def _rows(opened: _Opened) -> Iterator[Row]:
    """The records of a file with the line each begins in."""
    lines = _Lines(opened.lines)
    reader = csv.reader(lines, delimiter=opened.delimiter, strict=True)
    width = 0
    while True:
        lines.record = []
        begun = lines.number + 1
        notes: tuple[Wording, ...] = ()
        try:
            with _wide_fields():
                cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells, taken = _mended(lines.record, opened.delimiter, width)
            lines.take_back(lines.record[taken:])
            reader = csv.reader(lines, delimiter=opened.delimiter, strict=True)
            notes = (Wording(N_("The quotation marks of this row are broken: it was read as it stands."), {}),)
        if begun == 1 and len(cells) == 1 and cells[0].lower().startswith("sep="):
            continue
        width = width or len(cells)
        yield Row(begun, cells, notes, int(lines.characters * opened.bytes_a_character))


def _mended(record: Sequence[str], delimiter: str, width: int) -> tuple[list[str], int]:
    """The cells of a record with broken quotes, and how many of its lines they take."""
    alone = [_unquoted(cell) for cell in record[0].rstrip("\r\n").split(delimiter)]
    if len(alone) == width or len(record) == 1:
        return alone, 1
    lenient = csv.reader(iter(record), delimiter=delimiter)
    with _wide_fields():
        cells = next(lenient)
    unclosed = lenient.line_num == len(record) and "".join(record).count(_QUOTE) % 2
    return (cells, lenient.line_num) if len(cells) == width and not unclosed else (alone, 1)


def _unquoted(cell: str) -> str:
    """A cell that is properly quoted, without its quotes."""
    if len(cell) >= 2 and cell[0] == cell[-1] == _QUOTE:
        inner = cell[1:-1].replace(_QUOTE * 2, "")
        if _QUOTE not in inner:
            return cell[1:-1].replace(_QUOTE * 2, _QUOTE)
    return cell
