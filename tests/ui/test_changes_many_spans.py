"""Somebody changes very many spans at once: behind the window, as one step, with undo, and nothing else meanwhile."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from annotator.domain import changes
from annotator.domain.changes import Change
from annotator.domain.span import Span, new_uid
from annotator.services import long_edits
from annotator.services.rows import Place
from annotator.services.session import Session
from annotator.ui import controller as controllers
from annotator.ui import long_edits as shown_by
from tests.ui.conftest import PERSON, Desk, Open

MANY = 40


@pytest.fixture
def desk(open_window: Open, project: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A report with many spans, all of them selected; so many count as very many."""
    monkeypatch.setattr(controllers, "LONG", 20)
    monkeypatch.setattr(long_edits, "LONG", 20)
    desk = open_window(project)
    controller = desk.window.controller
    report = controller.report
    assert report is not None
    assert controller.session is not None
    made = [Span(new_uid(), n, n + 3, "MEASURE" if n % 3 else "INSTITUTION") for n in range(MANY)]
    controller.session.apply(changes.add_spans(report.id, report.set, made, report.text))
    controller.select([span.uid for span in made])
    return desk


def labels(desk: Desk) -> Counter[str]:
    return Counter(span.label for span in desk.spans)


def wait(desk: Desk) -> None:
    desk.wait_for_job()
    desk.qtbot.waitUntil(lambda: desk.window.controller.held == "", timeout=20_000)
    QApplication.processEvents()


def test_relabelled_with_a_key_they_stay_selected_and_undo_brings_all_back(desk: Desk) -> None:
    controller = desk.window.controller
    before, selected = desk.spans, controller.selected
    controller.press_label("INDICATOR")
    assert desk.window.tasks.current is not None, "a job does it"
    assert desk.spans == before, "the window shows it when it is done"
    wait(desk)
    assert labels(desk) == {"INDICATOR": MANY}
    assert controller.selected == selected
    assert str(MANY) in desk.said()
    desk.do("edit.undo")
    assert desk.window.tasks.current is not None
    wait(desk)
    assert desk.spans == before
    desk.do("edit.redo")
    wait(desk)
    assert labels(desk) == {"INDICATOR": MANY}


def test_what_was_changed_is_shown_a_part_in_a_turn_and_nothing_is_edited_before_all_of_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_by, "_PART", 7)
    controller, told = desk.window.controller, []

    def hear(changes: list[Change]) -> None:
        told.append((len(changes), labels(desk)["INDICATOR"]))
        controller.select_text(2, 6)
        controller.press_label("MEASURE")
        assert "wait for the end" in desk.said()

    controller.spansChanged.connect(hear)
    controller.press_label("INDICATOR")
    wait(desk)
    controller.spansChanged.disconnect(hear)
    assert labels(desk) == {"INDICATOR": MANY}
    assert told == [(7, 7), (7, 14), (7, 21), (7, 28), (7, 35), (5, 40)]
    assert {span.label for span in desk.window.entity_panel.model._rows} == {"INDICATOR"}
    desk.do("edit.undo")
    wait(desk)
    assert set(labels(desk)) == {"MEASURE", "INSTITUTION"}


def test_another_project_opened_between_two_parts_hears_no_more_of_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shown_by, "_PART", 7)
    controller, told = desk.window.controller, []
    other = Session.create(tmp_path / "other.annodb", PERSON)

    def hear(changes: list[Change]) -> None:
        told.append(len(changes))
        QTimer.singleShot(0, desk.window, lambda: desk.window.adopt(other))

    controller.spansChanged.connect(hear)
    controller.press_label("INDICATOR")
    desk.qtbot.waitUntil(lambda: controller.session is other, timeout=20_000)
    wait(desk)
    desk.qtbot.wait(20)
    assert told == [7]
    assert controller.held == ""


def test_who_looks_at_another_report_meanwhile_waits_for_no_lock_and_place_and_time_are_kept_after_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_by, "_PART", 7)
    window, controller = desk.window, desk.window.controller
    session, first = controller.session, controller.report
    assert session is not None
    assert first is not None
    clock, now = window.flow.clock, [100.0]
    clock.now = lambda: now[0]
    clock.acted()
    now[0] += 20
    clock.acted()
    written: list[tuple[int, bool]] = []
    put = session.store.places.put

    def told(person: str, report: int, place: Place) -> None:
        written.append((report, bool(controller.held)))
        put(person, report, place)

    monkeypatch.setattr(session.store.places, "put", told)
    desk.view.set_caret(11)
    controller.press_label("INDICATOR")
    assert controller.held
    desk.do("report.next")
    assert controller.report is not first
    assert written == []
    wait(desk)
    assert {report for report, _held in written} >= {first.id}
    assert not any(held for _report, held in written)
    place = session.store.places.get(PERSON.uid, first.id)
    assert place is not None
    assert place.caret == 11
    assert session.store.work.get(PERSON.uid, first.id) >= 20
    controller.open_report(first.id)
    assert labels(desk) == {"INDICATOR": MANY}


def test_deleted_they_are_gone_as_one_step(desk: Desk) -> None:
    before = desk.spans
    desk.do("span.delete")
    wait(desk)
    assert desk.spans == []
    assert desk.window.entity_panel.model.count == 0
    desk.do("edit.undo")
    wait(desk)
    assert desk.spans == before
    assert desk.window.entity_panel.model.count == MANY


def test_meanwhile_nothing_else_is_edited_or_taken_back_and_it_is_said(desk: Desk) -> None:
    controller = desk.window.controller
    controller.press_label("INDICATOR")
    controller.select_text(2, 6)
    controller.press_label("MEASURE")
    assert "wait for the end" in desk.said()
    desk.do("edit.undo")
    wait(desk)
    assert labels(desk) == {"INDICATOR": MANY}
    assert controller.held == ""
    controller.select_text(2, 6)
    controller.press_label("MEASURE")
    assert labels(desk)["MEASURE"] == 1


def test_cancelled_nothing_is_changed_and_work_goes_on(desk: Desk) -> None:
    controller, before = desk.window.controller, desk.spans
    controller.press_label("INDICATOR")
    desk.window.tasks.cancel()
    wait(desk)
    assert controller.held == ""
    assert desk.spans in (before, [span for span in desk.spans if span.label == "INDICATOR"])
    assert list(desk.window.controller.session.store.history.running()) == []  # type: ignore[union-attr]


def test_a_value_that_does_not_fit_is_refused_at_once_and_one_that_fits_goes_to_all(desk: Desk) -> None:
    from annotator.domain.errors import ValidationError

    controller = desk.window.controller
    uids = [span.uid for span in desk.spans if span.label == "MEASURE"]
    with pytest.raises(ValidationError):
        controller.set_attribute(uids, "status", "no such choice")
    assert desk.window.tasks.current is None
    controller.set_attribute(uids, "status", "planned")
    wait(desk)
    assert {span.attributes.get("status") for span in desk.spans if span.label == "MEASURE"} == {"planned"}
    desk.do("edit.undo")
    wait(desk)
    assert "planned" not in {span.attributes.get("status") for span in desk.spans}


def test_what_is_looked_at_meanwhile_is_seen_afterwards(desk: Desk) -> None:
    controller = desk.window.controller
    report = controller.report
    assert report is not None
    desk.view.set_selection(*desk.find("约45亿元"))
    desk.key(Qt.Key.Key_3)
    (indicator,) = [span for span in desk.spans if span.label == "INDICATOR"]
    assert indicator.proposed
    seen = desk.window.tagging.seen
    seen.reading = seen.passing = 0
    others = [span.uid for span in desk.spans if span.label == "INSTITUTION"]
    controller.relabel(others + [span.uid for span in desk.spans if span.label == "MEASURE"], "INSTITUTION")
    assert controller.held
    controller.select([indicator.uid])
    controller.select(())
    seen._write()
    assert report.spans.get(indicator.uid) == indicator, "the job writes"
    wait(desk)
    now = report.spans.get(indicator.uid)
    assert now is not None
    assert not now.proposed
