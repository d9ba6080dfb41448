"""Exports: JSON Lines against dumping the same objects from the same tables, DocBin against the obvious way in spaCy."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import child, raw
from benchmarks.bench import Bench
from benchmarks.figures import Row, alternate, median

LINES, READ_BACK = 1.5, 1.5
DOCBIN, DOCBIN_CHECKED = 0.75, 1.0


def our_export(project: str, format: str, out: str) -> dict[str, float]:
    """The program's export, spaCy loaded before the clock starts, as it is on the raw side."""
    from annotator.formats.docbin import require_spacy
    from annotator.services.exporting import ExportOptions, export
    from annotator.storage import Store

    if format == "spacy":
        require_spacy().blank("zh")
    start = time.perf_counter()
    with Store.open(project, write=False) as store:
        statuses = None if format == "jsonl" else ["new", "in_progress", "done"]
        result = export(store, ExportOptions(format, Path(out), statuses=statuses))
    total = time.perf_counter() - start
    return {
        "total": total, "write": total - result.check_seconds, "check": result.check_seconds,
        "reports": result.reports, "spans": result.spans, "peak": child.memory("VmHWM"),
    }  # fmt: skip


def raw_lines(project: str, out: str) -> dict[str, float]:
    """The objects of the export, from plain queries through json.dumps into a file."""
    start = time.perf_counter()
    db = sqlite3.connect(f"file:{project}?mode=ro", uri=True)
    with open(out, "w", encoding="utf-8", newline="\n", buffering=1 << 20) as lines:
        for record in _records(db):
            lines.write(json.dumps(record, ensure_ascii=False))
            lines.write("\n")
    db.close()
    return {"total": time.perf_counter() - start}


def _records(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    names = dict(db.execute("SELECT id, name FROM label"))
    people = dict(db.execute("SELECT id, name FROM person"))
    reports = db.execute(
        "SELECT r.id, coalesce(r.foreign_id, json_quote(r.uid)), t.text, d.meta, d.encoding, d.file_name FROM report r"
        " JOIN report_detail d ON d.report_id = r.id"
        " JOIN report_text t ON t.report_id = r.id AND t.version = r.text_version WHERE r.removed = 0 ORDER BY r.id"
    )
    for report, given, text, meta, encoding, file in reports:
        sets = db.execute(
            "SELECT id, person_id, status FROM annotation_set WHERE report_id = ? AND removed = 0 ORDER BY id",
            (report,),
        ).fetchall()
        whose = {set_id: people[person] for set_id, person, _status in sets}
        spans = db.execute(
            'SELECT uid, start, "end", label_id, attributes, set_id, origin FROM span WHERE report_id = ?'
            ' ORDER BY start, "end" DESC, uid', (report,),
        )  # fmt: skip
        record = {"format": 1, "id": json.loads(given), "text": text, "meta": json.loads(meta)}
        record |= {key: value for key, value in (("encoding", encoding), ("file", file)) if value}
        yield record | {
            "furniture": [],
            "sets": [{"annotator": whose[set_id], "status": status} for set_id, _person, status in sets],
            "spans": [
                {"id": uid, "start": start, "end": end, "label": names[label], "text": text[start:end],
                 "attributes": json.loads(attributes), "annotator": whose[set_id], "origin": origin}
                for uid, start, end, label, attributes, set_id, origin in spans
            ],
            "relations": [],
        }  # fmt: skip


def raw_docbin(corpus: str, folder: str) -> dict[str, float]:
    """make_doc, char_span, doc.spans, DocBin.add, to_disk: `char_charspan_sc` of raw_spacy.py."""
    module, printed = raw.spacy(corpus, folder)
    module.run("char_charspan_sc", module.char_nlp, "strict", "sc")
    (figures,) = printed
    return {"total": figures["build_s"]["median"] + figures["write_s"]["median"]}


def _same_objects(ours: Path, theirs: Path) -> None:
    with ours.open(encoding="utf-8") as first, theirs.open(encoding="utf-8") as second:
        for number, (a, b) in enumerate(zip(first, second, strict=True), start=1):
            if json.loads(a) != json.loads(b):
                raise RuntimeError(f"line {number} of the export is not what the raw side wrote")


def measure_lines(bench: Bench) -> list[Row]:
    reports = 200 if bench.quick else 1000
    project = bench.project(reports)
    ours_at, theirs_at = bench.fresh("ours.jsonl"), bench.fresh("raw.jsonl")

    def ours() -> dict[str, float]:
        return dict(child.run("exporting", "our_export", str(project), "jsonl", str(ours_at), home=bench.home))

    def theirs() -> dict[str, float]:
        return dict(child.run("exporting", "raw_lines", str(project), str(theirs_at)))

    us, them = alternate(bench.runs, ours, theirs)
    _same_objects(ours_at, theirs_at)
    write, check = median([run["write"] for run in us]) * 1e3, median([run["check"] for run in us]) * 1e3
    note = f"{reports:,} reports, {us[0]['spans']:,} spans; json, equal objects"
    return [
        Row("export JSON Lines, writing", write, median([run["total"] for run in them]) * 1e3, "ms", LINES, note=note),
        Row("export JSON Lines, reading back", check, write, "ms", READ_BACK,
            note=f"raw: the writing; peak {max(run['peak'] for run in us):.0f} MiB"),
    ]  # fmt: skip


def measure_docbin(bench: Bench) -> list[Row]:
    reports = 50 if bench.quick else 200
    corpus = bench.corpus(reports)
    project = bench.project_of(corpus)
    out = bench.folder / "ours.spacy"

    def ours() -> dict[str, float]:
        return dict(child.run("exporting", "our_export", str(project), "spacy", str(out), home=bench.home))

    def theirs() -> dict[str, float]:
        return dict(child.run("exporting", "raw_docbin", str(corpus), str(bench.folder)))

    us, them = alternate(bench.runs, ours, theirs)
    obvious = median([run["total"] for run in them]) * 1e3
    note = f"{reports:,} reports, {us[0]['spans']:,} spans"
    return [
        Row("export DocBin, writing", median([run["write"] for run in us]) * 1e3, obvious, "ms", DOCBIN, note=note),
        Row("export DocBin, with reading back", median([run["total"] for run in us]) * 1e3, obvious, "ms",
            DOCBIN_CHECKED),
    ]  # fmt: skip
