"""Taking a newer copy of the open report: the file is read as a job, what it would do is shown, and then it is one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from annotator.domain.errors import KnownError
from annotator.domain.report import Report
from annotator.domain.schema import LabelSchema
from annotator.domain.site_rule import SiteRule
from annotator.messages import _
from annotator.services.newer_copy import Place, read_copy
from annotator.services.session import Session
from annotator.services.text_edits import Offer, TextEdits, offer_newer_copy, summary
from annotator.ui.dialogs.files import Chooser
from annotator.ui.tasks import Report as Progress
from annotator.ui.tasks import Task
from annotator.ui.text_edit.bar import touched_words, whose_words

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

#: Of more changed places or touched spans than this the dialog lists the first.
_MOST = 500


class CopyDialog(QDialog):
    """What a newer copy changes; `taken` where the person takes it. Does not block the window."""

    taken = Signal()

    def __init__(self, offer: Offer, schema: LabelSchema, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Newer copy of “{title}”", title=offer.title))
        words = QLabel(_("The copies differ at {n} places. {spans}", n=offer.places, spans=summary(offer.preview)))
        others = QLabel(whose_words(offer.preview))
        others.setVisible(bool(others.text()))
        for label in (words, others):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("Before"), _("After")])
        self.tree.setAccessibleName(_("What the newer copy changes"))
        self._fill(offer, schema)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self.buttons.addButton(_("Take the newer copy"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (words, others, self.tree, self.buttons):
            layout.addWidget(widget)
        self.resize(760, 480)

    def _fill(self, offer: Offer, schema: LabelSchema) -> None:
        shown = offer.preview
        if shown.touched:
            top = self._group(_("Touched {n}", n=len(shown.touched)))
            for item in shown.touched[:_MOST]:
                line = QTreeWidgetItem(top, [touched_words(item, schema)])
                line.setFirstColumnSpanned(True)
        top = self._group(_("Changed places {n}", n=offer.places))
        grown = 0
        old = offer.old
        for r in shown.edit.replacements[:_MOST]:
            start, end = r.start + grown, r.start + grown + len(r.text)
            QTreeWidgetItem(top, [_around(old, r.start, r.end), _around(shown.text, start, end)])
            grown += r.growth
        self.tree.expandAll()
        self.tree.setColumnWidth(0, 360)

    def _group(self, words: str) -> QTreeWidgetItem:
        top = QTreeWidgetItem(self.tree, [words])
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        top.setFirstColumnSpanned(True)
        return top

    def _take(self) -> None:
        self.taken.emit()
        self.accept()


def _around(text: str, start: int, end: int) -> str:
    """What stands at a place, with a few characters on each side; what differs in brackets."""
    inner = text[start:end] if end - start <= 60 else f"{text[start : start + 40]}…{text[end - 19 : end]}"
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    return f"{before}[{inner}]{after}".replace("\n", "↵")


def choose(window: MainWindow) -> None:
    """Ask for the file, and go on with it."""
    report = window.controller.report
    if report is None:
        return
    path = Chooser(window.settings, window).newer_copy()
    if path is not None:
        offer_copy(window, report.id, Place(path))


def offer_copy(window: MainWindow, report_id: int, place: Place) -> None:
    """Read what stands at a place and show what it would do as a newer copy of a report."""
    session = window.controller.session
    if session is None:
        return
    if window.tasks.current is not None:
        window.controller.said.emit(_("Another job is under way; wait for its end or cancel it."))
        return
    rules = tuple(session.store.site_rules.all())
    task = Task(_("Reading the newer copy"), lambda report: _read(place, rules, report))

    def arrived(copy: Report) -> None:
        if window.controller.session is session:
            _show(window, session, report_id, copy)

    task.finished.connect(arrived)
    task.failed.connect(window.controller.presenter.show)
    task.cancelled.connect(lambda: window.controller.said.emit(_("Cancelled; nothing was changed.")))
    window.tasks.start(task)


def _read(place: Place, rules: tuple[SiteRule, ...], progress: Progress) -> Report:
    return read_copy(place, rules, lambda: progress(0, 0, ""))


def _show(window: MainWindow, session: Session, report_id: int, copy: Report) -> None:
    try:
        offer = offer_newer_copy(session.store, report_id, copy, session.person.uid)
    except KnownError as error:
        window.controller.presenter.show(error)
        return
    dialog = CopyDialog(offer, window.controller.schema, window)
    dialog.taken.connect(lambda: _take(window, session, offer))
    dialog.show()


def _take(window: MainWindow, session: Session, offer: Offer) -> None:
    if window.controller.session is not session:
        return
    window.controller.open_report(offer.report)
    try:
        TextEdits(session).take(offer)
    except KnownError as error:
        window.controller.presenter.show(error)
        return
    window.controller.said.emit(_("The newer copy was taken: {n} places changed.", n=offer.places))
