"""The bar above the report while its text is edited: what is going on, what it touches, and the two ways out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.domain.schema import LabelSchema
from annotator.messages import _
from annotator.services.text_edits import Preview, Touched, summary
from annotator.services.wording import label_title
from annotator.ui import look
from annotator.ui.foot import speak
from annotator.ui.theme import mix
from annotator.ui.translation import Worded
from annotator.ui.widgets import MenuButton, half_bold

#: Of more than so many touched spans the menu names the first.
_MOST = 30


class EditBar(Worded, QFrame):
    """Says what mode one is in and what the draft does so far."""

    kept = Signal()
    dropped = Signal()
    chosen = Signal(int, int)  # where something touched stands in the text shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setFont(half_bold(self.font()))
        self.words = QLabel()
        self.touched = MenuButton()
        self.keep, self.drop = QPushButton(), QPushButton()
        self.others = QLabel()
        for label in (self.words, self.others):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self.touched)
        for button in (self.keep, self.drop):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay the text's
            row.addWidget(button)
        self.drop.setFlat(True)
        body = QVBoxLayout(self)
        body.setContentsMargins(14, 7, 10, 7)
        body.setSpacing(3)
        body.addLayout(row)
        body.addWidget(self.words)
        body.addWidget(self.others)
        self.keep.clicked.connect(self.kept)
        self.drop.clicked.connect(self.dropped)
        self._preview: Preview | None = None
        self._schema = LabelSchema()
        self._sure = False
        self.setVisible(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.title.setText(_("Editing the text"))
        self.keep.setText(_("Keep (Ctrl+Enter)"))
        self.drop.setText(_("Leave (Esc)"))
        self.setAccessibleName(_("Editing the text"))
        self._word()

    def show_preview(self, preview: Preview | None, schema: LabelSchema, *, sure: bool = False) -> None:
        """Say what the draft does; None: nothing so far. `sure`: one more Esc drops it."""
        self._preview, self._schema, self._sure = preview, schema, sure
        self._word()

    def _word(self) -> None:
        shown = self._preview
        self.keep.setEnabled(shown is not None)
        if shown is None:
            self.words.setText(_("Type, delete, join lines. Nothing is written before you keep it."))
        elif self._sure:
            self.words.setText(_("Press Esc once more to drop {n} changed characters.", n=shown.edit.changed))
            speak(self.words, self.words.text())
        else:
            changed = _("{n} characters changed.", n=shown.edit.changed)
            self.words.setText(f"{changed} {summary(shown)}")
        self._fill(shown.touched if shown else ())
        self.others.setText(whose_words(shown) if shown else "")
        self.others.setVisible(bool(self.others.text()))

    def _fill(self, touched: Sequence[Touched]) -> None:
        self.touched.setVisible(bool(touched))
        self.touched.set_words(_("Touched {n}", n=len(touched)))
        menu = self.touched.words_menu
        menu.clear()
        for item in touched[:_MOST]:
            action = menu.addAction(touched_words(item, self._schema).replace("&", "&&"))
            action.triggered.connect(lambda _on=False, i=item: self.chosen.emit(i.start, i.end))
        if len(touched) > _MOST:
            menu.addAction(_("and {n} more", n=len(touched) - _MOST)).setEnabled(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look.theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(mix(theme.accent, theme.panel, 0.08)))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(theme.line))
        painter.fillRect(QRectF(0, 0, 4, self.height()), QColor(theme.accent))


def touched_words(item: Touched, schema: LabelSchema) -> str:
    """One touched thing: what it is, its words before and after, and whose it is."""
    what = _what(item, schema)
    if item.lost:
        words = _("{what} “{before}” goes", what=what, before=_short(item.before))
    else:
        words = _("{what} “{before}” → “{after}”", what=what, before=_short(item.before), after=_short(item.after))
    return f"{words}   {item.annotator}".rstrip()


def _what(item: Touched, schema: LabelSchema) -> str:
    if item.label:
        return label_title(schema, item.label)
    kinds = {"question": _("Question"), "bookmark": _("Bookmark"), "furniture": _("Page furniture")}
    return kinds.get(item.noun, item.noun)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 24 else words[:23] + "…"


def whose_words(shown: Preview) -> str:
    """Whose spans move as well, and whose work was done already."""
    if not shown.others and not shown.done:
        return ""
    sentences = []
    if shown.others:
        sentences.append(_("The spans of {people} move as well.", people=", ".join(shown.others)))
    if shown.done:
        sentences.append(_("Marked as done, and moved all the same: {people}.", people=", ".join(shown.done)))
    return " ".join(sentences)
