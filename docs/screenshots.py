"""The pictures of the guide and the README, taken of the running program at the sample project.

`.venv/bin/python docs/screenshots.py [NAME…]` takes all of them, or those named, and brings the guide's tables up to
date. Nobody's settings are read: every picture starts with a home folder and a sample project of its own. Without
QT_QPA_PLATFORM no window shows on the screen.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
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

from annotator import catalogues, locations, messages
from annotator.domain.span import Span
from annotator.services.open_report import OpenReport
from annotator.services.settings import Settings
from annotator.ui import app, fonts, look, translation
from annotator.ui.dialogs.properties import PropertiesDialog
from annotator.ui.errors import Presenter
from annotator.ui.importing.dialog import ImportDialog
from annotator.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
#: Kilobytes; a larger picture is a mistake.
MOST = 250
_PERSON = "5a1c0de0-0000-4000-8000-000000000001"
_NAMES = {"zh_CN": "林晓", "en": "Lin Xiao"}
_PATIENCE = 30.0
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_YUNXI, _QINGFENG, _WANGCHUAN = 0, 1, 2  # reports of the sample project, by their place in the list


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

    `pose` returns the widget to take, None for the window. `grey` takes it as a printer without colours would.
    """

    name: str
    language: str
    theme: str
    size: tuple[int, int]
    pose: Callable[[Desk], QWidget | None]
    grey: bool = False


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


def suggestions(desk: Desk) -> None:
    """A long report with two hundred suggestions that wait, some accepted before, one unfolded with its reason."""
    session, tasks = desk.window.controller.session, desk.window.tasks
    assert session is not None
    texts = [session.store.reports.text(number) for number in session.store.reports.ids()]
    file = Path(os.environ["ANNOTATOR_HOME"]) / "all.txt"
    body = "\n".join(text.split("\n", 1)[1] for text in texts)
    file.write_text("\n".join(["青枫街道等五个单位2023年工作总结汇编", body]), encoding="utf-8")
    desk.window.commands.project.transfers.import_paths([file])
    wait(lambda: tasks.current is None and desk.window.report_list.model.complete)
    desk.open_report(len(texts))
    desk.window.suggesting.start()
    offers = desk.window.suggesting.parts.offers
    wait(lambda: offers.offering is not None and not offers.waiting)
    desk.window.commands.do("view.suggestions")
    desk.view.setFocus()
    desk.caret("(一)走到企业门口")
    desk.key(Qt.Key.Key_S)
    for key in (Qt.Key.Key_Space,) * 6 + (Qt.Key.Key_S,) * 3:
        desk.key(key)
    desk.key(Qt.Key.Key_Return)
    assert len(offers.offering or ()) >= 200, len(offers.offering or ())


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


def import_preview(desk: Desk) -> QWidget:
    """A folder of files before it comes in: a saved page with its furniture grey, and where its facts were read."""
    desk.open_report(_YUNXI)
    report = desk.window.controller.report
    assert report is not None
    folder = Path(os.environ["ANNOTATOR_HOME"]) / "reports"
    folder.mkdir()
    (folder / "yunxi-2024.html").write_text(_page(report), encoding="gb18030")
    for file in (locations.resources() / "examples" / "texts").iterdir():
        shutil.copy(file, folder)
    with (folder / "streets.csv").open("w", encoding="utf-8-sig", newline="") as table:
        csv.writer(table).writerows(
            [["标题", "正文"], ["青枫街道工作总结", desk.text], ["石桥镇工作总结", desk.text[60:]]]
        )
    (folder / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    desk.window.commands.project.transfers.look([folder])
    dialog = desk.window.findChild(ImportDialog)
    assert dialog is not None
    wait(dialog.go.isEnabled)
    rows = [file.path.suffix for file in dialog.model.files]
    dialog.list.setCurrentIndex(dialog.model.index(rows.index(".html"), 0))
    wait(lambda: bool(dialog.preview.title.full()))
    return dialog


def _page(report: OpenReport) -> str:
    """A report as a browser would have saved it: what is page furniture in blocks of its own."""
    parts = ["<!-- saved from url=(0042)https://www.nanping.example/yunxi/0117.html --><html><head>"]
    parts += ['<meta charset="gb2312"><title>', report.row.title, "</title></head><body>"]
    marked = {(item.start, item.end) for item in report.furniture}
    at = 0
    for line in report.text.split("\n"):
        kind = "p" if not any(start <= at < end for start, end in marked) else "div"
        kind = "h1" if line == report.row.title else kind
        parts.append(f"<{kind}>{line}</{kind}>")
        at += len(line) + 1
    return "\n".join((*parts, "</body></html>"))


def filtered(desk: Desk) -> None:
    """The list of reports narrowed by two conditions."""
    desk.open_report(_QINGFENG)
    field = desk.window.report_list.filter
    for words in ("年=2023 ", "年=2024 "):
        field.setText(words)
        field.textEdited.emit(words)


def properties(desk: Desk) -> QWidget:
    """What is known about a report, and where each value was read."""
    folder = Path(os.environ["ANNOTATOR_HOME"]) / "reports"
    folder.mkdir()
    desk.open_report(_YUNXI)
    report = desk.window.controller.report
    assert report is not None
    page = _page(report).replace("云溪镇", "虹桥镇").replace("南屏县", "乐清市")  # a region that there is
    (folder / "hongqiao-2024.html").write_text(page, encoding="gb18030")
    desk.window.commands.project.transfers.import_paths([folder])
    wait(lambda: desk.window.report_list.model.rowCount() == 5 and desk.window.tasks.current is None)
    desk.open_report(4)
    desk.window.commands.do("report.properties")
    dialog = desk.window.findChild(PropertiesDialog)
    assert dialog is not None
    return dialog


def furniture(desk: Desk) -> None:
    """A line of furniture, unfolded, about to be kept as a rule of its site."""
    desk.open_report(_YUNXI)
    desk.caret("文章来源")
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: desk.window.tasks.current is None)
    desk.window.furniture.ruling.bar.chosen.emit(1)  # lines that begin so
    wait(lambda: desk.window.tasks.current is None)


def text_edit(desk: Desk) -> None:
    """The text being edited: a number mended inside a span, a line joined."""
    desk.open_report(_QINGFENG)
    desk.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | _SHIFT)
    desk.caret("1860万元")
    desk.key(Qt.Key.Key_Delete)
    QTest.keyClicks(desk.view, "2")


_MORE = {
    "南屏县云溪镇2022年法治政府建设年度报告": "　　全年共受理矛盾纠纷案件62件，调解成功61件，调解成功率达98.4%。\n　　镇司法所组织普法宣讲12场。\n",
    "南屏县云溪镇2023年法治政府建设年度报告": "　　全年共受理矛盾纠纷案件499件，调解成功498件，调解成功率达99.7%。\n"
    "　　梳理权责事项共120项，分别是行政许可30项、行政处罚60项、其他权力20项。\n　　群众满意率达102%。\n",
}


def check_project(desk: Desk) -> None:
    """The checks of the whole project below the report, which is opened at one of them."""
    folder = Path(os.environ["ANNOTATOR_HOME"]) / "more"
    folder.mkdir()
    for title, body in _MORE.items():
        (folder / f"{title}.txt").write_text(f"{title}\n一、主要工作\n{body}", "utf-8")
    desk.window.commands.project.transfers.import_paths(sorted(folder.iterdir()))
    wait(lambda: desk.window.tasks.current is None)
    desk.window.commands.do("check.project")
    checks = desk.window.checks.parts.project()
    wait(lambda: desk.window.tasks.current is None)
    settle()
    cut_off = next(n for n, one in enumerate(checks.panel.model.rows) if one.verdict == "rounding")
    checks.panel.take_focus()
    checks.panel.view.setCurrentIndex(checks.panel.model.index(cut_off))
    desk.key(Qt.Key.Key_Return)
    wait(lambda: desk.window.checks.parts.findings.known)
    checks.panel.take_focus()


def compare(desk: Desk) -> None:
    """A set compared with a file in which some spans are others: a difference framed in the report."""
    desk.open_report(_QINGFENG)
    report = desk.window.controller.report
    assert report is not None
    spans = [span._asdict() for span in report.spans]
    for number, span in enumerate(spans):
        if number % 4 == 0 and span["end"] - span["start"] > 5:
            span["start"] += 2
        elif number % 7 == 3:
            span["label"] = "MEASURE"
    row = {
        "text": report.text,
        "spans": [{k: s[k] for k in ("start", "end", "label", "attributes")} for s in spans[:-2]],
    }
    file = Path(os.environ["ANNOTATOR_HOME"]) / "model.jsonl"
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    desk.window.commands.do("compare.open")
    comparing = desk.window.comparing()
    wait(lambda: desk.window.tasks.current is None)
    comparing.take_file(1, file)
    wait(lambda: desk.window.tasks.current is None)
    settle()
    rows = comparing.panel.model.rows
    edges = next(n for n, row in enumerate(rows) if row.difference.kind == "edges" and row.difference.gold)
    comparing.panel.view.setCurrentIndex(comparing.panel.model.index(edges))
    comparing.panel.take_focus()
    desk.key(Qt.Key.Key_Return)
    comparing.panel.take_focus()


_WIDE, _USUAL = (1440, 900), (1280, 800)

SHOTS: tuple[Shot, ...] = (
    Shot("window", "zh_CN", "light", _WIDE, tagged),
    Shot("window-en-dark", "en", "dark", _WIDE, done_next),
    Shot("suggestions-grey", "zh_CN", "light", _WIDE, suggestions, grey=True),
    Shot("suggestions-dark", "zh_CN", "dark", _WIDE, suggestions),
    *(
        Shot(f"{name}-{short}", language, "light", _USUAL, pose)
        for short, language in (("zh", "zh_CN"), ("en", "en"))
        for name, pose in (
            ("clause-pass", clause_pass),
            ("subject", subject),
            ("tag-all", tag_all),
            ("suggestions", suggestions),
            ("reading", reading),
            ("export", export),
            ("import-preview", import_preview),
            ("filter", filtered),
            ("properties", properties),
            ("furniture", furniture),
            ("text-edit", text_edit),
            ("check-project", check_project),
            ("compare", compare),
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
        if shot.grey:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    if errors:
        raise errors[0]
    path = IMAGES / f"{shot.name}.png"
    few_colours(image).save(str(path), "PNG", 0)  # 0: pressed as hard as it goes
    size = path.stat().st_size / 1024
    if size > MOST:
        raise ValueError(f"{path.name} has {size:.0f} KB, more than {MOST}")
    return path


def few_colours(image: QImage) -> QImage:
    """The picture in at most 256 colours, each other pixel in the nearest of them.

    The most frequent ones that differ enough from those before, so that a few red words are not grey.
    """
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I")
    counted = Counter(pixels)
    frequent = [colour for colour, _n in sorted(counted.items(), key=lambda row: (-row[1], row[0]))]
    kept, apart = frequent, 0
    while len(kept) > 256:
        apart += 4
        kept = _spread(frequent, apart)
    place = {colour: n for n, colour in enumerate(kept)}
    parts = [_rgb(colour) for colour in kept]
    for colour in counted.keys() - place.keys():
        place[colour] = _nearest(_rgb(colour), parts)
    data = bytes(map(place.__getitem__, pixels))
    # 32 bits a pixel: the lines of `image` have no padding, those of the new one neither, `width` bytes each
    indexed = QImage(data, image.width(), image.height(), image.width(), QImage.Format.Format_Indexed8)
    indexed.setColorTable([qRgb(*rgb) for rgb in parts])
    return indexed.copy()


def _spread(colours: list[int], apart: int) -> list[int]:
    """The colours that differ from all kept before by more than `apart` in one part at least."""
    kept: list[tuple[int, int, int]] = []
    for rgb in map(_rgb, colours):
        if all(max(abs(a - b) for a, b in zip(rgb, other)) > apart for other in kept):
            kept.append(rgb)
    return [(255 << 24) | r << 16 | g << 8 | b for r, g, b in kept]


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
