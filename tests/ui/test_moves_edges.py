"""Somebody moves the edges of a span: by keys, and by its handles with the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.domain.edge_move import END, START
from annotator.domain.span import Span
from tests.ui.conftest import Desk, Open

Key, SHIFT, CTRL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    """A window with one measure, selected."""
    desk = open_window(project)
    desk.select("梳理服务事项587项")
    desk.key(Key.Key_1)
    return desk


def tagged(desk: Desk) -> str:
    (words,) = desk.words()
    return words[1]


def steps(desk: Desk) -> int:
    session = desk.window.controller.session
    return len(session.store.history.steps(desk.window.controller.report.id))


def test_e_moves_the_end_by_character_word_and_clause_and_enter_keeps_one_step(desk: Desk) -> None:
    before = steps(desk)
    desk.key(Key.Key_E)
    assert "Moving the end" in desk.window.keyboard.line.chip.text()
    desk.key(Key.Key_J)
    desk.key(Key.Key_Left)
    desk.key(Key.Key_Right, CTRL)
    assert tagged(desk) == "梳理服务事项587项", "nothing is stored before Enter"
    assert desk.view.page().pending.end == desk.find(",覆盖")[0]
    desk.key(Key.Key_Return)
    assert tagged(desk) == "梳理服务事项587项,投入约45亿元"
    assert steps(desk) == before + 1
    assert not desk.window.keyboard.line.chip.isVisible()
    desk.do("edit.undo")
    assert tagged(desk) == "梳理服务事项587项"


def test_a_second_e_moves_the_start_and_a_third_ends_the_mode(desk: Desk) -> None:
    desk.key(Key.Key_E)
    desk.key(Key.Key_E)
    assert "Moving the start" in desk.window.keyboard.line.chip.text()
    desk.key(Key.Key_K)
    desk.key(Key.Key_E)
    assert desk.window.keyboard.edges.move is None
    assert tagged(desk) == "镇司法所共梳理服务事项587项"


def test_escape_restores_and_leaves_no_step(desk: Desk) -> None:
    before, caret = steps(desk), desk.view.caret()
    desk.key(Key.Key_E)
    desk.key(Key.Key_J)
    desk.key(Key.Key_Escape)
    assert (tagged(desk), steps(desk), desk.view.caret()) == ("梳理服务事项587项", before, caret)
    assert desk.view.page().pending is None
    assert desk.window.controller.selected == (desk.spans[0].uid,)


def test_enter_on_an_edge_that_did_not_move_is_no_step(desk: Desk) -> None:
    before = steps(desk)
    for key in (Key.Key_E, Key.Key_Right, Key.Key_Left, Key.Key_Return):
        desk.key(key)
    assert steps(desk) == before


def test_nothing_is_trimmed_from_what_a_person_sets(desk: Desk) -> None:
    for key in (Key.Key_E, Key.Key_Right, Key.Key_Return):
        desk.key(key)
    assert tagged(desk) == "梳理服务事项587项,"


def test_an_edge_stops_at_the_other(desk: Desk) -> None:
    desk.key(Key.Key_E)
    for _ in range(20):
        desk.key(Key.Key_Left)
    assert "cannot go further" in desk.said()
    desk.key(Key.Key_Return)
    assert tagged(desk) == "梳"


def test_label_keys_wait_while_an_edge_moves(desk: Desk) -> None:
    desk.key(Key.Key_E)
    desk.key(Key.Key_2)
    assert "An edge is being moved" in desk.said()
    desk.key(Key.Key_Escape)
    assert desk.words() == [("MEASURE", "梳理服务事项587项")]


def test_another_action_keeps_the_edge_first(desk: Desk) -> None:
    desk.key(Key.Key_E)
    desk.key(Key.Key_J)
    desk.do("edit.undo")
    assert tagged(desk) == "梳理服务事项587项", "undo takes back the move just kept"
    desk.key(Key.Key_E)
    desk.key(Key.Key_J)
    desk.do("report.next")
    desk.do("report.previous")
    assert tagged(desk) == "梳理服务事项587项,投入约45亿元"


def test_a_done_report_keeps_its_edges(desk: Desk) -> None:
    desk.do("report.done")
    desk.window.controller.select([desk.spans[0].uid])
    desk.key(Key.Key_E)
    assert desk.window.keyboard.edges.move is None
    assert "done" in desk.said()


# ---- the mouse -----------------------------------------------------------------------------------


def mouse(desk: Desk, kind: QEvent.Type, at: QPoint, held: bool) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    where = at.toPointF()
    event = QMouseEvent(
        kind,
        where,
        desk.view.viewport().mapToGlobal(where),
        button,
        left if held else none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(desk.view.viewport(), event)


def drag_edge(desk: Desk, edge: str, to: int, *, drop: bool = True) -> None:
    """Take a handle of the selected span and move the pointer below the edge at `to`."""
    span = desk.view.edges.span()
    assert isinstance(span, Span)
    grip = desk.view.edges.knob(span, edge)
    there = span._replace(**{edge: to})
    target = desk.view.edges.knob(there, edge)
    mouse(desk, QEvent.Type.MouseButtonPress, grip, True)
    mouse(desk, QEvent.Type.MouseMove, (grip + target) / 2, True)
    mouse(desk, QEvent.Type.MouseMove, target, True)
    if drop:
        mouse(desk, QEvent.Type.MouseButtonRelease, target, False)


def test_dragging_a_handle_moves_the_edge_in_one_step(desk: Desk) -> None:
    before = steps(desk)
    drag_edge(desk, START, desk.find("服务")[0])
    assert tagged(desk) == "服务事项587项"
    assert steps(desk) == before + 1
    drag_edge(desk, END, desk.find("亿元")[0])
    assert tagged(desk) == "服务事项587项,投入约45"


def test_a_drag_that_ends_where_it_began_is_no_step(desk: Desk) -> None:
    before = steps(desk)
    span = desk.spans[0]
    drag_edge(desk, END, desk.find("亿元")[0], drop=False)
    knob = desk.view.edges.knob(span, END)
    mouse(desk, QEvent.Type.MouseMove, knob, True)
    mouse(desk, QEvent.Type.MouseButtonRelease, knob, False)
    assert (steps(desk), tagged(desk)) == (before, "梳理服务事项587项")


def test_escape_lets_go_of_an_edge_that_hangs_on_the_pointer(desk: Desk) -> None:
    before = steps(desk)
    drag_edge(desk, END, desk.find("亿元")[0], drop=False)
    assert desk.view.page().pending is not None
    desk.key(Key.Key_Escape)
    assert desk.view.page().pending is None
    assert (steps(desk), tagged(desk)) == (before, "梳理服务事项587项")


def test_a_dragged_edge_stops_at_the_other(desk: Desk) -> None:
    drag_edge(desk, END, desk.find("镇司法所")[0])
    assert tagged(desk) == "梳"


def test_the_pointer_shows_a_handle(desk: Desk) -> None:
    span = desk.spans[0]
    mouse(desk, QEvent.Type.MouseMove, desk.view.edges.knob(span, START), False)
    assert desk.view.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    mouse(desk, QEvent.Type.MouseMove, desk.point(span.start + 2), False)
    assert desk.view.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor
