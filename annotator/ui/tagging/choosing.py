"""What choosing something in the report has in common: the view's keys, the mouse, the foot, and its clear end.

While one chooses, the caret, the selection and the selected span stay as they are. Enter takes, Esc leaves, and
whatever else a person does meanwhile leaves too: nothing is written that was not taken.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent

from annotator.domain.span import Span
from annotator.messages import _
from annotator.services.open_report import OpenReport
from annotator.ui.controller import Controller
from annotator.ui.foot import Foot
from annotator.ui.report_view import ReportView

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class Choosing(QObject):
    """One thing at a time is chosen for one span (`uid`); subclasses say what the keys and the mouse change."""

    changed = Signal()

    def __init__(self, controller: Controller, view: ReportView, foot: Foot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.controller, self.view, self.foot = controller, view, foot
        self.uid = ""
        foot.taken.connect(self._taken)
        foot.left.connect(self.leave)
        for signal in (controller.selectedChanged, controller.reportChanged, controller.leaving):
            signal.connect(self.leave)
        controller.spansChanged.connect(lambda _changes: self.leave())

    @property
    def active(self) -> bool:
        """Whether something is being chosen."""
        return bool(self.uid)

    def begin(self, span: Span) -> None:
        """Choose for `span` from here on; it alone is selected."""
        self.controller.select((span.uid,))
        self.uid = span.uid
        self.view.enter(self)
        self.view.viewport().installEventFilter(self)
        self.view.setFocus()
        self.show_choice()

    def leave(self) -> None:
        """Choose no longer; what was not taken is not written."""
        if not self.uid:
            return
        self.uid = ""
        self.view.leave(self)
        self.view.viewport().removeEventFilter(self)
        self.foot.setVisible(False)
        self.view.viewport().update()
        self.changed.emit()

    def _taken(self) -> None:
        """The foot's button: one foot serves all that can be chosen."""
        if self.uid:
            self.take()

    def about_to_do(self, _action: str) -> None:
        """Another action is about to be done: what is not taken by now is left."""
        self.leave()

    def span(self) -> tuple[OpenReport, Span] | None:
        """The report and the span one chooses for; None when they are gone."""
        report = self.controller.report
        span = report.spans.get(self.uid) if report else None
        return (report, span) if report and span else None

    # ---- for subclasses ---------------------------------------------------------------------------

    def take(self) -> None:
        """Write what is chosen, and leave."""
        raise NotImplementedError

    def show_choice(self) -> None:
        """Show what is chosen, in the report and at its foot."""
        raise NotImplementedError

    def is_ours(self, key: str) -> bool:
        """Whether a key changes the choice."""
        raise NotImplementedError

    def change(self, key: str) -> None:
        """Change the choice as a key says."""
        raise NotImplementedError

    def pressed_at(self, point: QPoint, *, twice: bool) -> None:
        """The mouse was pressed."""

    def dragged_to(self, point: QPoint) -> None:
        """The mouse was moved while pressed."""

    # ---- keys (the view asks) ---------------------------------------------------------------------

    def takes(self, key: str) -> bool:
        """Whether a key is the mode's: those below, and every single key, for it would mean something else now."""
        return key in ("Return", "Esc") or self.is_ours(key) or "+" not in key.removeprefix("Shift+")

    def press(self, key: str) -> None:
        """Do what a key says."""
        if key == "Return":
            self.take()
        elif key == "Esc":
            self.leave()
        elif self.is_ours(key):
            self.change(key)
        else:
            self.controller.said.emit(_("Something is being chosen: Enter takes it, Esc leaves it."))

    # ---- the mouse --------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The left button chooses; everything else is the view's."""
        if not isinstance(event, QMouseEvent) or not self.active:
            return False
        point = event.position().toPoint()
        if event.type() in _PRESSES and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_at(point, twice=event.type() == QEvent.Type.MouseButtonDblClick)
            return True
        if event.type() == QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged_to(point)
            return True
        return event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton
