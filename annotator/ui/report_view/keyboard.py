"""What the keyboard does in the report view: one table from key sequences to what they do.

Standard sequences for moving, selecting and copying are the view's; every other key goes to the
view's `key_handler` first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from annotator.ui.report_view import caret as carets
from annotator.ui.report_view.caret import Caret
from annotator.ui.report_view.keys import is_single_key, key_name

if TYPE_CHECKING:
    from annotator.ui.report_view.view import ReportView

_Standard = QKeySequence.StandardKey
Move = Callable[["ReportView"], Caret]

_MOVES: dict[str, Move] = {
    "NextChar": lambda v: carets.right(v.page(), v.caret_place()),
    "PreviousChar": lambda v: carets.left(v.page(), v.caret_place()),
    "NextWord": lambda v: carets.word_right(v.page(), v.caret_place(), v.word_at),
    "PreviousWord": lambda v: carets.word_left(v.page(), v.caret_place(), v.word_at),
    "StartOfLine": lambda v: carets.row_start(v.page(), v.caret_place()),
    "EndOfLine": lambda v: carets.row_end(v.page(), v.caret_place()),
    "StartOfDocument": lambda v: Caret(0),
    "EndOfDocument": lambda v: carets.document_end(v.page()),
    "StartOfBlock": lambda v: carets.paragraph_up(v.page(), v.caret_place()),
    "EndOfBlock": lambda v: carets.paragraph_down(v.page(), v.caret_place()),
}
_ROWS = {"NextLine": 1, "PreviousLine": -1}
_PAGES = {"NextPage": 1, "PreviousPage": -1}
_PARAGRAPHS: dict[int, Move] = {
    Qt.Key.Key_Down: lambda v: carets.paragraph_down(v.page(), v.caret_place()),
    Qt.Key.Key_Up: lambda v: carets.paragraph_up(v.page(), v.caret_place()),
}


class Mode(Protocol):
    """What reads keys first while it lasts."""

    def takes(self, key: str) -> bool:
        """Whether it wants the key called so."""

    def press(self, key: str) -> None:
        """Do what the key says."""


def takes(view: ReportView, event: QKeyEvent) -> bool:
    """Whether a key press is ours before any menu's shortcut."""
    if view.mode is not None and (name := key_name(event)) and view.mode.takes(name):
        return True
    if _standard(view, event) is not None:
        return True
    if not is_single_key(event) or view.key_handler is None:
        return False
    return view.wants_key is None or view.wants_key(key_name(event))


def press(view: ReportView, event: QKeyEvent) -> bool:
    """Do what a key says; returns whether it was ours."""
    view.held = event.isAutoRepeat()
    if _first(view, key_name(event)):
        return True
    action = _standard(view, event)
    if action is not None:
        action()
        return True
    name = key_name(event)
    if not name:
        return False
    if name == "Return" and not event.isAutoRepeat() and view.toggle_fold_at_caret():
        return True
    if view.key_handler is not None and view.key_handler(name, event.isAutoRepeat()):
        return True
    return _own(view, name)


def _first(view: ReportView, name: str) -> bool:
    """What comes before all else: Esc while an edge hangs on the pointer, and a mode."""
    if name == "Esc" and view.edges.cancel():
        return True
    if not name or view.mode is None or not view.mode.takes(name):
        return False
    view.mode.press(name)
    return True


def _own(view: ReportView, name: str) -> bool:
    """What the view does with a key that nobody took."""
    start, end = view.selection()
    if name == "Esc" and start != end:
        view.clear_selection()
        return True
    selected = view.selected_span()
    if name == "Return" and selected:
        view.spanActivated.emit(selected)
        return True
    return False


def _standard(view: ReportView, event: QKeyEvent) -> Callable[[], None] | None:
    """What a standard sequence for moving, selecting or copying does; None for any other key."""
    if event.matches(_Standard.Copy):
        return lambda: copy(view)
    if event.matches(_Standard.SelectAll):
        return lambda: view.set_selection(0, len(view.text()), reveal=False)
    for extend, prefix in ((False, "MoveTo"), (True, "Select")):
        for makers, make in _TABLES:
            for name, what in makers.items():
                if event.matches(getattr(_Standard, prefix + name)):
                    return make(view, what, extend)
    paragraph = _paragraph_move(event)  # last: on macOS the same keys are a standard sequence
    if paragraph is not None:
        return _mover(view, paragraph, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
    return None


def _mover(view: ReportView, move: Move, extend: bool) -> Callable[[], None]:
    return lambda: view.move_caret(move(view), extend)


def _row_mover(view: ReportView, rows: int, extend: bool) -> Callable[[], None]:
    return lambda: view.vertical.by_rows(rows, extend)


def _page_mover(view: ReportView, pages: int, extend: bool) -> Callable[[], None]:
    return lambda: view.vertical.by_screens(pages, extend)


_TABLES: tuple[tuple[dict[str, Any], Callable[[ReportView, Any, bool], Callable[[], None]]], ...] = (
    (_MOVES, _mover),
    (_ROWS, _row_mover),
    (_PAGES, _page_mover),
)


def _paragraph_move(event: QKeyEvent) -> Move | None:
    """Ctrl+Up and Ctrl+Down, with Shift or without: no standard sequence stands for paragraphs."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return _PARAGRAPHS.get(event.key()) if held == Qt.KeyboardModifier.ControlModifier else None


def copy(view: ReportView) -> None:
    """Copy the exact slice of the stored text; an empty selection leaves the clipboard alone."""
    if view.selected_text():
        # Not by setMimeData: the program would end with a segmentation fault, its data gone before the clipboard.
        QGuiApplication.clipboard().setText(view.selected_text())
