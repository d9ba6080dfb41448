"""The window: assembles panes, menus and status line, and nothing else. What actions do is in `commands`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.messages import _, language
from annotator.services.session import Session
from annotator.services.settings import Settings
from annotator.services.wording import step_words
from annotator.ui import look
from annotator.ui.action_set import ActionSet
from annotator.ui.background import Background
from annotator.ui.checks import Checks
from annotator.ui.commands import Commands
from annotator.ui.controller import Controller, project_title
from annotator.ui.entity_panel.panel import EntityPanel
from annotator.ui.errors import Presenter
from annotator.ui.flow.flow import Flow
from annotator.ui.foot_pane import FootPane
from annotator.ui.furniture.furniture import FurnitureKeys
from annotator.ui.keyboard.keyboard import Keyboard
from annotator.ui.keyboard.keymap import KeyMap
from annotator.ui.label_menu import LabelMenu
from annotator.ui.late import Late
from annotator.ui.long_edits import LongEdits
from annotator.ui.message_bar import MessageBar
from annotator.ui.outlining import Outlining
from annotator.ui.reading import Reading
from annotator.ui.report_list.panel import ReportListPanel
from annotator.ui.report_pane import ReportPane
from annotator.ui.status_line import StatusLine
from annotator.ui.suggesting.suggesting import Suggesting
from annotator.ui.tagging.tagging import Tagging
from annotator.ui.tasks import Tasks
from annotator.ui.text_edit.text_edit import TextEditing
from annotator.ui.translation import Worded
from annotator.ui.widgets import Line

if TYPE_CHECKING:
    from annotator.ui.comparing.comparing import Comparing
    from annotator.ui.start_page import StartPage

#: The window at its first start, in pixels; on a smaller screen it takes what there is beside its own title bar.
_SIZE = QSize(1280, 800)
_TITLE_BAR = 40
_WIDTHS = (250, 800, 330)
_SMALLEST = (170, 360, 240)


class MainWindow(Worded, QMainWindow):
    """One window on one project."""

    def __init__(self, settings: Settings, presenter: Presenter) -> None:
        super().__init__()
        self.settings = settings
        self.controller = Controller(settings, presenter, self)
        self.tasks = Tasks(self)
        self.commands = Commands(self, self.controller)
        self.actions_ = ActionSet(self, self.commands, KeyMap(settings, self))
        self._build()
        self.background = Background(self)
        self.outlining = Outlining(self.controller, self)
        self.reading = Reading(self, self.background)
        self.keyboard = Keyboard(self)
        self.tagging = Tagging(self)
        self.flow = Flow(self)
        self.text_editing = TextEditing(self)
        self.long_edits = LongEdits(self)
        self.furniture = FurnitureKeys(self)
        self.suggesting = Suggesting(self)
        self.checks = Checks(self)
        self.comparing: Late[Comparing] = Late(self._make_comparing)
        self.commands.more["compare.open"] = lambda: self.comparing().open()
        self._connect(presenter)
        self._restore()
        self.retranslate()
        self._project_changed()

    # ---- assembling -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.actions_.fill(self.menuBar())
        self.label_menu = LabelMenu(self.actions_.menu("label"), self.controller)
        self.bar = MessageBar()
        self.report_list = ReportListPanel(self.controller)
        self.report_pane = ReportPane(self.controller, self.actions_)
        self.entity_panel = EntityPanel(self.controller)
        self._start: Late[StartPage] = Late(self._make_start)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.report_pane)
        self.foot = FootPane(self.middle)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for pane, least in zip((self.report_list, self.foot, self.entity_panel), _SMALLEST, strict=True):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(1, 1)
        self.status = StatusLine(self.controller, self.tasks)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(Line())
        layout.addWidget(self.status)
        self.setCentralWidget(body)

    def _make_start(self) -> StartPage:
        from annotator.ui.start_page import StartPage

        page = StartPage()
        page.chosen.connect(self.commands.do)
        page.opened.connect(lambda path: self.commands.project.open_path(path))
        self.middle.addWidget(page)
        return page

    @property
    def start(self) -> StartPage:
        """What stands in the middle where there is nothing to read yet."""
        return self._start()

    def _make_comparing(self) -> Comparing:
        from annotator.ui.comparing.comparing import Comparing

        return Comparing(self)

    def _connect(self, presenter: Presenter) -> None:
        controller = self.controller
        presenter.shown.connect(self._show_error)
        controller.projectChanged.connect(self._project_changed)
        controller.reportChanged.connect(self._report_changed)
        controller.rowsChanged.connect(lambda _reports: self._show_middle())
        for signal in (controller.selectedChanged, controller.statusChanged, controller.historyChanged):
            signal.connect(self.refresh_actions)
        self.tasks.changed.connect(self.refresh_actions)
        self.report_pane.done_next.connect(lambda: self.commands.do("report.done_next"))
        self.report_pane.acted.connect(self.commands.do)
        self.report_pane.zoomed.connect(self.commands.set_zoom)
        self.entity_panel.left.connect(self.report_pane.view.setFocus)
        self.actions_.recent.aboutToShow.connect(lambda: self.commands.project.fill_recent(self.actions_.recent))

    def _restore(self) -> None:
        """Take size, place and panes from the settings."""
        geometry = QByteArray.fromBase64(self.settings.get("window.geometry").encode("ascii", "ignore"))
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            room = self.screen().availableSize()
            self.resize(_SIZE.boundedTo(QSize(room.width(), room.height() - _TITLE_BAR)))
        widths = [int(part) for part in self.settings.get("window.panes").split(",") if part.isdecimal()]
        self.splitter.setSizes(widths[:3] if len(widths) >= 3 else list(_WIDTHS))
        if len(widths) == 5:
            self.entity_panel.splitter.setSizes(widths[3:])
        self.report_pane.view.set_zoom(self.settings.get("window.zoom"))
        self.report_pane.view.set_label_names(self.settings.get("view.label_names"))
        self.actions_.redraw()

    def _keep(self) -> None:
        """Leave size, place and panes in the settings."""
        self.settings.set("window.geometry", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        widths = self.splitter.sizes()
        if self._project_shown and all(widths):
            self.settings.set("window.panes", ",".join(map(str, [*widths, *self.entity_panel.splitter.sizes()])))

    # ---- words and looks ------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_middle()

    def retranslate(self) -> None:
        """Word everything in the language of the moment."""
        self.actions_.retranslate()
        self.label_menu.fill()
        self.reading.refresh_labels()
        self.flow.retranslate()
        self.tagging.retranslate()
        self.suggesting.retranslate()
        self.checks.retranslate()
        self.splitter.setAccessibleName(_("Panes"))
        self._show_title()
        self.refresh_actions()

    def use_theme(self, name: str) -> None:
        """Dress the program in a theme."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.use(app, name)
        self.actions_.redraw()
        self.report_pane.dress()
        self.refresh_actions()

    def _show_title(self) -> None:
        session = self.controller.session
        name = f"{project_title(session.path)} — " if session else ""
        self.setWindowTitle(name + _("Report Annotator"))

    # ---- what is open ---------------------------------------------------------------------------

    def adopt(self, session: Session) -> None:
        """Show an opened project; a job in the one before it is stopped."""
        self.tasks.close()
        self.bar.hide()
        self.controller.adopt(session)
        QTimer.singleShot(0, self, lambda: self.settings.remember_project(session.path.resolve()))

    def open_report(self, report: int) -> None:
        """Show a report."""
        self.controller.open_report(report)

    def _project_changed(self) -> None:
        self._project_shown = self.controller.session is not None
        self.report_list.setVisible(self._project_shown and self.settings.get("window.left"))
        self.entity_panel.setVisible(self._project_shown and self.settings.get("window.right"))
        self.label_menu.fill()
        self._show_title()
        self._show_middle()
        if self.commands.watches():
            self.commands.project.watcher.follow()
        self.refresh_actions()

    def _report_changed(self) -> None:
        self._show_middle()
        self.refresh_actions()

    def _show_middle(self) -> None:
        """The report; without one, what to do first."""
        if self.controller.report is not None:
            self.middle.setCurrentWidget(self.report_pane)
        elif self.isVisible():  # before that a report may still be opened, and nobody would see the page
            session = self.controller.session
            self.start.show_state(session is not None, self.controller.writable, self.settings.get("projects.recent"))
            self.middle.setCurrentWidget(self.start)

    def refresh_actions(self) -> None:
        """Enable, check and name the actions as things stand."""
        controller = self.controller
        flags = controller.flags() | ({"idle"} if self.tasks.current is None else set())
        flags |= self.suggesting.flags()
        if self.text_editing.active:
            flags.add("editing")
        if self.commands.has_import_result():
            flags.add("imported")
        self.actions_.refresh(flags)
        for name, words, step in (
            ("edit.undo", _("Undo"), controller.next_undo()),
            ("edit.redo", _("Redo"), controller.next_redo()),
        ):
            told = f"{words} {step_words(step.wording, controller.schema)}" if step else words
            self.actions_.set_words(name, told)
            self.actions_[name].setToolTip(f"{told} ({self.actions_[name].shortcut().toString()})")
        self._check_actions()

    def _check_actions(self) -> None:
        check, get = self.actions_.check, self.settings.get
        check(f"view.names_{get('view.label_names')}")
        check(f"view.theme_{get('window.theme')}")
        check(f"view.language_{language()}")
        check("text.edit", self.text_editing.active)
        check("project.watch", self.commands.watches())
        self.suggesting.check()
        self.checks.check()
        check("view.left", get("window.left"))
        check("view.right", get("window.right"))
        report = self.controller.report
        for name in self.flow.checked():
            check(name)
        for status in ("new", "in_progress", "done", "flagged", "skipped"):
            check(f"report.{status}", report is not None and report.status == status)
        spans = self.controller.selected_spans()
        check("span.uncertain", bool(spans) and not all(span.certain for span in spans))

    # ---- panes ----------------------------------------------------------------------------------

    def pane_shown(self, side: str) -> bool:
        """Whether the "left" or "right" pane is shown."""
        return bool(self.settings.get(f"window.{side}"))

    def show_pane(self, side: str, shown: bool) -> None:
        """Show or hide the "left" or "right" pane."""
        pane = self.report_list if side == "left" else self.entity_panel
        self.settings.set(f"window.{side}", shown)
        pane.setVisible(shown and self.controller.session is not None)
        self.refresh_actions()

    def cycle_pane(self, direction: int) -> None:
        """Move the focus to the next or previous pane."""
        stops: list[QWidget] = [
            self.report_list.view,
            self.report_pane.view,
            self.entity_panel.view,
            self.entity_panel.filter,
        ]
        below = self.foot.shown()
        inner = below.focusProxy() if below is not None else None
        if inner is not None:
            stops.insert(2, inner)
        panes = [stop for stop in stops if stop.isVisible()]
        if not panes:
            return
        focus = QApplication.focusWidget()
        current = next((i for i, pane in enumerate(panes) if focus is pane), -1 if direction > 0 else 0)
        panes[(current + direction) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit_pending(self) -> None:
        """Take what stands in the field with the focus as settled: it belongs to what is shown now."""
        focus = QApplication.focusWidget()
        kept = getattr(focus, "kept", None)
        if focus is not None and kept is not None and self.entity_panel.isAncestorOf(focus):
            kept.emit()

    # ---- messages -------------------------------------------------------------------------------

    def _show_error(self, sentence: str, _bug: bool) -> None:
        """Over a report a sentence in the status line is enough, unless it is long; else the bar."""
        if self.controller.report is not None and len(sentence) <= 60 and not _bug:
            self.status.say(sentence)
        else:
            self.bar.show_message(sentence)

    # ---- files dropped, and the end -------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.commands.project.drop(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.text_editing.close()
        self.commit_pending()
        self.flow.close()
        self.tasks.close()
        self.keyboard.close()
        self.tagging.close()
        self.suggesting.close()
        self.checks.close()
        self.background.close()
        self._keep()
        self.report_list.model.stop()
        self.controller.close()
        super().closeEvent(event)
