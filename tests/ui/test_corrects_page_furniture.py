"""Somebody corrects what is page furniture: marks it, makes it body again, moves its edges, keeps rules about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.changes import Wording
from annotator.domain.report import Furniture, Report
from annotator.domain.span import new_uid
from annotator.storage import verify
from annotator.ui.furniture.edges import edge_lines
from annotator.ui.furniture.rules_dialog import RulesDialog
from tests.ui.conftest import Desk, Open

Key, SHIFT, CTRL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

PAGE = "首页 > 政务公开\n{}年法治政府建设报告\n字号：大 中 小\n　　镇司法所办结案件{}件。\n分享到 微信\n主办：某某县政府\n备案号 12345\n"


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    """A window on the first of three pages of one site, its foot marked."""
    desk = open_window(project)
    session = desk.window.controller.session
    step = session.store.history.begin_bulk("import", Wording("x"), session.person.uid)
    numbers = []
    for year in (2021, 2022, 2023):
        text = PAGE.format(year, year - 2000)
        foot = Furniture(new_uid(), text.index("主办"), len(text), "page.footer")
        meta = {"title": f"{year}年", "url": f"http://www.example.gov.cn/{year}.html"}
        numbers.append(session.store.reports.add(Report(new_uid(), text, meta, furniture=[foot]), step))
    session.announce_job(session.store.history.end_bulk(step))
    desk.window.open_report(numbers[0])
    desk.view.setFocus()
    return desk


def furniture(desk: Desk, report: int | None = None) -> list[str]:
    store = desk.window.controller.session.store
    report = report or desk.window.controller.report.id
    text = store.reports.text(report)
    return [text[item.start : item.end].strip() for item in store.reports.furniture(report)]


FOOT = "主办：某某县政府\n备案号 12345"


def test_g_marks_the_line_of_the_caret_and_folds_it_and_undo_names_it(desk: Desk) -> None:
    desk.view.set_caret(desk.text.index("字号"))
    desk.key(Key.Key_G)
    assert furniture(desk) == ["字号：大 中 小", FOOT]
    item = desk.window.controller.report.furniture[0]
    assert desk.view.is_folded(item.uid)
    assert "字号" in desk.said() and "字号" in desk.window.actions_["edit.undo"].text()
    desk.key(Key.Key_Z, CTRL)
    assert furniture(desk) == [FOOT] and [f.rule for f in desk.window.controller.report.furniture] == ["page.footer"]


def test_g_marks_what_is_selected_and_shift_g_makes_part_of_it_body_again(desk: Desk) -> None:
    desk.select("首页 > 政务公开\n2021年法治政府建设报告")
    desk.key(Key.Key_G)
    assert furniture(desk)[0] == "首页 > 政务公开\n2021年法治政府建设报告"
    desk.select("2021年法治政府建设报告")
    desk.key(Key.Key_G, SHIFT)
    assert furniture(desk) == ["首页 > 政务公开", FOOT]
    assert desk.view.selected_text().strip() == "2021年法治政府建设报告"
    assert verify(desk.window.controller.session.store) == []


def test_shift_g_on_a_folded_line_restores_it_and_says_where_there_is_none(desk: Desk) -> None:
    desk.view.set_caret(desk.text.index("首页"))
    desk.key(Key.Key_G, SHIFT)
    assert "no page furniture" in desk.said()
    uid = desk.window.controller.report.furniture[0].uid
    desk.view.set_folded(uid, True)
    desk.key(Key.Key_End, CTRL)
    desk.key(Key.Key_G, SHIFT)
    assert furniture(desk) == []
    desk.key(Key.Key_Z, CTRL)
    assert furniture(desk) == [FOOT]


def test_the_fold_and_its_tooltip_say_which_rule_found_it(desk: Desk) -> None:
    item = desk.window.controller.report.furniture[0]
    page = desk.view.page()
    folded = next(piece for piece in page.paragraphs.pieces if piece.fold and piece.fold.uid == item.uid)
    assert "foot of the page" in page._fold_line(folded)
    top = next(y for _n, block, y in page.visible() if block.piece == folded)
    tips = [layer.tip(QPoint(page.column()[0] + 20, top + 4)) for layer in desk.view.layers]
    assert any("foot of the page" in tip and "Shift+G" in tip for tip in tips)


def test_edges_move_by_lines_with_keys_and_enter_keeps_one_step(desk: Desk) -> None:
    desk.key(Key.Key_End, CTRL)
    desk.key(Key.Key_E, SHIFT)
    assert desk.window.furniture.edges.item is not None
    desk.key(Key.Key_E)
    desk.key(Key.Key_Up)
    assert furniture(desk) == [FOOT], "nothing is written before Enter"
    desk.key(Key.Key_Return)
    assert furniture(desk) == ["分享到 微信\n" + FOOT]
    desk.key(Key.Key_E, SHIFT)
    desk.key(Key.Key_Up)
    desk.key(Key.Key_Escape)
    assert furniture(desk) == ["分享到 微信\n" + FOOT] and desk.window.furniture.edges.item is None
    desk.key(Key.Key_Z, CTRL)
    assert furniture(desk) == [FOOT]


def test_an_edge_is_dragged_with_the_mouse(desk: Desk) -> None:
    item = desk.window.controller.report.furniture[0]
    desk.view.set_folded(item.uid, False)
    view, viewport = desk.view, desk.view.viewport()
    placed = desk.window.furniture.edges._placed()
    y = next(y for uid, y, at_end in edge_lines(placed) if not at_end)
    x = view.page().column()[0] + 30
    target = next(top for _n, block, top in view.page().visible() if block.piece.start == desk.text.index("分享到"))
    held, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, at, button, buttons in (
        (QEvent.Type.MouseButtonPress, y, held, held),
        (QEvent.Type.MouseMove, (y + target) // 2, none, held),
        (QEvent.Type.MouseMove, target + 3, none, held),
        (QEvent.Type.MouseButtonRelease, target + 3, held, none),
    ):
        where = QPoint(x, at).toPointF()
        event = QMouseEvent(kind, where, viewport.mapToGlobal(where), button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewport, event)
    assert furniture(desk) == ["分享到 微信\n" + FOOT]
    desk.key(Key.Key_Z, CTRL)
    assert furniture(desk) == [FOOT]


def test_a_correction_is_kept_as_a_rule_and_applied_to_the_reports_of_the_site(desk: Desk) -> None:
    first = desk.window.controller.report.id
    desk.view.set_caret(desk.text.index("字号"))
    desk.key(Key.Key_G)
    desk.key(Key.Key_G, CTRL)
    ruling = desk.window.furniture.ruling
    desk.qtbot.waitUntil(lambda: ruling.bar.apply.isVisible(), timeout=10_000)
    assert "2" in ruling.bar.words.full() and "example.gov.cn" in ruling.bar.title.text()
    desk.qtbot.waitUntil(lambda: desk.window.tasks.current is None)
    ruling.bar.apply.click()
    desk.qtbot.waitUntil(lambda: len(furniture(desk, first + 1)) == 2, timeout=10_000)
    desk.qtbot.waitUntil(lambda: desk.window.tasks.current is None)
    assert furniture(desk, first + 1) == furniture(desk, first + 2) == ["字号：大 中 小", FOOT]
    desk.window.commands.do("edit.undo")
    assert furniture(desk, first + 1) == furniture(desk, first + 2) == [FOOT]
    assert furniture(desk, first) == ["字号：大 中 小", FOOT]
    assert verify(desk.window.controller.session.store) == []


def test_the_rules_are_listed_and_forgotten_and_undo_brings_them_back(desk: Desk) -> None:
    desk.view.set_caret(desk.text.index("字号"))
    desk.key(Key.Key_G)
    desk.window.commands.do("furniture.rule")
    desk.qtbot.waitUntil(lambda: desk.window.tasks.current is None, timeout=10_000)
    desk.window.furniture.ruling.bar.keep.click()
    desk.window.commands.do("furniture.rules")
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, RulesDialog)]
    assert dialog.tree.topLevelItemCount() == 1
    line = dialog.tree.topLevelItem(0)
    assert "example.gov.cn" in line.text(0) and "字号" in line.text(2)
    line.setSelected(True)
    dialog.forget_button.click()
    assert dialog.tree.topLevelItemCount() == 0 and furniture(desk)[0] == "字号：大 中 小"
    desk.window.commands.do("edit.undo")
    assert dialog.tree.topLevelItemCount() == 1
    dialog.close()


def test_a_text_edit_and_furniture_go_together(desk: Desk) -> None:
    desk.key(Key.Key_E, CTRL | SHIFT)
    desk.view.set_caret(0)
    QTest.keyClicks(desk.view, "abc")
    assert desk.window.controller.report.furniture[0].start + 3 == desk.view.page().folding.folds[0].start
    desk.key(Key.Key_Return, CTRL)
    assert furniture(desk) == [FOOT] and verify(desk.window.controller.session.store) == []
