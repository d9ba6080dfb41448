"""Somebody tags the same words wherever they stand: in one report, in all of them, and never where it would be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.domain.repeats import DONE_SET, FINE, FURNITURE, INSIDE, NAME, REJECTED, TAGGED, TITLE
from annotator.domain.report import Status
from annotator.services.importing import import_paths
from annotator.services.repeats import Hit
from annotator.services.session import Session
from annotator.ui.tag_all.panel import TagAllPanel
from tests.ui.conftest import PERSON, Desk, Open

TEXTS = {
    "a.txt": "云岭镇2023年工作报告\n一、主要举措\n　　镇司法所开展培训。云岭镇司法所调解纠纷。印发《镇司法所工作办法》。\n"
    "二、其他举措\n　　镇司法所发放手册，云岭镇司法所走访农户。\n",
    "b.txt": "白石镇2022年工作报告\n一、举措\n　　镇司法所受理复议3件。\n",
    "c.txt": "青禾镇2021年工作报告\n一、举措\n　　受理申请3件，办结投诉3件。\n",
}
WORDS = "镇司法所"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = tmp_path / "work.annodb"
    session = Session.create(path, PERSON)
    import_paths(session.store, session.person.uid, sorted(folder.iterdir()))
    session.close()
    return path


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    """A window in which the first place is tagged and selected."""
    desk = open_window(project)
    desk.select(WORDS)
    desk.key(Qt.Key.Key_2)
    return desk


def panel(desk: Desk) -> TagAllPanel:
    panel = desk.window.tagging.tag_all.panel
    assert panel is not None
    return panel


def hits(desk: Desk) -> list[Hit]:
    return panel(desk).model.hits


def test_the_list_opens_at_the_place_one_comes_from(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    second = desk.text.index(WORDS, desk.text.index("二、其他举措"))
    desk.view.set_caret(second)
    for _ in WORDS:
        desk.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_T)
    row = panel(desk).view.currentIndex().row()
    assert row > 0
    assert hits(desk)[row].start == second


def press(desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(panel(desk).view, key, held)


def row(desk: Desk, number: int) -> None:
    panel(desk).view.setCurrentIndex(panel(desk).model.index(number))


def texts(desk: Desk) -> list[str]:
    return [text for label, text in desk.words() if label == "INSTITUTION"]


def test_every_place_is_listed_with_its_reason_and_plain_ones_are_ticked(desk: Desk) -> None:
    desk.select("云岭镇司法所")
    desk.key(Qt.Key.Key_2)
    desk.window.controller.select([desk.spans[0].uid])
    desk.view.set_caret(0)
    desk.key(Qt.Key.Key_T)
    assert panel(desk).isVisible()
    assert [hit.reason for hit in hits(desk)] == [TAGGED, INSIDE, TITLE, FINE, NAME]
    assert [hit.ticked for hit in hits(desk)] == [False, False, False, True, False]
    assert "inside a span" in hits(desk)[1].reason_words()
    assert hits(desk)[3].after.startswith("发放手册")
    assert "其他举措" in panel(desk).model.place_of(hits(desk)[3])


def test_enter_tags_what_is_ticked_as_one_step_and_leads_back_to_the_caret(desk: Desk) -> None:
    desk.view.set_caret(desk.find("调解")[0])
    desk.window.controller.select([desk.spans[0].uid])
    caret = desk.view.caret()
    desk.key(Qt.Key.Key_T)
    row(desk, 1)
    press(desk, Qt.Key.Key_Space)
    assert not hits(desk)[1].ticked
    press(desk, Qt.Key.Key_Return)
    assert not panel(desk).isVisible()
    assert desk.view.hasFocus()
    assert desk.view.caret() == caret
    assert texts(desk) == [WORDS] * 3
    assert "2" in desk.said()
    desk.do("edit.undo")
    assert texts(desk) == [WORDS]
    desk.do("edit.redo")
    assert texts(desk) == [WORDS] * 3


def test_what_was_unticked_is_remembered_as_rejected(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    row(desk, 3)
    press(desk, Qt.Key.Key_Space)
    press(desk, Qt.Key.Key_Return)
    desk.window.controller.select([desk.spans[0].uid])
    desk.key(Qt.Key.Key_T)
    assert hits(desk)[3].reason == REJECTED
    assert not hits(desk)[3].ticked


def test_escape_changes_nothing(desk: Desk) -> None:
    before, caret = desk.spans, desk.view.caret()
    desk.key(Qt.Key.Key_T)
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_Escape)
    assert not panel(desk).isVisible()
    assert desk.spans == before
    assert desk.view.hasFocus()
    assert desk.view.caret() == caret
    assert desk.window.controller.selected == (before[0].uid,)


def test_ctrl_a_ticks_all_that_can_be_tagged_and_unticks_them_again(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    press(desk, Qt.Key.Key_A, CTRL)
    assert [hit.ticked for hit in hits(desk)] == [False, True, True, True, True]
    press(desk, Qt.Key.Key_A, CTRL)
    assert not any(hit.ticked for hit in hits(desk))


def test_ctrl_a_on_a_list_that_is_all_ticked_leaves_it_so(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    for number, hit in enumerate(hits(desk)):
        if hit.can_be_tagged and not hit.ticked:
            row(desk, number)
            press(desk, Qt.Key.Key_Space)
    everything = [False, True, True, True, True]
    assert [hit.ticked for hit in hits(desk)] == everything
    press(desk, Qt.Key.Key_A, CTRL)
    assert [hit.ticked for hit in hits(desk)] == everything
    press(desk, Qt.Key.Key_Return)
    assert len(texts(desk)) == 5


def test_several_rows_are_ticked_at_once(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    press(desk, Qt.Key.Key_A, CTRL)
    press(desk, Qt.Key.Key_A, CTRL)
    row(desk, 1)
    press(desk, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(desk, Qt.Key.Key_Space)
    assert [hit.ticked for hit in hits(desk)] == [False, True, True, False, False]


def test_with_the_mouse_only(desk: Desk) -> None:
    desk.click(desk.spans[0].start)
    desk.do("span.tag_all")
    view = panel(desk).view
    box = panel(desk).delegate.tick_box(view.visualRect(panel(desk).model.index(3)))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert not hits(desk)[3].ticked
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(panel(desk).model.index(2)).center()
    )
    assert not hits(desk)[2].ticked  # a click beside the tick only goes there
    QTest.mouseClick(panel(desk).apply_button, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    assert texts(desk) == [WORDS] * 3


def test_words_that_are_only_selected_are_tagged_with_the_label_chosen(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.select("举措")
    desk.key(Qt.Key.Key_T)
    assert [hit.ticked for hit in hits(desk)] == [True, True]
    press(desk, Qt.Key.Key_2)
    assert panel(desk).label() == "INSTITUTION"
    press(desk, Qt.Key.Key_Return)
    assert desk.words() == [("INSTITUTION", "举措")] * 2


def test_choices_are_copied_and_values_read_from_each_place(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.window.open_report(3)
    desk.select("3件")
    desk.key(Qt.Key.Key_3)
    uid = desk.spans[0].uid
    for name, value in (("role", "target"), ("value", "99"), ("subject", "别的")):
        desk.window.controller.set_attribute([uid], name, value)
    desk.key(Qt.Key.Key_T)
    press(desk, Qt.Key.Key_Return)
    second = desk.spans[1].attributes
    assert (second["role"], second["value"], second["unit"]) == ("target", "3", "件")
    assert second["subject"]["text"] != "别的"
    assert "value" in desk.spans[1].proposed
    assert "role" not in desk.spans[1].proposed


def test_the_whole_project_is_looked_through_beside_the_window(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    press(desk, Qt.Key.Key_T)
    assert desk.window.tasks.current is not None
    assert not panel(desk).apply_button.isEnabled()
    desk.wait_for_job()
    assert [hit.title[:3] for hit in hits(desk)] == ["云岭镇"] * 5 + ["白石镇"]
    assert panel(desk).view.hasFocus()
    assert panel(desk).model.place_of(hits(desk)[5]).startswith("白石镇")
    press(desk, Qt.Key.Key_Return)
    session = desk.window.controller.session
    assert session is not None
    assert session.store.totals.stats(PERSON.uid).spans == 5  # 1, the name with 云岭 in front too, 2, and 白石's
    desk.do("edit.undo")
    assert session.store.totals.stats(PERSON.uid).spans == 1


def test_a_search_that_is_cancelled_leads_back_to_the_report(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    press(desk, Qt.Key.Key_T)
    desk.window.tasks.cancel()
    desk.wait_for_job()
    desk.qtbot.waitUntil(lambda: panel(desk).model.rowCount() in (5, 6))
    press(desk, Qt.Key.Key_Escape)
    assert not panel(desk).isVisible()


def test_another_label_during_a_search_starts_it_again(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    press(desk, Qt.Key.Key_T)
    press(desk, Qt.Key.Key_3)
    desk.wait_for_job()
    desk.qtbot.waitUntil(lambda: panel(desk).model.rowCount() == 6 and desk.window.tasks.current is None)
    assert panel(desk).label() == "INDICATOR"
    assert hits(desk)[0].reason == FINE  # tagged as an institution, not as this


def test_reports_that_are_done_are_listed_and_cannot_be_ticked(desk: Desk) -> None:
    desk.do("report.next")
    desk.window.controller.set_status(Status.DONE)
    desk.do("report.previous")
    desk.window.controller.select([desk.spans[0].uid])
    desk.key(Qt.Key.Key_T)
    press(desk, Qt.Key.Key_T)
    desk.wait_for_job()
    assert hits(desk)[5].reason == DONE_SET
    row(desk, 5)
    press(desk, Qt.Key.Key_Space)
    assert not hits(desk)[5].ticked


def test_page_furniture_is_not_ticked(open_window: Open, tmp_path: Path) -> None:
    text = "首页\n镇司法所\n一、举措\n　　镇司法所开展培训。\n"
    line = {"format": 1, "id": "x", "text": text, "furniture": [[0, 8, "navigation"]]}
    import json

    (tmp_path / "f.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    path = tmp_path / "f.annodb"
    session = Session.create(path, PERSON)
    import_paths(session.store, session.person.uid, [tmp_path / "f.jsonl"])
    session.close()
    desk = open_window(path)
    start = desk.text.index(WORDS, 9)
    desk.view.set_selection(start, start + 4)
    desk.key(Qt.Key.Key_T)
    assert [(hit.reason, hit.ticked) for hit in hits(desk)] == [(FURNITURE, False), (FINE, True)]


def test_nothing_selected_says_what_to_do(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.view.set_caret(3)
    desk.key(Qt.Key.Key_T)
    assert "Select" in desk.said()
    assert desk.window.tagging.tag_all.panel is None


def test_the_place_one_stands_on_shows_in_the_report(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    row(desk, 4)
    assert desk.window.tagging.tag_all._mark.place == (hits(desk)[4].start, hits(desk)[4].end)
    press(desk, Qt.Key.Key_Escape)
    assert desk.window.tagging.tag_all._mark.place is None


def test_an_undo_under_the_open_list_brings_the_list_up_to_date(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    row(desk, 4)
    press(desk, Qt.Key.Key_Space)
    desk.window.controller.undo()
    assert hits(desk)[0].reason == FINE
    assert not hits(desk)[4].ticked  # what was chosen by hand stays


def test_very_many_places_are_tagged_beside_the_window(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.ui.tag_all import tag_all

    monkeypatch.setattr(tag_all, "AT_ONCE", 1)
    uid, caret = desk.spans[0].uid, desk.view.caret()
    desk.key(Qt.Key.Key_T)
    press(desk, Qt.Key.Key_T)
    desk.wait_for_job()
    press(desk, Qt.Key.Key_Return)
    assert desk.window.tasks.current is not None
    desk.wait_for_job()
    desk.qtbot.waitUntil(lambda: len(texts(desk)) == 4)
    assert desk.window.controller.selected == (uid,)
    assert desk.view.caret() == caret
    desk.do("edit.undo")
    assert len(texts(desk)) == 1


def test_the_list_speaks_the_language_of_the_moment(desk: Desk) -> None:
    desk.key(Qt.Key.Key_T)
    desk.do("view.language_zh_CN")
    desk.qtbot.waitUntil(lambda: panel(desk).title.text() == "全部标注")
    assert "勾选" in panel(desk).count.text()
    assert panel(desk).label_box.currentText() == "机构"
    assert hits(desk)[0].reason_words() == "已标注"
    desk.do("view.theme_dark")
    assert not panel(desk).grab().isNull()
