"""The pictures of the guide and the README, taken of the running program at the sample project.

`.venv/bin/python docs/screenshots.py [NAME…]` takes all of them, or those named, and brings the guide's tables up to
date. Nobody's settings are read: every picture starts with a home folder and a sample project of its own. Without
QT_QPA_PLATFORM no window shows on the screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the checkout that this file belongs to
os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")

import guide_tables
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, qRgb
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator import catalogues, messages
from annotator.domain.span import Span
from annotator.services.settings import Settings
from annotator.ui import app, fonts, look, translation
from annotator.ui.errors import Presenter
from annotator.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
#: Kilobytes; a larger picture is a mistake.
MOST = 250
_PERSON = "5a1c0de0-0000-4000-8000-000000000001"
_NAMES = {"zh_CN": "林晓", "en": "Lin Xiao"}
_PATIENCE = 30.0
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_QINGFENG, _WANGCHUAN = 1, 2  # reports of the sample project, by their place in the list


class Desk:
    """A window on the sample project, and what a person does in it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.view = window.report_pane.view

    @property
    def text(self) -> str:
        """The open report's text."""
        report = self.window.controller.report
        assert report is not None
        return report.text

    def open_report(self, position: int) -> None:
        """Open a report by its place in the list, with its words segmented."""
        self.window.open_report(self.window.report_list.model.id_at(position))
        self.window.keyboard.start_words()
        wait(lambda: self.window.keyboard.words.edges is not None)
        self.view.setFocus()

    def find(self, words: str, after: str = "") -> tuple[int, int]:
        """Where words stand in the report, behind other words."""
        start = self.text.index(words, self.text.index(after))
        return start, start + len(words)

    def caret(self, words: str, after: str = "") -> None:
        """Put the caret before some words."""
        self.view.set_caret(self.find(words, after)[0])

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        """Press a key in whatever has the focus."""
        for _n in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.view, key, modifiers)

    def select(self, words: str, after: str = "") -> None:
        """Select words with Shift and the arrow key."""
        self.caret(words, after)
        self.key(Qt.Key.Key_Right, _SHIFT, len(words))

    def choose(self, words: str, label: str, after: str = "") -> None:
        """Select the span of some words."""
        found = self.find(words, after)
        report = self.window.controller.report
        assert report is not None
        spans: list[Span] = [span for span in report.spans.with_range(*found) if span.label == label]
        self.window.controller.select([spans[0].uid], reveal=True)


class Shot(NamedTuple):
    """One picture: its file, language, theme, size of the window, and what is done before it is taken.

    `pose` returns the widget to take, None for the window.
    """

    name: str
    language: str
    theme: str
    size: tuple[int, int]
    pose: Callable[[Desk], QWidget | None]


# ---- what is shown ----------------------------------------------------------------------------------


def tagged(desk: Desk) -> None:
    """A report half done: nested spans, an indicator selected, its attributes beside it."""
    desk.open_report(_QINGFENG)
    desk.caret("(一)走到企业门口")
    desk.choose("1860万元", "INDICATOR")
    desk.view.setFocus()


def done_next(desk: Desk) -> None:
    """The same report after *Done, next report*: what is still open is listed."""
    tagged(desk)
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def clause_pass(desk: Desk) -> None:
    """A pass over the clauses, on the way."""
    desk.open_report(_QINGFENG)
    desk.caret("(四)守住公平底线")
    desk.key(Qt.Key.Key_A)
    desk.key(Qt.Key.Key_J, times=3)
    desk.key(Qt.Key.Key_1)


def subject(desk: Desk) -> None:
    """A new indicator, understood; the words that were counted are being chosen."""
    desk.open_report(_WANGCHUAN)
    desk.caret("2、办好助餐服务")
    desk.key(Qt.Key.Key_N)
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_O)


def tag_all(desk: Desk) -> None:
    """Every place of an institution's name, with what speaks against some of them."""
    desk.open_report(_QINGFENG)
    desk.select("青枫街道", after="2023年,")
    desk.key(Qt.Key.Key_2)
    desk.key(Qt.Key.Key_T)


def reading(desk: Desk) -> None:
    """Finding, the outline, the overview strip."""
    desk.open_report(_QINGFENG)
    desk.window.entity_panel.show_tab(1)
    desk.caret("(三)拿出真金白银")
    desk.key(Qt.Key.Key_F)
    bar = desk.window.report_pane.find_bar
    bar.field.setText("企业")
    wait(lambda: "/" in bar.count.text())


def export(desk: Desk) -> QWidget:
    """The dialog of the export; the file it proposes lies in a folder that changes, so another is named."""
    from annotator.ui.dialogs.export import ExportDialog

    session = desk.window.controller.session
    assert session is not None
    dialog = ExportDialog(session, desk.window.settings, desk.window)
    dialog.format.setCurrentIndex(dialog.format.findData("spacy"))
    dialog.path.setText("train.spacy" if messages.language() == "en" else "训练.spacy")
    dialog.show()
    return dialog


_WIDE, _USUAL = (1440, 900), (1280, 800)

SHOTS: tuple[Shot, ...] = (
    Shot("window", "zh_CN", "light", _WIDE, tagged),
    Shot("window-en-dark", "en", "dark", _WIDE, done_next),
    *(
        Shot(f"{name}-{short}", language, "light", _USUAL, pose)
        for short, language in (("zh", "zh_CN"), ("en", "en"))
        for name, pose in (
            ("clause-pass", clause_pass),
            ("subject", subject),
            ("tag-all", tag_all),
            ("reading", reading),
            ("export", export),
        )
    ),
)


# ---- taking it --------------------------------------------------------------------------------------


def wait(ready: Callable[[], bool]) -> None:
    """Let the window work until it is ready. Raises TimeoutError."""
    end = time.monotonic() + _PATIENCE
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError("the window did not become ready")
        QTest.qWait(10)


def settle() -> None:
    """Let everything that was asked for be laid out and painted."""
    for _n in range(3):
        QTest.qWait(30)


@contextmanager
def a_window(shot: Shot) -> Iterator[Desk]:
    """A window on a sample project of its own, in a home folder of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["ANNOTATOR_HOME"] = home
        settings = Settings.load()
        for name, value in (
            ("person.uid", _PERSON),
            ("person.name", _NAMES[shot.language]),
            ("window.language", shot.language),
            ("window.theme", shot.theme),
        ):
            settings.set(name, value)
        translation.set_language(shot.language)
        look.use(app.application(), shot.theme)
        window = MainWindow(settings, Presenter())
        window.resize(*shot.size)
        window.commands.do("project.sample")
        window.show()
        window.activateWindow()
        settle()
        try:
            yield Desk(window)
        finally:
            window.close()
            window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def take(shot: Shot) -> Path:
    """Take one picture; returns its file. Raises ValueError where it came out too large."""
    errors: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: errors.append(error)  # Qt goes on after an error in a slot
    with a_window(shot) as desk:
        posed = shot.pose(desk)
        settle()
        desk.window.report_pane.strip.fill_now()
        settle()
        image = (posed or desk.window).grab().toImage()
    if errors:
        raise errors[0]
    path = IMAGES / f"{shot.name}.png"
    few_colours(image).save(str(path), "PNG", 0)  # 0: pressed as hard as it goes
    size = path.stat().st_size / 1024
    if size > MOST:
        raise ValueError(f"{path.name} has {size:.0f} KB, more than {MOST}")
    return path


def few_colours(image: QImage) -> QImage:
    """The picture in at most 256 colours: the most frequent ones; each other pixel takes the nearest of them."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I")
    counted = Counter(pixels)
    kept = [colour for colour, _n in sorted(counted.items(), key=lambda row: (-row[1], row[0]))[:256]]
    place = {colour: n for n, colour in enumerate(kept)}
    parts = [_rgb(colour) for colour in kept]
    for colour in counted.keys() - place.keys():
        place[colour] = _nearest(_rgb(colour), parts)
    data = bytes(map(place.__getitem__, pixels))
    # 32 bits a pixel: the lines of `image` have no padding, those of the new one neither, `width` bytes each
    indexed = QImage(data, image.width(), image.height(), image.width(), QImage.Format.Format_Indexed8)
    indexed.setColorTable([qRgb(*rgb) for rgb in parts])
    return indexed.copy()


def _rgb(colour: int) -> tuple[int, int, int]:
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


def _nearest(rgb: tuple[int, int, int], among: list[tuple[int, int, int]]) -> int:
    return min(range(len(among)), key=lambda n: sum((a - b) ** 2 for a, b in zip(rgb, among[n])))


def main(names: list[str]) -> int:
    """Take the pictures named, or all; 2 for a name that there is not."""
    unknown = set(names) - {shot.name for shot in SHOTS}
    if unknown:
        sys.stderr.write(f"There is no picture {', '.join(sorted(unknown))}.\n")
        return 2
    if not catalogues.compiled_path(catalogues.languages()[0]).exists():
        catalogues.main()
    messages.set_language("en")
    application = app.application()
    fonts.apply_font(application)
    application.setCursorFlashTime(0)  # a caret that does not blink
    IMAGES.mkdir(exist_ok=True)
    for shot in SHOTS:
        if not names or shot.name in names:
            path = take(shot)
            sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1024:.0f} KB\n")
    if not names:
        guide_tables.write()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
