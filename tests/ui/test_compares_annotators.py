"""A person compares two annotators, or gold and a file of predictions, and goes to each difference in the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.cli.main import group
from annotator.domain.span import Span
from annotator.quality.evaluation import EDGES, Difference
from annotator.services.evaluating import GOLD, PERSON, Row, Side
from annotator.services.importing import import_paths
from annotator.services.session import Session
from annotator.ui import translation
from annotator.ui.comparing import wording
from annotator.ui.comparing.comparing import Comparing
from annotator.ui.comparing.panel import CONFUSION, LIST, SCORES
from tests.ui.conftest import PERSON as ME
from tests.ui.conftest import Desk, Open

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = "青溪县2021年法治政府建设年度报告\n一、主要举措\n　　县司法局受理30件，镇派出所调解25件，另有8件。\n"
OTHER = "南屏县2021年法治政府建设年度报告\n一、主要举措\n　　县司法局受理30件。\n"

Opened = Callable[..., Desk]


def span(words: str, label: str, annotator: str, text: str = TEXT, **more: object) -> dict[str, object]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "label": label, "annotator": annotator, **more}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    spans = [
        span("县司法局", "INSTITUTION", "甲"),
        span("司法局", "INSTITUTION", "乙"),
        span("30件", "INDICATOR", "甲", attributes={"value": "30", "unit": "件"}),
        span("30件", "INDICATOR", "乙", attributes={"value": "31", "unit": "件"}),
        span("镇派出所", "INSTITUTION", "甲"),
        span("镇派出所", "MEASURE", "乙"),
        span("25件", "INDICATOR", "乙"),
        span("8件", "INDICATOR", "甲", certain=False),
        span("8件", "INDICATOR", "乙"),
    ]
    rows = [
        {"id": "r0", "text": OTHER, "sets": [{"annotator": "甲"}], "spans": []},
        {"id": "r1", "text": TEXT, "sets": [{"annotator": "甲", "gold": True}, {"annotator": "乙"}], "spans": spans},
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    made = tmp_path / "work.annodb"
    session = Session.create(made, ME)
    import_paths(session.store, session.person.uid, [file])
    session.close()
    return made


@pytest.fixture
def opened(open_window: Open, path: Path) -> Opened:
    """Opens the window with 甲 compared with 乙."""

    def make() -> Desk:
        desk = open_window(path)
        desk.do("compare.open")
        choose(desk, Side(PERSON, "甲"), Side(PERSON, "乙"))
        return desk

    return make


def comparing(desk: Desk) -> Comparing:
    return desk.window.comparing()


def waited(desk: Desk) -> Desk:
    desk.qtbot.waitUntil(lambda: desk.window.tasks.current is None and comparing(desk)._task is None, timeout=20_000)
    return desk


def choose(desk: Desk, *sides: Side) -> None:
    waited(desk)
    panel = comparing(desk).panel
    for choice, side in zip(panel.sides, sides, strict=True):
        there = [panel.sides[0].itemData(n) for n in range(choice.count())]
        choice.setCurrentIndex(next(n for n, one in enumerate(there) if tuple(one) == tuple(side)))
    panel.asked.emit()
    waited(desk)


def kinds(desk: Desk) -> list[str]:
    return [row.difference.kind for row in comparing(desk).panel.model.rows]


def stand(desk: Desk, kind: str) -> None:
    panel = comparing(desk).panel
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(kinds(desk).index(kind)))


ALL = ["edges", "attribute", "label", "extra"]


class TestList:
    def test_all_who_have_spans_can_be_chosen_and_are_compared_at_once(self, open_window: Open, path: Path) -> None:
        desk = open_window(path)
        desk.do("compare.open")
        waited(desk)
        panel = comparing(desk).panel
        assert [panel.sides[0].itemText(n) for n in range(4)] == ["Gold", "乙", "甲", "A file…"]
        assert (panel.side(0), panel.side(1)) == (Side(GOLD), Side(PERSON, "乙"))
        assert kinds(desk) == ALL and panel.view.hasFocus()

    def test_every_difference_is_listed_and_uncertain_ones_are_said(self, opened: Opened) -> None:
        desk = opened()
        assert kinds(desk) == ALL
        state = comparing(desk).panel.state.full()
        assert "1 report compared" in state and "2 uncertain spans were scored neither way" in state

    def test_by_kind_and_by_label(self, opened: Opened) -> None:
        desk = opened()
        panel = comparing(desk).panel
        panel.kind.setCurrentIndex(panel.kind.findData("extra"))
        panel.sift()
        assert kinds(desk) == ["extra"]
        panel.kind.setCurrentIndex(0)
        panel.sift()
        names = [panel.label.itemText(n) for n in range(panel.label.count())]
        panel.label.setCurrentIndex(next(n for n, name in enumerate(names) if name.startswith("Measure")))
        panel.sift()
        assert kinds(desk) == ["label"]

    def test_nobody_to_compare_with_says_what_to_do(self, open_window: Open, project: Path) -> None:
        desk = open_window(project)
        desk.do("compare.open")
        panel = comparing(desk).panel
        assert panel.empty.isVisible() and "Choose two sides" in panel.empty.text()
        assert panel.sides[0].hasFocus()

    def test_who_is_alone_is_the_first_side_and_a_file_the_second(self, opened: Opened, tmp_path: Path) -> None:
        desk = opened()
        assert desk.window.controller.session is not None
        desk.window.controller.session.store.sets.people = lambda: (["甲"], False)
        fresh = Comparing(desk.window)
        fresh.open()
        assert (fresh.panel.side(0), fresh.panel.side(1)) == (Side(PERSON, "甲"), None)
        assert fresh.panel.sides[1].hasFocus()

    def test_the_same_side_twice_says_the_same(self, opened: Opened) -> None:
        desk = opened()
        choose(desk, Side(PERSON, "甲"), Side(PERSON, "甲"))
        assert kinds(desk) == [] and "the same" in comparing(desk).panel.empty.text()

    def test_in_chinese(self, opened: Opened) -> None:
        desk = opened()
        translation.set_language("zh_CN")
        QApplication.processEvents()
        panel = comparing(desk).panel
        assert panel.tabs[LIST].text() == "差异 4"
        assert panel.sides[0].itemText(0) == "金标准"


class TestGoing:
    def test_enter_opens_the_report_with_both_ranges_framed(self, opened: Opened) -> None:
        desk = opened()
        assert desk.text == OTHER
        stand(desk, "edges")
        QTest.keyClick(comparing(desk).panel.view, KEY.Key_Return)
        assert desk.text == TEXT and desk.view.hasFocus()
        marks = comparing(desk).marks
        assert marks.names == ("甲", "乙")
        desk.view.viewport().grab()
        (first,), (second,) = marks.framed
        assert first.left() < second.left() and first.right() == second.right()
        assert first.top() < second.top() and first.bottom() < second.bottom(), "one over the other"

    def test_the_frames_go_with_the_panel_and_with_the_report(self, opened: Opened) -> None:
        desk = opened()
        stand(desk, "extra")
        panel = comparing(desk).panel
        QTest.keyClick(panel.view, KEY.Key_Return)
        assert comparing(desk).marks.row is not None
        panel.view.setFocus()
        QTest.keyClick(panel.view, KEY.Key_Escape)
        assert comparing(desk).marks.row is None and not panel.isVisible()
        assert desk.view.hasFocus()

    def test_a_place_whose_text_has_changed_is_said(self, opened: Opened) -> None:
        desk = opened()
        row = comparing(desk).panel.model.rows[0]
        comparing(desk).go_to(row._replace(at=row.at + 1))
        assert "compare again" in desk.said()

    def test_an_edit_meanwhile_is_said(self, opened: Opened) -> None:
        desk = opened()
        state = comparing(desk).panel.state
        assert "changed" not in state.full()
        desk.select("主要举措")
        desk.window.controller.press_label("MEASURE")
        assert "The project has changed since." in state.full()
        comparing(desk).start()
        waited(desk)
        assert "changed" not in state.full()


class TestFigures:
    def test_scores_are_those_of_the_command_line(self, opened: Opened, path: Path) -> None:
        desk = opened()
        panel = comparing(desk).panel
        told = panel.compared
        assert told is not None
        desk.window.close()
        asked = ["evaluate", str(path), "--annotators", "甲,乙", "--json"]
        assert json.loads(CliRunner().invoke(group(), asked).stdout) == json.loads(json.dumps(told.as_json()))

    def test_a_line_for_exact_and_one_for_overlapping_ranges(self, opened: Opened) -> None:
        desk = opened()
        panel = comparing(desk).panel
        QTest.mouseClick(panel.tabs[SCORES], Qt.MouseButton.LeftButton)
        assert panel.scores.isVisible()
        lines = [line.split("\t") for line in panel.scores.as_text().splitlines()]
        assert lines[1][:2] == ["Indicator", "Exact"] and lines[1][4] == "0.667"
        assert lines[3][:2] == ["Institution", "Exact"] and lines[3][4] == "0.000"
        assert lines[4][1:5] == ["Overlap", "1.000", "0.500", "0.667"]
        assert panel.attributes.as_text().splitlines()[1:] == [
            "Indicator · Unit\t1.000\t1/1",
            "Indicator · Value\t0.000\t0/1",
        ]

    def test_a_cell_of_the_confusion_table_lists_its_differences(self, opened: Opened) -> None:
        desk = opened()
        panel = comparing(desk).panel
        panel.show_page(CONFUSION)
        table = panel.confusion
        rows = [table.item(row, 0).text() for row in range(table.rowCount())]
        columns = [table.horizontalHeaderItem(column).text() for column in range(table.columnCount())]
        table.setCurrentCell(rows.index("Institution"), columns.index("Measure"))
        assert table.currentItem().text() == "1"
        table.setFocus()
        QTest.keyClick(table, KEY.Key_Return)
        assert kinds(desk) == ["label"] and panel.view.hasFocus()


class TestFiles:
    def test_gold_against_a_file_of_predictions(self, opened: Opened, tmp_path: Path) -> None:
        desk = opened()
        file = tmp_path / "predicted.jsonl"
        plain = [{k: v for k, v in span("县司法局", "INSTITUTION", "").items() if k != "annotator"}]
        rows = [{"id": "r1", "text": TEXT, "spans": plain}, {"id": "r7", "text": "不认识。", "spans": []}]
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        comparing(desk).take_file(1, file)
        waited(desk)
        panel = comparing(desk).panel
        assert panel.sides[1].currentText() == "predicted.jsonl"
        assert kinds(desk) == ["missed", "missed"]
        assert "不认识" in panel.problem.text()

    def test_a_file_that_cannot_be_read_is_said(self, opened: Opened, tmp_path: Path) -> None:
        desk = opened()
        file = tmp_path / "broken.jsonl"
        file.write_text("{", "utf-8")
        comparing(desk).take_file(1, file)
        waited(desk)
        assert "broken.jsonl" in desk.said() + desk.window.bar.words.text()

    def test_the_list_is_copied_and_saved(self, opened: Opened, tmp_path: Path) -> None:
        desk = opened()
        stand(desk, "edges")
        QTest.keyClick(comparing(desk).panel.view, KEY.Key_C, CTRL)
        assert QApplication.clipboard().text().split("\t")[3:] == ["县司法局", "司法局"]
        for name in ("list.csv", "list.jsonl"):
            comparing(desk).save_to(tmp_path / name)
            desk.wait_for_job()
        lines = [json.loads(line) for line in (tmp_path / "list.jsonl").read_text("utf-8").splitlines()]
        assert [line["kind"] for line in lines] == ALL
        table = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
        assert len(table) == 5 and "gold_label" in table[0] and "30" in table[2] and "31" in table[2]


def difference(gold: tuple[int, int], predicted: tuple[int, int], text: str) -> Row:
    one, other = (Span(f"{a}-{b}", a, b, "MEASURE") for a, b in (gold, predicted))
    low = max(0, min(gold[0], predicted[0]) - 24)
    return Row(1, "", Difference(EDGES, "r", one, other), low, text[low : max(gold[1], predicted[1]) + 24])


class TestPicture:
    """Both edges of both spans are on the line, however long the spans are."""

    @pytest.mark.parametrize(
        ("gold", "predicted"), [((30, 90), (33, 95)), ((0, 60), (5, 55)), ((40, 44), (42, 44)), ((30, 40), (35, 49))]
    )
    def test_what_both_share_is_cut_and_nothing_else(self, gold: tuple[int, int], predicted: tuple[int, int]) -> None:
        text = "".join(chr(0x4E00 + n) for n in range(160))
        drawn = wording.picture(difference(gold, predicted, text))
        assert drawn.gold is not None and drawn.predicted is not None
        for (a, b), (start, end) in ((drawn.gold, gold), (drawn.predicted, predicted)):
            assert drawn.text[a] == text[start] and drawn.text[b - 1] == text[end - 1]
        assert len(drawn.text) <= 10 + 2 * 9 + 1 + 24 + 30

    def test_line_breaks_are_spaces(self) -> None:
        assert "\n" not in wording.picture(difference((3, 9), (4, 9), "甲乙\n丙丁\n戊己庚辛壬癸")).text
