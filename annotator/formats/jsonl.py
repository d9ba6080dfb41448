"""JSON Lines, format 1: the lossless exchange format, one report a line. `docs/formats.md` describes it.

This module owns the file: lines in, lines out. What stands in a line is `jsonl_read` and
`jsonl_write`. Memory stays flat: one line at a time in, a few reports at a time out.
"""

from __future__ import annotations

import codecs
import io
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from annotator.domain.errors import InputError, KnownError
from annotator.domain.report import Report
from annotator.formats.items import AS_FOUND, Item, ReadOptions, mismatch, shown
from annotator.formats.jsonl_read import report_from_line
from annotator.formats.jsonl_write import line_from_report, same
from annotator.formats.strict_json import parse
from annotator.messages import N_
from annotator.reading.encoding import codec_name

#: A longer line is not held in memory but refused.
MAX_LINE_BYTES = 256 * 1024 * 1024
_BATCH_REPORTS = 64
_BATCH_BYTES = 8 * 1024 * 1024


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The reports of a file, line by line; a line that is no report is an item with its problem."""
    name = shown(path)
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(_lines(stream, options.encoding), 1):
                if isinstance(line, KnownError):
                    yield Item(name, number, problem=line, position=stream.tell())
                elif line.strip():
                    yield _item(name, number, line, stream.tell())
    except OSError as error:
        problem = InputError(N_("The file cannot be read: {reason}."), reason=error.strerror or str(error))
        yield Item(name, problem=problem)
    except InputError as problem:
        yield Item(name, problem=problem)


def _item(name: str, number: int, line: str, position: int) -> Item:
    try:
        report, notes = report_from_line(line)
    except KnownError as problem:
        return Item(name, number, problem=problem, position=position)
    return Item(name, number, report, notes=notes, position=position)


def _lines(stream: BinaryIO, encoding: str | None) -> Iterator[str | KnownError]:
    """The lines of a file as text; in place of one that is not text, the problem."""
    if encoding is not None and (named := codec_name(encoding)) not in ("utf-8", "utf-8-sig"):
        yield from _foreign_lines(stream, named)
        return
    if stream.read(3) != codecs.BOM_UTF8:
        stream.seek(0)
    while data := stream.readline(MAX_LINE_BYTES):
        if len(data) == MAX_LINE_BYTES and not data.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield InputError(N_("The line is longer than {n} MB."), n=MAX_LINE_BYTES // 1024**2)
            continue
        try:
            yield data.decode("utf-8")
        except UnicodeDecodeError:
            yield InputError(N_("The line is not UTF-8."))


def _foreign_lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of a file in another encoding that was named; damage ends the file."""
    reader = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    try:
        for line in reader:
            yield line.removeprefix("\ufeff")
    except UnicodeError as error:
        raise InputError(N_("The text cannot be read as {encoding}."), encoding=encoding) from error
    finally:
        reader.detach()


def looks_like(head: bytes) -> bool:
    """Whether a file that begins with `head` holds JSON Lines of ours: its first line is an object with a text."""
    line, newline, _rest = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not line.startswith(b"{"):
        return False
    if not newline and len(head) >= SNIFF_BYTES:  # a line longer than what was looked at
        return b'"text"' in line and (b'"spans"' in line or b'"format"' in line or b'"meta"' in line)
    try:
        return "text" in parse(line.decode("utf-8"))
    except (InputError, UnicodeDecodeError):
        return False


#: How much of a file `looks_like` wants to see.
SNIFF_BYTES = 64 * 1024


class JsonLinesWriter:
    """Writes reports to `path` (made anew), and reads each back, a batch at a time, while it is at hand."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream = path.open("wb")
        self._read_from = 0
        self._written = 0
        self._batch: list[Report] = []
        self.check_seconds = 0.0

    def add(self, report: Report) -> None:
        """Write one report. Raises OSError where the disk refuses."""
        data = line_from_report(report).encode("utf-8") + b"\n"
        self._stream.write(data)
        self._written += len(data)
        self._batch.append(report)
        if len(self._batch) >= _BATCH_REPORTS or self._written - self._read_from >= _BATCH_BYTES:
            self._check_batch()

    def close(self) -> None:
        """Write what is left, wait for the disk, read back; raises MismatchError where it differs."""
        self._check_batch()
        os.fsync(self._stream.fileno())
        self._stream.close()
        if self._path.stat().st_size != self._written:
            raise InputError(N_("The file {file} was changed while it was written."), file=self._path.name)

    def abort(self) -> None:
        """Let go of the file."""
        self._batch.clear()
        self._stream.close()

    def _check_batch(self) -> None:
        self._stream.flush()
        started = time.perf_counter()
        with self._path.open("rb") as stream:
            stream.seek(self._read_from)
            for report in self._batch:
                if not same(report, _read_back(stream, report)):
                    raise mismatch(report.title)
            if stream.read(1):
                raise mismatch(self._batch[-1].title)
        self._read_from = self._written
        self._batch.clear()
        self.check_seconds += time.perf_counter() - started


def _read_back(stream: BinaryIO, report: Report) -> Report:
    try:
        return report_from_line(stream.readline().decode("utf-8"))[0]
    except (KnownError, UnicodeDecodeError) as error:
        raise mismatch(report.title) from error
