"""The benchmark's person makes a gold standard again: every way it has, and what it says where the window is not right."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from annotator.services.importing import import_paths
from annotator.services.session import Session
from benchmarks import gold
from benchmarks.gold import Target
from benchmarks.replay import INDICATOR, INSTITUTION, MEASURE, Replay, row
from tests.ui.conftest import PERSON, Desk, Open

TEXT = (
    "青禾县2023年工作报告\n一、主要举措\n"
    "　　(一)推进公开。县数据办统筹推进政务公开;举办培训21场,梳理事项587项。群众满意。县数据办牵头。\n"
    "　　(二)服务企业。投入约45亿元,县数据办办事公开,其他县数据办不在此列,整改到位。\n"
    "二、下一步打算\n　　开展执法培训,县数据办继续牵头。\n"
)


@pytest.fixture
def desk(open_window: Open, tmp_path: Path) -> Desk:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    session = Session.create(tmp_path / "one.annodb", PERSON)
    import_paths(session.store, session.person.uid, [file])
    session.close()
    return open_window(tmp_path / "one.annodb")


def target(label: str, words: str, number: int = 0, certain: bool = True, **attributes: Any) -> Target:
    """The words' place number `number` in the text as a span of the gold."""
    start = -1
    for _ in range(number + 1):
        start = TEXT.index(words, start + 1)
    return Target(start, start + len(words), label, certain, attributes)


def replay(desk: Desk, *wanted: Target) -> Replay:
    """The whole gold, made by events."""
    window = SimpleNamespace(main=desk.window, view=desk.view, app=QApplication.instance())
    done = Replay(cast(Any, window), sorted(wanted))
    done.run()
    return done


def left(desk: Desk, done: Replay) -> list[str]:
    return gold.differences(desk.window.controller.schema, done.report, done.gold)


def test_clauses_in_a_row_cost_one_key_each_and_a_part_of_one_two_clicks_more(desk: Desk) -> None:
    whole = [target(MEASURE, words, status="done") for words in ("举办培训21场", "梳理事项587项")]
    part = target(MEASURE, "推进政务公开", status="done")
    done = replay(desk, part, *whole)
    assert left(desk, done) == []
    assert done.surprises == []
    # A, two clicks and the key, a key each; then from the top into the number pass and out of it
    assert done.hands.actions == 1 + 3 + 2 + 3


def test_numbers_bring_their_attributes_along(desk: Desk) -> None:
    numbers = [
        target(INDICATOR, "21场", value="21", unit="场", qualifier="exact", subject="举办培训"),
        target(INDICATOR, "约45亿元", value="4500000000", unit="元", qualifier="approx", subject="投入"),
    ]
    done = replay(desk, *numbers)
    assert done.mended == []
    assert left(desk, done) == []


def test_what_the_window_understood_otherwise_is_put_right_by_keys_and_mouse(desk: Desk) -> None:
    wanted = [
        target(MEASURE, "整改到位", status="planned"),
        target(MEASURE, "开展执法培训", status="done"),
        target(INDICATOR, "21场", value="22", unit="次", qualifier="at_most", subject="县数据办"),
        target(INDICATOR, "587项", value="587", unit="项", subject="别的"),
    ]
    done = replay(desk, *wanted)
    assert left(desk, done) == []
    assert len(done.mended) == 7
    # O, drag, Enter; and Enter, on over value and unit, the choice's number, Esc
    assert "21场: subject 举办培训 → 县数据办 (4 actions)" in done.mended
    assert "21场: qualifier exact → at_most (6 actions)" in done.mended
    assert done.hands.counts["clicks for attributes"] == 2


def test_the_same_words_elsewhere_are_tagged_together_but_for_what_the_gold_has_not(desk: Desk) -> None:
    wanted = [target(INSTITUTION, "县数据办", n) for n in (0, 1, 2, 4)]
    done = replay(desk, *wanted)
    assert left(desk, done) == []
    # A, Ctrl+Home, D, D; two clicks and the key; T, one tick taken away, Enter
    assert done.hands.actions == 4 + 3 + 3
    assert [span.start for span in desk.spans] == [t.start for t in done.gold]


def test_a_span_in_doubt_need_not_be_made(desk: Desk) -> None:
    done = replay(desk, target(MEASURE, "整改到位", certain=False))
    assert desk.spans == []
    assert left(desk, done) == []


def test_the_comparison_finds_what_is_missing_too_much_or_wrong(desk: Desk) -> None:
    done = replay(
        desk, target(MEASURE, "整改到位"), target(INDICATOR, "587项", value="587", unit="项", subject="梳理事项")
    )
    done.gold = [
        target(INSTITUTION, "县数据办"),
        target(INDICATOR, "587项", value="588", unit="项", subject="梳理事项"),
    ]
    assert left(desk, done) == [
        "missing: INSTITUTION 县数据办",
        "INDICATOR 587项: value is 587, not 588",
        "not in the gold: MEASURE 整改到位",
    ]


def test_a_report_that_is_not_the_gold_has_no_figure() -> None:
    found = {"counts": {"keys": 3, "wheel": 9}, "actions": 3, "spans": 2, "mended": [], "differences": []}
    assert row("a report", found).passed
    assert row("a report", found).ours == 1.5
    assert row("a report", {**found, "actions": 8}).passed is False
    with pytest.raises(RuntimeError, match="1 differences"):
        row("a report", {**found, "differences": ["missing: x"]})


def test_every_press_and_click_is_counted_and_turning_the_wheel_is_not(desk: Desk) -> None:
    window = SimpleNamespace(main=desk.window, view=desk.view, app=QApplication.instance())
    hands = Replay(cast(Any, window), []).hands
    desk.window.resize(900, 300)
    hands.key("Shift+J")
    hands.click_at(len(TEXT) - 3)
    hands.extend_to(len(TEXT) - 2)
    hands.double_click(TEXT.index("587"))
    assert desk.view.selected_text() == "587项"
    start, end = desk.find("服务企业")
    hands.drag(start, end)
    assert desk.view.selected_text() == "服务企业"
    hands.click_on(desk.view.viewport(), QPoint(5, 5))
    assert hands.actions == 1 + 1 + 1 + 2 + 2 + 1
    assert hands.counts["wheel"] > 0
