"""PDF files with a text layer: one file, one report, its lines put together to paragraphs again.

Owns the file: what can be opened, what its pages say. Which lines make a paragraph and which are page numbers is
`pdf_paragraphs`' business. What has no text layer is said, never guessed.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError
from annotator.formats.containers import damaged, encrypted
from annotator.formats.items import AS_FOUND, MAX_TEXT_BYTES, FormatMissingError, Item, ReadOptions, shown
from annotator.formats.making import MAX_FILE_BYTES, Made, Source, make_report, only_item, read_file
from annotator.formats.pdf_paragraphs import PARTED, Line, paragraphs
from annotator.formats.pdf_shadows import moved_aside, moved_by
from annotator.messages import N_
from annotator.reading.radicals import repair

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_WRONG_PASSWORD, _UNKNOWN_SECURITY = 4, 5
_BLANK = " \t\r\n\u3000\xa0" + PARTED
_LINE = re.compile("[^\r\n]+")
_SPACES = re.compile("[ \u3000\xa0]+")


class _Box(NamedTuple):
    """What shows of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


def read(path: Path, options: ReadOptions = AS_FOUND) -> Iterator[Item]:
    """The one report of a PDF file, or the reason why it is none."""
    return only_item(_report, path, options)


def _report(path: Path, options: ReadOptions) -> Made:
    data = read_file(path, MAX_FILE_BYTES)
    lines, pages, silent = _lines(data)
    if not lines:
        raise InputError(N_("The PDF has no text layer: its pages are pictures. Have their text recognised first."))
    text, marks = paragraphs(lines)
    report, notes = make_report(text, Source(shown(path.name), data, marks=marks, all_body=True), options)
    return report, (*_notes(text, pages, silent), *notes)


def _notes(text: str, pages: int, silent: int) -> Iterator[Wording]:
    if silent:
        words = N_("{n} of {pages} pages hold no text: if they show some, it is in a picture and is missing here.")
        yield Wording(words, {"n": silent, "pages": pages})
    unknown = sum(
        text.count(character) for character in {*text} if character == "\ufffd" or "\ue000" <= character < "\uf900"
    )
    if unknown:
        words = N_("{n} characters of the PDF have no meaning outside its own fonts; look at the text.")
        yield Wording(words, {"n": unknown})


def _lines(data: bytes) -> tuple[list[Line], int, int]:
    """The lines of all pages, how many pages there are and how many of them hold no text."""
    lines: list[Line] = []
    silent = length = 0
    document = _opened(data)
    try:
        pages = len(document)
        for number in range(pages):
            found = _page_lines(document, number)
            silent += not found
            length += sum(len(line.text) for line in found)
            if length > MAX_TEXT_BYTES:
                raise InputError(N_("The file is longer than {n} MB; split it."), n=MAX_TEXT_BYTES // 1024**2)
            lines += found
    finally:
        document.close()
    return lines, pages, silent


def _opened(data: bytes) -> PdfDocument:
    """The document. Raises FormatMissingError, and InputError for a file that is damaged or wants a password."""
    try:
        import pypdfium2
    except ImportError as error:
        raise FormatMissingError(
            N_("PDF files need the extra “pdf”: install “report-annotator[pdf]” and try again.")
        ) from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise encrypted() if error.err_code in (_WRONG_PASSWORD, _UNKNOWN_SECURITY) else damaged() from error
    if not len(document):
        document.close()
        raise damaged()
    return document


def _page_lines(document: PdfDocument, number: int) -> list[Line]:
    """The lines of one page with where they stand; none for a page that is damaged."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    try:
        return list(_text_lines(page, number))
    finally:
        page.close()


def _text_lines(page: PdfPage, number: int) -> Iterator[Line]:
    import pypdfium2

    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    try:
        moved = moved_aside(page, textpage)
        if moved:
            textpage.close()
            textpage = page.get_textpage()
        text, places = _characters(textpage)
        box = _Box(*page.get_cropbox())
        for start, end in _pieces(textpage, text, places):
            first = start + len(text[start:end]) - len(text[start:end].lstrip(_BLANK))
            last = start + len(text[start:end].rstrip(_BLANK)) - 1
            line = _line(textpage, repair(text[start:end].strip()), places[first], places[last], number)
            if moved:
                line = line._replace(
                    left=line.left - moved_by(moved, textpage, places[first]),
                    right=line.right - moved_by(moved, textpage, places[last]),
                )
            if box.bottom <= line.bottom and line.top <= box.top:  # what is printed outside a page is not seen
                yield line._replace(
                    bottom=line.bottom - box.bottom, top=line.top - box.bottom, height=box.top - box.bottom
                )
    finally:
        textpage.close()


def _pieces(textpage: Any, text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The lines of a page's text that hold something: start and end. PDFium writes some line breaks as a space."""
    for found in _LINE.finditer(text):
        start, end = found.span()
        for blank in _SPACES.finditer(text, start, end):
            if start < blank.start() and blank.end() < end and _is_break(textpage, places, blank):
                yield start, blank.start()
                start = blank.end()
        if text[start:end].strip(_BLANK):
            yield start, end


def _is_break(textpage: Any, places: Sequence[int], blank: re.Match[str]) -> bool:
    before, after = _box(textpage, places[blank.start() - 1]), _box(textpage, places[blank.end()])
    return abs(before[1] - after[1]) > 0.5 * max(before[3] - before[1], after[3] - after[1])


def _characters(textpage: Any) -> tuple[str, list[int]]:
    """The text of a page, and for each character its index among those of PDFium, which counts UTF-16 units."""
    text = textpage.get_text_range()
    count = textpage.count_chars()
    places, at = [], 0
    for character in text:
        places.append(at)
        at += 2 if character > "\uffff" else 1
    return (text, places) if at == count else _one_by_one(textpage, count)


def _one_by_one(textpage: Any, count: int) -> tuple[str, list[int]]:
    """As `_characters`, for pages whose text PDFium hands out shorter than it counts it."""
    import pypdfium2.raw as pdfium

    units = [pdfium.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
    text, places, index = [], [], 0
    while index < count:
        code, places_at = units[index], index
        index += 1
        if 0xD800 <= code < 0xDC00 and index < count and 0xDC00 <= units[index] < 0xE000:
            code = 0x10000 + ((code - 0xD800) << 10) + (units[index] - 0xDC00)
            index += 1
        if code:
            text.append(chr(code) if code < 0x110000 else "\ufffd")
            places.append(places_at)
    return "".join(text), places


def _line(textpage: Any, text: str, first: int, last: int, page: int) -> Line:
    import pypdfium2.raw as pdfium

    begins, ends = _box(textpage, first), _box(textpage, last)
    size = float(pdfium.FPDFText_GetFontSize(textpage.raw, first)) or 1.0
    bottom, top = min(begins[1], ends[1]), max(begins[3], ends[3])
    seen = max(top - bottom, 1.0)  # a size is often written as one and scaled elsewhere
    return Line(text, begins[0], ends[2], bottom, top, seen if size < seen / 2 or size > seen * 2 else size, page, 0.0)


def _box(textpage: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a character, in points from the page's lower left corner."""
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(textpage.raw, index, ctypes.byref(rect)):
        return 0.0, 0.0, 0.0, 0.0
    return rect.left, rect.bottom, rect.right, rect.top
