"""The menu of the filter: statuses, and by field the values that reports have, with how many have each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.fields import field_title, value_words
from annotator.services.filtering import STATUS, Condition, filterable
from annotator.services.session import Session
from annotator.services.status_names import status_name

_SHOWN = 40
#: Fields whose values stand in their own order; of the others the most frequent comes first.
_ORDERED = frozenset({"year"})


class Chooser(QMenu):
    """Fills itself when it is about to be seen. `choose` gets a Condition; a status of None takes it away."""

    def __init__(self, choose: Callable[[Condition], None], status: Callable[[str | None], None], parent: QWidget):
        super().__init__(parent)
        self._choose, self._choose_status = choose, status
        self._group = QActionGroup(self)

    def fill(self, session: Session | None, chosen: list[Condition]) -> None:
        """The statuses, with the chosen one ticked, and the fields of this project."""
        self.clear()
        current = next((c.value for c in chosen if c.field == STATUS), None)
        for status in (None, *(s.value for s in Status)):
            action = self.addAction(_("All reports") if status is None else status_name(status))
            action.setCheckable(True)
            action.setChecked(status == current)
            action.triggered.connect(lambda _on=False, s=status: self._choose_status(s))
            self._group.addAction(action)
        fields = filterable(session.store) if session else []
        if session is not None and fields:
            self.addSeparator()
            for field in fields:
                self._add_field(session, field, chosen)

    def _add_field(self, session: Session, field: str, chosen: list[Condition]) -> None:
        menu = self.addMenu(field_title(field))
        menu.aboutToShow.connect(lambda: self._fill_field(menu, session, field, chosen))

    def _fill_field(self, menu: QMenu, session: Session, field: str, chosen: list[Condition]) -> None:
        menu.clear()
        values = session.store.facts.values(field, limit=_SHOWN + 1, by_count=field not in _ORDERED)
        for value, n in values[:_SHOWN]:
            self._add_value(menu, Condition(field, value, exact=True), f"{value_words(field, value)}\t{n:,}", chosen)
        if len(values) > _SHOWN:
            more = menu.addAction(_("Type {field}: to find further ones", field=field_title(field)))
            more.setEnabled(False)
        menu.addSeparator()
        self._add_value(menu, Condition(field, "", exact=True), _("unknown"), chosen)

    def _add_value(self, menu: QMenu, condition: Condition, words: str, chosen: list[Condition]) -> None:
        action = menu.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(condition in chosen)
        action.triggered.connect(lambda _on=False: self._choose(condition))
