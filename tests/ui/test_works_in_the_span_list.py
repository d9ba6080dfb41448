"""Somebody works in the list of spans: groups, order, several at once, by keys alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.span import Span, new_uid
from annotator.services.importing import import_paths
from annotator.services.session import Session
from annotator.ui.entity_panel.model import COUNT_ROLE, DEPTH_ROLE, SpanListModel
from tests.ui.conftest import PERSON, Desk, Open

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier

TAGS = (
    ("587项", Key.Key_3),
    ("约45亿元", Key.Key_3),
    ("梳理服务事项587项", Key.Key_1),
    ("镇司法所", Key.Key_2),
    ("21场", Key.Key_3),
    ("举办宣传活动21场", Key.Key_1),
)


@pytest.fixture
def desk(open_window: Open, project: Path) -> Desk:
    desk = open_window(project)
    for words, key in TAGS:
        desk.select(words)
        desk.key(key)
    desk.window.controller.select(())
    return desk


def rows(desk: Desk) -> list[str]:
    """What the list shows: spans by their words, groups in brackets with their number."""
    model = desk.window.entity_panel.model
    found = []
    for n in range(model.rowCount()):
        index = model.index(n)
        count = index.data(COUNT_ROLE)
        found.append(index.data() if count is None else f"[{index.data()} {count}]")
    return found


def arrange(desk: Desk, group: str = "none", sort: str = "place") -> list[str]:
    desk.do(f"panel.group_{group}")
    desk.do(f"panel.sort_{sort}")
    return rows(desk)


def press(desk: Desk, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.window.entity_panel.view, key, modifiers)


def stand_on(desk: Desk, words: str) -> None:
    panel = desk.window.entity_panel
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(rows(desk).index(words)))


def test_groups_with_their_numbers(desk: Desk) -> None:
    assert arrange(desk) == ["镇司法所", "梳理服务事项587项", "587项", "约45亿元", "举办宣传活动21场", "21场"]
    by_section = arrange(desk, "section")
    assert [row for row in by_section if row.startswith("[")] == [
        "[一、主要举措 › (一)推进依法行政 4]",
        "[一、主要举措 › (二)加强普法宣传 2]",
    ]
    assert arrange(desk, "label")[:3] == ["[Measure 2]", "梳理服务事项587项", "举办宣传活动21场"]
    assert arrange(desk, "status")[0] == "[Done 2]"
    assert arrange(desk, "text")[0] == "[Texts that stand once 6]"


def test_sorted_by_value_length_and_text(desk: Desk) -> None:
    assert arrange(desk, sort="value")[:3] == ["约45亿元", "587项", "21场"]
    assert arrange(desk, sort="length")[0] == "梳理服务事项587项"
    assert arrange(desk, sort="text") == sorted(rows(desk))
    assert arrange(desk, sort="label")[0] == "梳理服务事项587项"


def test_an_edit_moves_rows_between_groups_without_a_reset(desk: Desk) -> None:
    arrange(desk, "label")
    model, resets = desk.window.entity_panel.model, []
    model.modelReset.connect(lambda: resets.append(1))
    desk.select("1000余份")
    desk.key(Key.Key_3)
    assert rows(desk)[-5:] == ["[Indicator 4]", "587项", "约45亿元", "21场", "1000余份"]
    desk.do("span.delete")
    stand_on(desk, "镇司法所")
    press(desk, Key.Key_Delete)
    assert not any("Institution" in row for row in rows(desk))
    desk.do("edit.undo")
    assert "[Institution 1]" in rows(desk)
    assert resets == []


def test_texts_that_stand_twice_are_a_group_of_their_own(desk: Desk) -> None:
    arrange(desk, "text")
    desk.select("镇政务服务中心")
    desk.key(Key.Key_2)
    assert rows(desk)[0] == "[Texts that stand once 7]"
    start, end = desk.find("587项")
    desk.window.controller.edit(lambda editor, report: editor.tag(report, start, end, "MEASURE"))
    assert rows(desk)[:3] == ["[587项 2]", "587项", "587项"]
    assert "[Texts that stand once 6]" in rows(desk)
    desk.do("edit.undo")
    assert rows(desk)[0] == "[Texts that stand once 7]"


def test_nested_rows_stand_under_their_measure_where_it_is_listed(desk: Desk) -> None:
    model = desk.window.entity_panel.model
    shown = arrange(desk)
    assert model.index(shown.index("587项")).data(DEPTH_ROLE) == 1
    assert model.index(arrange(desk, "label").index("587项")).data(DEPTH_ROLE) == 0
    arrange(desk)
    desk.window.entity_panel.filter.setText("587项 Indicator")
    assert rows(desk) == ["587项"]
    assert model.index(0).data(DEPTH_ROLE) == 0


def test_the_choice_is_remembered(desk: Desk, open_window: Open, project: Path) -> None:
    arrange(desk, "label", "length")
    desk.window.close()
    again = open_window(project)
    assert rows(again)[:3] == ["[Measure 2]", "梳理服务事项587项", "举办宣传活动21场"]
    assert again.window.actions_["panel.group_label"].isChecked()
    assert again.window.actions_["panel.sort_length"].isChecked()


def test_arrows_pass_the_lines_of_groups_by(desk: Desk) -> None:
    arrange(desk, "label")
    stand_on(desk, "举办宣传活动21场")
    press(desk, Key.Key_Down)
    assert desk.window.entity_panel.view.currentIndex().data() == "镇司法所"
    assert desk.window.controller.selected_span().label == "INSTITUTION"  # type: ignore[union-attr]
    press(desk, Key.Key_Home)
    assert desk.window.entity_panel.view.currentIndex().data() == "梳理服务事项587项"
    press(desk, Key.Key_End)
    assert desk.window.entity_panel.view.currentIndex().data() == "21场"


def test_several_are_relabelled_and_deleted_as_one_step(desk: Desk) -> None:
    arrange(desk)
    stand_on(desk, "587项")
    press(desk, Key.Key_Down, SHIFT)
    assert len(desk.window.controller.selected) == 2
    before = len(desk.window.controller.session.store.history.steps())  # type: ignore[union-attr]
    press(desk, Key.Key_1)
    assert [label for label, words in desk.words() if words in ("587项", "约45亿元")] == ["MEASURE", "MEASURE"]
    assert len(desk.window.controller.session.store.history.steps()) == before + 1  # type: ignore[union-attr]
    press(desk, Key.Key_Delete)
    assert len(desk.spans) == 4
    assert len(desk.window.controller.selected) == 1  # what comes next
    desk.do("edit.undo")
    desk.do("edit.undo")
    assert sorted(words for _label, words in desk.words()) == sorted(words for words, _key in TAGS)
    assert ("INDICATOR", "约45亿元") in desk.words()


def test_all_are_chosen_and_changed_by_the_editor_at_once(desk: Desk) -> None:
    arrange(desk, "label")
    stand_on(desk, "21场")
    press(desk, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.window.controller.selected) == 6
    desk.do("span.uncertain")
    assert not any(span.certain for span in desk.spans)
    desk.do("edit.undo")
    assert all(span.certain for span in desk.spans)


def test_enter_goes_to_the_text_and_f2_to_the_editor(desk: Desk) -> None:
    stand_on(desk, "21场")
    press(desk, Key.Key_Return)
    assert desk.view.hasFocus()
    assert desk.view.caret() == desk.find("21场")[1]
    stand_on(desk, "587项")
    press(desk, Key.Key_F2)
    assert desk.window.entity_panel.editor.isAncestorOf(QApplication.focusWidget())


def test_letters_find_also_through_an_input_method(desk: Desk) -> None:
    view = desk.window.entity_panel.view
    stand_on(desk, "镇司法所")
    for committed, found in (("举办", "举办宣传活动21场"), ("亿元", "约45亿元")):
        event = QInputMethodEvent("", [])
        event.setCommitString(committed)
        QApplication.sendEvent(view, event)
        assert view.currentIndex().data() == found
        view._typed_at -= 10  # a while later
    QTest.keyClick(view, Key.Key_5)  # no label's key: a letter that finds
    assert view.currentIndex().data() == "587项"


def test_a_label_key_on_a_done_report_says_how_to_reopen(desk: Desk) -> None:
    desk.do("report.done")
    stand_on(desk, "587项")
    press(desk, Key.Key_1)
    assert ("INDICATOR", "587项") in desk.words()
    assert "Ctrl+Shift+Return reopens" in desk.said()


def test_only_uncertain_ones_or_those_with_a_question_or_a_note(desk: Desk) -> None:
    from annotator.services.questions import Questions

    controller, bar = desk.window.controller, desk.window.entity_panel.arrange_bar
    by_words = {desk.text[s.start : s.end]: s.uid for s in desk.spans}
    controller.set_certain([by_words["21场"]], False)
    controller.set_note(by_words["镇司法所"], "核对")
    bar.narrow(frozenset({"uncertain"}))
    assert rows(desk) == ["21场"]
    bar.narrow(frozenset({"note"}))
    assert rows(desk) == ["镇司法所"]
    bar.narrow(frozenset({"question"}))
    assert rows(desk) == []
    assert controller.session is not None
    assert controller.report is not None
    Questions(controller.session).ask(controller.report, 0, 0, "吗?", by_words["587项"])
    assert rows(desk) == ["587项"]
    bar.narrow(frozenset())
    assert len(rows(desk)) == 6


@pytest.fixture
def large(open_window: Open, tmp_path: Path) -> Desk:
    """A report with 5,000 spans."""
    line = "镇司法所办理第{n}件事项，整改问题{n}个。\n"
    text = "".join(line.format(n=f"{n:04}") for n in range(2500))
    (tmp_path / "large.txt").write_text(text, encoding="utf-8")
    session = Session.create(tmp_path / "large.annodb", PERSON)
    import_paths(session.store, PERSON.uid, [tmp_path / "large.txt"])
    from annotator.domain.changes import add_spans

    report = session.open_report(session.store.reports.ids()[0])
    starts = [n for n in range(len(report.text)) if report.text.startswith("镇司法所", n)]
    spans = [Span(new_uid(), at, at + 4, "INSTITUTION") for at in starts]
    spans += [Span(new_uid(), at, at + 12, "MEASURE") for at in starts]
    session.apply(add_spans(report.id, report.set, spans, report.text))
    session.close()
    return open_window(tmp_path / "large.annodb")


@pytest.mark.slow
def test_five_thousand_spans_stay_fluent(large: Desk) -> None:
    """Generous limits: grouping is one reset, an edit costs what it changes, whatever the grouping."""
    model = large.window.entity_panel.model
    assert model.count == 5000
    for group in ("none", "section", "label", "text", "status"):
        began = time.perf_counter()
        large.do(f"panel.group_{group}")
        assert time.perf_counter() - began < 1.5
        assert timed_edit(large, model) < 0.05
    large.window.entity_panel.view.setFocus()
    began = time.perf_counter()
    large.window.entity_panel.view.selectAll()
    assert len(large.window.controller.selected) == 5000
    assert time.perf_counter() - began < 3


def timed_edit(desk: Desk, model: SpanListModel) -> float:
    """Seconds that the list takes for one span that goes and comes back."""
    report = desk.window.controller.report
    assert report is not None
    span = report.spans[2500]
    report.spans.remove(span.uid)
    began = time.perf_counter()
    model._follow(span.uid)
    taken = time.perf_counter() - began
    report.spans.add(span)
    began = time.perf_counter()
    model._follow(span.uid)
    assert model.count == 5000
    return max(taken, time.perf_counter() - began)


def test_an_empty_list_leaves_filter_and_order_at_the_top(open_window: Open, project: Path) -> None:
    panel = open_window(project).window.entity_panel
    QApplication.processEvents()
    below_filter = panel.arrange_bar.y() - panel.filter.geometry().bottom()
    assert panel._empty.isVisible() and not panel.view.isVisible()
    assert below_filter < panel.filter.height()
    assert panel._empty.y() - panel.arrange_bar.geometry().bottom() < panel.filter.height()
