"""One field for each type of attribute. A field says what a person has settled on; it writes nothing itself.

`settled` carries the value (None: take it away) on Enter, on a choice, or when the focus goes; Esc puts the old
value back. Enter goes on to the next field (`advanced`) once the value is taken. A sentence about a value that does not
fit is shown at the field by `show_problem`. What the program filled in and nobody has seen is italic, with a ring.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.domain.schema import Attribute, AttributeType
from annotator.domain.span import exact_number
from annotator.messages import _, language
from annotator.ui import icons
from annotator.ui.choices import Choices, Flag
from annotator.ui.entity_panel.values import shown
from annotator.ui.widgets import Field, Problem, small

_FRAME = 18  # a line's frame, its padding and the caret, in pixels
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


class AttributeField(QWidget):
    """A field for one attribute, with room for a sentence below."""

    settled = Signal(object)
    left = Signal()  # Esc where nothing was to be put back
    advanced = Signal()  # Enter, and the value is taken: on to the next field

    def __init__(self, attribute: Attribute) -> None:
        super().__init__()
        self.attribute = attribute
        self.value: Any = None
        self.mixed = False
        self.problem = Problem()
        self.problem.setFont(small(self.font()))
        self.proposed = False
        self.ring = QLabel("○")
        self.ring.setFont(small(self.font(), 2))
        self.ring.setVisible(False)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addWidget(self.ring)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._row)
        layout.addWidget(self.problem)

    def title(self) -> str:
        """What the attribute is called."""
        return self.attribute.title.text(language()) or self.attribute.name

    def take(self, widget: QWidget) -> None:
        """Put in the widget that a person types or clicks into."""
        widget.setAccessibleName(self.title())
        words = self.attribute.help.text(language())
        widget.setToolTip(words)
        widget.setAccessibleDescription(words)
        self.setFocusProxy(widget)
        self._row.addWidget(widget, 1)

    def load(self, value: Any, mixed: bool, proposed: bool = False) -> None:
        """Show `value`; `mixed`: the selected spans differ; `proposed`: nobody has seen it yet."""
        self.value, self.mixed = value, mixed
        self.clear_problem()
        self._show()
        self._show_proposed(proposed)

    def _show_proposed(self, proposed: bool) -> None:
        self.proposed = proposed
        words = _("Filled in from the text; not looked at yet") if proposed else ""
        self.ring.setVisible(proposed)
        self.ring.setToolTip(words)
        widget = self.focusProxy()
        if widget is not None:
            font = widget.font()
            font.setItalic(proposed)
            widget.setFont(font)
            told = self.attribute.help.text(language())
            widget.setAccessibleDescription("\n".join(part for part in (told, words) if part))

    def show_problem(self, sentence: str) -> None:
        """Say at the field why the value was not taken."""
        self.problem.say(sentence)

    def clear_problem(self) -> None:
        """Take the sentence away."""
        self.problem.say("")

    def set_editable(self, editable: bool) -> None:
        """Let the value be changed, or only read."""
        widget = self.focusProxy()
        if isinstance(widget, Field):
            widget.setReadOnly(not editable)
        elif widget is not None:
            widget.setEnabled(editable)

    def settle(self) -> None:
        """Take what stands in the field as settled, where it differs."""

    def wanted(self) -> int:
        """Pixels that the field needs to show its value whole; 0 where it can do with any width."""
        return 0

    def _show(self) -> None:
        raise NotImplementedError


class LineField(AttributeField):
    """Numbers and text: a line."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(attribute)
        self.line = Field()
        self.take(self.line)
        self.line.kept.connect(self.settle)
        self.line.given_up.connect(self._give_up)
        self.line.returnPressed.connect(self._entered)

    def settle(self) -> None:
        if self.line.isReadOnly():
            return
        text = self.line.text().strip()
        if text == self._old_text():
            self.clear_problem()
            return
        if not text and self.mixed:
            return
        self.settled.emit(self._value_of(text) if text else None)

    def wanted(self) -> int:
        ring = 0 if self.ring.isHidden() else self.ring.sizeHint().width() + self._row.spacing()
        return self.line.fontMetrics().horizontalAdvance(self.line.text()) + _FRAME + ring

    def _entered(self) -> None:
        if self.problem.isHidden():
            self.advanced.emit()

    def _give_up(self) -> None:
        if self.line.text() == self._old_text() and self.problem.isHidden():
            self.left.emit()
        self.load(self.value, self.mixed, self.proposed)

    def _old_text(self) -> str:
        return "" if self.mixed else shown(self.attribute, self.value)

    def _show(self) -> None:
        self.line.setText(self._old_text())
        self.line.setCursorPosition(0)
        self.line.setPlaceholderText(_("several values") if self.mixed else "")

    def _value_of(self, text: str) -> Any:
        return number_from(text) if self.attribute.type is AttributeType.NUMBER else text


class ExcerptField(LineField):
    """Words of the report: typed, or taken from the selection of text."""

    picked = Signal()

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(attribute)
        self.button = QToolButton()
        self.button.setAutoRaise(True)
        self.button.setIcon(icons.icon("pick"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setToolTip(_("Take the text selected in the report"))
        self.button.setAccessibleName(_("Take the text selected in the report"))
        self.button.clicked.connect(self.picked)
        self._row.addWidget(self.button)

    def set_editable(self, editable: bool) -> None:
        super().set_editable(editable)
        self.button.setEnabled(editable)


class ChoiceField(AttributeField):
    """One of the schema's choices."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(attribute)
        self.box = Choices()
        self.take(self.box)
        self.box.activated.connect(self._chosen)
        self.box.entered.connect(self.advanced)
        self.box.given_up.connect(self.left)

    def _show(self) -> None:
        self.box.clear()
        value = self.value if self.value is not None else self.attribute.default
        if self.attribute.default is None or self.mixed:
            self.box.addItem(_("several values") if self.mixed else "—", None)
        for choice in self.attribute.choices:
            self.box.addItem(choice.title.text(language()) or choice.value, choice.value)
        if not self.mixed and value is not None and self.attribute.choice(value) is None:
            self.box.addItem(str(value), value)  # came with a file; stays until changed
        self.box.setCurrentIndex(max(0, 0 if self.mixed else self.box.findData(value)))

    def _chosen(self, position: int) -> None:
        value = self.box.itemData(position)
        if self.mixed and value is None:
            return
        current = self.value if self.value is not None else self.attribute.default
        if self.mixed or value != current:
            self.settled.emit(value)


class FlagField(AttributeField):
    """Yes or no."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(attribute)
        self.box = Flag()
        self.take(self.box)
        self.box.clicked.connect(self._clicked)
        self.box.entered.connect(self.advanced)
        self.box.given_up.connect(self.left)

    def _show(self) -> None:
        self.box.setTristate(self.mixed)
        state = Qt.CheckState.Checked if self.value else Qt.CheckState.Unchecked
        self.box.setCheckState(Qt.CheckState.PartiallyChecked if self.mixed else state)

    def _clicked(self) -> None:
        self.box.setTristate(False)
        self.settled.emit(self.box.isChecked())


_KINDS: dict[AttributeType, type[AttributeField]] = {
    AttributeType.NUMBER: LineField,
    AttributeType.TEXT: LineField,
    AttributeType.CHOICE: ChoiceField,
    AttributeType.EXCERPT: ExcerptField,
    AttributeType.FLAG: FlagField,
}


def field_for(attribute: Attribute) -> AttributeField:
    """The field that edits `attribute`."""
    return _KINDS[attribute.type](attribute)


def number_from(text: str) -> str:
    """What a person typed as a number, as an exact decimal where it is one: 4,500,000,000, １２, 45亿, 99.7%."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    number = exact_number(plain)
    if number is not None:
        return number
    from annotator.domain.quantity import parse_quantity

    quantity = parse_quantity(text)
    if quantity is None or quantity.value is None:
        return text
    return exact_number(quantity.value) or text
