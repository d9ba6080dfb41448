"""The labels of the schema at the head of the label menu, each with its key."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from annotator.domain.report import Status
from annotator.messages import language
from annotator.ui.controller import Controller


class LabelMenu:
    """Keeps the entries in step with schema and language."""

    def __init__(self, menu: QMenu, controller: Controller) -> None:
        self._menu = menu
        self._controller = controller
        self._entries: list[QAction] = []
        menu.aboutToShow.connect(self._enable)

    def fill(self) -> None:
        """Offer the labels of the open project."""
        for entry in self._entries:
            self._menu.removeAction(entry)
            entry.deleteLater()
        self._entries = []
        others = self._menu.actions()
        for label in self._controller.schema.labels:
            entry = QAction(f"{label.title.text(language()) or label.name}\t{label.key}", self._menu)
            entry.triggered.connect(lambda _on=False, name=label.name: self._controller.press_label(name))
            if others:
                self._menu.insertAction(others[0], entry)
            else:
                self._menu.addAction(entry)
            self._entries.append(entry)
        self._enable()

    def _enable(self) -> None:
        report = self._controller.report
        able = self._controller.writable and report is not None and report.status != Status.DONE
        for entry in self._entries:
            entry.setEnabled(able)
