"""A person has the whole project checked, goes through the list, dismisses, copies, saves, and comes back to where they were."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.services.importing import import_paths
from annotator.services.session import Session
from annotator.ui import translation
from annotator.ui.checking.gathered import ALL, CUT_OFF, HOLDS
from annotator.ui.checking.project import ProjectChecks
from tests.ui.conftest import PERSON, Desk, Open

KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

CUT = "　　受理纠纷499宗,调解成功498宗,调解成功率达99.7%。\n"
WRONG = "　　受理诉求200件,办结190件,办结率达99%。\n"
HELD = "　　受理复议100件,审结50件,审结率达50%。\n"
COUNT = "　　全年受理矛盾纠纷案件{n}件。\n"

Started = Callable[..., Desk]


def report(place: str, year: int, *lines: str, spans: list[dict[str, object]] | None = None) -> dict[str, object]:
    text = f"{place}{year}年法治政府建设年度报告\n一、主要举措\n" + "".join(lines)
    return {"text": text, "meta": {"place": place, "year": year}, "spans": spans or []}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = [
        report("青溪县", 2020, COUNT.format(n=100), HELD),
        report("青溪县", 2021, COUNT.format(n=900), CUT, WRONG),
        report("南屏县", 2021, HELD, spans=[{"start": 0, "end": 3, "label": "INDICATOR", "annotator": "乙"}]),
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    made = tmp_path / "work.annodb"
    session = Session.create(made, PERSON)
    import_paths(session.store, session.person.uid, [file])
    session.close()
    return made


@pytest.fixture
def started(open_window: Open, path: Path) -> Started:
    def make() -> Desk:
        desk = open_window(path)
        desk.do("check.project")
        return waited(desk)

    return make


def checks(desk: Desk) -> ProjectChecks:
    made = desk.window.checks.parts.project.made
    assert made is not None
    return made


def waited(desk: Desk) -> Desk:
    desk.qtbot.waitUntil(lambda: desk.window.tasks.current is None and checks(desk)._task is None, timeout=30_000)
    return desk


def listed(desk: Desk) -> list[tuple[str, str]]:
    return [(one.kind, one.stated) for one in checks(desk).panel.model.rows]


def stand(desk: Desk, kind: str, stated: str = "") -> None:
    panel = checks(desk).panel
    rows = panel.model.rows
    number = next(n for n, one in enumerate(rows) if one.kind == kind and stated in ("", one.stated))
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(number))


def press(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(checks(desk).panel.view, key, modifiers)


FOUND = [("rate", "99.7%"), ("rate", "99%"), ("jump", "900件"), ("lint.no_numeral", "南屏县")]


class TestList:
    def test_findings_lint_and_jumps_of_all_reports_are_listed_and_counted(self, started: Started) -> None:
        desk = started()
        panel = checks(desk).panel
        assert listed(desk) == FOUND
        assert panel.isVisible() and panel.view.hasFocus()
        assert panel.verdict.itemText(0) == "To look at 4" and panel.kind.itemText(0) == "All kinds 4"
        assert "4" in panel.state.full() and "3" in panel.state.full()

    def test_it_is_sieved_by_kind_by_verdict_and_by_words(self, started: Started) -> None:
        desk = started()
        panel = checks(desk).panel
        panel.kind.setCurrentIndex(panel.kind.findData("rate"))
        panel.sift()
        assert listed(desk) == FOUND[:2]
        panel.verdict.setCurrentIndex(CUT_OFF)
        panel.sift()
        assert listed(desk) == FOUND[:1]
        panel.verdict.setCurrentIndex(HOLDS)
        panel.sift()
        assert [stated for _kind, stated in listed(desk)] == ["50%", "50%"]
        panel.words.setText("南屏")
        assert len(listed(desk)) == 1
        panel.words.setText("nowhere")
        assert panel.empty.isVisible() and "filter" in panel.empty.text()

    def test_only_reports_that_the_list_of_reports_shows_are_checked(self, open_window: Open, path: Path) -> None:
        desk = open_window(path)
        desk.window.report_list.filter.setText("南屏")
        desk.do("check.project")
        waited(desk)
        assert listed(desk) == FOUND[3:]

    def test_what_cannot_find_anything_says_so(self, open_window: Open, path: Path) -> None:
        desk = open_window(path)
        desk.window.report_list.filter.setText("没有这个地方")
        desk.do("check.project")
        waited(desk)
        panel = checks(desk).panel
        assert panel.empty.isVisible() and "filter" in panel.empty.text()

    def test_the_same_in_chinese(self, started: Started) -> None:
        desk = started()
        translation.set_language("zh_CN")
        QApplication.processEvents()
        panel = checks(desk).panel
        assert panel.verdict.itemText(0) == "待看 4"
        assert panel.title.text() == "整个项目的核对"


class TestGoing:
    def test_enter_opens_the_report_with_all_places_framed(self, started: Started) -> None:
        desk = started()
        stand(desk, "rate", "99.7%")
        press(desk, KEY.Key_Return)
        findings = desk.window.checks.parts.findings
        assert "青溪县2021年" in desk.text and desk.view.hasFocus()
        assert findings.current is not None
        assert [desk.text[a:b] for a, b in findings.current.places] == ["99.7%", "498宗", "499宗"]
        desk.qtbot.waitUntil(lambda: findings.known, timeout=20_000)
        assert findings.current is not None and findings.current.stated == "99.7%"

    def test_a_jump_opens_either_report(self, started: Started) -> None:
        desk = started()
        findings = desk.window.checks.parts.findings
        stand(desk, "jump")
        assert checks(desk).panel.earlier_button.isVisible()
        for modifiers, year, words in ((SHIFT, "2020年", "100件"), (Qt.KeyboardModifier.NoModifier, "2021年", "900件")):
            press(desk, KEY.Key_Return, modifiers)
            assert desk.text.startswith(f"青溪县{year}")
            desk.qtbot.waitUntil(lambda: findings.known, timeout=20_000)
            assert findings.current is not None, "no check of the report itself finds it, and it stays framed"
            assert [desk.text[a:b] for a, b in findings.current.places] == [words]
            checks(desk).panel.view.setFocus()

    def test_the_pane_keys_lead_back_to_the_list(self, started: Started) -> None:
        desk = started()
        stand(desk, "rate", "99%")
        press(desk, KEY.Key_Return)
        desk.do("view.next_pane")
        assert checks(desk).panel.view.hasFocus()
        assert checks(desk).panel.current().stated == "99%"
        press(desk, KEY.Key_Escape)
        assert not checks(desk).panel.isVisible() and desk.view.hasFocus()

    def test_a_place_whose_text_has_changed_is_said(self, started: Started) -> None:
        desk = started()
        stand(desk, "rate", "99%")
        panel = checks(desk).panel
        one = panel.current()
        shifted = one._replace(spans=tuple(place._replace(start=place.start - 1) for place in one.spans))
        checks(desk).go_to(shifted, False)
        assert "check again" in desk.said()


class TestDismissing:
    def test_with_a_note_from_the_list_hidden_then_and_shown_by_the_switch(self, started: Started) -> None:
        desk = started()
        panel = checks(desk).panel
        opened = desk.window.controller.report
        stand(desk, "rate", "99%")
        press(desk, KEY.Key_Delete)
        assert panel.note.hasFocus()
        QTest.keyClicks(panel.note, "as printed")
        QTest.keyClick(panel.note, KEY.Key_Return)
        assert listed(desk) == [FOUND[0], *FOUND[2:]]
        assert panel.current().kind == "jump", "the next one"
        assert desk.window.controller.report is opened, "no report need be opened for it"
        panel.aside.setChecked(True)
        assert listed(desk) == FOUND
        stand(desk, "rate", "99%")
        assert "as printed" in panel.working.text()
        press(desk, KEY.Key_Delete)
        assert panel.current().dismissed is None

    def test_undo_brings_it_back_into_the_list(self, started: Started) -> None:
        desk = started()
        stand(desk, "jump")
        checks(desk).panel.dismiss()
        assert ("jump", "900件") not in listed(desk)
        desk.do("edit.undo")
        assert listed(desk) == FOUND

    def test_spans_of_somebody_else_are_theirs_to_dismiss(self, started: Started) -> None:
        desk = started()
        stand(desk, "lint.no_numeral")
        checks(desk).panel.dismiss()
        assert "乙" in checks(desk).panel.problem.text()
        assert listed(desk) == FOUND


class TestKeepingInStep:
    def test_an_edit_of_the_open_report_changes_its_rows(self, started: Started) -> None:
        desk = started()
        stand(desk, "rate", "99%")
        press(desk, KEY.Key_Return)
        desk.qtbot.waitUntil(lambda: desk.window.checks.parts.findings.known, timeout=20_000)
        desk.select("主要举措")
        desk.window.controller.press_label("INDICATOR")
        desk.qtbot.waitUntil(lambda: ("lint.no_numeral", "主要举措") in listed(desk), timeout=20_000)
        assert checks(desk).panel.current().stated == "99%", "one stands where one stood"
        desk.do("edit.undo")
        desk.qtbot.waitUntil(lambda: listed(desk) == FOUND, timeout=20_000)

    def test_it_remembers_where_one_was(self, started: Started, open_window: Open, path: Path) -> None:
        desk = started()
        stand(desk, "jump")
        press(desk, KEY.Key_Escape)
        desk.do("check.project")
        assert checks(desk).panel.current().kind == "jump"
        checks(desk).start()
        waited(desk)
        assert checks(desk).panel.current().kind == "jump", "also after another look"
        desk.window.close()
        again = open_window(path)
        again.do("check.project")
        waited(again)
        assert checks(again).panel.current().kind == "jump", "also after a restart"

    def test_a_stopped_look_keeps_what_it_found_and_says_so(self, open_window: Open, path: Path) -> None:
        desk = open_window(path)
        desk.do("check.project")
        desk.window.tasks.cancel()
        waited(desk)
        panel = checks(desk).panel
        assert "Stopped after" in panel.state.full()
        checks(desk).start()
        waited(desk)
        assert listed(desk) == FOUND


class TestTakingItElsewhere:
    def test_selected_rows_are_copied(self, started: Started) -> None:
        desk = started()
        stand(desk, "rate", "99%")
        press(desk, KEY.Key_C, CTRL)
        (line,) = QApplication.clipboard().text().splitlines()
        assert line.split("\t")[1:5] == ["Disagrees", "Part and whole", "99%", "95.0%"]

    def test_what_is_listed_is_saved_as_table_and_as_json_lines(self, started: Started, tmp_path: Path) -> None:
        desk = started()
        for name in ("list.csv", "list.jsonl"):
            checks(desk).save_to(tmp_path / name)
            desk.wait_for_job()
        lines = [json.loads(line) for line in (tmp_path / "list.jsonl").read_text("utf-8").splitlines()]
        assert [(line["kind"], line["stated"]) for line in lines] == FOUND
        assert lines[2]["earlier"]["span"]["text"] == "100件"
        table = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
        assert table[0].startswith("report,title,kind,verdict,stated,computed") and len(table) == 5

    def test_the_project_is_not_saved_over(self, started: Started) -> None:
        desk = started()
        project = desk.window.controller.session.path
        before = project.read_bytes()
        checks(desk).save_to(project)
        desk.wait_for_job()
        assert "is the project itself" in checks(desk).panel.problem.text() and project.read_bytes() == before

    def test_a_file_that_cannot_be_written_is_said(self, started: Started, tmp_path: Path) -> None:
        desk = started()
        checks(desk).save_to(tmp_path / "none" / "list.csv")
        desk.wait_for_job()
        assert "cannot be written" in desk.window.bar.words.text() or "cannot be written" in desk.said()


def test_all_can_be_listed_agreeing_ones_too(started: Started) -> None:
    desk = started()
    panel = checks(desk).panel
    panel.verdict.setCurrentIndex(ALL)
    panel.sift()
    assert len(listed(desk)) == 6
