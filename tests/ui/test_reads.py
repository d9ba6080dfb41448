"""Somebody reads: the overview strip, hidden labels, line pitch, column and font, the outline, the place kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.domain.span import Span
from annotator.services.importing import import_paths
from annotator.services.session import Session
from annotator.ui import theme as themes
from annotator.ui.keyboard import palette
from annotator.ui.overview_strip import OverviewStrip
from tests.ui.conftest import PERSON, Desk, Open

CONTROL = Qt.KeyboardModifier.ControlModifier
SECTIONS = "一二三四五六七八九十"


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    return open_window(project)


@pytest.fixture
def long_desk(open_window: Open, tmp_path: Path) -> Desk:
    """A report of many screens."""
    # No paragraph stands here twice: that would be taken for page furniture.
    lines = [
        f"　　推进依法行政,镇司法所梳理事项587项,投入约45亿元。其中第{n}批{100 + n}项。" * 3
        for n in range(12 * len(SECTIONS))
    ]
    parts = [f"{n}、第{n}部分\n" + "\n".join(lines[12 * i : 12 * i + 12]) for i, n in enumerate(SECTIONS)]
    file = tmp_path / "long.txt"
    file.write_text("长村镇法治政府建设情况报告\n" + "\n".join(parts) + "\n", encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text("别村镇工作报告\n　　没有编号。\n", encoding="utf-8")
    path = tmp_path / "long.annodb"
    session = Session.create(path, PERSON)
    import_paths(session.store, session.person.uid, [file, other])
    session.close()
    desk = open_window(path)
    desk.window.resize(1200, 500)
    strip(desk).fill_now()
    return desk


def strip(desk: Desk) -> OverviewStrip:
    return desk.window.report_pane.strip


def picture(desk: Desk) -> QImage:
    strip(desk).fill_now()
    return strip(desk).grab().toImage()


def pixels(image: QImage) -> list[list[int]]:
    """The rows of an image, each a list of colours."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    words = memoryview(image.constBits()).cast("B").cast("I").tolist()
    stride = image.bytesPerLine() // 4
    return [words[y * stride : y * stride + image.width()] for y in range(image.height())]


def count(image: QImage, colour: str, rows: range) -> int:
    """How many pixels of these rows have a colour."""
    wanted = themes.QColor(colour).rgb()
    return sum(row.count(wanted) for row in pixels(image)[rows.start : rows.stop])


def tag(desk: Desk, words: str, key: Qt.Key) -> None:
    start = desk.text.index(words)
    desk.view.set_selection(start, start + len(words))
    desk.key(key)


# ---- the strip --------------------------------------------------------------------------------------


def test_a_tag_shows_in_the_strip_at_its_place_and_undo_takes_it_away(long_desk: Desk) -> None:
    desk = long_desk
    start = desk.text.index("镇司法所", len(desk.text) // 2)
    before = picture(desk)
    desk.view.set_selection(start, start + 4)
    desk.key(Qt.Key.Key_2)
    after = picture(desk)
    colour = desk.window.controller.schema.label("INSTITUTION").light  # type: ignore[union-attr]
    y = strip(desk).y_of(start)
    assert count(before, colour, range(before.height())) == 0
    assert count(after, colour, range(y - 1, y + 4)) > 0
    assert count(after, colour, range(y + 5, after.height())) == 0
    desk.do("edit.undo")
    assert count(picture(desk), colour, range(before.height())) == 0


def test_labels_stand_in_columns_and_forms_of_their_own(long_desk: Desk) -> None:
    desk = long_desk
    for words, key in (("587项", Qt.Key.Key_3), ("镇司法所", Qt.Key.Key_2), ("推进依法行政", Qt.Key.Key_1)):
        tag(desk, words, key)
    image = picture(desk)
    places = {}
    for label in desk.window.controller.schema.labels:
        wanted = themes.QColor(label.light).rgb()
        places[label.name] = {x for row in pixels(image) for x, colour in enumerate(row) if colour == wanted}
    assert all(places.values())
    columns = [*places.values()]
    assert not columns[0] & columns[1]
    assert not columns[1] & columns[2]
    assert len({len(column) for column in columns}) == 3  # full, narrow, two lines


def test_a_click_and_a_drag_in_the_strip_show_that_place_and_leave_the_caret(long_desk: Desk) -> None:
    desk = long_desk
    desk.view.set_caret(0)
    QTest.mouseClick(strip(desk), Qt.MouseButton.LeftButton, pos=QPoint(8, strip(desk).height() // 2))
    start, end = desk.view.visible_range()
    assert start <= len(desk.text) // 2 <= end
    assert desk.view.caret() == 0
    assert desk.view.hasFocus()
    QTest.mousePress(strip(desk), Qt.MouseButton.LeftButton, pos=QPoint(8, 20))
    QTest.mouseMove(strip(desk), QPoint(8, strip(desk).height() - 1))
    QTest.mouseRelease(strip(desk), Qt.MouseButton.LeftButton, pos=QPoint(8, strip(desk).height() - 1))
    QTest.mousePress(strip(desk), Qt.MouseButton.LeftButton, pos=QPoint(8, strip(desk).height() - 1))
    assert desk.view.visible_range()[1] >= len(desk.text) - 1


def test_the_strip_follows_scrolling_and_the_caret(long_desk: Desk) -> None:
    desk = long_desk
    desk.view.set_caret(0)
    top = picture(desk)
    desk.view.verticalScrollBar().setValue(desk.view.verticalScrollBar().maximum())
    scrolled = picture(desk)
    assert scrolled != top
    desk.view.set_caret(len(desk.text) - 1)
    at_end = picture(desk)
    accent = themes.LIGHT.accent
    height = top.height()
    assert count(top, accent, range(height // 2)) > count(top, accent, range(height // 2, height))
    assert count(at_end, accent, range(height // 2, height)) > count(at_end, accent, range(height // 2))


def test_the_strip_names_the_section_and_itself(long_desk: Desk) -> None:
    desk = long_desk
    y = strip(desk).y_of(desk.text.index("五、")) + 6
    assert strip(desk).words_at(y).startswith("五、")
    assert strip(desk).accessibleName() == "Overview of the report"
    place = QPoint(8, y)
    QApplication.sendEvent(strip(desk), QHelpEvent(QEvent.Type.ToolTip, place, strip(desk).mapToGlobal(place)))
    assert QToolTip.text().startswith("五、")
    QToolTip.hideText()


def test_the_strip_is_painted_in_both_themes(long_desk: Desk) -> None:
    desk = long_desk
    tag(desk, "镇司法所", Qt.Key.Key_2)
    desk.do("view.theme_dark")
    label = desk.window.controller.schema.label("INSTITUTION")
    assert label
    image = picture(desk)
    assert count(image, label.dark, range(image.height())) > 0
    assert count(image, themes.DARK.ground, range(image.height())) > 0
    desk.do("view.theme_light")
    assert count(picture(desk), label.light, range(image.height())) > 0


def test_an_edit_draws_again_only_what_looks_different(long_desk: Desk) -> None:
    desk = long_desk
    for n in range(1, 60):
        tag(desk, f"{100 + n}项", Qt.Key.Key_3)
    picture(desk)
    drawn = strip(desk)._picture
    for words, key in (("587项", Qt.Key.Key_3), ("镇司法所", Qt.Key.Key_2), ("推进依法行政", Qt.Key.Key_1)):
        tag(desk, words, key)
    desk.do("edit.undo")
    by_edits = picture(desk)
    assert drawn.redraw_marks({"MEASURE", "INSTITUTION", "INDICATOR"}) == []
    strip(desk).labels_hidden()  # from the beginning
    assert picture(desk) == by_edits
    start = desk.text.index("187项")
    span = Span("one more", start, start + 4, "INDICATOR")
    desk.view.spans().add(span)
    assert strip(desk)._marks.change(span.uid, span) == {"INDICATOR"}
    (area,) = drawn.redraw_marks({"INDICATOR"})
    assert area.top() - 2 <= strip(desk).y_of(start) <= area.bottom()
    assert area.height() <= 8


def test_many_changes_at_once_show_in_the_strip_too(long_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.ui.overview_strip._MANY_CHANGED", 2)
    desk = long_desk
    for words in ("一、", "二、", "三、", "四、"):
        desk.select(words)
        desk.key(Qt.Key.Key_1)
    strip(desk).fill_now()
    desk.window.controller.relabel([span.uid for span in desk.spans], "INSTITUTION")
    desk.qtbot.waitUntil(lambda: bool(strip(desk)._marks.runs("INSTITUTION", 400)), timeout=3000)
    assert strip(desk)._marks.runs("MEASURE", 400) == []


def test_the_strip_is_drawn_anew_after_a_change_of_height(long_desk: Desk) -> None:
    desk = long_desk
    strip(desk).fill_now()
    strip(desk).grab()
    desk.window.resize(desk.window.width(), desk.window.height() - 137)
    stretched = strip(desk).grab().toImage()
    desk.qtbot.wait(400)
    drawn = strip(desk).grab().toImage()
    strip(desk).labels_hidden()  # from the beginning, in one go
    assert drawn == strip(desk).grab().toImage()
    assert drawn.size() == stretched.size()


def test_another_report_has_another_strip(long_desk: Desk) -> None:
    desk = long_desk
    tag(desk, "镇司法所", Qt.Key.Key_2)
    assert "1 span" in strip(desk).accessibleDescription()
    desk.do("report.next")
    desk.qtbot.waitUntil(lambda: "0 spans" in strip(desk).accessibleDescription())


# ---- hidden labels ----------------------------------------------------------------------------------


def test_ctrl_and_a_digit_hide_a_label_in_text_strip_and_panel_and_the_foot_names_it(desk: Desk) -> None:
    tag(desk, "镇司法所", Qt.Key.Key_2)
    tag(desk, "587项", Qt.Key.Key_3)
    panel = desk.window.entity_panel
    assert panel.model.rowCount() == 2
    shown = picture(desk)
    desk.key(Qt.Key.Key_2, CONTROL)
    start = desk.find("镇司法所")[0]
    assert desk.view.spans_at(start) == []
    assert panel.model.rowCount() == 1
    assert picture(desk) != shown
    assert desk.window.status.hidden.isVisible()
    assert "Institution" in desk.window.status.hidden.text()
    button = desk.window.report_pane.labels.buttons[1]
    assert "hidden" in button.accessibleName()
    assert "hidden" not in desk.window.report_pane.labels.buttons[0].accessibleName()
    desk.key(Qt.Key.Key_2, CONTROL)
    assert len(desk.view.spans_at(start)) == 1
    assert panel.model.rowCount() == 2
    assert not desk.window.status.hidden.isVisible()
    assert "hidden" not in button.accessibleName()


def test_ctrl_0_shows_all_and_so_does_a_click_at_the_foot(desk: Desk) -> None:
    for again in (lambda: desk.key(Qt.Key.Key_0, CONTROL), desk.window.status.hidden.click):
        desk.key(Qt.Key.Key_1, CONTROL)
        desk.key(Qt.Key.Key_3, CONTROL)
        assert desk.window.controller.hidden == {"MEASURE", "INDICATOR"}
        again()
        assert desk.window.controller.hidden == frozenset()


def test_a_hidden_span_is_neither_selected_nor_stepped_to(desk: Desk) -> None:
    tag(desk, "镇司法所", Qt.Key.Key_2)
    tag(desk, "587项", Qt.Key.Key_3)
    tag(desk, "镇政务服务中心", Qt.Key.Key_2)
    assert desk.window.controller.selected_spans()[0].label == "INSTITUTION"
    desk.key(Qt.Key.Key_2, CONTROL)
    assert desk.window.controller.selected == ()
    desk.view.set_caret(0)
    desk.do("span.next")
    assert [span.label for span in desk.window.controller.selected_spans()] == ["INDICATOR"]
    desk.do("span.next")
    assert "no further" in desk.said()


def test_tagging_with_a_hidden_label_shows_it_again(desk: Desk) -> None:
    desk.key(Qt.Key.Key_2, CONTROL)
    tag(desk, "镇司法所", Qt.Key.Key_2)
    assert desk.window.controller.hidden == frozenset()
    assert len(desk.view.spans_at(desk.find("镇司法所")[0])) == 1


def test_a_key_without_label_says_so(desk: Desk) -> None:
    desk.window.commands.do("labels.toggle_7")
    assert "no label 7" in desk.said()
    assert desk.window.controller.hidden == frozenset()


def test_the_menu_names_and_checks_the_labels(desk: Desk) -> None:
    desk.key(Qt.Key.Key_1, CONTROL)
    menu = desk.window.actions_.menu("shown")
    menu.aboutToShow.emit()
    entries = [a for a in menu.actions() if a.isVisible() and not a.isSeparator()]
    assert [a.text().split("\t")[0] for a in entries] == ["Measure", "Institution", "Indicator", "Show all labels"]
    assert [a.isChecked() for a in entries[:3]] == [False, True, True]


def test_the_palette_offers_the_labels_there_are(desk: Desk) -> None:
    desk.window.actions_.keys.changed.emit()
    offered = [command.words for command in palette._actions(desk.window.actions_, desk.window.commands.do)]
    assert {"Measure", "Institution", "Indicator", "Find in the report…", "Line pitch 1.5"} <= set(offered)
    assert not [words for words in offered if words.startswith("Show or hide")]


def test_the_size_of_the_text_has_its_own_key_for_normal(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Plus, CONTROL)
    assert desk.view.zoom() > 100
    desk.key(Qt.Key.Key_0, CONTROL)
    assert desk.view.zoom() > 100
    desk.key(Qt.Key.Key_0, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert desk.view.zoom() == 100


# ---- line pitch, column, font -----------------------------------------------------------------------


def row_height(desk: Desk) -> int:
    return desk.view.page().block(desk.view.page().paragraphs.at(desk.find("　　(一)")[0])).row_height(0)


def test_the_line_pitch_changes_and_is_kept(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    usual = row_height(desk)
    desk.do("reading.pitch_250")
    assert row_height(desk) == usual * 5 // 4
    desk.do("reading.pitch_150")
    assert row_height(desk) < usual
    desk.window.close()
    assert row_height(open_window(project)) < usual


def test_the_column_changes_and_is_kept(open_window: Open, tmp_path: Path, project: Path) -> None:
    desk = open_window(project)
    desk.window.resize(1900, 700)
    em = desk.view.text_font().pixelSize()
    assert desk.view.page().column()[1] // em == 45
    for characters in (30, 60):
        desk.do(f"reading.column_{characters}")
        assert desk.view.page().column()[1] // em == characters
    desk.do("reading.column_0")
    assert desk.view.page().column()[1] > 60 * em
    assert desk.window.actions_["reading.column_0"].isChecked()
    desk.window.close()
    again = open_window(project)
    again.window.resize(1900, 700)
    assert again.view.page().column()[1] > 60 * em


def test_the_reading_place_stays_when_pitch_and_column_change(long_desk: Desk) -> None:
    desk = long_desk
    desk.view.set_caret(desk.text.index("六、"))
    place = desk.view.visible_range()[0]
    for name in (
        "reading.pitch_150",
        "reading.column_30",
        "reading.pitch_225",
        "reading.column_45",
        "reading.pitch_200",
    ):
        desk.do(name)
        start, end = desk.view.visible_range()
        assert start - 90 <= place <= end


def test_a_font_is_chosen_from_those_that_show_chinese(desk: Desk) -> None:
    menu = desk.window.reading._font_menu
    menu.aboutToShow.emit()
    families = [action for action in menu.actions() if not action.isSeparator()]
    assert families[0].isChecked()
    if len(families) < 2:
        pytest.skip("this computer has no Chinese font")
    families[1].trigger()
    assert desk.view.text_font().families()[0] == families[1].text().replace("&&", "&")
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert desk.view.text_font().families() == list(themes.FAMILIES)


# ---- outline and section path -----------------------------------------------------------------------


def test_the_outline_follows_the_caret_and_enter_goes_there(long_desk: Desk) -> None:
    desk = long_desk
    panel = desk.window.entity_panel
    QTest.mouseClick(panel.outline_tab, Qt.MouseButton.LeftButton)
    assert panel.outline.rows.rowCount() == len(SECTIONS)
    desk.view.set_caret(desk.text.index("三、") + 300)
    assert panel.outline.currentIndex().row() == 2
    desk.view.set_caret(0)
    assert not panel.outline.currentIndex().isValid()
    desk.view.set_caret(desk.text.index("三、"))
    panel.outline.setFocus()
    QTest.keyClick(panel.outline, Qt.Key.Key_Down)
    QTest.keyClick(panel.outline, Qt.Key.Key_Return)
    assert desk.view.caret() == desk.text.index("四、")
    assert desk.view.hasFocus()
    assert desk.window.report_pane.path.full().startswith("四、")


def test_a_click_in_the_outline_jumps(long_desk: Desk) -> None:
    desk = long_desk
    outline = desk.window.entity_panel.outline
    QTest.mouseClick(desk.window.entity_panel.outline_tab, Qt.MouseButton.LeftButton)
    rect = outline.visualRect(outline.rows.index(8))
    QTest.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert desk.view.caret() == desk.text.index("九、")
    start, end = desk.view.visible_range()
    assert start <= desk.text.index("九、") < end
    outline.setFocus()
    QTest.keyClick(outline, Qt.Key.Key_Escape)
    assert desk.view.hasFocus()


def test_a_report_without_numbering_says_so(long_desk: Desk) -> None:
    desk = long_desk
    QTest.mouseClick(desk.window.entity_panel.outline_tab, Qt.MouseButton.LeftButton)
    full = desk.window.entity_panel.outline.grab().toImage()
    desk.do("report.next")
    outline = desk.window.entity_panel.outline
    assert outline.rows.rowCount() == 0
    image = outline.grab().toImage()
    ground = image.pixel(image.width() - 3, image.height() - 3)
    assert any(image.pixel(x, y) != ground for y in range(40) for x in range(20, image.width() - 20))
    assert image != full


def test_headings_in_furniture_are_no_sections(open_window: Open, tmp_path: Path) -> None:
    nav = "一、导航 二、首页\n1. 上一篇\n"
    text = nav + "云岭镇报告\n一、举措\n　　一是抓好普法。二是抓好执法。\n"
    file = tmp_path / "f.jsonl"
    file.write_text(
        json.dumps({"text": text, "furniture": [[0, len(nav), "nav"]]}, ensure_ascii=False), encoding="utf-8"
    )
    path = tmp_path / "f.annodb"
    session = Session.create(path, PERSON)
    import_paths(session.store, session.person.uid, [file])
    session.close()
    desk = open_window(path)
    sections = desk.window.controller.report.sections  # type: ignore[union-attr]
    assert [desk.text[s.start : s.heading_end] for s in sections] == ["一、举措", "一是抓好普法", "二是抓好执法"]
    desk.view.set_caret(desk.text.index("抓好执法"))
    assert desk.window.report_pane.path.full() == "一、举措 › 二是抓好执法"


# ---- the place of each report -----------------------------------------------------------------------


def test_each_report_opens_where_it_was_left_also_after_a_restart(open_window: Open, long_desk: Desk) -> None:
    desk = long_desk
    caret = desk.text.index("七、") + 20
    desk.view.set_caret(caret)
    place = desk.view.scroll_place()
    desk.do("report.next")
    desk.do("report.previous")
    assert (desk.view.caret(), desk.view.scroll_place()) == (caret, place)
    path = desk.window.controller.session.path  # type: ignore[union-attr]
    desk.window.close()
    again = open_window(path)
    assert again.view.caret() == caret
    start, end = again.view.visible_range()
    assert start <= caret <= end
