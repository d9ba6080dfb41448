"""Every edit of a person in the window, on a real project file."""

from pathlib import Path

import pytest

from annotator.domain.errors import ConflictError, ReadOnlyError, ValidationError
from annotator.domain.span import Span
from annotator.services.editing import Editor
from annotator.services.open_report import OpenReport
from annotator.services.session import Announcement, Session
from annotator.storage import Person, verify

from .conftest import TEXT  # noqa: TID252 - tests are no package


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def tag(editor: Editor, report: OpenReport, words: str, label: str) -> Span:
    outcome = editor.tag(report, *place(words), label)
    assert outcome.span is not None
    return outcome.span


def stored(session: Session, report: OpenReport) -> list[tuple[int, int, str]]:
    fresh = session.open_report(report.id)
    return [(s.start, s.end, s.label) for s in fresh.spans]


def test_a_tag_is_trimmed_written_and_said(session: Session, report: OpenReport, editor: Editor) -> None:
    start, end = place("共举办8场普法讲座，")
    outcome = editor.tag(report, end, start, "MEASURE")
    assert outcome.span is not None
    assert report.text[slice(*outcome.span.range)] == "共举办8场普法讲座"
    assert outcome.span.attributes["status"] == "done"
    assert stored(session, report) == [(*place("共举办8场普法讲座"), "MEASURE")]
    assert "共举办8场普法讲座" in outcome.words
    assert report.status == "in_progress"


def test_edges_stay_where_asked_for(report: OpenReport, editor: Editor) -> None:
    outcome = editor.tag(report, *place("受理案件120件。"), "MEASURE", keep_edges=True)
    assert outcome.span is not None
    assert report.text[slice(*outcome.span.range)] == "受理案件120件。"


def test_a_selection_of_nothing_but_edges_says_so(session: Session, report: OpenReport, editor: Editor) -> None:
    outcome = editor.tag(report, *place("。\n"), "MEASURE")
    assert outcome.announcement is None
    assert outcome.words
    assert session.next_undo() is None or session.next_undo().kind == "import"  # type: ignore[union-attr]


def test_the_same_key_again_does_nothing_and_says_so(session: Session, report: OpenReport, editor: Editor) -> None:
    first = editor.press_label(report, "INSTITUTION", place("镇司法所"), [])
    again = editor.press_label(report, "INSTITUTION", place("镇司法所"), [])
    assert first.span is not None
    assert again.announcement is None
    assert again.span == first.span
    on_span = editor.press_label(report, "INSTITUTION", None, [first.span.uid])
    assert on_span.announcement is None
    assert "镇司法所" in on_span.words
    assert len(stored(session, report)) == 1


def test_a_key_whose_label_the_range_has_besides_names_that_label(report: OpenReport, editor: Editor) -> None:
    tag(editor, report, "镇司法所", "INDICATOR")
    span = tag(editor, report, "镇司法所", "INSTITUTION")
    outcome = editor.press_label(report, "INDICATOR", None, [span.uid])
    assert outcome.announcement is None and outcome.span == span
    assert editor.title("INDICATOR") in outcome.words and editor.title("INSTITUTION") not in outcome.words


def test_a_key_on_a_selected_span_relabels_and_with_add_doubles(
    session: Session, report: OpenReport, editor: Editor
) -> None:
    span = tag(editor, report, "镇司法所", "INSTITUTION")
    editor.press_label(report, "MEASURE", None, [span.uid])
    assert stored(session, report) == [(*span.range, "MEASURE")]
    editor.press_label(report, "INDICATOR", None, [span.uid], add=True)
    assert sorted(label for *_range, label in stored(session, report)) == ["INDICATOR", "MEASURE"]
    again = editor.press_label(report, "INDICATOR", None, [span.uid], add=True)
    assert again.announcement is None


def test_without_a_selection_a_key_says_what_to_do(report: OpenReport, editor: Editor) -> None:
    outcome = editor.press_label(report, "MEASURE", None, [])
    assert outcome.announcement is None
    assert outcome.words


def test_relabelling_keeps_what_the_new_label_has_and_drops_what_only_the_old_one_had(
    report: OpenReport, editor: Editor
) -> None:
    span = tag(editor, report, "共举办8场普法讲座", "MEASURE")
    outcome = editor.relabel(report, [span.uid], "INSTITUTION")
    assert outcome.span is not None
    assert "status" not in outcome.span.attributes


def test_attributes_are_checked_before_they_are_written(session: Session, report: OpenReport, editor: Editor) -> None:
    span = tag(editor, report, "120件", "INDICATOR")
    editor.set_attribute(report, [span.uid], "value", "120.50")
    assert session.open_report(report.id).spans[0].attributes["value"] == "120.5"
    before = session.store.history.steps(limit=1)[0].uid
    with pytest.raises(ValidationError):
        editor.set_attribute(report, [span.uid], "value", "很多")
    with pytest.raises(ValidationError):
        editor.set_attribute(report, [span.uid], "status", "done")
    assert session.store.history.steps(limit=1)[0].uid == before


def test_delete_undo_redo_survive_a_restart(
    session: Session, report: OpenReport, editor: Editor, person: Person
) -> None:
    span = tag(editor, report, "镇司法所", "INSTITUTION")
    editor.delete(report, [span.uid])
    path = session.path
    session.close()
    again = Session.open(path, person)
    try:
        undone = again.undo()
        assert undone is not None
        fresh = again.open_report(report.id)
        assert [s.uid for s in fresh.spans] == [span.uid]
        again.undo()
        assert len(fresh.spans) == 0
        again.redo()
        assert [s.uid for s in fresh.spans] == [span.uid]
        again.redo()
        assert len(fresh.spans) == 0
        assert again.redo() is None
    finally:
        again.close()


def test_open_reports_are_up_to_date_when_listeners_hear_of_it(
    session: Session, report: OpenReport, editor: Editor
) -> None:
    heard: list[tuple[Announcement, int]] = []
    stop = session.subscribe(lambda a: heard.append((a, len(report.spans))))
    tag(editor, report, "镇司法所", "INSTITUTION")
    stop()
    tag(editor, report, "120件", "INDICATOR")
    assert [n for _a, n in heard] == [1]
    assert heard[0][0].reports == {report.id}
    assert "span" in heard[0][0].tables


def test_a_done_report_is_left_alone_until_it_is_reopened(session: Session, report: OpenReport, editor: Editor) -> None:
    span = tag(editor, report, "镇司法所", "INSTITUTION")
    editor.set_status(report, "done")
    for edit in (
        lambda: editor.tag(report, *place("120件"), "INDICATOR"),
        lambda: editor.delete(report, [span.uid]),
        lambda: editor.set_note(report, span.uid, "?"),
        lambda: editor.relabel(report, [span.uid], "MEASURE"),
    ):
        with pytest.raises(ValidationError):
            edit()
    editor.set_status(report, "in_progress")
    assert editor.delete(report, [span.uid]).announcement is not None


def test_a_read_only_session_refuses_every_edit(session: Session, report: OpenReport, person: Person) -> None:
    path = session.path
    session.close()
    reader = Session.open(path, person, write=False)
    try:
        with pytest.raises(ReadOnlyError):
            Editor(reader).tag(reader.open_report(report.id), *place("120件"), "INDICATOR")
        with pytest.raises(ReadOnlyError):
            reader.undo()
    finally:
        reader.close()


def test_renaming_the_person_is_a_step_like_any_other(session: Session) -> None:
    session.rename_person("乙")
    assert session.person.name == "乙"
    session.undo()
    assert session.person.name == "甲"
    assert session.rename_person("甲") is None


def test_the_name_of_another_annotator_is_not_taken(session: Session) -> None:
    session.store.people.ensure_named("乙")
    with pytest.raises(ConflictError, match="Another annotator"):
        session.rename_person("乙")
    assert session.person.name == "甲" and session.next_undo().kind == "import"


def test_undo_of_a_renaming_brings_a_name_that_went_meanwhile_back_with_a_number(session: Session) -> None:
    people = session.store.people
    for name in ("丙", "丁"):
        session.rename_person(name)
    people.ensure_named("甲"), people.ensure_named("丙")
    undone = session.undo()
    assert undone is not None and session.person.name == "丙 (2)"
    assert "called 丙 by now: it is 丙 (2)" in undone.step.text()
    session.undo()  # the step before meets the number instead of its name
    assert session.person.name == "甲 (2)"
    session.redo()
    assert session.person.name == "丙 (2)"
    people.ensure_named("丁")
    redone = session.redo()
    assert redone is not None and session.person.name == "丁 (2)" and "丁 (2)" in redone.step.text()
    session.undo(), session.undo()
    assert session.person.name == "甲 (2)"
    names = [person.name for person in people.all()]
    assert len(names) == len({*names})
    assert verify(session.store) == []


def test_a_number_that_undo_gave_may_be_kept_or_changed(session: Session) -> None:
    session.rename_person("乙")
    session.store.people.ensure_named("甲")
    session.undo()
    session.rename_person("丙")
    session.undo()
    assert session.person.name == "甲 (2)"
    session.rename_person("甲 (3)")
    session.undo(), session.redo()
    assert session.person.name == "甲 (3)"


def test_an_annotator_known_by_name_only_is_found_again(session: Session) -> None:
    path = session.path
    session.close()
    uids = []
    for _turn in range(2):
        named = Session.open(path, Person("", "乙"))
        uids.append(named.person.uid)
        named.close()
    assert uids[0]
    assert uids[0] == uids[1]
    reader = Session.open(path, Person("", "乙"), write=False)
    assert reader.person.uid == uids[0]
    reader.close()


def test_a_report_whose_import_was_taken_back_is_not_opened(session: Session, report: OpenReport) -> None:
    session.undo()
    assert report.gone
    with pytest.raises(ConflictError):
        session.open_report(report.id)


def test_parents_and_children_of_nested_spans(report: OpenReport, editor: Editor) -> None:
    measure = tag(editor, report, "共举办8场普法讲座", "MEASURE")
    number = tag(editor, report, "8场", "INDICATOR")
    assert report.parent(number) == measure
    assert report.parent(measure) is None
    assert report.children(measure) == [number]


def test_the_section_path_of_an_offset(report: OpenReport) -> None:
    assert [s.title for s in report.section_path(place("1个")[0])] == ["下一年计划"]


def test_the_default_schema_is_read_from_where_it_lies(tmp_path: Path) -> None:
    from annotator.domain.errors import InputError
    from annotator.services.session import read_schema

    broken = tmp_path / "s.json"
    for text in ("{", "[]", '{"labels": [{}]}'):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(InputError):
            read_schema(broken)
    with pytest.raises(InputError):
        read_schema(tmp_path / "none.json")
