"""Edge mode: one edge of the selected span moves by keys, is shown as it would be, and is kept as one step.

Enter keeps, Esc restores, E goes from the end to the start to neither. Whatever else a person does meanwhile keeps the
edge first, as leaving a field keeps what was typed. Edges dragged with the mouse come the same way.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.domain import edge_move
from annotator.domain.edge_move import END, START, EdgeMove
from annotator.domain.report import Status
from annotator.messages import _
from annotator.ui.controller import Controller
from annotator.ui.keyboard.word_source import WordSource
from annotator.ui.report_view import ReportView

_WORDS = ("Ctrl+", "Alt+")
_DIRECTIONS = {"Left": -1, "Right": 1}
_SILENT = ("Space", "Del", "Backspace", "Up", "Down", "Home", "End", "PgUp", "PgDown")
_CLAUSES = {"K": -1, "J": 1}


class EdgeMode(QObject):
    """The edge of a span on its way."""

    changed = Signal()

    def __init__(
        self, controller: Controller, view: ReportView, words: WordSource, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._view = view
        self._words = words
        self._uid = ""
        self._before = (0, 0)
        self.move: EdgeMove | None = None
        view.edges.moved.connect(self._dragged)
        view.edges.blocked = self._blocked
        controller.leaving.connect(self.keep)
        controller.selectedChanged.connect(self._selected_changed)
        controller.spansChanged.connect(lambda _changes: self._spans_changed())
        controller.reportChanged.connect(self._drop)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {"span.edge": self.choose}

    # ---- in and out -------------------------------------------------------------------------------

    def choose(self) -> None:
        """Move the end; at the next press the start; then neither, which keeps."""
        if self.move is not None:
            if self.move.edge == START:
                self.keep()
            else:
                self._show(self.move._replace(edge=START))
            return
        span, sentence = self._controller.selected_span(), self._blocked()
        if span is None or sentence:
            self._controller.said.emit(sentence or _("Select a span first."))
            return
        self._controller.select((span.uid,))
        self._uid, self._before = span.uid, span.range
        self._view.enter(self)
        self._show(EdgeMove(span.start, span.end, END))

    def keep(self) -> None:
        """Let the edge stay where it is: one step, none where it is where it was."""
        move, uid = self.move, self._uid
        if move is None:
            return
        moved = move.range != self._before
        self._drop()
        if moved:
            self._controller.move_edges(uid, *move.range)

    def restore(self) -> None:
        """Put both edges back where they were."""
        if self.move is not None:
            self._drop()
            self._controller.said.emit(_("The edges are where they were."))

    def about_to_do(self, action: str) -> None:
        """Another action is about to be done: what the edge was moved to counts first."""
        if action != "span.edge":
            self.keep()

    def _drop(self) -> None:
        if self.move is not None:
            self.move = None
            self._view.leave(self)
            self._view.edges.clear()
            self.changed.emit()

    def _blocked(self) -> str:
        """Why no edge can be moved; "" where it can."""
        report = self._controller.report
        if report is None or not self._controller.writable:
            return _("The project is open for reading only.")
        if report.status == Status.DONE:
            return self._controller.done_words()
        return ""

    # ---- keys (the view asks) ---------------------------------------------------------------------

    def takes(self, key: str) -> bool:
        """Whether a key is the mode's: those below, and every single key, for it would mean something else now."""
        bare = key.removeprefix("Shift+")
        return key in ("Return", "Esc", *_SILENT) or self._is_move(key) or len(bare) == 1

    def press(self, key: str) -> None:
        """Do what a key says."""
        if key == "Return":
            self.keep()
        elif key == "Esc":
            self.restore()
        elif key in self._view.keys_of("span.edge"):
            self.choose()
        elif self._is_move(key):
            self._move(key)
        else:
            self._controller.said.emit(_("An edge is being moved: Enter keeps it, Esc puts it back."))

    def _is_move(self, key: str) -> bool:
        return _bare(key) in _DIRECTIONS or _clause_direction(key, self._view) != 0

    def _move(self, key: str) -> None:
        assert self.move is not None
        moved = stepped(self.move, key, self._view, self._words.word_at) or self.move
        if moved == self.move:
            self._controller.said.emit(_("The edge cannot go further."))
        self._show(moved)

    def _show(self, move: EdgeMove) -> None:
        self.move = move
        self._view.edges.show(self._uid, *move.range, move.edge)
        self._view.reveal(move.place, move.place)
        self.changed.emit()

    # ---- the mouse, and what changes meanwhile ----------------------------------------------------

    def _dragged(self, uid: str, start: int, end: int) -> None:
        """An edge was dragged and let go of."""
        if self.move is not None and self._uid == uid:
            self._drop()
        self._controller.move_edges(uid, start, end)

    def _selected_changed(self) -> None:
        if self.move is not None and self._controller.selected != (self._uid,):
            self.keep()

    def _spans_changed(self) -> None:
        """The span has gone or was moved by something else: there is nothing to keep."""
        if self.move is None or self._controller.report is None:
            return
        span = self._controller.report.spans.get(self._uid)
        if span is None or span.range != self._before:
            self._drop()
        else:
            self._view.edges.show(self._uid, *self.move.range, self.move.edge)


def stepped(move: EdgeMove, key: str, view: ReportView, word_at: edge_move.WordAt) -> EdgeMove | None:
    """Where a key moves the edge to: by character, by word, by clause; None for a key that moves no edge."""
    direction = _clause_direction(key, view)
    if direction:
        return edge_move.by_clause(move, view.text(), direction)
    if _bare(key) not in _DIRECTIONS:
        return None
    if key.startswith(_WORDS):
        return edge_move.by_word(move, view.text(), _DIRECTIONS[_bare(key)], word_at)
    return edge_move.by_character(move, view.text(), _DIRECTIONS[_bare(key)])


def _clause_direction(key: str, view: ReportView) -> int:
    """J and K, or the keys a person has given to the next and previous clause."""
    keys = view.keys_of
    return (key in keys("clause.next")) - (key in keys("clause.previous")) or _CLAUSES.get(key, 0)


def _bare(key: str) -> str:
    return key.rsplit("+", 1)[-1]
