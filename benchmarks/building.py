"""Projects to measure on, made by the program's own import."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from annotator.services.importing import import_paths
from annotator.services.session import Session
from annotator.services.settings import Settings

#: Reports in one file on the way in: a project of 100,000 never needs more than this beside it.
AT_ONCE = 10_000


def own_session(project: str, *, write: bool = True) -> Session:
    """The project opened by the person whose window is measured later."""
    person = Settings.load().person()
    path = Path(project)
    return Session.open(path, person, write=write) if path.exists() else Session.create(path, person)


def import_all(project: str, files: Sequence[str]) -> int:
    """Import files into a project, made where it is missing; how many reports came in."""
    session = own_session(project)
    result = import_paths(session.store, session.person.uid, list(map(Path, files)))
    session.close()
    if result.failed:
        raise RuntimeError(str(result.failed[0]))
    return result.added


def build(project: str, corpus: str, reports: int) -> int:
    """A project of `reports` reports: those of the corpus, again and again, each with a last line of its own."""
    lines = _different(Path(corpus), reports)
    part = Path(project).with_suffix(".part.jsonl")
    added = 0
    while batch := list(islice(lines, AT_ONCE)):
        part.write_text("".join(batch), "utf-8")
        added += import_all(project, [str(part)])
        part.unlink()
    return added


def _different(corpus: Path, wanted: int) -> Iterator[str]:
    records = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    for number in range(wanted):
        record = records[number % len(records)]
        again = {**record, "id": number + 1, "text": f"{record['text']}\n第{number + 1}份。"}
        yield json.dumps(again, ensure_ascii=False) + "\n"
