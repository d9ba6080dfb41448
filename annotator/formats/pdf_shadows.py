"""Lines of a PDF that PDFium would leave out: it takes a line for the shadow of an equal one above it.

Fake bold type is a text printed twice, a hair apart, and PDFium gives the second no characters. It measures the hair by the
length of the text, so that a long line that is repeated right below, in the cells of a table say, is a shadow to it.
Here such lines are found by what stands near them and moved aside by a character, in memory only, so that they count as
texts of their own; who reads their places takes the move off again. A real shadow stays one. What stands inside a form
(a drawing that is placed as a whole) is not looked at.
"""

from __future__ import annotations

import ctypes
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: So many texts before one PDFium compares it with.
_BEFORE = 5
#: Nearer than so much of the type's size an equal text is a shadow; and PDFium takes none for one that is this far to a side.
_SHADOW, _ASIDE = 0.4, 0.95
# PDFium looks for shadows within an eighth of the text's length; a little more is asked, since what is moved does no harm.
_REACH = 1 / 7
#: Equal lines one after the other each go another way, so that none is taken for the shadow of one that was moved.
_STEPS = (1, -1, 2, -2, 3, -3)


class _Text(NamedTuple):
    """One text of a page: where it begins and how long it is, in points, and what PDFium knows it by."""

    left: float
    bottom: float
    width: float
    handle: Any


def moved_aside(page: PdfPage, textpage: Any) -> dict[int, float]:
    """Move the lines that were left out, and take the shadows of those away; by the address of each how many points it was moved to the right.

    Where the result is not empty, `textpage` is out of date: the page's text must be loaded again.
    """
    moved: dict[int, float] = {}
    before: deque[_Text] = deque(maxlen=_BEFORE)
    for text in _texts(page):
        like = [other for other in before if _alike(text, other)]
        if like and not _has_words(text, textpage):
            size = _size(text)
            cast_by = next((other for other in like if abs(other.bottom - text.bottom) <= _SHADOW * size), None)
            if cast_by is None:
                moved[_address(text.handle)] = _move(text, _STEPS[len(moved) % len(_STEPS)] * _ASIDE * size)
            elif _address(cast_by.handle) in moved:  # what casts it is elsewhere now, and it would show
                _remove(page, text)
                continue
        before.append(text)
    return moved


def moved_by(moved: dict[int, float], textpage: Any, index: int) -> float:
    """How far the text in which a character stands was moved to the right, in points."""
    import pypdfium2.raw as pdfium

    if not moved:
        return 0.0
    return moved.get(_address(pdfium.FPDFText_GetTextObject(textpage.raw, index)), 0.0)


def _texts(page: PdfPage) -> list[_Text]:
    """The texts of a page in the order in which they are printed."""
    import pypdfium2.raw as pdfium

    found = []
    edges = [ctypes.c_float() for _edge in range(4)]
    left, bottom, right, _top = edges
    places = [ctypes.byref(edge) for edge in edges]
    for number in range(pdfium.FPDFPage_CountObjects(page.raw)):
        handle = pdfium.FPDFPage_GetObject(page.raw, number)
        if pdfium.FPDFPageObj_GetType(handle) == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_GetBounds(handle, *places)
            found.append(_Text(left.value, bottom.value, right.value - left.value, handle))
    return found


def _alike(text: _Text, other: _Text) -> bool:
    """Whether one may be taken for the other's shadow: as long, and nearly at the same place."""
    width = text.width
    return (
        abs(width - other.width) <= 0.01 * width
        and abs(text.bottom - other.bottom) <= _REACH * width
        and abs(text.left - other.left) <= _REACH * width
    )


def _has_words(text: _Text, textpage: Any) -> bool:
    import pypdfium2.raw as pdfium

    return bool(pdfium.FPDFTextObj_GetText(text.handle, textpage.raw, None, 0) > 2)  # the end of the words takes two


def _size(text: _Text) -> float:
    """The size of the type in points; where that is hidden in a matrix, what the matrix makes of it."""
    import pypdfium2.raw as pdfium

    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(text.handle, ctypes.byref(size))
    pdfium.FPDFPageObj_GetMatrix(text.handle, ctypes.byref(matrix))
    return float(abs(size.value * (abs(matrix.d) or abs(matrix.b)))) or 1.0


def _move(text: _Text, right: float) -> float:
    import pypdfium2.raw as pdfium

    pdfium.FPDFPageObj_Transform(text.handle, 1, 0, 0, 1, right, 0)
    return right


def _remove(page: PdfPage, text: _Text) -> None:
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPage_RemoveObject(page.raw, text.handle):
        pdfium.FPDFPageObj_Destroy(text.handle)


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
