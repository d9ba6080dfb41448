"""What people tag and finish is learned beside the window, and offered from then on."""

from __future__ import annotations

from pathlib import Path

from annotator.services.learning import Outcome
from annotator.services.lexicon import Lexicon
from annotator.storage.suggestions import Learned
from tests.ui.conftest import Open


def test_the_strings_of_the_project_are_counted_after_it_was_opened(open_window: Open, project: Path, qtbot) -> None:
    desk = open_window(project)
    desk.window.suggesting.start()
    parts = desk.window.suggesting.parts
    start, end = desk.find("镇司法所")
    desk.window.controller.editor.tag(desk.window.controller.report, start, end, "INSTITUTION")
    parts.offers.project.lexicon = Lexicon()
    parts.teacher.collect()
    qtbot.waitUntil(lambda: parts.offers.project.lexicon.entries() != [], timeout=20_000)
    assert ("镇司法所", "INSTITUTION", 1, 0) in parts.offers.project.lexicon.entries()


def test_what_was_learned_is_said_and_an_open_report_is_asked_about_anew(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.window.suggesting.start()
    parts = desk.window.suggesting.parts
    session = desk.window.controller.session
    parts.offers.project.keep(desk.window.controller.report, [])
    parts.offers.look()
    assert not parts.offers.waiting
    learned = Learned("learned", "2026-01-01T00:00:00Z", 1, {"judged": {"INSTITUTION": {"used": True}}}, b"none")
    session.store.suggestions.learn(learned)
    parts.teacher._take(Outcome(learned, "learned"))
    assert desk.window.status.message() == "learned"
    assert parts.offers.waiting


def test_closing_the_project_ends_it(open_window: Open, project: Path) -> None:
    desk = open_window(project)
    desk.window.suggesting.start()
    teacher = desk.window.suggesting.parts.teacher
    teacher.collect()
    desk.window.controller.close()
    assert teacher._teaching is None


def test_a_step_over_many_reports_has_the_strings_counted_again(open_window: Open, project: Path, qtbot) -> None:
    desk = open_window(project)
    desk.window.suggesting.start()
    parts = desk.window.suggesting.parts
    parts.teacher.collect()
    qtbot.waitUntil(lambda: parts.teacher._known, timeout=20_000)
    parts.offers.project.lexicon.tagged("不再有的", "INSTITUTION")
    session = desk.window.controller.session
    session.announce_job(session.store.history.steps()[0])
    assert parts.teacher._collect.isActive()
    parts.teacher.collect()
    qtbot.waitUntil(lambda: "不再有的" not in str(parts.offers.project.lexicon.entries()), timeout=20_000)
