"""Somebody opens a long report: it shows at once; its headings come when it has been painted, and move nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.services.importing import import_paths
from annotator.services.open_report import OUTLINED_AT_ONCE
from annotator.services.session import Session
from tests.ui.conftest import PERSON, Desk, Open

PARTS = "一二三四五六七八九十"


@pytest.fixture
def desk(open_window: Open, tmp_path: Path) -> Desk:
    """Two reports, the longer one open for less than a turn of the event loop."""
    paragraph = "　　推进依法行政,镇司法所梳理事项587项,投入约45亿元。" * 3
    lines = OUTLINED_AT_ONCE // len(paragraph) // len(PARTS) + 1
    parts = [f"{n}、第{n}部分\n" + "\n".join([paragraph] * lines) for n in PARTS]
    short, long = tmp_path / "a.txt", tmp_path / "b.txt"
    short.write_text("别村镇工作报告\n一、举措\n　　抓好普法。\n", encoding="utf-8")
    long.write_text("长村镇法治政府建设情况报告\n" + "\n".join(parts) + "\n", encoding="utf-8")
    path = tmp_path / "long.annodb"
    session = Session.create(path, PERSON)
    import_paths(session.store, session.person.uid, [short, long])
    reports = session.store.reports.ids()
    session.close()
    desk = open_window(path)
    desk.window.open_report(reports[0])
    desk.window.open_report(reports[1])
    return desk


def test_headings_come_late_and_move_nothing(desk: Desk, qtbot: QtBot) -> None:
    report, view = desk.window.controller.report, desk.view
    assert report is not None
    assert len(report.text) > OUTLINED_AT_ONCE
    assert not report.outlined
    assert view.page().headings == []
    view.set_caret(report.text.index("五、") + 400)
    place = view.scroll_place()
    qtbot.waitUntil(lambda: report.outlined, timeout=3000)
    assert view.page().headings == [(s.start, s.heading_end) for s in report.sections]
    assert len(report.sections) == len(PARTS)
    assert view.scroll_place() == place
    assert desk.window.report_pane.path.full() == "五、第五部分"
    assert "五、第五部分" in desk.window.status.message()


def test_the_outline_fills_without_a_touch(desk: Desk, qtbot: QtBot) -> None:
    panel = desk.window.entity_panel
    QTest.mouseClick(panel.outline_tab, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.outline.rows.rowCount() == len(PARTS), timeout=3000)
    assert desk.window.report_pane.strip.words_at(desk.window.report_pane.strip.height() - 1) == "十、第十部分"


def test_a_report_of_usual_length_has_them_at_once(desk: Desk) -> None:
    reports = desk.window.controller.session.store.reports.ids()  # type: ignore[union-attr]
    desk.window.open_report(reports[0])
    assert len(desk.view.page().headings) == 1
