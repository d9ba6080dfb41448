"""The editor of the selected spans: label, text, every attribute of the schema, note, certainty.

What a person settles on goes through the controller as one step; a value that does not fit changes nothing and is
explained at its field.
"""

from __future__ import annotations

import itertools
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import ValidationError
from annotator.domain.report import Status
from annotator.domain.schema import AttributeType, Label
from annotator.domain.span import Span
from annotator.messages import _, language, translate
from annotator.ui import look
from annotator.ui.choices import Choices, Flag
from annotator.ui.controller import Controller
from annotator.ui.entity_panel.fields import AttributeField, ExcerptField, field_for
from annotator.ui.entity_panel.links import LinksBox
from annotator.ui.theme import label_text_colour
from annotator.ui.translation import Worded
from annotator.ui.viewport import own_viewport
from annotator.ui.widgets import half_bold, small

_WIDE = (AttributeType.EXCERPT,)
_AROUND = 12 + 12 + 3 * 6  # margins of the panel and the gaps between titles and fields, in pixels
_LONGEST = 90


class SpanEditor(Worded, QScrollArea):
    """Edits whatever is selected; empty where nothing is."""

    left = Signal()  # Esc: back to the report
    linking = Signal()  # a link is to be made

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._uids: tuple[str, ...] = ()
        self._shown_label: str | None = None
        self.fields: dict[str, AttributeField] = {}
        self._titles: dict[str, QLabel] = {}
        self._long: frozenset[str] | None = None  # the fields that have a row of their own; None: nothing is placed
        own_viewport(self, QPalette.ColorRole.NoRole)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build()
        controller.selectedChanged.connect(self.load)
        controller.spansChanged.connect(lambda _changes: self.load())
        controller.statusChanged.connect(self.load)
        self.retranslate()

    def _build(self) -> None:
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(12, 8, 12, 10)
        self._layout.setSpacing(6)
        self.label_box = Choices()
        self.label_box.activated.connect(self._label_chosen)
        self.label_box.entered.connect(lambda: self._advance(self.label_box))
        self.label_box.given_up.connect(self.left)
        self.certain = Flag()
        self.certain.clicked.connect(self._certain_clicked)
        self.certain.entered.connect(lambda: self._advance(self.certain))
        self.certain.given_up.connect(self.left)
        self.label_box.setSizeAdjustPolicy(Choices.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.label_box.setMinimumContentsLength(3)  # the check box beside it is shown whole
        head = QHBoxLayout()
        head.addWidget(self.label_box, 1)
        head.addWidget(self.certain)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setFont(half_bold(self.font()))
        self._form = QWidget()
        self._note_title = QLabel()
        self.links = LinksBox(self._controller)
        self.links.left.connect(self.left)
        self.links.wanted.connect(self.linking)
        self.note = NoteEdit()
        self.note.entered.connect(self.left)
        self.note.kept.connect(self._keep_note)
        self.note.given_up.connect(self._restore_note)
        self._layout.addLayout(head)
        self._layout.addWidget(self.text)
        self._layout.addWidget(self._form)
        self._layout.addWidget(self.links)
        self._layout.addWidget(self._note_title)
        self._layout.addWidget(self.note)
        self._layout.addStretch(1)
        self.setWidget(body)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._uids:
            self._shown_label = None
            self.load()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.setAccessibleName(_("Selected span"))
        self.label_box.setAccessibleName(_("Label"))
        self.certain.setText(_("Uncertain"))
        self._note_title.setText(_("Note"))
        self._note_title.setFont(small(self.font()))
        self.note.setAccessibleName(_("Note"))
        self._shown_label = None
        self.load()

    # ---- showing --------------------------------------------------------------------------------

    def load(self) -> None:
        """Show the selected spans as they are now."""
        spans = self._controller.selected_spans()
        same = tuple(span.uid for span in spans) == self._uids
        self._uids = tuple(span.uid for span in spans)
        form = self.widget()
        if form is not None:
            form.setVisible(bool(spans))
            policy = Qt.ScrollBarPolicy  # a bar beside nothing would stay from what was shown before
            self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if spans else policy.ScrollBarAlwaysOff)
        if not spans:
            return
        report = self._controller.report
        labels = {span.label for span in spans}
        label = self._controller.schema.label(spans[0].label) if len(labels) == 1 else None
        self._show_labels(label)
        self._show_text(spans, label)
        if self._shown_label != (label.name if label else ""):
            self._build_form(label)
        self._load_fields(spans, keep_typed=same)
        self._place_fields()
        self.certain.setChecked(not all(span.certain for span in spans))
        self.note.setEnabled(len(spans) == 1)
        if not (same and self.note.hasFocus()):
            self.note.load(spans[0].note if len(spans) == 1 else "")
        self._set_editable(self._controller.writable and report is not None and report.status != Status.DONE)

    def _set_editable(self, editable: bool) -> None:
        """Fields of a report that is done, or of a project open for reading, can be read but not changed."""
        self.label_box.setEnabled(editable)
        self.certain.setEnabled(editable)
        self.note.setReadOnly(not editable)
        for field in self.fields.values():
            field.set_editable(editable)

    def _show_labels(self, current: Label | None) -> None:
        self.label_box.clear()
        if current is None:
            self.label_box.addItem(_("several labels"), None)
        for label in self._controller.schema.labels:
            self.label_box.addItem(label.title.text(language()) or label.name, label.name)
        if current is not None:
            self.label_box.setCurrentIndex(self.label_box.findData(current.name))

    def _show_text(self, spans: list[Span], label: Label | None) -> None:
        report = self._controller.report
        if len(spans) > 1 or report is None:
            self.text.setText(_("{n} spans selected", n=len(spans)))
            return
        span = spans[0]
        words = " ".join(report.text[span.start : span.end].split())
        self.text.setText(words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…")
        self.text.setToolTip(words)
        palette = QPalette(self.palette())
        theme = look.theme()
        palette.setColor(QPalette.ColorRole.WindowText, label_text_colour(label, theme, theme.panel))
        self.text.setPalette(palette)

    def _build_form(self, label: Label | None) -> None:
        """A field for each attribute, two side by side where they are short."""
        self._shown_label = label.name if label else ""
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.fields, self._titles, self._long = {}, {}, None
        for attribute in label.attributes if label else ():
            field = self._field(attribute)
            title = self._titles[attribute.name] = QLabel(field.title(), form)
            title.setFont(small(self.font()))
            title.setBuddy(field)
            title.setContentsMargins(0, 5, 0, 0)
            field.setParent(form)
        old, self._form = self._form, form
        self._place_fields()
        self._layout.replaceWidget(old, form)
        old.hide()
        old.deleteLater()
        self._set_tab_order()
        self._layout.activate()
        QApplication.sendPostedEvents(
            self.widget(), QEvent.Type.LayoutRequest
        )  # the area asks now how high the form is

    def _place_fields(self) -> None:
        """Two fields side by side where they are short; one whose value would be cut off has a row of its own."""
        long = frozenset(name for name, field in self.fields.items() if self._is_long(field))
        if self._least([name for name in self.fields if name not in long]) > self.viewport().width():
            long = frozenset(self.fields)
        grid = self._form.layout()
        if long == self._long or not isinstance(grid, QGridLayout):
            return
        self._long = long
        while grid.takeAt(0) is not None:
            pass
        row = column = 0
        for name, field in self.fields.items():
            if name in long and column:
                row, column = row + 1, 0
            grid.addWidget(self._titles[name], row, column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(field, row, column + 1, 1, 3 if name in long else 1, Qt.AlignmentFlag.AlignTop)
            row, column = (row + 1, 0) if name in long or column else (row, 2)

    def _least(self, short: list[str]) -> int:
        """The width that these fields take two side by side, however short what they hold."""
        titles = [self._titles[name].sizeHint().width() for name in short]
        fields = [self.fields[name].minimumSizeHint().width() for name in short]
        return _AROUND + sum(max(column[side::2], default=0) for column in (titles, fields) for side in (0, 1))

    def _is_long(self, field: AttributeField) -> bool:
        return field.attribute.type in _WIDE or field.wanted() > self._room() // 2

    def _room(self) -> int:
        """What two fields beside each other have, with their titles."""
        titles = sum(sorted(title.sizeHint().width() for title in self._titles.values())[-2:])
        return self.viewport().width() - _AROUND - titles

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_fields()

    def _field(self, attribute: Any) -> AttributeField:
        field = field_for(attribute)
        field.settled.connect(lambda value, f=field: self._settled(f, value))
        field.left.connect(self.left)
        field.advanced.connect(lambda f=field: self._advance(f.focusProxy()))
        if isinstance(field, ExcerptField):
            field.picked.connect(lambda f=field: self._pick(f))
        self.fields[attribute.name] = field
        return field

    def _set_tab_order(self) -> None:
        self._order: list[QWidget | None] = [self.label_box, self.certain]
        self._order += [field.focusProxy() for field in self.fields.values()]
        self._order.append(self.note)
        stops = [*self._order[:-1], self.links.view, self.links.add, self.note]
        for first, second in itertools.pairwise(stops):
            if first is not None and second is not None:
                self.setTabOrder(first, second)

    def _advance(self, widget: QWidget | None) -> None:
        """Enter in a field: on to the next one."""
        following = self._order[self._order.index(widget) + 1]
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)

    def _load_fields(self, spans: list[Span], *, keep_typed: bool) -> None:
        for name, field in self.fields.items():
            values = [span.attributes.get(name) for span in spans]
            mixed = any(value != values[0] for value in values)
            value = None if mixed else values[0]
            proxy = field.focusProxy()
            if keep_typed and proxy is not None and proxy.hasFocus() and (value, mixed) == (field.value, field.mixed):
                continue  # somebody types here, and what changed was something else
            field.load(value, mixed, any(name in span.proposed for span in spans))

    def focus_first(self) -> None:
        """Put the cursor into the first attribute, else the note."""
        first = next(iter(self.fields.values()), None)
        (first or self.note).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- writing --------------------------------------------------------------------------------

    def _settled(self, field: AttributeField, value: Any) -> None:
        try:
            self._controller.set_attribute(self._uids, field.attribute.name, value)
        except ValidationError as error:
            field.show_problem(translate(error.message, **(error.params | _titles(error, field))))
        else:
            field.clear_problem()

    def _pick(self, field: ExcerptField) -> None:
        report = self._controller.report
        start, end = self._controller.text_selection
        if report is None or start >= end:
            field.show_problem(_("Select the words in the report first."))
            return
        self._settled(field, {"start": start, "end": end, "text": report.text[start:end]})

    def _label_chosen(self, position: int) -> None:
        name = self.label_box.itemData(position)
        if name is not None:
            self._controller.relabel(self._uids, name)
        self.load()

    def _certain_clicked(self) -> None:
        self._controller.set_certain(self._uids, not self.certain.isChecked())

    def _keep_note(self) -> None:
        if len(self._uids) == 1 and self.note.changed() and not self.note.isReadOnly():
            self.note.kept_text = self.note.toPlainText().strip()
            self._controller.set_note(self._uids[0], self.note.kept_text)

    def _restore_note(self) -> None:
        if not self.note.changed():
            self.left.emit()
        self.note.load(self.note.kept_text)


def _titles(error: ValidationError, field: AttributeField) -> dict[str, str]:
    """Attribute and choices by the names a person sees."""
    titles = {"attribute": field.title()} if "attribute" in error.params else {}
    if "choices" in error.params:
        titles["choices"] = "、".join(c.title.text(language()) or c.value for c in field.attribute.choices)
    return titles


class NoteEdit(QPlainTextEdit):
    """Free words: Enter keeps them, Shift+Enter breaks the line, Esc puts the old ones back."""

    kept = Signal()
    entered = Signal()  # kept with Enter
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kept_text = ""
        self._composing = False
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 2 + 12)

    def load(self, text: str) -> None:
        """Show `text` as what is kept."""
        self.kept_text = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def changed(self) -> bool:
        """Whether something else stands here than what is kept."""
        return self.toPlainText().strip() != self.kept_text

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._composing and (enter or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab)):
            return
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.kept.emit()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.kept.emit()
