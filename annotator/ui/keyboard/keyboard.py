"""Puts together what works without the mouse, and ties it to one window. Each part has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.ui.keyboard.edge_mode import EdgeMode
from annotator.ui.keyboard.idle import IdleNumbers
from annotator.ui.keyboard.mode_line import ModeLine
from annotator.ui.keyboard.passes import Passes
from annotator.ui.keyboard.snapping import Snapping
from annotator.ui.keyboard.spans import SpanKeys
from annotator.ui.keyboard.strider import Strider
from annotator.ui.keyboard.word_source import WordSource

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Keyboard(QObject):
    """Strides, edges, passes, snapping and the dialogs of keys, for one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        controller, view, commands = window.controller, window.report_pane.view, window.commands
        self.words = WordSource(controller, window.background, self)
        self.snapping = Snapping(controller, view, self.words, self)
        self.strider = Strider(controller, view, self)
        self.passes = Passes(controller, view, self.strider, self)
        self.edges = EdgeMode(controller, view, self.words, self)
        self.spans = SpanKeys(controller)
        self.numbers = IdleNumbers(controller, self)
        for part in (self.snapping, self.strider, self.passes, self.edges, self.spans):
            commands.more.update(part.commands())
        commands.more.update(
            {
                "help.commands": self.find_command,
                "help.keys": self.show_keys,
                "help.change_keys": self.change_keys,
            }
        )
        view.keys_of = window.actions_.keys.keys
        commands.doing.connect(self.edges.about_to_do)
        window.report_pane.labelled.connect(self.passes.labelled)
        view.word_at, view.unit_at, view.stretch = self.words.word_at, self.snapping.unit_at, self.snapping.stretch
        self.line = ModeLine(self.edges, self.passes, self.snapping)
        window.status.add(self.line)
        for part in (self.snapping, self.passes):
            part.changed.connect(self._check)
        window.actions_.keys.changed.connect(self._name_keys)
        self._check()
        self._name_keys()

    def _name_keys(self) -> None:
        """Tell those who name a key which one is in force."""
        self._window.report_list.filter_key = self._window.actions_.keys.shown("edit.find_report")
        self._window.report_list.retranslate()
        self.line.refresh()

    def _check(self) -> None:
        check = self._window.actions_.check
        check("pass.clauses", self.passes.kind == "clauses")
        check("pass.numbers", self.passes.kind == "numbers")
        check("view.snap", self.snapping.on)

    def find_command(self) -> None:
        """Open the list of all commands, to be found by typing."""
        from annotator.ui.keyboard.palette import Palette

        window = self._window
        Palette(window.actions_, window.controller.schema, window.commands.do, window.report_pane.press, window).open()

    def show_keys(self) -> None:
        """Open the sheet of keys."""
        from annotator.ui.keyboard.keys import KeysDialog

        dialog = KeysDialog(self._window.actions_.keys, self._window.controller.schema, self._window)
        dialog.change.connect(self.change_keys)
        dialog.show()

    def change_keys(self) -> None:
        """Open the editor of keys."""
        from annotator.ui.keyboard.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window.actions_.keys, self._window.controller.schema, self._window).show()

    def start_words(self) -> None:
        """Segment the reports that are opened from now on, and the one that is open."""
        self.words.start()

    def close(self) -> None:
        """End what runs beside the window."""
        self.edges.keep()
        self.words.close()
