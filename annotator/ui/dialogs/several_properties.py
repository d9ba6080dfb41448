"""What several reports have in common: a field set here is set for all of them, as one step."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.domain.facts import FIELDS
from annotator.messages import _
from annotator.services.describing import SINGLE, Describer
from annotator.services.edits import Outcome
from annotator.ui.controller import Controller
from annotator.ui.dialogs.property_dialog import PropertyDialog
from annotator.ui.dialogs.property_rows import Line


class SeveralPropertiesDialog(PropertyDialog):
    """The fields that several reports can share."""

    def __init__(self, controller: Controller, reports: list[int], parent: QWidget | None = None) -> None:
        super().__init__(controller, _("Properties of {n} reports", n=len(reports)), parent)
        self._reports = reports
        fields = [(field, controller.writable) for field in FIELDS if field not in SINGLE]
        self.build(fields, _("What is written here is set for all {n} reports, in one step.", n=len(reports)))
        self.load()
        self.resize(560, 480)

    def load(self) -> None:
        """Show what they have in common now."""
        session = self._controller.session
        if session is None:
            return
        common = Describer(session).shared(self._reports, list(self.fields))
        for field, editor in self.fields.items():
            value = common[field]
            if editor.is_being_written:
                continue
            editor.show_value(value or "")
            differ = _("they differ") if value is None else ""
            if isinstance(editor, Line):
                editor.setPlaceholderText(differ)
            else:
                self.rows.say_where(field, differ)

    def correct(self, describer: Describer, field: str, value: str) -> Outcome:
        """Set it for all."""
        return describer.correct_all(self._reports, field, value)
