"""The program dies in the middle of work: every edit that had returned is there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "examples" / "sample.jsonl"

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

Spans = dict[str, list[object]]

#: Tags, moves, relabels and deletes through the services, and says after each edit what is now true.
WORKER = """
import json, sys
from pathlib import Path
from annotator.services.editing import Editor
from annotator.services.session import Session
from annotator.storage import Person, ReportFilter

session = Session.open(Path(sys.argv[1]), Person("00000000-0000-4000-8000-00000000000a", "worker"))
report = session.open_report(session.store.reports.ids(ReportFilter())[0])
editor = Editor(session)
labels = [label.name for label in session.schema.labels]
uids = []
for n in range(200):
    if n % 10 == 8:
        editor.relabel(report, [uids[-1]], labels[(n + 1) % 3])
    elif n % 10 == 9:
        editor.delete(report, [uids.pop()])
    else:
        start = 20 + n * 5
        span = editor.tag(report, start, start + 4, labels[n % 3], keep_edges=True).span
        uids.append(span.uid)
    now = {span.uid: [span.start, span.end, span.label] for span in report.spans}
    sys.stdout.write(json.dumps(now) + "\\n")
    sys.stdout.flush()
sys.stdin.read()
"""


@pytest.fixture
def plain_project(run, tmp_path: Path) -> Path:
    """One report without spans."""
    project, lines = tmp_path / "p.annodb", tmp_path / "one.jsonl"
    text = json.loads(SAMPLE.read_text("utf-8").splitlines()[0])["text"]
    lines.write_text(json.dumps({"text": text}, ensure_ascii=False) + "\n", "utf-8")
    run("new", project)
    run("import", project, lines)
    return project


@pytest.mark.parametrize("after", [60, 137])
def test_every_edit_that_returned_survives_a_kill(run, plain_project: Path, tmp_path: Path, after: int) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(plain_project)],
        env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert worker.stdout
    said = [worker.stdout.readline() for _ in range(after)]
    os.kill(worker.pid, signal.SIGKILL)
    rest, errors = worker.communicate()
    said += [line for line in rest.splitlines() if line.endswith("}")]  # edits it still said before it died
    assert said[after - 1], errors
    assert len(said) < 200, "it came to its end before it was killed"

    out = tmp_path / "out.jsonl"
    run("export", plain_project, "--format", "jsonl", "--out", out)
    found = {s["id"]: [s["start"], s["end"], s["label"]] for s in json.loads(out.read_text("utf-8")).get("spans", [])}

    promised = json.loads(said[-1])
    assert found == promised or is_one_edit_further(promised, found, n=len(said))
    run("verify", plain_project)
    steps = json.loads(run("history", plain_project, "--json").stdout)
    assert len(steps) >= len(said)


def is_one_edit_further(said: Spans, found: Spans, n: int) -> bool:
    """The edit under way when it died may have been committed before it could say so: that one and no other."""
    if n % 10 == 9:
        return len(said) - len(found) == 1 and all(said.get(uid) == span for uid, span in found.items())
    if n % 10 == 8:
        differing = [uid for uid in said if found.get(uid) != said[uid]]
        return found.keys() == said.keys() and len(differing) == 1 and found[differing[0]][:2] == said[differing[0]][:2]
    new = [found[uid] for uid in found if uid not in said]
    return all(found.get(uid) == span for uid, span in said.items()) and [s[0] for s in new] == [20 + n * 5]


def test_an_import_that_was_killed_leaves_whole_reports(run, tmp_path: Path) -> None:
    project, lines = tmp_path / "p.annodb", tmp_path / "many.jsonl"
    run("new", project)
    record = json.loads(SAMPLE.read_text("utf-8").splitlines()[0])
    with lines.open("w", encoding="utf-8") as out:
        for n in range(3000):
            labels = [[s["start"], s["end"], s["label"]] for s in record["spans"]]
            out.write(json.dumps({"text": f"{record['text']}\n第{n}份", "label": labels}, ensure_ascii=False) + "\n")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    importer = subprocess.Popen(
        [sys.executable, "-m", "annotator", "import", str(project), str(lines)],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    end = time.monotonic() + 30
    while time.monotonic() < end and project.stat().st_size < 3_000_000:  # the log was brought into the file once
        time.sleep(0.005)
    os.kill(importer.pid, signal.SIGKILL)
    assert importer.wait() == -signal.SIGKILL, "it came to its end before it was killed"

    cut_off = json.loads(run("verify", project, "--json", code=1).stdout)
    assert len(cut_off) == 1, "more is wrong than that the import was cut off"
    out = tmp_path / "out.jsonl"
    run("export", project, "--format", "jsonl", "--out", out)
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert all(len(r["spans"]) == len(record["spans"]) for r in found)
    assert json.loads(run("stats", project, "--json").stdout)["reports"] == len(found)
    (step,) = json.loads(run("history", project, "--json").stdout)
    run("undo", project, "--step", step["id"])
    assert json.loads(run("stats", project, "--json").stdout)["reports"] == 0
    run("verify", project)
