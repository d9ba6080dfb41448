"""The filter of the report list: a field for words and conditions, the chosen ones as chips, a menu of what there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.messages import _
from annotator.services.filtering import STATUS, Condition, Offer, offers, report_filter, understand
from annotator.services.rows import ReportFilter
from annotator.ui import icons
from annotator.ui.controller import Controller
from annotator.ui.report_list.chips import Chips
from annotator.ui.widgets import Field

if TYPE_CHECKING:
    from annotator.ui.report_list.chooser import Chooser
    from annotator.ui.report_list.completing import Completing

#: Typing goes on for this long before the list follows.
_PAUSE = 120


class FilterBar(QWidget):
    """`changed` asks for the list anew, `entered` to open its first report, `left` to go on to the list."""

    changed = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.conditions: list[Condition] = []
        # Made when they are first needed: not before the window shows.
        self._chooser: Chooser | None = None
        self._completing: Completing | None = None
        self.field = Field()
        self.field.setClearButtonEnabled(True)
        self._chooser_action = QAction(self)
        self.field.addAction(self._chooser_action, Field.ActionPosition.TrailingPosition)
        self.chips = Chips()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.chips)
        self._connect()

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.changed)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.field.textEdited.connect(self._typed)
        self.field.returnPressed.connect(self._enter)
        self.field.given_up.connect(self._leave)
        self.field.installEventFilter(self)
        self.chips.removed.connect(self.drop)
        self._chooser_action.triggered.connect(self.pop_chooser)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._chooser_action.setIcon(icons.icon("status"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._chooser_action.icon().isNull():
            self._chooser_action.setIcon(icons.icon("status"))

    def retranslate(self, key: str) -> None:
        """Word everything in the language of the moment; `key` is what leads to the field."""
        self.field.setPlaceholderText(_("Filter reports… {key}", key=key).strip())
        self.field.setAccessibleName(_("Filter reports"))
        self.field.setToolTip(_("Words, or a field and what it says: province:湖北 year:2021"))
        self._chooser_action.setText(_("Filter by status, region, year…"))
        self._chooser_action.setToolTip(_("Filter by status, region, year… (Alt+↓)"))
        self.chips.show_conditions(self.conditions)

    # ---- what is asked for ----------------------------------------------------------------------

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.field.text().strip() or self.conditions)

    def wanted(self) -> ReportFilter | None:
        """The filter as it stands, what is still being typed included; None: everything."""
        session = self._controller.session
        if session is None or not self.is_narrow:
            return None
        typed = understand(self.field.text(), self._columns())
        return report_filter(typed.words, [*self.conditions, *typed.conditions], session.person.uid)

    def settle(self) -> None:
        """The list follows now: wait no longer for further typing."""
        self._pause.stop()

    def reset(self) -> None:
        """Ask for everything again."""
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.filter_by([])

    def filter_by(self, conditions: Sequence[Condition]) -> None:
        """Ask for the reports of which these hold, whatever was chosen before."""
        self.conditions = list(conditions)
        self.chips.show_conditions(self.conditions)
        self.changed.emit()

    def choose_status(self, status: str | None) -> None:
        """Ask for the reports in this state only; None: in any."""
        others = [condition for condition in self.conditions if condition.field != STATUS]
        self.filter_by(others if status is None else [*others, Condition(STATUS, status, exact=True)])

    def choose(self, condition: Condition) -> None:
        """Ask for a condition too, or no longer where it was chosen before."""
        if condition in self.conditions:
            self.drop(condition)
        else:
            self.filter_by([*self.conditions, condition])

    def drop(self, condition: Condition) -> None:
        """Ask for it no longer."""
        self.filter_by([other for other in self.conditions if other != condition])
        self.field.setFocus()

    def pop_chooser(self) -> None:
        """Open the menu of what may be filtered by."""
        from annotator.ui.report_list.chooser import Chooser

        if self._chooser is None:
            self._chooser = Chooser(self.choose, self.choose_status, self)
        self._hide_offers()
        self._chooser.fill(self._controller.session, self.conditions)
        self._chooser.popup(self.field.mapToGlobal(QPoint(0, self.field.height())))

    @property
    def chooser(self) -> Chooser | None:
        """The menu, once it was opened."""
        return self._chooser

    # ---- typing ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.pop_chooser()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.field.text() and not self.field.composing:
                return self._reopen_last()
        return super().eventFilter(watched, event)

    def _columns(self) -> list[str]:
        session = self._controller.session
        return session.store.facts.fields() if session and self.field.text().strip() else []

    def _typed(self, text: str) -> None:
        """A condition that was written out becomes a chip; what is being written is completed."""
        if text.endswith(" ") and self._take_conditions():
            return
        session = self._controller.session
        last = text.split(" ")[-1]
        found = offers(session.store, last) if session and last else []
        if found or self._completing is not None:
            self._offer(found)

    def _offer(self, found: list[Offer]) -> None:
        from annotator.ui.report_list.completing import Completing

        if self._completing is None:
            self._completing = Completing(self.field)
            self._completing.picked.connect(self._take_offer)
        self._completing.show_offers(found)

    def offered(self) -> list[Offer]:
        """What is offered below the field just now."""
        return self._completing.offers() if self._completing is not None and self._completing.is_open else []

    def _hide_offers(self) -> None:
        if self._completing is not None:
            self._completing.close()

    def _take_conditions(self) -> bool:
        """Make chips of the conditions that stand in the field; the words stay."""
        typed = understand(self.field.text(), self._columns())
        if not typed.conditions:
            return False
        self._hide_offers()
        self.field.setText(f"{typed.words} " if typed.words else "")
        new = [condition for condition in typed.conditions if condition not in self.conditions]
        self.filter_by([*self.conditions, *new])
        return True

    def _take_offer(self, offer: Offer) -> None:
        """Put an offer in the place of the last word: a field to go on with, or a value as a chip."""
        before = self.field.text().rpartition(" ")[0]
        before = f"{before} " if before else ""
        if offer.value is None:
            self.field.setText(f"{before}{offer.words()}")
            self._typed(self.field.text())
        else:
            self.field.setText(before)
            taken = offer.condition()
            self.filter_by([*(condition for condition in self.conditions if condition != taken), taken])

    def _reopen_last(self) -> bool:
        """Backspace in an empty field brings the last chip back as words, to be changed."""
        if not self.conditions:
            return False
        last = self.conditions[-1]
        self.filter_by(self.conditions[:-1])
        self.field.setText(last.typed())
        return True

    def _enter(self) -> None:
        """Enter picks the offer it stands on, makes chips of conditions, else opens the first report."""
        if self._completing is not None and self._completing.is_chosen:
            return  # the completer takes it
        self._hide_offers()
        if not self._take_conditions():
            self.entered.emit()

    def _leave(self) -> None:
        """Esc closes what is offered where one stands on it, empties the field, then the chips, then goes to the list."""
        chosen = self._completing is not None and self._completing.is_chosen
        self._hide_offers()
        if chosen:
            return
        if self.field.text():
            self.field.clear()
        elif self.conditions:
            self.filter_by([])
        else:
            self.left.emit()
