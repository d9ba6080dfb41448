"""The bar below the report that asks whether a correction is to hold for the whole site, and says what that would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from annotator.domain.changes import Change
from annotator.domain.errors import KnownError
from annotator.domain.site_rule import RuleKind, SiteRule
from annotator.messages import N_, _
from annotator.services.furnishing import AppliedRules, Furnishing, Preview, preview
from annotator.services.open_report import OpenReport
from annotator.services.session import Session
from annotator.ui.foot import FootFrame, speak
from annotator.ui.tasks import Report, Task
from annotator.ui.widgets import ElidedLabel, MenuButton, half_bold

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

#: What a rule compares, in words.
KINDS = {
    RuleKind.LINE: N_("this line: {pattern}"),
    RuleKind.PREFIX: N_("lines that begin with {pattern}"),
    RuleKind.BETWEEN: N_("everything from {pattern} to {until}"),
    RuleKind.WORDS: N_("these words: {pattern}"),
}
_LONGEST = 30


def rule_words(rule: SiteRule) -> str:
    """What a rule speaks of."""
    pattern, until = (
        text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…" for text in (rule.pattern, rule.until)
    )
    return _(KINDS[RuleKind(rule.kind)], pattern=pattern, until=until)


def site_words(site: str) -> str:
    """A site as a person knows it: its host; the numbers that stand for a site without one say nothing."""
    return site if "." in site else _("this site")


class RuleBar(FootFrame):
    """What is proposed, what it would change, and three ways to go on."""

    chosen = Signal(int)
    kept = Signal()
    applied = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setFont(half_bold(self.font()))
        self.choice = MenuButton()
        self.words = ElidedLabel()
        self.apply, self.keep, self.leave = QPushButton(), QPushButton(), QPushButton()
        self.leave.setFlat(True)
        self.row.addWidget(self.title)
        self.row.addWidget(self.choice)
        self.row.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.words, 1)
        for button in (self.apply, self.keep, self.leave):
            below.addWidget(button)
        self.body.insertLayout(1, below)
        self.apply.clicked.connect(self.applied)
        self.keep.clicked.connect(self.kept)
        self.leave.clicked.connect(self.left)
        self._rules: Sequence[SiteRule] = ()
        self._at = 0
        self._preview: Preview | None = None

    def retranslate(self) -> None:
        """Word what is proposed in the language of the moment; an empty bar has no words."""
        if self._rules:
            self._word()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_rules(self, rules: Sequence[SiteRule], at: int, shown: Preview | None) -> None:
        """Show what can be kept, which of it is chosen, and what it would change; None while that is not known."""
        self._rules, self._at, self._preview = rules, at, shown
        self._word()
        self.setVisible(True)

    def _word(self) -> None:
        rule, shown = self._rules[self._at], self._preview
        if rule.furniture:
            title = _("Always page furniture on {site}:", site=site_words(rule.site))
        else:
            title = _("Never page furniture on {site}:", site=site_words(rule.site))
        self.title.setText(title)
        self.choice.set_words(rule_words(rule))
        self._fill()
        if shown is None:
            self.words.set_full(_("Looking through the reports…"))
        elif not shown.reports:
            self.words.set_full(_("No other report would change."))
        else:
            self.words.set_full(_("{ranges} places in {reports} reports would change.", **shown._asdict()))
        self.keep.setText(_("Keep the rule"))
        self.apply.setText(_("Keep and apply to {n} reports", n=shown.reports if shown else 0))
        self.apply.setVisible(shown is not None and shown.reports > 0)
        self.leave.setText(_("Leave it (Esc)"))
        self.setAccessibleName(title)
        speak(self.words, f"{title} {rule_words(rule)} {self.words.full()}")

    def _fill(self) -> None:
        menu = self.choice.words_menu
        menu.clear()
        group = QActionGroup(menu)
        for number, rule in enumerate(self._rules):
            action = menu.addAction(rule_words(rule).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(number == self._at)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, n=number: self.chosen.emit(n))


class Ruling(QObject):
    """Proposes rules, counts what they would change, keeps and applies them; counting and applying are jobs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self.bar = RuleBar()
        window.report_pane.add_below(self.bar)
        self._rules: list[SiteRule] = []
        self._at = 0
        self.bar.chosen.connect(self._choose)
        self.bar.kept.connect(self.keep)
        self.bar.applied.connect(self.keep_and_apply)
        self.bar.left.connect(self.leave)
        self._controller.reportChanged.connect(self.leave)

    def propose(self, report: OpenReport, start: int, end: int, furniture: bool) -> None:
        """Ask about a correction of [start, end)."""
        session = self._controller.session
        if session is None:
            return
        try:
            self._rules = Furnishing(session).proposals(report, start, end, furniture)
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        if not self._rules:
            self._controller.said.emit(_("No rule can be made of this place; choose a whole line."))
            return
        self._choose(0)
        self.bar.keep.setFocus()

    def _choose(self, number: int) -> None:
        self._at = number
        self.bar.show_rules(self._rules, number, None)
        rule = self._rules[number]

        def job(session: Session, report: Report) -> Preview:
            with session.store.second() as store:
                return preview(store, [rule], report)

        def counted(shown: Preview) -> None:
            if self.bar.isVisible() and rule in self._rules and self._rules[self._at] is rule:
                self.bar.show_rules(self._rules, self._at, shown)

        self._start(_("Looking through the reports"), job, counted)

    def leave(self) -> None:
        """Keep nothing."""
        if self.bar.isVisible():
            self.bar.setVisible(False)
            self._window.report_pane.view.setFocus()

    # ---- keeping -----------------------------------------------------------------------------------

    def keep(self) -> SiteRule | None:
        """Keep the chosen rule: new reports of the site follow it."""
        session = self._controller.session
        if session is None or not self._rules:
            return None
        try:
            kept = Furnishing(session).keep(self._rules[self._at])
        except KnownError as error:
            self._controller.presenter.show(error)
            return None
        self._controller.said.emit(
            _("Reports of {site} that come in from now on follow the rule.", site=site_words(kept.site))
        )
        self.leave()
        return kept

    def keep_and_apply(self) -> None:
        """Keep the rule, and let the reports that are in follow it too: one step."""
        kept = self.keep()
        if kept is not None:
            self.apply([kept])

    def apply(self, rules: Sequence[SiteRule]) -> None:
        """Let the reports that are in follow rules: a job, and one step."""

        def job(session: Session, report: Report) -> AppliedRules:
            with session.store.second() as store:
                return Furnishing(Session(store, session.person)).apply_rules(rules, progress=report)

        def done(applied: AppliedRules) -> None:
            session = self._controller.session
            if session is not None and applied.announcement is not None:
                changes: tuple[Change, ...] = applied.announcement.changes
                session.announce(applied.announcement.step, changes)
            self._controller.said.emit(applied.words)

        self._start(_("Applying the rule"), job, done)

    def _start(self, words: str, job: object, done: object) -> None:
        session = self._controller.session
        if session is None:
            return
        if self._window.tasks.current is not None:
            self._controller.said.emit(_("Another job is under way; wait for its end or cancel it."))
            return
        task = Task(words, lambda report: job(session, report))  # type: ignore[operator]
        task.finished.connect(lambda result: done(result) if self._controller.session is session else None)  # type: ignore[operator]
        task.failed.connect(self._controller.presenter.show)
        task.cancelled.connect(lambda: self._controller.said.emit(_("Cancelled; nothing was changed.")))
        self._window.tasks.start(task)
