"""Somebody goes through the reports: filter, statuses, the next one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.domain.report import Status
from tests.ui.conftest import Desk, Open


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    return open_window(project)


def titles(desk: Desk) -> list[str]:
    model = desk.window.report_list.model
    return [model.index(row).data() for row in range(model.rowCount())]


def filter_by(desk: Desk, words: str) -> None:
    panel = desk.window.report_list
    panel.filter.setText(words)
    panel.apply_filter()


def test_every_report_is_listed_with_place_and_year(desk: Desk) -> None:
    model = desk.window.report_list.model
    row = model.row(0)
    assert row is not None
    assert (row.place, row.year) == ("云岭镇", 2023)
    assert len(titles(desk)) == 3


def test_ctrl_j_and_words_narrow_the_list(desk: Desk) -> None:
    desk.do("edit.find_report")
    field = desk.window.report_list.filter
    assert field.hasFocus()
    QTest.keyClicks(field, "2022")
    desk.qtbot.waitUntil(lambda: len(titles(desk)) == 1)
    assert "白石" in titles(desk)[0]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: len(titles(desk)) == 3)


def test_enter_in_the_filter_opens_the_first_match(desk: Desk) -> None:
    desk.do("edit.find_report")
    field = desk.window.report_list.filter
    field.setText("青禾")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.text.startswith("青禾县")


def test_a_filter_that_nothing_matches_says_so(desk: Desk) -> None:
    filter_by(desk, "nowhere")
    assert titles(desk) == []
    panel = desk.window.report_list
    assert panel._empty.isVisible()
    desk.qtbot.waitUntil(lambda: panel._empty.height() > panel.height() // 2)  # what stands above and below stays there
    assert panel._empty.y() - panel.filter_bar.geometry().bottom() < 20


def test_a_click_opens_a_report(desk: Desk) -> None:
    view = desk.window.report_list.view
    index = desk.window.report_list.model.index(2)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    assert desk.text.startswith("青禾县")


def test_done_and_next(desk: Desk) -> None:
    first = desk.window.controller.report
    for _ in range(2):  # at the first press it lists what is open
        QTest.mouseClick(desk.window.report_pane.done_button, Qt.MouseButton.LeftButton)
    assert desk.text.startswith("白石街道")
    row = desk.window.report_list.model.row(0)
    assert row is not None
    assert row.status == Status.DONE
    assert "1 done" in desk.window.report_list.numbers.text()
    desk.window.open_report(first.id)  # type: ignore[union-attr]
    assert desk.window.controller.report.status == Status.DONE  # type: ignore[union-attr]
    assert desk.window.entity_panel.notice.isVisible()


def test_the_last_report_says_that_it_is_the_last(desk: Desk) -> None:
    for _ in range(6):
        desk.do("report.done_next")
    assert "last" in desk.said()
    assert desk.text.startswith("青禾县")


def test_only_reports_in_one_state(desk: Desk) -> None:
    desk.do("report.done")
    desk.window.report_list.filter_bar.choose_status(Status.DONE.value)
    assert len(titles(desk)) == 1
    desk.window.report_list.filter_bar.choose_status(Status.NEW.value)
    assert len(titles(desk)) == 2
    desk.window.report_list.filter_bar.choose_status(None)
    assert len(titles(desk)) == 3


def test_next_and_previous_follow_the_filter(desk: Desk) -> None:
    filter_by(desk, "法治")
    desk.do("report.next")
    assert desk.text.startswith("白石街道")
    desk.do("report.next")
    assert "last" in desk.said()
    desk.do("report.previous")
    assert desk.text.startswith("云岭镇")


def test_the_count_follows_the_edits(desk: Desk) -> None:
    desk.select("587项")
    desk.key(Qt.Key.Key_3)
    row = desk.window.report_list.model.row(0)
    assert row is not None
    assert (row.spans, row.status) == (1, Status.IN_PROGRESS)


def test_many_reports_come_in_slices(open_window: Open, tmp_path: Path) -> None:
    """The first ids at once, the others after; rows are fetched by the page and not all kept."""
    from annotator.services.importing import import_paths
    from annotator.services.session import Session
    from annotator.ui.report_list.model import CACHED, FIRST
    from tests.ui.conftest import PERSON

    lines = "".join(f'{{"text": "报告第{n}份。"}}\n' for n in range(3_000))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    session = Session.create(tmp_path / "many.annodb", PERSON)
    import_paths(session.store, session.person.uid, [tmp_path / "many.jsonl"])
    session.close()
    desk = open_window()
    counts: list[int] = []
    model = desk.window.report_list.model
    model.grown.connect(lambda: counts.append(model.rowCount()))
    desk.window.commands.project.open_path(tmp_path / "many.annodb")
    assert counts[0] == FIRST
    desk.qtbot.waitUntil(lambda: model.complete)
    assert model.rowCount() == 3_000
    for row in range(0, 3_000, 16):
        model.row(row)
    assert len(model._rows) <= CACHED
    filter_by(desk, "第2999份")
    assert titles(desk) == ["报告第2999份。"]


def test_filtering_the_panel(desk: Desk) -> None:
    for words, key in (("镇司法所", Qt.Key.Key_2), ("587项", Qt.Key.Key_3), ("21场", Qt.Key.Key_3)):
        desk.select(words)
        desk.key(key)
    panel = desk.window.entity_panel
    desk.do("edit.find_span")
    assert panel.filter.hasFocus()
    QTest.keyClicks(panel.filter, "21")
    assert panel.model.rowCount() == 1
    desk.select("1000余份")
    desk.key(Qt.Key.Key_3)
    assert panel.model.rowCount() == 1, "a span that the filter does not let through stays out of the list"
    panel.filter.setText("indicator")
    assert panel.model.rowCount() == 3


def test_the_outline_jumps(desk: Desk) -> None:
    panel = desk.window.entity_panel
    QTest.mouseClick(panel.outline_tab, Qt.MouseButton.LeftButton)
    rows = [panel.outline.rows.index(n).data().strip() for n in range(panel.outline.rows.rowCount())]
    assert any("下一步打算" in row for row in rows)
    index = panel.outline.rows.index(next(n for n, row in enumerate(rows) if "下一步打算" in row))
    QTest.mouseClick(panel.outline.viewport(), Qt.MouseButton.LeftButton, pos=panel.outline.visualRect(index).center())
    assert desk.view.caret() == desk.find("二、下一步打算")[0]
    assert "下一步打算" in desk.window.report_pane.path.full()


def test_going_on_with_ctrl_held_selects_no_second_report(desk: Desk) -> None:
    panel = desk.window.report_list
    desk.window.open_report(panel.model.id_at(0))
    QTest.keyClick(desk.window.report_pane.view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    desk.window.open_report(panel.model.id_at(2))  # as if Ctrl were held still
    assert panel.selected() == [panel.model.id_at(2)]
