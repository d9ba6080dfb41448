"""Starts the window: what must be there for the first paint, and after it what may be late."""

from __future__ import annotations

import importlib
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator import locations
from annotator.messages import _
from annotator.services import understanding
from annotator.services.settings import Settings
from annotator.ui import fonts, look, translation
from annotator.ui.errors import Presenter
from annotator.ui.main_window import MainWindow
from annotator.ui.signals import end_on_signals
from annotator.ui.theme import IN_FUSION

#: The process that segments starts when the window has come to rest.
WORDS_AFTER_MS = 700
#: Garbage is looked for again this long after the first paint: what a start makes stays, and looking costs a twentieth.
COLLECT_AFTER_MS = 300
#: Patterns for numbers are compiled this long after the first paint, so as not to compete with it.
PATTERNS_AFTER_MS = 200


def run(project: Path | None, *, sample: bool = False, annotator: str | None = None, language: str = "") -> int:
    """Open the window on `project`, on the sample project, or on none; returns the exit code.

    `language` ("zh_CN", "en") holds for this run whatever the settings say.
    """
    app = application()
    settings = Settings.load()
    dress(app, settings, language, sheet=False)
    presenter = Presenter(app)
    presenter.install()
    end_on_signals(app.closeAllWindows, app)
    window = MainWindow(settings, presenter)
    settings.tell(presenter.show)
    if annotator:
        window.commands.annotate_as(annotator)
    open_first(window, project, sample=sample)
    look.finish(app)
    window.show()
    QTimer.singleShot(0, lambda: after_first_paint(window))
    return app.exec()


def application() -> QApplication:
    """The one QApplication."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setProperty(IN_FUSION, True)
    app.setApplicationName(locations.APP)
    app.setDesktopFileName(locations.APP)
    return app


def dress(app: QApplication, settings: Settings, language: str = "", *, sheet: bool = True) -> None:
    """Language, theme and font; without `sheet` the style sheet is left to `look.finish`."""
    app.setApplicationDisplayName("")
    translation.set_language(language or settings.get("window.language"))
    look.use(app, settings.get("window.theme"), sheet=sheet)
    fonts.apply_font(app)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _follow_system(app, settings))


def _follow_system(app: QApplication, settings: Settings) -> None:
    if settings.get("window.theme") == "system":
        for window in app.topLevelWidgets():
            if isinstance(window, MainWindow):
                window.use_theme("system")


def open_first(window: MainWindow, project: Path | None, *, sample: bool) -> None:
    """Open what was asked for on the command line; what cannot be opened is said in the window."""
    if sample:
        window.commands.do("project.sample")
    elif project is not None:
        window.commands.project.open_path(project)


def after_first_paint(window: MainWindow) -> None:
    """What need not be there at once."""
    from annotator.ui import icons

    window.setWindowIcon(icons.app_icon())
    window.report_pane.view.setFocus()
    QTimer.singleShot(COLLECT_AFTER_MS, window, lambda: collect_again(window))
    patterns = threading.Thread(target=_get_ready, name="patterns", daemon=True)
    # A function of its own keeps the thread alive till then: Qt's timer only borrows the object of a bound method.
    QTimer.singleShot(PATTERNS_AFTER_MS, window, lambda: patterns.start())
    QTimer.singleShot(WORDS_AFTER_MS, window, window.keyboard.start_words)
    QTimer.singleShot(WORDS_AFTER_MS, window, window.suggesting.start)
    QTimer.singleShot(WORDS_AFTER_MS, window, window.checks.start)
    if not fonts.has_chinese_font():
        window.bar.show_message(
            _(
                "No Chinese font is installed, so reports cannot be read here. Install one, for example fonts-wqy-microhei."
            )
        )


def _get_ready() -> None:
    """What would otherwise be compiled and loaded while somebody waits for it; in a thread of its own."""
    understanding.get_ready()
    importlib.import_module("annotator.ui.suggesting.parts")


def collect_again(window: MainWindow) -> None:
    """Look for garbage from now on."""
    from annotator.ui.collecting import Collecting

    Collecting(window.flow.clock.rested, window)
