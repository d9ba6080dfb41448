"""What one save costs: rows, statements and pages, which do not depend on how busy a machine is."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable

import pytest

from annotator.domain.changes import Change, Edit, Wording
from annotator.domain.errors import ConflictError, KnownError
from annotator.domain.span import new_uid
from annotator.storage.codecs import REQUIRED, TABLES
from annotator.storage.connection import wal_file
from annotator.storage.history import _row_of, _uid_of
from tests.unit.storage.building import make_report, span, tag, tag_edit

PAGE = 4096
#: BEGIN, step, report and set, span, change, two counters, COMMIT.
STATEMENTS = 8
PAGES = 8


@pytest.fixture
def reports(bring) -> list[int]:
    return bring(*[make_report(span(0, 4), annotator="张三") for _ in range(3)])


def _frames(store) -> int:
    data = wal_file(store.path).read_bytes()[32:]
    return sum(1 for at in range(0, len(data), PAGE + 24) if struct.unpack(">I", data[at : at + 4])[0])


def test_a_save_takes_few_statements_and_few_pages(store, reports, zhang) -> None:
    store.connection.execute("PRAGMA wal_autocheckpoint = 0")
    tag(store, reports[0], zhang, span(0, 3))
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    said: list[str] = []
    edit = tag_edit(store, reports[0], zhang, span(1, 3))
    store.connection.set_trace_callback(said.append)
    store.apply(edit, zhang.uid)
    store.connection.set_trace_callback(None)
    assert len(said) <= STATEMENTS, said
    assert _frames(store) <= PAGES


def test_nothing_in_a_save_reads_a_whole_table(store, reports, zhang) -> None:
    edit = tag_edit(store, reports[0], zhang, span(1, 3))
    said: list[str] = []
    store.connection.set_trace_callback(said.append)
    store.apply(edit, zhang.uid)
    store.undo(zhang.uid)
    store.redo(zhang.uid)
    store.connection.set_trace_callback(None)
    for sql in said:
        if sql.split()[0] in ("SELECT", "UPDATE", "DELETE"):
            plan = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
            assert not [line for line in plan if line.startswith("SCAN") and "CONSTANT" not in line], (sql, plan)


def test_the_uid_of_a_step_says_where_it_stands(store, reports, zhang) -> None:
    step = tag(store, reports[0], zhang, span(0, 2))
    assert _row_of(step.uid) == step.id and store.history.step(step.uid).id == step.id
    assert len({_uid_of(7)[:8] for _ in range(50)}) > 40, "a person names a step by its first characters"


@pytest.mark.parametrize(
    "uid", ["", "x", "not a uid at all, but a long text of many characters", "5f8a4c1e-8b0d-4c53-9f0e-2d1c7b6a9e04"]
)
def test_a_uid_that_no_step_has_is_refused(store, reports, zhang, uid) -> None:
    with pytest.raises(ConflictError):
        store.history.step(uid)


def test_a_step_with_a_uid_of_elsewhere_is_found_too(store, reports, zhang) -> None:
    step = tag(store, reports[0], zhang, span(0, 2))
    foreign = new_uid()
    store.connection.execute("UPDATE step SET uid = ? WHERE id = ?", (foreign, step.id))
    assert store.history.step(foreign).id == step.id


def test_history_keeps_what_differs_from_the_defaults_and_gives_all_back(store, reports, zhang) -> None:
    tag(store, reports[0], zhang, span(0, 1))
    step = tag(store, reports[0], zhang, span(0, 3, note="n"))
    kept = json.loads(store.connection.execute("SELECT after FROM change WHERE step_id = ?", (step.id,)).fetchone()[0])
    assert kept.keys() == {"start", "end", "label", "set", "note"}
    (change,) = store.history.changes(store.history.step(step.uid))
    assert change == step.changes[0]


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.lean])
def test_a_row_may_leave_out_only_what_its_columns_fill_in_alike(store, name) -> None:
    table = TABLES[name]
    columns = {row[1]: row[4] for row in store.connection.execute(f"PRAGMA table_info({name})")}
    for field in map(table.fields.get, table.lean):
        (stored,) = store.connection.execute(f"SELECT {columns[field.column or field.name] or 'NULL'}").fetchone()
        assert field.default is not REQUIRED and stored == field.kind.to_column(store, field.default)


# ---- the last step, kept from one edit to the next ---------------------------------------------


def _refused(store, report, person) -> Edit:
    edit = tag_edit(store, report, person, span(0, 1))
    gone = Change("span", report, new_uid(), {"start": 1}, {"start": 2})
    return edit._replace(changes=(*edit.changes, gone))


@pytest.mark.parametrize(
    "between",
    [
        lambda store, report, zhang: store.undo(zhang.uid),
        lambda store, report, zhang: store.history.begin_bulk("import", Wording("Import"), zhang.uid),
        lambda store, report, zhang: tag(store, report, store.people.ensure_named("李四"), span(2, 3)),
        lambda store, report, zhang: store.labels.ensure("新"),
    ],
)
def test_edits_number_on_whatever_came_between(store, reports, zhang, between: Callable[..., object]) -> None:
    tag(store, reports[0], zhang, span(0, 1))
    tag(store, reports[0], zhang, span(0, 2))
    between(store, reports[1], zhang)
    (last,) = store.connection.execute("SELECT max(id) FROM step").fetchone()
    assert tag(store, reports[0], zhang, span(1, 3)).id == last + 1


def test_a_refused_edit_does_not_count(store, reports, zhang) -> None:
    first = tag(store, reports[0], zhang, span(0, 1))
    with pytest.raises(KnownError):
        store.apply(_refused(store, reports[0], zhang), zhang.uid)
    assert tag(store, reports[0], zhang, span(0, 2)).id == first.id + 1


def test_several_edits_of_one_transaction_and_a_part_that_is_taken_back(store, reports, zhang) -> None:
    first = tag(store, reports[0], zhang, span(0, 1))
    with store.transaction():
        second = tag(store, reports[0], zhang, span(0, 2))
        with pytest.raises(KnownError):
            store.apply(_refused(store, reports[0], zhang), zhang.uid)
        third = tag(store, reports[0], zhang, span(0, 3))
    assert (second.id, third.id) == (first.id + 1, first.id + 2)


def test_an_edit_ends_redo_also_after_edits_that_asked_for_nothing(store, reports, zhang) -> None:
    for n in range(1, 4):
        tag(store, reports[0], zhang, span(0, n))
    store.undo(zhang.uid)
    tag(store, reports[0], zhang, span(1, 3))
    assert store.history.next_redo(zhang.uid) is None and store.redo(zhang.uid) is None


def test_another_connection_of_the_process_numbers_on(store, reports, zhang) -> None:
    tag(store, reports[0], zhang, span(0, 1))
    with store.second() as other:
        there = tag(other, reports[1], zhang, span(0, 2))
        other.undo(zhang.uid)
    assert tag(store, reports[0], zhang, span(0, 3)).id == there.id + 2
