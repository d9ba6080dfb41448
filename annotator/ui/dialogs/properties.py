"""What is known about a report: each field with where it was read, to correct as a step; the rest to read."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QLabel, QWidget

from annotator.domain.report import Status
from annotator.messages import _
from annotator.services.describing import Describer, Facts
from annotator.services.edits import Outcome
from annotator.services.fields import where_words
from annotator.services.open_report import OpenReport
from annotator.services.status_names import status_name
from annotator.services.work_time import duration
from annotator.ui.controller import Controller
from annotator.ui.dialogs.property_dialog import PropertyDialog


class PropertiesDialog(PropertyDialog):
    """The facts about the report that was open when it was asked for."""

    def __init__(self, controller: Controller, report: OpenReport, parent: QWidget | None = None) -> None:
        super().__init__(controller, _("Properties of the report"), parent)
        self._report = report
        session = controller.session
        facts = Describer(session).facts(report) if session else None
        known = facts.known() if facts else []
        self.build((one.field, controller.writable and not (facts and facts.is_fixed(one.field))) for one in known)
        self.rows.add_gap()
        self.values: dict[str, QLabel] = {name: self.rows.add_value(words) for name, words in _names().items()}
        self.load()
        self.resize(680, 640)

    def load(self) -> None:
        """Show what is known now."""
        session = self._controller.session
        if session is None or self._report.gone:
            return
        facts = Describer(session).facts(self._report)
        known = {one.field: one for one in facts.known()}
        for field, editor in self.fields.items():
            one = known.get(field)
            if not editor.is_being_written:
                editor.show_value(one.value if one else "")
            self.rows.say_where(field, where_words(one.where) if one and one.where else "")
        for name, words in _facts(facts, self._report).items():
            self.values[name].setText(words)

    def correct(self, describer: Describer, field: str, value: str) -> Outcome:
        """Set it for this report."""
        return describer.correct(self._report, field, value)


def _names() -> dict[str, str]:
    return {
        "file": _("File"),
        "also": _("Further sources"),
        "encoding": _("Encoding"),
        "imported": _("Imported"),
        "characters": _("Characters"),
        "hash": _("SHA-256 of the text"),
        "sets": _("Annotation sets"),
        "note": _("Note"),
        "time": _("Time"),
    }


def _facts(facts: Facts, report: OpenReport) -> dict[str, str]:
    detail, none = facts.detail, _("none")
    at = datetime.fromisoformat(detail.imported).astimezone()
    kept = "" if detail.original_size is None else " · " + _("the file's own bytes are kept")
    sets = [
        _("{name}: {status}, {n} spans", name=made.annotator, status=status_name(Status(made.status)), n=made.spans)
        for made in facts.sets
    ]
    return {
        "file": detail.file_name or none,
        "also": "\n".join(facts.sources()) or none,
        "encoding": (detail.encoding or _("unknown")) + kept,
        "imported": f"{at:%Y-%m-%d %H:%M}",
        "characters": f"{facts.row.characters:,}",
        "hash": f"{detail.text_hash[:32]}\n{detail.text_hash[32:]}",
        "sets": "\n".join(sets) or none,
        "note": report.note or none,
        "time": "\n".join(f"{name}: {duration(s)}" for name, s in facts.seconds.items()) or none,
    }
