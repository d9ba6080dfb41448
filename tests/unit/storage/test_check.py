"""Each thing that can be wrong is found, named and nothing else with it; what is right is clean."""

from __future__ import annotations

import pytest

from annotator.domain.changes import Wording
from annotator.domain.report import Furniture
from annotator.domain.span import Relation, new_uid
from annotator.storage import Store, verify
from tests.unit.storage.building import make_report, set_ref, span, tag

HARM = {
    "UPDATE report_text SET text = text || '改'": {"text"},
    "UPDATE report SET characters = 1": {"text", "counters"},
    "DELETE FROM report_text": {"text", "versions"},
    'UPDATE span SET "end" = 9999 WHERE label_id = 1': {"offsets"},
    "UPDATE span SET text_version = 2 WHERE label_id = 1": {"versions"},
    'UPDATE furniture SET "end" = 9999': {"offsets"},
    "UPDATE span SET attributes = '{' WHERE label_id = 1": {"values"},
    "UPDATE span SET attributes = '[]' WHERE label_id = 1": {"values"},
    "UPDATE span SET extra = 'x' WHERE label_id = 1": {"values"},
    'UPDATE span SET attributes = \'{"value":"viel"}\' WHERE label_id = 3': {"attributes"},
    'UPDATE span SET attributes = \'{"status":"maybe"}\' WHERE label_id = 1': {"attributes"},
    "UPDATE set_count SET n = n + 1 WHERE label_id = 1": {"counters"},
    "UPDATE total SET n = n + 1 WHERE what = 'reports'": {"counters"},
    "DELETE FROM total WHERE what = 'status'": {"counters"},
    "UPDATE span SET set_id = (SELECT max(id) FROM annotation_set) WHERE label_id = 1": {"relations", "counters"},
    "UPDATE span SET step_id = 99 WHERE label_id = 1": {"links"},
    "UPDATE span SET label_id = 77 WHERE label_id = 1": {"links", "counters"},
    "UPDATE step SET params = '{\"text\": 1}' WHERE kind = 'span.add'": {"history"},
    "UPDATE change SET \"table\" = 'task'": {"history"},
    "UPDATE change SET after = '{\"colour\": 1}'": {"history"},
}


@pytest.fixture
def full(store: Store, bring, zhang, li) -> Store:
    report = make_report(span(0, 4, "INDICATOR", attributes={"value": "21"}))
    report.furniture.append(Furniture(new_uid(), 1, 3, "footer"))
    (number,) = bring(report)
    a, b = span(0, 8, attributes={"status": "done"}), span(2, 5, "INDICATOR")
    tag(store, number, zhang, a, b)
    tag(store, number, li, span(0, 3, "INSTITUTION"))
    kind = store.labels.ensure_relation("成效数据")
    link = Relation(new_uid(), b.uid, a.uid, kind.name)
    store.connection.execute(
        "INSERT INTO relation (report_id, uid, set_id, type_id, head, child) SELECT ?, ?, id, 1, ?, ? FROM annotation_set WHERE uid = ?",
        (number, link.uid, link.head, link.child, set_ref(store, number, zhang).uid),
    )
    return store


@pytest.mark.parametrize("harm", list(HARM))
def test_what_is_wrong_is_found(full: Store, harm: str) -> None:
    assert verify(full) == []
    full.connection.execute("PRAGMA foreign_keys = OFF")
    full.connection.execute(harm)
    findings = verify(full)
    assert {f.kind for f in findings} == HARM[harm]
    for finding in findings:
        assert "{" not in finding.text().replace('{"', "").replace("{'", "")


def test_old_versions_of_a_text_are_told_from_missing_ones(full: Store) -> None:
    full.connection.execute("INSERT INTO report_text SELECT report_id, 2, text, NULL FROM report_text")
    full.connection.execute("UPDATE report SET text_version = 2")
    texts = [f.text() for f in verify(full)]
    assert len(texts) == 5
    assert all("though version 2 is the newest" in text for text in texts)


def test_a_damaged_file_is_said_and_no_further_question_asked(full: Store, bring) -> None:
    bring(*(make_report(span(0, 2)) for _ in range(20)))
    path = full.path
    (root,) = full.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'report_hash'").fetchone()
    full.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 + 8 : root * 4096] = b"\xff" * 4088
    path.write_bytes(content)
    with Store.open(path, write=False) as store:
        assert {f.kind for f in verify(store)} == {"file"}


def test_progress_is_told_and_a_running_step_named(full: Store, bring, zhang) -> None:
    bring(make_report(), make_report())
    full.history.begin_bulk("import", Wording("Import"), zhang.uid)
    full.live_steps.clear()
    said: list[tuple[int, int]] = []
    (finding,) = verify(full, lambda done, total: said.append((done, total)))
    assert said == [(1, 3), (2, 3), (3, 3)]
    assert finding.text().startswith("History: “Import” of ")


def test_verify_changes_nothing(full: Store) -> None:
    full.close()
    before = full.path.read_bytes()
    with Store.open(full.path, write=False) as store:
        assert verify(store) == []
    assert full.path.read_bytes() == before
