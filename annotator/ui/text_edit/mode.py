"""Text edit mode: the report becomes a draft in place, and ends as one step or as if nothing had been.

While it lasts the view shows the draft with the spans where they would stand; the panels beside it rest, for what they
show counts in the text as it is stored. Nothing that was typed goes unasked: Esc asks once, and whatever ends the mode
otherwise keeps the draft first.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from annotator.domain.errors import KnownError
from annotator.domain.moved_spans import MovedSpans
from annotator.domain.report import Furniture
from annotator.domain.text_edit import TextEdit
from annotator.messages import _
from annotator.services.open_report import OpenReport
from annotator.services.text_edits import Looking, Preview, TextEdits, as_typed
from annotator.ui.controller import Controller
from annotator.ui.report_pane import ReportPane
from annotator.ui.report_view.layers import Layer
from annotator.ui.text_edit.bar import EditBar
from annotator.ui.text_edit.draft import Draft
from annotator.ui.text_edit.marks import EditMarks
from annotator.ui.text_edit.typing import Typing

#: What the draft touches is asked for when nothing has been typed for so long.
_PAUSE_MS = 150
#: Seconds for which the window looks at what it touches before it gets its turn.
_SLICE = 0.008

#: Keeps a draft by a job: what to call when it counts, and when it could not be. False where that is done at once.
Behind = Callable[[TextEdit, Callable[[], None], Callable[[], None]], bool]


class TextEditMode(QObject):
    """One draft at a time."""

    changed = Signal()  # entered or left

    def __init__(
        self, controller: Controller, pane: ReportPane, bar: EditBar, beside: Callable[[], list[QWidget]]
    ) -> None:
        """`beside`: what rests meanwhile."""
        super().__init__(pane)
        self._controller, self._pane, self.view, self.bar = controller, pane, pane.view, bar
        self._beside = beside
        self._resting: list[QWidget] = []
        self._layers: list[Layer] = []
        self._typing: Typing | None = None
        self._report: OpenReport | None = None
        self._shown = TextEdit()
        self._sure = False
        self.draft = Draft("")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look_again)
        self._looking: Looking | None = None
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._look_on)
        self.behind: Behind = lambda _edit, _done, _wrong: False
        #: Whether a job keeps the draft just now: nothing more is typed.
        self.keeping = False
        bar.kept.connect(self.keep)
        bar.dropped.connect(self.escape)
        bar.chosen.connect(self._go_to)
        controller.leaving.connect(self.finish)
        controller.reportChanged.connect(self._report_changed)
        controller.spansChanged.connect(lambda _changes: self._rebase())

    @property
    def active(self) -> bool:
        """Whether a text is being edited."""
        return self._report is not None

    # ---- in and out -------------------------------------------------------------------------------

    def enter(self) -> None:
        """Edit the open report's text, from where the caret is."""
        report = self._controller.report
        if self.active or report is None:
            return
        if not self._controller.writable:
            self._controller.said.emit(_("The project is open for reading only; its texts cannot be edited."))
            return
        self._report, self._sure, self._shown = report, False, TextEdit()
        self.draft = Draft(report.text, self.view.caret(), self.view.anchor())
        self._controller.select(())
        self._typing = Typing(self.view, self)
        self._layers, self.view.layers = self.view.layers, [EditMarks(self.draft)]
        self._pane.follows_view = False
        self._resting = [widget for widget in self._beside() if widget.isEnabled()]
        for widget in self._resting:
            widget.setEnabled(False)
        self.view.contextMenuRequestedAt.connect(self._pop_menu)
        self.bar.show_preview(None, self._controller.schema)
        self.bar.setVisible(True)
        self.view.set_takes_text(True)
        self.view.setFocus()
        self._show()
        self.changed.emit()

    def _leave(self, fill: Callable[[], None] | None = None) -> None:
        """Everything is as it was before `enter`; the view still shows the draft, unless `fill` fills it anew."""
        assert self._typing is not None
        self._stop_looking()
        self._report, self.keeping = None, False
        self._typing.close()
        self._typing = None
        self.view.layers = self._layers
        self._pane.follows_view = True
        for widget in self._resting:
            widget.setEnabled(True)
        self.view.contextMenuRequestedAt.disconnect(self._pop_menu)
        self.bar.setVisible(False)
        self.view.set_takes_text(False)
        if fill is not None:
            fill()
        self.changed.emit()

    def keep(self) -> None:
        """Let the draft count: one step. Where that cannot be, the reason is said and the draft stays."""
        report, session = self._report, self._controller.session
        if report is None or session is None:
            return
        self._commit()
        if self.keeping:
            self._say_it_is_kept()
            return
        if not self.draft.changed:
            self.drop()
            return
        caret, top = self.view.caret(), self.view.scroll_place()
        self.keeping = self.behind(self.draft.edit, lambda: self._show_kept(report, caret, top), self._not_kept)
        if self.keeping:
            self._stop_looking()
            return
        try:
            announcement = TextEdits(session).apply(report, self.draft.edit, report.text_version)
        except KnownError as error:
            self._controller.presenter.show(error)
            return
        assert announcement is not None  # what `changed` says
        if self.active:  # else the announcement has ended the mode
            self._leave()
        self._show_place(caret, top)
        self._controller.said.emit(_("The text was edited: {n} characters.", n=announcement.step.wording.params["n"]))

    def _show_place(self, caret: int, top: int) -> None:
        self.view.set_caret(caret)
        self.view.go_to(top)

    def _show_kept(self, report: OpenReport, caret: int, top: int) -> None:
        """The job has ended, and with its announcement the mode: one stands where one stood."""
        now = self._controller.report
        if now is not None and now.id == report.id and not self.active:
            self._show_place(caret, top)

    def _not_kept(self) -> None:
        """The job came to nothing: the draft stays."""
        self.keeping = False

    def _say_it_is_kept(self) -> None:
        self._controller.said.emit(_("The text is being kept; wait for the end."))

    def escape(self) -> None:
        """Leave: at once where nothing has changed, at the second asking where something has."""
        self._commit()
        if self.keeping:
            self._say_it_is_kept()
            return
        if self.draft.changed and not self._sure:
            self._sure = True
            self._stop_looking()
            self._look_again()
            return
        self.drop()

    def drop(self) -> None:
        """Leave with nothing changed."""
        if not self.active:
            return
        changed, caret = self.draft.changed, self.draft.edit.inverse(self.draft.base).place(self.draft.caret)
        report, top = self._report, self._place_before(self.view.scroll_place())

        def fill() -> None:
            if report is not None and self._controller.report is report:
                self._pane.show_report()
                self.view.go_to(top)
                self.view.set_caret(min(caret, len(report.text)))

        self._leave(fill)
        self._controller.said.emit(
            _("The edit was dropped; the text is as it was.") if changed else _("Nothing changed.")
        )

    def finish(self) -> None:
        """Something else begins: what was typed is kept."""
        if self.active:
            self.keep()
        if self.active:  # it could not be kept, and that was said
            self._leave()

    def _place_before(self, offset: int) -> int:
        return self.draft.edit.inverse(self.draft.base).place(offset)

    # ---- what the keys do (see typing.Target) ---------------------------------------------------------

    def put(self, words: str, *, typed: bool) -> None:
        """Put words in place of the selection."""
        start, end = self.draft.selection
        if self._may_type() and not self._hides(start, end):
            self.draft.replace(start, end, as_typed(words), typed=typed)
            self.changed_draft()

    def delete(self, start: int, end: int) -> None:
        """Take out a range."""
        if start < end and self._may_type() and not self._hides(start, end):
            self.draft.replace(start, end, "")
            self.changed_draft()

    def travel(self, *, back: bool) -> None:
        """Take back the last change of the draft, or bring it back."""
        if not self._may_type():
            return
        if self.draft.undo() if back else self.draft.redo():
            self.changed_draft()
        else:
            self._controller.said.emit(
                _("There is nothing more to take back.") if back else _("There is nothing more.")
            )

    def changed_draft(self) -> None:
        """The draft is another: show it, and look soon what it touches."""
        self._sure = False
        self._stop_looking()
        self._show()
        self._pause.start()

    def composed(self) -> None:
        """An input method composes: show it."""
        self._show()

    def _may_type(self) -> bool:
        """Whether the draft is still one: while it is kept, it is said that it is."""
        if self.keeping:
            self._say_it_is_kept()
        return not self.keeping

    def _commit(self) -> None:
        if self._typing is not None:
            self._typing.commit()

    def _hides(self, start: int, end: int) -> bool:
        """Whether folded furniture would go unseen: it is opened instead, and that is said."""
        hidden = [fold for fold in self.view.page().folding.closed_touching(start, end) if start < fold.end]
        if start == end or not hidden:
            return False
        for fold in hidden:
            self.view.set_folded(fold.uid, False)
        self.view.set_selection(start, end)
        self._controller.said.emit(_("There is page furniture in it, open now; do it again to go on."))
        return True

    # ---- showing ----------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show the draft, with everything where it would stand."""
        report, draft, edit, text = self._report, self.draft, self.draft.shown_edit, self.draft.shown_text
        if report is None:
            return
        was = self._shown.inverse(draft.base)
        self._shown = edit
        headings = [(s.start, s.heading_end) for s in report.shown_sections]
        self.view.replace_text(
            text,
            MovedSpans(report.spans, edit, draft.base, text),
            _moved_furniture(report, edit),
            [(m.start, m.end) for start, end in headings if (m := edit.moved(start, end))],
            draft.shown_selection,
            lambda offset: edit.place(was.place(offset)),
        )

    def _look_again(self) -> None:
        """Look what the draft does, between the keys, and say it."""
        self._stop_looking()
        session = self._controller.session
        if self._report is None or session is None or not self.draft.changed:
            self._tell(None)
            return
        self._looking = TextEdits(session).look(self._report, self.draft.edit)
        self._look_on()

    def _look_on(self) -> None:
        if self._looking is None:
            return
        if not self._looking.run(_SLICE):
            self._turns.start()
            return
        shown = self._looking.preview
        self._stop_looking()
        self._tell(shown)

    def _stop_looking(self) -> None:
        self._pause.stop()
        self._turns.stop()
        self._looking = None

    def _tell(self, shown: Preview | None) -> None:
        self.bar.show_preview(shown, self._controller.schema, sure=self._sure)

    def _go_to(self, start: int, end: int) -> None:
        self._commit()
        self.view.set_selection(start, end)
        self.view.setFocus()

    def _pop_menu(self, where: QPoint, _offset: int) -> None:
        typing = self._typing
        if typing is None:
            return
        menu = QMenu(self.view)
        menu.aboutToHide.connect(menu.deleteLater)
        marked = self.view.selection()[0] < self.view.selection()[1]
        for words, do, able in (
            (_("Cut"), typing.cut, marked),
            (_("Paste"), typing.paste, True),
            (_("Keep (Ctrl+Enter)"), self.keep, self.draft.changed),
            (_("Leave (Esc)"), self.escape, True),
        ):
            action = menu.addAction(words)
            action.setEnabled(able)
            action.triggered.connect(lambda _on=False, d=do: d())
        menu.popup(where)

    # ---- what happens meanwhile --------------------------------------------------------------------

    def _report_changed(self) -> None:
        """The view was set anew: by our own step, or because something came in beside us."""
        report = self._controller.report
        if not self.active:
            return
        if report is None or self._report is None or report.id != self._report.id or report.text != self.draft.base:
            self._leave()
            return
        self._report = report
        self._rebase()

    def _rebase(self) -> None:
        if self.active:
            self._shown = TextEdit()
            self._show()


def _moved_furniture(report: OpenReport, edit: TextEdit) -> list[Furniture]:
    moved = ((item, edit.moved(item.start, item.end)) for item in report.furniture)
    return [item._replace(start=to.start, end=to.end) for item, to in moved if to]
