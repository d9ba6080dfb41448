"""Whatever people do, undo and redo: the project is what its history says, and each inverse leads back exactly."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotator.domain.changes import (
    Wording,
    delete_spans,
    move_span,
    relabel_spans,
    rename_person,
    set_certain,
    set_note,
    set_status,
)
from annotator.domain.report import AnnotationSet
from annotator.domain.span import new_uid
from annotator.storage import Person, Store, verify
from tests.unit.storage.building import dump, make_report, set_ref, span, spans_of, tag_edit

LABELS = ("MEASURE", "INSTITUTION", "INDICATOR")
people = st.integers(0, 1)
reports = st.integers(0, 2)
offsets = st.integers(0, 12)


def content(store: Store) -> dict[str, object]:
    """What people see, without the flags by which a set-aside import is kept for redo."""
    state = dump(store)
    state.pop("person")
    return state


class Work(RuleBasedStateMachine):
    """Two people on three reports; beside the project, for each of them, the states undo must lead back to."""

    folder: Path
    empty: bytes
    numbers = itertools.count()

    @initialize()
    def begin(self) -> None:
        path = self.folder / f"{next(self.numbers)}.annodb"
        path.write_bytes(self.empty)
        self.store = Store.open(path)
        self.store.connection.execute("PRAGMA synchronous = OFF")  # what is durable is another test's matter
        self.people = [self.store.people.ensure(new_uid(), name) for name in ("张三", "李四")]
        step = self.store.history.begin_bulk("import", Wording("Import"), self.people[0].uid)
        self.reports = [self.store.reports.add(make_report(), step) for _ in range(3)]
        self.store.history.end_bulk(step)
        #: Per person: what this person's own spans were before each step that stands, and before each undo.
        self.past: list[list[object]] = [[], []]
        self.future: list[list[object]] = [[], []]

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()

    def own(self, who: int) -> object:
        """All that belongs to one person."""
        store, person = self.store, self.people[who]
        rows = [store.sets.of_person(report, person.uid) for report in self.reports]
        sets = [row and (row.status, row.note, row.spans, row.counts) for row in rows]
        return sets, [spans_of(store, report, person) for report in self.reports], store.people.get(person.uid)

    def do(self, who: int, edit: object) -> None:
        if edit is None:
            return
        before = self.own(who)
        self.store.apply(edit, self.people[who].uid)  # type: ignore[arg-type]
        self.past[who].append(before)
        self.future[who].clear()

    def person(self, who: int) -> Person:
        return self.people[who]

    def text(self, report: int) -> str:
        return self.store.reports.text(self.reports[report])

    @rule(
        who=people,
        report=reports,
        start=offsets,
        length=st.integers(1, 6),
        label=st.sampled_from(LABELS),
        n=st.integers(1, 3),
    )
    def tag(self, who: int, report: int, start: int, length: int, label: str, n: int) -> None:
        spans = [span(start + i, start + i + length, label) for i in range(n)]
        self.do(who, tag_edit(self.store, self.reports[report], self.person(who), *spans))

    def pick(self, who: int, report: int, at: int) -> object:
        spans = spans_of(self.store, self.reports[report], self.person(who))
        return spans[at % len(spans)] if spans else None

    @rule(who=people, report=reports, at=offsets)
    def delete(self, who: int, report: int, at: int) -> None:
        chosen = self.pick(who, report, at)
        if chosen is not None:
            own = set_ref(self.store, self.reports[report], self.person(who)).uid
            self.do(who, delete_spans(self.reports[report], own, [chosen], [], self.text(report)))

    @rule(who=people, report=reports, at=offsets, label=st.sampled_from(LABELS))
    def relabel(self, who: int, report: int, at: int, label: str) -> None:
        chosen = self.pick(who, report, at)
        if chosen is not None:
            self.do(who, relabel_spans(self.reports[report], [chosen], label, {}, self.text(report)))

    @rule(who=people, report=reports, at=offsets, start=offsets)
    def change(self, who: int, report: int, at: int, start: int) -> None:
        chosen = self.pick(who, report, at)
        if chosen is not None:
            edits = (
                move_span(self.reports[report], chosen, start, start + 3, self.text(report)),
                set_note(self.reports[report], chosen, f"注{start}"),
                set_certain(self.reports[report], [chosen], start % 2 == 0),
            )
            self.do(who, edits[at % 3])

    @rule(who=people, report=reports, status=st.sampled_from(["new", "in_progress", "done", "flagged", "skipped"]))
    def status(self, who: int, report: int, status: str) -> None:
        self.do(
            who, set_status(self.reports[report], set_ref(self.store, self.reports[report], self.person(who)), status)
        )

    @rule(who=people, name=st.sampled_from(["甲", "乙"]))
    def rename(self, who: int, name: str) -> None:
        """Names that the other one never has: what becomes of one that is taken, `test_editing` of services says."""
        there = self.store.people.get(self.person(who).uid)
        assert there is not None
        name += str(who)
        if there.name != name:
            self.do(who, rename_person(there.uid, there.name, name))

    @rule(who=people, report=reports, n=st.integers(0, 3))
    def replace_by_import(self, who: int, report: int, n: int) -> None:
        before = self.own(who)
        step = self.store.history.begin_bulk("import", Wording("Import"), self.person(who).uid)
        made = AnnotationSet("", "done", spans=[span(i, i + 2) for i in range(n)])
        self.store.sets.replace(self.reports[report], made, step)
        self.store.history.end_bulk(step)
        self.past[who].append(before)
        self.future[who].clear()

    @precondition(lambda self: hasattr(self, "store"))
    @rule(who=people)
    def undo(self, who: int) -> None:
        if self.past[who]:
            self.future[who].append(self.own(who))
            assert self.store.undo(self.person(who).uid) is not None
            assert self.own(who) == self.past[who].pop()

    @rule(who=people)
    def redo(self, who: int) -> None:
        before = self.own(who)
        done = self.store.redo(self.person(who).uid)
        assert (done is not None) == bool(self.future[who])
        if done is not None:
            assert self.own(who) == self.future[who].pop()
            self.past[who].append(before)

    @rule(who=people)
    def all_back_and_forth(self, who: int) -> None:
        """The whole line back and forth again leaves every table as it was."""
        state = content(self.store)
        steps = 0
        while len(self.past[who]) > steps and self.store.undo(self.person(who).uid) is not None:
            steps += 1
        for _ in range(steps):
            assert self.store.redo(self.person(who).uid) is not None
        assert content(self.store) == state

    @invariant()
    def sound(self) -> None:
        if hasattr(self, "store"):
            assert verify(self.store) == []


@pytest.mark.slow
def test_history_says_what_the_project_is(tmp_path: Path, empty_project: bytes) -> None:
    class Here(Work):
        folder = tmp_path
        empty = empty_project

    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    limits = settings(max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Here, settings=limits)
