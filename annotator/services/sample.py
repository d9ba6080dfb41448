"""The sample project: made of the example reports on first need, the person's own from then on."""

from __future__ import annotations

from pathlib import Path

from annotator import locations
from annotator.domain.changes import Wording
from annotator.formats.jsonl import read
from annotator.messages import N_
from annotator.services import replacing
from annotator.services.session import Session, default_schema
from annotator.storage import Person, Store

#: Whose step the import of the examples is.
MAKER = "Report Annotator"


def sample_project(person: Person) -> Path:
    """Where the sample project lies; made now where it is not there yet. Raises KnownError.

    Its annotation sets belong to `person`, so that the window shows them as the person's own work.
    """
    path = locations.sample_project()
    if path.exists():
        return path
    with replacing.sentences(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = replacing.temporary_for(path)
        try:
            _make(temporary, person)
            replacing.move_file(temporary, path)
        finally:
            for left in path.parent.glob(temporary.name + "*"):
                replacing.remove(left)
    return path


def open_sample(person: Person) -> Session:
    """The sample project, made where need be, opened for `person`. Raises KnownError."""
    return Session.open(sample_project(person), person)


def _make(path: Path, person: Person) -> None:
    with Store.create(path, default_schema(), name="sample") as store:
        me = store.people.entered(person)
        # Made under a name of its own: a person's first Ctrl+Z must not take the sample away.
        maker = store.people.ensure_named(MAKER)
        step = store.history.begin_bulk("import", Wording(N_("Import the example reports")), maker.uid)
        for item in read(locations.resources() / "examples" / "sample.jsonl"):
            if item.report is None:
                raise RuntimeError(f"the example report in line {item.line} cannot be read: {item.problem}")
            for annotations in item.report.sets:
                annotations.annotator = me.name
            store.reports.add(item.report, step)
        store.history.end_bulk(step)
