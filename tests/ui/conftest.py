"""A window on a project of invented reports; a test that leaves widgets, threads or timers behind fails."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.span import Span
from annotator.services.importing import import_paths
from annotator.services.rows import Person
from annotator.services.session import Session
from annotator.services.settings import Settings
from annotator.ui import fonts, look, translation
from annotator.ui.errors import Presenter
from annotator.ui.main_window import MainWindow
from annotator.ui.report_view import ReportView
from annotator.ui.report_view.caret import Caret

PERSON = Person("11111111-1111-4111-8111-111111111111", "甲")

REPORTS = {
    "a.txt": "云岭镇2023年法治政府建设情况报告\n一、主要举措\n"
    "　　(一)推进依法行政。镇司法所共梳理服务事项587项,投入约45亿元,覆盖99.7%的村。\n"
    "　　(二)加强普法宣传。镇政务服务中心举办宣传活动21场,发放手册1000余份。\n二、下一步打算\n　　开展执法培训。\n",
    "b.txt": "白石街道2022年法治政府建设情况报告\n一、举措\n　　街道办事处组织培训12次,受理复议3件。\n",
    "c.txt": "青禾县2021年政务公开工作报告\n一、总体情况\n　　县政府办公开信息4200条。\n",
}

Open = Callable[..., "Desk"]


class Desk:
    """A window, and what a person does in it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    @property
    def view(self) -> ReportView:
        return self.window.report_pane.view

    @property
    def text(self) -> str:
        report = self.window.controller.report
        assert report is not None
        return report.text

    @property
    def spans(self) -> list[Span]:
        report = self.window.controller.report
        return list(report.spans) if report else []

    def words(self) -> list[tuple[str, str]]:
        """Label and text of every span."""
        return [(span.label, self.text[span.start : span.end]) for span in self.spans]

    def said(self) -> str:
        return self.window.status.message()

    def find(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def select(self, words: str) -> None:
        """Select words as the keyboard does: the caret at their start, then Shift and the arrow."""
        start, end = self.find(words)
        self.view.setFocus()
        self.view.set_caret(start)
        for _ in range(end - start):
            self.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the report."""
        QTest.keyClick(self.view, key, modifiers)

    def point(self, offset: int) -> QPoint:
        """The middle of the character at `offset`, in the report's viewport."""
        self.view.reveal(offset, offset + 1)
        left, right = self.view.rect_of(Caret(offset)), self.view.rect_of(Caret(offset + 1))
        x = (left.center().x() + right.center().x()) // 2 if right.y() == left.y() else left.center().x() + 4
        return QPoint(x, left.center().y())

    def click(self, offset: int) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.point(offset))

    def drag(self, words: str) -> None:
        """Select words with the mouse."""
        start, end = self.find(words)
        self.view.reveal(start, end)
        a, b = self.view.rect_of(Caret(start)).center(), self.view.rect_of(Caret(end)).center()
        press = (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.MouseMove,
            QEvent.Type.MouseButtonRelease,
        )
        for kind, point in zip(press, (a, (a + b) / 2, b, b), strict=True):
            held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
            button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
            where = QPoint(point).toPointF()
            event = QMouseEvent(
                kind, where, self.view.viewport().mapToGlobal(where), button, held, Qt.KeyboardModifier.NoModifier
            )
            QApplication.sendEvent(self.view.viewport(), event)

    def do(self, action: str) -> None:
        """Choose an action from its menu."""
        self.window.actions_[action].trigger()

    def wait_for_job(self) -> None:
        self.qtbot.waitUntil(lambda: self.window.tasks.current is None, timeout=20_000)


@pytest.fixture(scope="session")
def _dressed(qapp: QApplication) -> None:
    fonts.apply_font(qapp)


@pytest.fixture
def settings(home: Path) -> Settings:
    settings = Settings.load()
    settings.set("person.uid", PERSON.uid)
    settings.set("person.name", PERSON.name)
    return settings


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.fixture
def project(tmp_path: Path, files: list[Path]) -> Path:
    """A closed project with three reports and no spans."""
    path = tmp_path / "work.annodb"
    session = Session.create(path, PERSON)
    import_paths(session.store, session.person.uid, files)
    session.close()
    return path


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, settings: Settings, _dressed: None) -> Iterator[Open]:
    """Opens windows; each is closed at the end and must leave nothing behind."""
    windows: list[MainWindow] = []
    presenters: list[Presenter] = []
    look.use(qapp, "light")
    translation.set_language("en")

    def make(project: Path | None = None, **values: Any) -> Desk:
        for name, value in values.items():
            settings.set(name.replace("__", "."), value)
        presenter = Presenter()
        presenters.append(presenter)
        window = MainWindow(Settings.load(), presenter)
        windows.append(window)
        if project is not None:
            window.commands.project.open_path(project)
        window.resize(1200, 760)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        window.report_pane.view.setFocus()
        if project is not None and window.controller.report is not None:
            qtbot.waitUntil(window.report_pane.view.hasFocus)
        return Desk(window, qtbot)

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
    windows.clear()
    presenters.clear()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    translation.set_language("en")


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Widgets, threads and running timers that a test leaves behind fail it."""
    if "open_window" not in request.fixturenames:
        yield
        return
    threads = set(threading.enumerate())
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left: list[object] = [w for w in QApplication.topLevelWidgets() if _is_ours(w)]
    # Python keeps a stand-in for a thread of Qt's that has ended; `Tasks.close` has waited for those.
    new = [t for t in threading.enumerate() if t not in threads and t.is_alive()]
    left += [t for t in new if not isinstance(t, threading._DummyThread)]
    left += [t for t in gc.get_objects() if isinstance(t, QTimer) and shiboken6.isValid(t) and t.isActive()]
    assert not left


def _is_ours(widget: QWidget) -> bool:
    return shiboken6.isValid(widget) and type(widget).__module__.startswith("annotator.")
