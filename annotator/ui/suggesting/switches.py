"""Suggestions on and off: altogether, source by source, and blind for a report, a part of the project or a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QLabel

from annotator.domain.errors import KnownError
from annotator.messages import _
from annotator.services.project_suggestions import PART
from annotator.suggest.model import CONFIG
from annotator.suggest.registry import SOURCES
from annotator.ui.suggesting.offers import Offers
from annotator.ui.suggesting.wording import source_title
from annotator.ui.translation import Worded

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class Switches(QObject):
    """What is switched in the menu, and the word *blind* in the status line."""

    blinded = Signal()  # from here on something else may be learned from

    def __init__(self, window: MainWindow, offers: Offers) -> None:
        super().__init__(window)
        self._window, self._controller, self._offers = window, window.controller, offers
        self.sign = _Sign()
        window.status.add(self.sign)
        offers.changed.connect(self.check)
        self.check()

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {
            "suggest.on": self.toggle,
            "suggest.scores": self.show_scores,
            "sources.folder": self.choose_folder,
            **{f"sources.{known.name}": partial(self.toggle_source, known.name) for known in SOURCES},
            **{f"blind.{what}": partial(self.toggle_blind, what) for what in ("report", "part", "person")},
        }

    # ---- altogether, and by source -----------------------------------------------------------------

    def toggle(self) -> None:
        """Switch suggestions off, or back on."""
        self._controller.settings.set("suggest.on", not self._offers.on)
        self._offers.look()
        words = _("Suggestions are shown.") if self._offers.on else _("Suggestions are switched off.")
        self._controller.said.emit(words)

    def chosen(self) -> list[str]:
        """The sources that are asked."""
        return list(self._controller.settings.get("suggest.sources")) or [known.name for known in SOURCES]

    def toggle_source(self, name: str) -> None:
        """Ask a source no more, or again; the last one stays."""
        chosen = [known.name for known in SOURCES if (known.name in self.chosen()) != (known.name == name)]
        if not chosen:
            self._controller.said.emit(_("One source must stay; switch suggestions off instead."))
            self.check()
            return
        self._controller.settings.set("suggest.sources", [] if len(chosen) == len(SOURCES) else chosen)
        self._offers.choose_sources()
        words = _("{source} is asked.") if name in chosen else _("{source} is not asked any more.")
        self._controller.said.emit(words.format(source=source_title(name)))

    def choose_folder(self) -> None:
        """Choose the folder of a spaCy model; none takes the one chosen away."""
        now = self._controller.settings.get("suggest.model")
        folder = QFileDialog.getExistingDirectory(self._window, _("Folder of a spaCy model"), now)
        self.use_folder(folder)

    def use_folder(self, folder: str) -> None:
        """Let the model in this folder suggest; "" for none."""
        if folder and not (Path(folder) / CONFIG).is_file():
            self._controller.said.emit(_("There is no spaCy model in {folder}; nothing was changed.", folder=folder))
            return
        self._controller.settings.set("suggest.model", folder)
        self._offers.choose_sources()
        said = _("The model in {folder} suggests from now on.", folder=folder) if folder else _("No model suggests.")
        self._controller.said.emit(said)

    # ---- blind ------------------------------------------------------------------------------------

    def toggle_blind(self, what: str) -> None:
        """Annotate a report, a part of the project or everything blind from now on, or no longer."""
        report, session, project = self._controller.report, self._controller.session, self._offers.project
        if session is None or project is None:
            return
        uid = self._blind_uid(what)
        if not uid:
            missing = _("This report belongs to no part: give it the field “{field}” among its properties.", field=PART)
            self._controller.said.emit(missing)
            self.check()
            return
        on = not self.is_blind(what)
        try:
            project.set_blind(what, uid, on)
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        self._offers.look()
        self.blinded.emit()
        if report is not None:
            said = _("Blind from here on: nothing is suggested.") if on else _("Not blind any more.")
            self._controller.said.emit(said)

    def _blind_uid(self, what: str) -> str:
        report, session = self._controller.report, self._controller.session
        if what == "person":
            return session.person.uid if session is not None else ""
        if report is None:
            return ""
        return report.row.uid if what == "report" else str(report.detail.meta.get(PART, ""))

    def is_blind(self, what: str) -> bool:
        """Whether this switch is on."""
        session, uid = self._controller.session, self._blind_uid(what)
        return bool(session is not None and uid and (what, uid) in session.store.suggestions.blind())

    def check(self) -> None:
        """Mark in the menus and in the status line what holds."""
        check, chosen = self._window.actions_.check, self.chosen()
        check("suggest.on", self._offers.on)
        for known in SOURCES:
            check(f"sources.{known.name}", known.name in chosen)
        for what in ("report", "part", "person"):
            check(f"blind.{what}", self.is_blind(what))
        self.sign.setVisible(self._offers.blind)

    def show_scores(self) -> None:
        """How each source did, by what people decided."""
        from annotator.ui.suggesting.scores import ScoresDialog

        if self._offers.project is not None:
            ScoresDialog(self._offers.project.scores(), self._controller.schema, self._window).show()


class _Sign(Worded, QLabel):
    """The word in the status line."""

    def __init__(self) -> None:
        super().__init__()
        self.setVisible(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        if self.text() != _("Blind"):
            self.setText(_("Blind"))
            self.setToolTip(_("Annotated without suggestions; this is noted on the annotation set."))
