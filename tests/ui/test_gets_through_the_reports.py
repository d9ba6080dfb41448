"""Somebody gets through the reports: done and next, the queue, bookmarks, time, history, properties."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.report import Status
from annotator.services.questions import Questions
from annotator.ui.dialogs.properties import PropertiesDialog
from tests.ui.conftest import Desk, Open

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    return open_window(project)


def tag(desk: Desk, words: str, key: Key = Key.Key_3) -> None:
    desk.select(words)
    desk.key(key)


def report_id(desk: Desk) -> int:
    report = desk.window.controller.report
    assert report is not None
    return report.id


def done_next(desk: Desk) -> None:
    desk.key(Key.Key_Return, CTRL)


# ---- done and next ----------------------------------------------------------------------------------


def test_the_first_press_lists_what_is_open_and_goes_to_the_first(desk: Desk) -> None:
    tag(desk, "587项")
    desk.window.controller.set_certain([desk.spans[0].uid], False)
    done_next(desk)
    bar = desk.window.flow.open_bar
    assert bar.isVisible()
    assert bar.counts() == {"number": 4, "uncertain": 1}
    assert desk.window.controller.selected == (desk.spans[0].uid,)
    assert "1 / 5" in desk.said()
    assert desk.window.controller.report.status == Status.IN_PROGRESS  # type: ignore[union-attr]
    done_next(desk)
    assert desk.text.startswith("白石街道")
    assert not bar.isVisible()
    assert desk.window.report_list.model.row(0).status == Status.DONE  # type: ignore[union-attr]


def test_an_edit_that_opens_something_new_makes_the_next_press_a_first_one(desk: Desk) -> None:
    tag(desk, "587项")
    done_next(desk)
    desk.window.controller.set_certain([desk.spans[0].uid], False)
    done_next(desk)
    assert desk.text.startswith("云岭镇")
    assert desk.window.flow.open_bar.counts()["uncertain"] == 1
    tag(desk, "21场")  # closes something: the next press is a second one
    done_next(desk)
    assert desk.text.startswith("白石街道")


def test_a_key_leads_from_one_open_thing_to_the_next_and_a_tag_closes_it(desk: Desk) -> None:
    desk.view.set_caret(0)
    desk.key(Key.Key_I)
    assert desk.text[slice(*desk.view.selection())] == "587项"
    desk.key(Key.Key_3)
    assert desk.words() == [("INDICATOR", "587项")]
    desk.key(Key.Key_I)
    assert desk.text[slice(*desk.view.selection())] == "约45亿元"
    desk.key(Key.Key_I, SHIFT)
    assert desk.text[slice(*desk.view.selection())] == "1000余份"  # round at the beginning
    desk.qtbot.waitUntil(lambda: desk.window.flow.open_bar.counts() == {"number": 4})


def test_a_click_on_a_kind_goes_to_the_next_of_that_kind(desk: Desk) -> None:
    tag(desk, "镇司法所", Key.Key_2)
    desk.window.controller.set_certain([desk.spans[0].uid], False)
    desk.view.set_caret(desk.find("21场")[0])
    done_next(desk)
    button = desk.window.flow.open_bar.buttons["uncertain"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.window.controller.selected == (desk.spans[0].uid,)
    assert not desk.window.flow.open_bar.buttons["question"].isVisible()


def test_an_open_question_is_listed_and_gone_to(desk: Desk) -> None:
    controller = desk.window.controller
    assert controller.session is not None
    assert controller.report is not None
    start, end = desk.find("政务服务")
    Questions(controller.session).ask(controller.report, start, end, "算吗?")
    done_next(desk)
    assert desk.window.flow.open_bar.counts()["question"] == 1
    QTest.mouseClick(desk.window.flow.open_bar.buttons["question"], Qt.MouseButton.LeftButton)
    assert desk.view.selection() == (start, end)


def test_esc_of_the_bar_puts_it_away_and_nothing_is_done(desk: Desk) -> None:
    done_next(desk)
    QTest.mouseClick(desk.window.flow.open_bar.close_button, Qt.MouseButton.LeftButton)
    assert not desk.window.flow.open_bar.isVisible()
    done_next(desk)
    assert desk.text.startswith("云岭镇")


def test_done_reports_are_passed_by_and_the_queue_goes_round(desk: Desk) -> None:
    desk.do("report.next")
    desk.do("report.done")
    desk.do("report.previous")
    done_next(desk), done_next(desk)
    assert desk.text.startswith("青禾县")
    desk.window.open_report(desk.window.report_list.model.id_at(0))
    desk.do("report.reopen")
    desk.window.open_report(desk.window.report_list.model.id_at(2))
    done_next(desk), done_next(desk)
    assert desk.text.startswith("云岭镇")
    done_next(desk), done_next(desk)
    assert "last" in desk.said()


def test_a_done_report_is_read_only_until_one_key_reopens_it(desk: Desk) -> None:
    tag(desk, "587项")
    desk.do("report.done")
    desk.select("21场")
    desk.key(Key.Key_3)
    assert len(desk.spans) == 1
    assert "Ctrl+Shift+Return reopens" in desk.said()
    desk.key(Key.Key_Return, CTRL | SHIFT)
    assert desk.window.controller.report.status == Status.IN_PROGRESS  # type: ignore[union-attr]
    desk.select("21场")
    desk.key(Key.Key_3)
    assert len(desk.spans) == 2
    assert not desk.window.actions_["report.reopen"].isEnabled()


# ---- the queue --------------------------------------------------------------------------------------


def order(desk: Desk) -> list[int]:
    model = desk.window.report_list.model
    return [model.id_at(n) for n in range(model.rowCount())]


def test_a_seed_gives_the_same_order_again_and_is_remembered(desk: Desk, open_window: Open, project: Path) -> None:
    bar, files = desk.window.report_list.queue_bar, order(desk)
    assert not bar.seed.isVisible()
    found = {}
    for seed in range(1, 9):
        desk.window.report_list.choose_order("random", seed)
        found[seed] = order(desk)
    assert any(ids != files for ids in found.values())
    bar.seed.setFocus()
    bar.seed.selectAll()
    QTest.keyClicks(bar.seed, "3")
    QTest.keyClick(bar.seed, Key.Key_Return)
    assert order(desk) == found[3]
    desk.window.close()
    again = open_window(project)
    assert order(again) == found[3]
    assert again.window.report_list.queue_bar.seed.text() == "3"
    assert again.window.actions_["queue.random"].isChecked()
    again.do("queue.file")
    assert order(again) == files


def test_next_follows_the_order(desk: Desk) -> None:
    seed = next(s for s in range(1, 50) if (desk.window.report_list.choose_order("random", s), order(desk)[0])[1] != 1)
    ids = order(desk)
    assert desk.window.report_list.queue.queue.seed == seed  # type: ignore[union-attr]
    desk.window.open_report(ids[0])
    for expected in ids[1:]:
        desk.do("report.next")
        assert report_id(desk) == expected
    desk.do("report.previous")
    assert report_id(desk) == ids[1]


def test_what_is_no_seed_is_put_back(desk: Desk) -> None:
    desk.window.report_list.choose_order("random", 5)
    field = desk.window.report_list.queue_bar.seed
    field.setFocus()
    field.setText("x")
    QTest.keyClick(field, Key.Key_Return)
    assert field.text() == "5"


def test_fewest_spans_first(desk: Desk) -> None:
    tag(desk, "587项")
    first = report_id(desk)
    desk.do("queue.fewest")
    assert order(desk)[-1] == first


def test_the_filter_keeps_the_order(desk: Desk) -> None:
    desk.window.report_list.choose_order("random", 4)
    ids = order(desk)
    desk.window.report_list.filter.setText("法治")
    desk.window.report_list.apply_filter()
    desk.qtbot.waitUntil(lambda: desk.window.report_list.model.complete)
    assert order(desk) == [report for report in ids if report in order(desk)]
    assert len(order(desk)) == 2


# ---- bookmarks --------------------------------------------------------------------------------------


def test_a_bookmark_is_set_found_again_and_taken_away(desk: Desk) -> None:
    first, at = report_id(desk), desk.find("21场")[0]
    desk.view.set_caret(at)
    desk.key(Key.Key_B, CTRL)
    desk.do("report.next")
    desk.key(Key.Key_F4)
    assert report_id(desk) == first
    assert desk.view.caret() == at
    desk.view.grab()
    assert desk.window.flow.bookmarks.flags._shown
    desk.key(Key.Key_B, CTRL)
    desk.key(Key.Key_F4)
    assert "no bookmark" in desk.said()
    desk.do("edit.undo")
    assert desk.view.caret() == at


def test_the_list_of_bookmarks_is_chosen_from_by_keys(desk: Desk) -> None:
    desk.view.set_caret(desk.find("587项")[0])
    desk.do("bookmark.toggle")
    desk.do("report.next")
    desk.view.set_caret(desk.find("12次")[0])
    desk.do("bookmark.toggle")
    desk.key(Key.Key_B, CTRL | SHIFT)
    menu = desk.window.flow.bookmarks.menu
    assert len(menu.actions()) == 2
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert desk.view.caret() == desk.find("587项")[0]


# ---- time -------------------------------------------------------------------------------------------


def test_time_counts_while_somebody_works_and_not_while_nobody_does(desk: Desk) -> None:
    clock, session = desk.window.flow.clock, desk.window.controller.session
    assert session is not None
    first, now = report_id(desk), [clock.now()]
    clock.keep()
    before = session.store.work.get(session.person.uid, first)
    clock.now = lambda: now[0]
    desk.key(Key.Key_Right)
    now[0] += 20
    desk.key(Key.Key_Right)
    now[0] += 3600  # lunch: a minute of it counts
    desk.key(Key.Key_Right)
    now[0] += 5
    desk.do("report.next")
    assert session.store.work.get(session.person.uid, first) - before == pytest.approx(85, abs=0.5)
    assert session.store.history.steps(limit=1)[0].kind == "import"  # time is no step


def test_another_window_in_front_stops_the_time(desk: Desk) -> None:
    clock, session = desk.window.flow.clock, desk.window.controller.session
    assert session is not None
    now = [clock.now()]
    clock.keep()
    before = session.store.work.get(session.person.uid, report_id(desk))
    clock.now = lambda: now[0]
    desk.key(Key.Key_Right)
    now[0] += 10
    QApplication.sendEvent(desk.window, QEvent(QEvent.Type.WindowDeactivate))
    now[0] += 30
    desk.window.close()
    desk.window.controller.close()
    from annotator.storage import Store

    with Store.open(session.path, write=False) as store:
        found = store.work.get(session.person.uid, 1)
    assert found - before == pytest.approx(10, abs=0.5)


def test_a_window_that_is_killed_comes_back_near_where_it_was(desk: Desk) -> None:
    clock, session = desk.window.flow.clock, desk.window.controller.session
    assert session is not None
    now = [clock.now()]
    clock.keep()
    clock.now = lambda: now[0]
    for _ in range(3):
        desk.key(Key.Key_Right)
    now[0] += 61
    desk.key(Key.Key_Right)  # nothing was left or closed: the minute alone writes the place
    place = session.store.places.get(session.person.uid, report_id(desk))
    assert place is not None
    assert place.caret == desk.window.controller.caret


# ---- history ----------------------------------------------------------------------------------------


def lines(desk: Desk) -> list[str]:
    model = desk.window.flow.history.model
    return [model.index(n).data() for n in range(model.rowCount())]


def struck(desk: Desk) -> list[str]:
    model = desk.window.flow.history.model
    return [model.index(n).data() for n in range(model.rowCount()) if (e := model.entry(n)) and e.mark]


def test_the_history_names_steps_days_and_people_across_restarts(desk: Desk, open_window: Open, project: Path) -> None:
    tag(desk, "587项")
    desk.do("edit.undo")
    desk.window.close()
    again = open_window(project)
    again.key(Key.Key_H, SHIFT)
    assert lines(again)[:3] == ["Today", "Undo: Tag Indicator “587项”", "Tag Indicator “587项”"]
    assert struck(again) == ["Tag Indicator “587项”"]
    model = again.window.flow.history.model
    spoken = model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "甲" in spoken
    assert "taken back" in spoken
    again.do("edit.redo")
    assert struck(again) == []


def test_this_report_or_the_whole_project(desk: Desk) -> None:
    tag(desk, "587项")
    desk.do("report.next")
    desk.do("view.history")
    assert not any("587项" in line for line in lines(desk))
    page = desk.window.flow.history
    page.scope.setCurrentIndex(1)
    page.scope.activated.emit(1)
    assert any("587项" in line for line in lines(desk))


def test_a_double_click_goes_to_the_place(desk: Desk) -> None:
    tag(desk, "21场")
    first = report_id(desk)
    desk.do("report.next")
    desk.do("view.history")
    page = desk.window.flow.history
    page.scope.setCurrentIndex(1)
    page.scope.activated.emit(1)
    row = next(n for n, words in enumerate(lines(desk)) if "21场" in words)
    page.view.doubleClicked.emit(page.model.index(row))
    assert report_id(desk) == first
    assert [s.uid for s in desk.window.controller.selected_spans()] == [desk.spans[0].uid]


def test_restoring_is_one_step_and_undone_as_one(desk: Desk) -> None:
    tag(desk, "587项")
    for words in ("约45亿元", "21场"):
        tag(desk, words)
    desk.window.controller.set_note(desk.spans[0].uid, "注")
    desk.do("view.history")
    page = desk.window.flow.history
    page.view.setCurrentIndex(page.model.index(next(n for n, w in enumerate(lines(desk)) if "587项" in w)))
    QTest.mouseClick(page.restore_button, Qt.MouseButton.LeftButton)
    assert [words for _label, words in desk.words()] == ["587项"]
    assert desk.spans[0].note == ""
    assert "3 steps back" in desk.said()
    assert len(struck(desk)) == 3
    assert page.view.currentIndex().data() == "Tag Indicator “587项”"  # one stays where one was
    QTest.mouseClick(page.restore_button, Qt.MouseButton.LeftButton)
    assert "as it was then already" in desk.said()
    desk.do("edit.undo")
    assert len(desk.spans) == 3
    assert desk.spans[0].note == "注"


# ---- properties -------------------------------------------------------------------------------------


def properties(desk: Desk) -> PropertiesDialog:
    desk.do("report.properties")
    return next(w for w in desk.window.findChildren(PropertiesDialog) if w.isVisible())


def test_the_properties_of_a_report(desk: Desk) -> None:
    tag(desk, "587项")
    dialog = properties(desk)
    assert dialog.values["file"].text() == "a.txt"
    assert dialog.values["sets"].text() == "甲: in progress, 1 span"
    assert len(dialog.values["hash"].text().replace("\n", "")) == 64
    assert dialog.values["characters"].text() == f"{len(desk.text):,}"
    assert dialog.values["encoding"].text()
    dialog.reject()


def test_a_title_is_corrected_as_a_step_and_a_wrong_year_explained(desk: Desk) -> None:
    dialog = properties(desk)
    title = dialog.fields["title"]
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "New title")
    QTest.keyClick(title, Key.Key_Return)
    assert desk.window.report_list.model.row(0).title == "New title"  # type: ignore[union-attr]
    year = dialog.fields["year"]
    year.setFocus()
    year.selectAll()
    QTest.keyClicks(year, "23")
    QTest.keyClick(year, Key.Key_Return)
    assert "is no year" in dialog.problem.text()
    QTest.keyClick(year, Key.Key_Escape)
    assert year.text() == "2023"
    desk.do("edit.undo")
    assert dialog.fields["title"].text().startswith("云岭镇")
    dialog.reject()
