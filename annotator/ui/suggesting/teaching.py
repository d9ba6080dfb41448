"""What a project learns beside a window: its strings some moments after it was opened, its models after reports are done.

Ties `services.teaching` to one window: when to begin, and what to show of what came of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.services.learning import Outcome
from annotator.services.lexicon import Lexicon
from annotator.services.teaching import Teaching, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.services.session import Announcement
    from annotator.ui.main_window import MainWindow
    from annotator.ui.suggesting.offers import Offers

#: Strings are counted when the project has been open for so long.
_COLLECT_MS = 5000
#: Models are made when so much has passed since a report was done.
_LEARN_MS = 20_000


class Teacher(QObject):
    """Lets the project on the screen learn."""

    _told = Signal(object)

    def __init__(self, window: MainWindow, offers: Offers) -> None:
        super().__init__(window)
        self._window, self._controller, self._offers = window, window.controller, offers
        self._teaching: Teaching | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._known = False  # whether the strings have been counted once
        self._collect, self._learn = self._timer(_COLLECT_MS, self.collect), self._timer(_LEARN_MS, self.learn)
        self._told.connect(self._take)
        self._controller.projectChanged.connect(self._project_changed)
        self._controller.statusChanged.connect(self._status_changed)
        self._project_changed()

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self, interval=milliseconds, singleShot=True)
        timer.timeout.connect(then)
        return timer

    def _project_changed(self) -> None:
        self.close()
        session, project = self._controller.session, self._offers.project
        if session is not None and project is not None:
            self._teaching = Teaching(session, project, self._told.emit)
            self._known = False
            self._unsubscribe = session.subscribe(self._announced)
            self._collect.start()

    def _announced(self, announcement: Announcement) -> None:
        """A step over many reports names no changes to follow: the strings are counted again."""
        if not announcement.changes:
            self._collect.start()

    def _status_changed(self) -> None:
        """Some report may be done now, also one that has been left since; whether it is time, `learn` looks."""
        self._learn.start()

    def collect(self) -> None:
        """Count the strings of the project, in a thread."""
        teaching = self._ready()
        if teaching is not None and not teaching.collect() and teaching.busy:
            self._collect.start()

    def learn(self) -> None:
        """Learn from what was finished, where that is worth it; later where something else is under way."""
        teaching = self._ready()
        if teaching is not None and not teaching.learn() and teaching.busy:
            self._learn.start()

    def _ready(self) -> Teaching | None:
        """Who learns, for the sources that are chosen now."""
        if self._teaching is not None and self._offers.project is not None:
            self._teaching.project = self._offers.project
        return self._teaching

    def _take(self, told: Told) -> None:
        """What came of it: strings and models hold from the next question on, and the open report is asked about anew."""
        if self._teaching is None or self._offers.project is None:
            return
        if isinstance(told, Lexicon):
            self._offers.project.collected(told, anew=self._known)
            self._known = True
            self._learn.start()
        elif isinstance(told, Outcome):
            self._window.status.say(told.words)
        else:
            self._offers.project.strings_known = True  # none but those met from here on
            self._controller.presenter.show(told)
        self._offers.taught()

    def close(self) -> None:
        """Stop: the project, or the window, is about to go."""
        self._collect.stop()
        self._learn.stop()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        if self._teaching is not None:
            self._teaching.close()
            self._teaching = None
