"""Ties text edits to one window: the actions, what may be done meanwhile, newer copies. Made late; a start needs none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.messages import _
from annotator.ui.late import Late

if TYPE_CHECKING:
    from annotator.services.newer_copy import Place
    from annotator.ui.main_window import MainWindow
    from annotator.ui.text_edit.mode import TextEditMode

#: What may be done while a text is edited.
_ALLOWED = ("text.", "view.zoom", "view.theme", "view.language", "reading.", "help.")


class TextEditing(QObject):
    """Editing the open report's text, and taking newer copies of it."""

    changed = Signal()  # a text is edited from now on, or no more

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._mode: Late[TextEditMode] = Late(self._make_mode)
        window.commands.more.update(self._commands())
        window.commands.allows = self._allows

    def _make_mode(self) -> TextEditMode:
        from annotator.ui.text_edit.bar import EditBar
        from annotator.ui.text_edit.mode import TextEditMode

        bar, pane = EditBar(), self._window.report_pane
        pane.add_above(bar)
        mode = TextEditMode(self._window.controller, pane, bar, self._beside)
        mode.behind = self._window.long_edits.do_text
        mode.changed.connect(self._changed)
        return mode

    def _beside(self) -> list[QWidget]:
        window = self._window
        return [window.report_list, window.entity_panel, window.report_pane.labels]

    def _commands(self) -> dict[str, Callable[[], None]]:
        return {
            "text.edit": self.toggle,
            "text.keep": lambda: self.mode.keep(),
            "text.drop": lambda: self.mode.escape(),
            "text.copy": self.choose_copy,
        }

    @property
    def mode(self) -> TextEditMode:
        """The mode in which a text is edited."""
        return self._mode()

    @property
    def active(self) -> bool:
        """Whether a text is being edited."""
        return self._mode.made is not None and self._mode.made.active

    def toggle(self) -> None:
        """Edit the text; pressed again, leave as Esc does."""
        if self.active:
            self.mode.escape()
        else:
            self.mode.enter()
        self._window.refresh_actions()

    def close(self) -> None:
        """The window closes: what was typed is kept."""
        if self._mode.made is not None:
            self._mode.made.finish()

    def _changed(self) -> None:
        self._window.refresh_actions()
        self.changed.emit()

    def _allows(self, action: str) -> bool:
        """While a text is edited, undo is the draft's, and what would need the text as stored has to wait."""
        if not self.active or action.startswith(_ALLOWED):
            return True
        if action in ("edit.undo", "edit.redo"):
            self.mode.travel(back=action == "edit.undo")
        else:
            self._window.controller.said.emit(_("The text is being edited: Ctrl+Enter keeps it, Esc leaves it."))
        return False

    def choose_copy(self) -> None:
        """Ask for the file of a newer copy, and show what taking it would do."""
        from annotator.ui.text_edit.newer_copy import choose

        choose(self._window)

    def offer_copy(self, report_id: int, place: Place) -> None:
        """Show what stands at a place would do as a newer copy of a report."""
        from annotator.ui.text_edit.newer_copy import offer_copy

        offer_copy(self._window, report_id, place)
