"""A project with one report, opened by one person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.changes import Wording
from annotator.domain.report import Report
from annotator.domain.span import new_uid
from annotator.services.editing import Editor
from annotator.services.open_report import OpenReport
from annotator.services.session import Session
from annotator.storage import Person

TEXT = "云溪镇2024年报告\n\n一、主要举措\n  镇司法所共举办8场普法讲座，受理案件120件。\n二、下一年计划\n  新建1个调解室。\n"


@pytest.fixture
def person() -> Person:
    return Person(new_uid(), "甲")


@pytest.fixture
def session(tmp_path: Path, person: Person) -> Iterator[Session]:
    session = Session.create(tmp_path / "p.annodb", person)
    add_report(session, TEXT)
    yield session
    session.close()


def add_report(session: Session, text: str) -> int:
    """Bring one report into the project, as an import does."""
    store = session.store
    step = store.history.begin_bulk("import", Wording("Import"), session.person.uid)
    with store.transaction():
        number = store.reports.add(Report(new_uid(), text), step)
    store.history.end_bulk(step)
    return number


@pytest.fixture
def report(session: Session) -> OpenReport:
    return session.open_report(session.store.reports.ids()[0])


@pytest.fixture
def editor(session: Session) -> Editor:
    return Editor(session)
