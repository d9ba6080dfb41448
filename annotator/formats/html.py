"""Saved web pages: one file, one report with its furniture marked.

Owns the decisions about a file as a whole (too long, no page at all). What a page shows and which of it is the body is
`formats.page`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.errors import InputError
from annotator.formats.items import AS_FOUND, MAX_TEXT_BYTES, Item, ReadOptions, shown
from annotator.formats.making import Made, only_item, read_file
from annotator.formats.page.charset import markup_of
from annotator.formats.page.report import report_of
from annotator.messages import N_
from annotator.reading.encoding import looks_binary

#: A saved page may carry its pictures inside; what counts in the end is its markup without them (MAX_TEXT_BYTES).
MAX_PAGE_BYTES = 100 * 1024 * 1024


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The one report of a saved page, or the reason why it is none."""
    return only_item(_report, path, options)


def _report(path: Path, options: ReadOptions) -> Made:
    data = read_file(path, MAX_PAGE_BYTES)
    if options.encoding is None and looks_binary(data):
        raise InputError(N_("The file is not a web page: its bytes are those of another kind of file."))
    if not data.strip(b"\0 \t\r\n"):
        raise InputError(N_("The file is empty."))
    markup = markup_of(data, options.encoding)
    check_length(markup.text)
    return report_of(data, markup, shown(path.name), site_rules=options.site_rules)


def check_length(markup: str) -> None:
    """Raises InputError for a page whose markup alone is longer than any report."""
    if len(markup) * 3 <= MAX_TEXT_BYTES or len(markup.encode("utf-8", "replace")) <= MAX_TEXT_BYTES:
        return
    raise InputError(
        N_("The page is longer than {n} MB without its pictures: no report is; split it."), n=MAX_TEXT_BYTES // 1024**2
    )
