"""The rules of the project for page furniture: seen, forgotten, applied again. Does not block the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from annotator.domain.errors import KnownError
from annotator.domain.site_rule import SiteRule
from annotator.messages import _
from annotator.services.furnishing import Furnishing
from annotator.services.session import Session
from annotator.ui.furniture.rule_bar import rule_words

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class RulesDialog(QDialog):
    """A line a rule."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Rules for page furniture"))
        self._window, self._session = window, session
        self._service = Furnishing(session)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("Site"), _("What it says"), _("What it speaks of")])
        self.tree.setAccessibleName(_("Rules for page furniture"))
        self.tree.setRootIsDecorated(False)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.forget_button = buttons.addButton(_("Forget the rule"), QDialogButtonBox.ButtonRole.ActionRole)
        self.apply_button = buttons.addButton(_("Apply to the reports"), QDialogButtonBox.ButtonRole.ActionRole)
        self.forget_button.clicked.connect(self.forget)
        self.apply_button.clicked.connect(self.apply)
        buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence.StandardKey.Delete, self.tree, self.forget)
        layout = QVBoxLayout(self)
        for widget in (self.words, self.tree, buttons):
            layout.addWidget(widget)
        self.tree.itemSelectionChanged.connect(self._enable)
        window.controller.historyChanged.connect(self.fill)
        window.controller.projectChanged.connect(self.close)
        self.fill()
        self.resize(720, 380)

    def fill(self) -> None:
        """Show the rules as they are now."""
        if self._window.controller.session is not self._session:
            return
        chosen = {rule.uid for rule in self.chosen()}
        self.tree.clear()
        rules = self._service.rules()
        for rule in rules:
            says = _("always page furniture") if rule.furniture else _("never page furniture")
            item = QTreeWidgetItem(self.tree, [rule.site, says, rule_words(rule)])
            item.setData(0, Qt.ItemDataRole.UserRole, rule)
            item.setToolTip(2, rule.pattern if not rule.until else f"{rule.pattern}\n…\n{rule.until}")
            item.setSelected(rule.uid in chosen)
        for column in range(2):
            self.tree.resizeColumnToContents(column)
        if rules:
            self.words.setText(_("Reports that come in follow these rules. Forgetting one leaves what it marked."))
        else:
            self.words.setText(
                _("No rules yet: correct page furniture in a report, then choose “Keep as a rule for this site”.")
            )
        self._enable()

    def chosen(self) -> list[SiteRule]:
        """The rules that are selected."""
        return [item.data(0, Qt.ItemDataRole.UserRole) for item in self.tree.selectedItems()]

    def _enable(self) -> None:
        able = bool(self.chosen()) and self._window.controller.writable
        self.forget_button.setEnabled(able)
        self.apply_button.setEnabled(able)

    def forget(self) -> None:
        """Forget what is selected, each as a step."""
        for rule in self.chosen():
            try:
                self._service.forget(rule.uid)
            except KnownError as error:
                self._window.controller.presenter.show(error)
                return

    def apply(self) -> None:
        """Let the reports that are in follow what is selected."""
        rules = self.chosen()
        if rules:
            self._window.furniture.ruling.apply(rules)
