"""Somebody looks for words in a report: F, Ctrl+F, F3, Esc, expressions, furniture, composed input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.services.importing import import_paths
from annotator.services.session import Session
from annotator.ui import theme as themes
from annotator.ui.find_bar import FindBar
from annotator.ui.report_view.caret import Caret
from tests.ui.conftest import PERSON, Desk, Open

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    return open_window(project)


def bar(desk: Desk) -> FindBar:
    return desk.window.report_pane.find_bar


def type_in(desk: Desk, words: str) -> None:
    """Words come from an input method; the field then has them."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(bar(desk).field, event)


def settle(desk: Desk) -> None:
    desk.qtbot.waitUntil(lambda: not bar(desk).is_due() and not finder(desk).busy, timeout=20_000)


def finder(desk: Desk):  # type: ignore[no-untyped-def]
    return desk.window.reading.finding.finder


def look_for(desk: Desk, words: str, key: Qt.Key = Qt.Key.Key_F) -> None:
    desk.view.setFocus()
    desk.key(key)
    bar(desk).field.clear()
    type_in(desk, words)
    settle(desk)


def press(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(bar(desk).field, key, modifiers)


def marked(desk: Desk) -> list[str]:
    matches = desk.view._matches
    return [desk.text[slice(*matches[n])] for n in range(len(matches))] if matches else []


def test_f_and_ctrl_f_open_the_bar_and_f_is_no_letter(desk: Desk) -> None:
    assert not bar(desk).isVisible()
    desk.key(Qt.Key.Key_F)
    assert bar(desk).isVisible()
    assert bar(desk).field.hasFocus()
    assert bar(desk).field.text() == ""
    press(desk, Qt.Key.Key_Escape)
    assert not bar(desk).isVisible()
    assert desk.view.hasFocus()
    desk.key(Qt.Key.Key_F, CONTROL)
    assert bar(desk).field.hasFocus()


def test_all_are_marked_and_counted_from_the_caret_on(desk: Desk) -> None:
    desk.view.set_caret(desk.find("加强普法")[0])
    look_for(desk, "政")
    every = desk.text.count("政")
    assert marked(desk) == ["政"] * every
    before = desk.text[: desk.find("加强普法")[0]].count("政")
    assert bar(desk).count.text() == f"{before + 1}/{every}"
    assert desk.view.caret() == desk.find("加强普法")[0]


def test_the_strip_marks_what_was_found(desk: Desk) -> None:
    strip = desk.window.report_pane.strip
    strip.fill_now()
    plain = strip.grab().toImage()
    look_for(desk, "政")
    assert strip.grab().toImage() != plain
    assert "places found" in strip.accessibleDescription()
    assert f" {desk.text.count('政')} places" in strip.accessibleDescription()


def test_enter_goes_on_and_shift_enter_back_round_the_end(desk: Desk) -> None:
    desk.view.set_caret(0)
    look_for(desk, "政")
    every = desk.text.count("政")
    seen = []
    for _ in range(every + 1):
        press(desk, Qt.Key.Key_Return)
        seen.append(desk.view.selection())
    assert len(set(seen)) == every
    assert seen[-1] == seen[0]
    assert "From the start" in desk.said()
    press(desk, Qt.Key.Key_Return, SHIFT)
    assert desk.view.selection() == seen[-2]
    assert "From the end" in desk.said()
    assert bar(desk).count.text() == f"{every}/{every}"


def test_enter_right_after_typing_does_not_wait_for_the_pause(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F)
    type_in(desk, "普法")
    assert bar(desk).is_due()
    press(desk, Qt.Key.Key_Return)
    assert desk.view.selected_text() == "普法"


def test_escape_goes_back_to_the_same_caret_selection_and_place(desk: Desk) -> None:
    desk.window.resize(1000, 260)
    desk.select("587项")
    before = desk.view.selection(), desk.view.caret(), desk.view.scroll_place()
    look_for(desk, "执法培训")
    press(desk, Qt.Key.Key_Return)
    assert desk.view.selected_text() == "执法培训"
    press(desk, Qt.Key.Key_Escape)
    assert (desk.view.selection(), desk.view.caret(), desk.view.scroll_place()) == before
    assert marked(desk) == []
    assert desk.view.hasFocus()


def test_what_is_selected_is_looked_for(desk: Desk) -> None:
    desk.select("推进")
    desk.key(Qt.Key.Key_F)
    assert bar(desk).field.text() == "推进"
    settle(desk)
    assert marked(desk) == ["推进"]


def test_a_match_is_tagged_by_a_key_and_f3_goes_to_the_next(desk: Desk) -> None:
    look_for(desk, "服务")
    press(desk, Qt.Key.Key_Down)
    assert desk.view.hasFocus()
    assert desk.view.selected_text() == "服务"
    desk.key(Qt.Key.Key_2)
    assert desk.words() == [("INSTITUTION", "服务")]
    desk.key(Qt.Key.Key_F3)
    assert desk.view.selected_text() == "服务"
    desk.key(Qt.Key.Key_2)
    assert desk.words() == [("INSTITUTION", "服务")] * 2
    assert len({span.range for span in desk.spans}) == 2
    desk.key(Qt.Key.Key_F3, SHIFT)
    assert desk.view.selection() == desk.spans[0].range


def test_escape_in_the_report_closes_the_bar_and_stays(desk: Desk) -> None:
    look_for(desk, "普法")
    press(desk, Qt.Key.Key_Down)
    place = desk.view.caret()
    desk.key(Qt.Key.Key_Escape)
    assert bar(desk).isVisible()
    desk.key(Qt.Key.Key_Escape)
    assert not bar(desk).isVisible()
    assert desk.view.caret() == place


def test_f3_takes_up_the_last_search_after_the_bar_was_closed(desk: Desk) -> None:
    desk.view.set_caret(0)
    look_for(desk, "普法")
    press(desk, Qt.Key.Key_Escape)
    assert marked(desk) == []
    desk.key(Qt.Key.Key_F3)
    settle(desk)
    assert desk.view.selected_text() == "普法"
    assert bar(desk).isVisible()


def test_an_expression_is_found_by_the_helper_process(desk: Desk) -> None:
    look_for(desk, r"\d+[项场份]")
    assert marked(desk) == []
    assert bar(desk).count.text() == "Not found"
    bar(desk).expression.click()
    settle(desk)
    assert marked(desk) == ["587项", "21场"]
    press(desk, Qt.Key.Key_Return)
    assert desk.view.selected_text() == "587项"
    press(desk, Qt.Key.Key_Return)
    assert desk.view.selected_text() == "21场"


def test_enter_before_the_helper_process_has_answered_is_not_lost(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F)
    bar(desk).expression.setChecked(True)
    type_in(desk, "普.")
    press(desk, Qt.Key.Key_Return)
    settle(desk)
    assert desk.view.selected_text() == "普法"


def test_a_wrong_expression_is_a_sentence_at_the_field_and_changes_nothing(desk: Desk) -> None:
    desk.select("587项")
    before = desk.view.selection(), desk.view.scroll_place()
    bar(desk).expression.setChecked(True)
    look_for(desk, "(普法")
    assert bar(desk).sentence.isVisible()
    assert "bracket" in bar(desk).sentence.text()
    assert "bracket" in bar(desk).field.accessibleDescription()
    assert marked(desk) == []
    assert (desk.view.selection(), desk.view.scroll_place()) == before
    press(desk, Qt.Key.Key_Return)
    assert (desk.view.selection(), desk.view.scroll_place()) == before
    type_in(desk, ")")
    settle(desk)
    assert not bar(desk).sentence.isVisible()
    assert marked(desk) == ["普法"]


@pytest.mark.slow
def test_an_endless_expression_is_ended_and_said_while_the_window_goes_on(desk: Desk) -> None:
    desk.window.controller.report.text += "a" * 60 + "!"  # type: ignore[union-attr]
    bar(desk).expression.setChecked(True)
    look_for(desk, "(a+)+$")
    assert "too long" in bar(desk).sentence.text()
    assert finder(desk).longest < 0.05
    look_for(desk, "普法")
    assert marked(desk) == ["普法"]


def test_case_counts_when_asked_for(open_window: Open, tmp_path: Path) -> None:
    desk = open_window(_project(tmp_path, "App、APP、app 上线。\n"))
    look_for(desk, "app")
    assert marked(desk) == ["App", "APP", "app"]
    bar(desk).case.click()
    settle(desk)
    assert marked(desk) == ["app"]


def test_furniture_is_left_out_unless_asked_for(open_window: Open, tmp_path: Path) -> None:
    text = "首页 政务公开 互动\n政务公开工作报告\n"
    desk = open_window(_project(tmp_path, text, [(0, 10, "nav")]))
    look_for(desk, "政务公开")
    assert bar(desk).count.text() == "1/1"
    bar(desk).furniture.click()
    settle(desk)
    assert bar(desk).count.text() == "1/2" or bar(desk).count.text() == "2/2"
    press(desk, Qt.Key.Key_Return)
    press(desk, Qt.Key.Key_Return)
    assert desk.view.selection() in ((3, 7), (11, 15))


def test_while_an_input_method_composes_nothing_is_looked_for_and_enter_is_its_own(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F)
    field = bar(desk).field
    QApplication.sendEvent(field, QInputMethodEvent("pu'fa", []))
    assert not bar(desk).is_due()
    before = desk.view.selection()
    press(desk, Qt.Key.Key_Return)
    press(desk, Qt.Key.Key_Escape)
    press(desk, Qt.Key.Key_1)
    assert bar(desk).isVisible()
    assert desk.view.selection() == before
    assert field.text() == ""
    done = QInputMethodEvent("", [])
    done.setCommitString("普法")
    QApplication.sendEvent(field, done)
    settle(desk)
    assert marked(desk) == ["普法"]


def test_another_report_is_searched_for_the_same(desk: Desk) -> None:
    look_for(desk, "报告")
    first = marked(desk)
    desk.do("report.next")
    settle(desk)
    assert marked(desk) == ["报告"] * desk.text.count("报告")
    assert first
    desk.do("project.close")
    assert not bar(desk).isVisible()


def test_a_selection_with_the_mouse_on_a_match_stands_at_it(desk: Desk) -> None:
    look_for(desk, "政")
    press(desk, Qt.Key.Key_Down)
    start = desk.text.rindex("政")
    desk.view.set_selection(start, start + 1)
    assert bar(desk).count.text().startswith(f"{desk.text.count('政')}/")


def test_not_found_is_said(desk: Desk) -> None:
    look_for(desk, "没有的词")
    assert bar(desk).count.text() == "Not found"
    assert not bar(desk).following.isEnabled()
    press(desk, Qt.Key.Key_Return)
    assert "没有的词" in desk.said()


def _project(folder: Path, text: str, furniture: list[tuple[int, int, str]] | None = None) -> Path:
    """A closed project with one report."""
    line = folder / "one.jsonl"
    line.write_text(json.dumps({"text": text, "furniture": furniture or []}, ensure_ascii=False), encoding="utf-8")
    path = folder / "one.annodb"
    session = Session.create(path, PERSON)
    import_paths(session.store, session.person.uid, [line])
    session.close()
    return path


def test_what_is_wrong_is_said_without_the_report_changing_its_place(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F)
    bar(desk).expression.setChecked(True)
    settle(desk)
    before = desk.view.geometry(), bar(desk).geometry(), desk.view.scroll_place()
    look_for(desk, "(普法")
    sentence = bar(desk).sentence
    assert sentence.isVisible()
    assert (desk.view.geometry(), bar(desk).geometry(), desk.view.scroll_place()) == before
    assert sentence.geometry().bottom() + 1 == bar(desk).geometry().top()
    assert sentence.width() == bar(desk).width()
    desk.window.resize(desk.window.width() - 60, desk.window.height())
    settle(desk)
    assert sentence.width() == bar(desk).width()
    bar(desk).closed.emit()
    assert not sentence.isVisible()


def test_what_was_found_is_drawn_into_the_picture_of_the_strip_that_is_there(desk: Desk) -> None:
    strip = desk.window.report_pane.strip
    desk.key(Qt.Key.Key_F)  # the bar takes its place first: the strip is drawn in that size
    strip.fill_now()
    desk.qtbot.waitUntil(lambda: not strip._picture._drawer.isActive() and not strip._filler.isActive())
    strip.grab()
    before = strip._picture._picture
    assert before is not None
    without = before.toImage()
    look_for(desk, "普法")
    strip.grab()
    assert strip._picture._picture is before
    found = before.toImage()
    assert found != without
    spans = found.rect().adjusted(0, 0, -8, 0)
    assert found.copy(spans) == without.copy(spans)
    look_for(desk, "没有这样的词")
    strip.grab()
    assert before.toImage() == without


def test_where_every_character_was_found_each_is_marked_and_the_one_one_stands_at_stands_out(desk: Desk) -> None:
    bar(desk).expression.setChecked(True)
    look_for(desk, ".")
    press(desk, Qt.Key.Key_Return)
    view = desk.view
    start, end = view.selection()
    assert end == start + 1
    image = view.viewport().grab().toImage()
    rects = [view.rect_of(Caret(offset)) for offset in range(end + 1, end + 12)]
    rects = [rect for rect in rects if rect.y() == rects[0].y()]
    assert len(rects) > 5
    for rect in rects:
        around = {image.pixelColor(rect.left() + dx, rect.center().y()).name() for dx in (-1, 0, 1, 2)}
        assert themes.LIGHT.match_edge in around
    at = view.rect_of(Caret(start))
    around = {image.pixelColor(at.left() + dx, at.center().y()).name() for dx in range(-2, 4)}
    assert themes.LIGHT.text in around
