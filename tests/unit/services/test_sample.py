import pytest

from annotator import locations
from annotator.services.sample import open_sample, sample_project
from annotator.services.settings import person_named
from annotator.storage import Person

ME = Person("6b0c1d52-6f0e-4f0b-9a54-0c5f1f3c7a99", "甲")


def test_the_sample_is_made_once_and_is_the_persons_own():
    session = open_sample(ME)
    first = next(iter(session.store.reports.stream()))
    assert [s.annotator for s in first.sets] == ["甲"] and first.sets[0].spans and first.furniture
    assert session.next_undo() is None, "the first Ctrl+Z does not take the sample away"
    own = session.store.sets.load(session.store.reports.ids(limit=1)[0], ME.uid)
    assert own is not None and own.spans
    session.close()
    made = locations.sample_project()
    stamp = made.stat().st_mtime_ns
    assert sample_project(ME) == made and made.stat().st_mtime_ns == stamp
    assert [p.name for p in made.parent.iterdir() if p.name.startswith(".")] == []


def test_a_person_known_by_name_only():
    with open_sample(person_named("乙")).store as store:
        assert store.people.named("乙") is not None


def test_what_cannot_be_made_leaves_nothing(monkeypatch):
    from annotator.services import sample

    monkeypatch.setattr(sample, "read", lambda path: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sample_project(ME)
    assert not locations.sample_project().exists()
    assert list(locations.sample_project().parent.iterdir()) == []
