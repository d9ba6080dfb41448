"""The program is killed in the middle of 200 edits: every edit that had returned is there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.storage import Store, verify
from tests.unit.storage.building import make_report

ROOT = Path(__file__).parents[3]
EDIT = """
import sys
from annotator.domain.span import Span, new_uid
from annotator.storage import Store
from tests.unit.storage.building import tag
store = Store.open(sys.argv[1])
(person,) = store.people.all()
reports = store.reports.ids()
for i in range(200):
    span = Span(new_uid(), i % 20, i % 20 + 3, "INDICATOR", {"value": str(i)})
    step = tag(store, reports[i % len(reports)], person, span)
    if i % 5 == 4:
        store.undo(person.uid)
        print("undone", span.uid, flush=True)
    else:
        print("tagged", span.uid, flush=True)
"""


@pytest.mark.parametrize("edits", [1, 67, 151])
def test_every_edit_that_returned_survives_sigkill(store: Store, bring, zhang, edits: int) -> None:
    bring(make_report(), make_report(), make_report())
    store.close()
    child = subprocess.Popen([sys.executable, "-c", EDIT, store.path], stdout=subprocess.PIPE, cwd=ROOT)
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(edits)]
    child.send_signal(signal.SIGKILL)
    said += child.stdout.read().splitlines()
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()

    told = [line.decode().split() for line in said if line.strip()]
    tagged = {uid for word, uid in told if word == "tagged"}
    undone = {uid for word, uid in told if word == "undone"}
    assert edits <= len(told) < 200
    with Store.open(store.path) as again:
        assert again.recovered
        there = {s.uid for report in again.reports.stream() for made in report.sets for s in made.spans}
        assert tagged <= there
        assert not undone & there
        assert len(there - tagged) <= 1  # the one that was committed while its word was on the way
        assert verify(again) == []
        assert again.undo(zhang.uid) is not None
    assert sorted(p.name for p in store.path.parent.iterdir()) == [store.path.name]
