from annotator.domain.changes import Wording
from annotator.domain.packed_proposals import pack
from annotator.domain.report import Report
from annotator.domain.span import new_uid
from annotator.domain.suggestion import Proposal
from annotator.services.session import default_schema
from annotator.storage import Store
from annotator.storage.suggestions import Learned

PROPOSALS = [
    Proposal(0, 3, "INDICATOR", "quantities", 0.97, Wording("a {unit}", {"unit": "件"}), {"value": "30"}),
    Proposal(4, 6, "MEASURE", "measures", 0.5),
]


def made(path):
    store = Store.create(path, default_schema())
    person = store.people.ensure(new_uid(), "甲")
    step = store.history.begin_bulk("import", Wording("Import"), person.uid)
    with store.transaction():
        ids = [store.reports.add(Report(new_uid(), f"文本{n}共30件"), step) for n in range(3)]
    store.history.end_bulk(step)
    return store, ids


def test_proposals_are_kept_as_they_were_and_replaced_by_newer_ones(tmp_path):
    store, (report, *_others) = made(tmp_path / "p.annodb")
    with store:
        store.suggestions.keep(report, 1, "rules", pack(PROPOSALS))
        kept = store.suggestions.kept(report)
        assert (kept.text_version, kept.made_with, kept.packed.n, kept.packed.doubt) == (1, "rules", 2, 0.265)
        assert kept.proposals == PROPOSALS
        store.suggestions.keep(report, 2, "more", pack([]))
        assert store.suggestions.made_with(report) == (2, "more")
        assert store.suggestions.kept(report).proposals == []
        assert store.suggestions.kept(999) is None


def test_what_was_learned_and_who_works_blind_outlive_the_session(tmp_path):
    path = tmp_path / "p.annodb"
    store, _ids = made(path)
    learned = Learned("learned", "2026-01-01T00:00:00Z", 3, {"f1": 0.8}, b"\x00model")
    with store:
        store.suggestions.learn(learned)
        store.suggestions.set_blind("person", "u", True)
        store.suggestions.set_blind("part", "test", True)
        store.suggestions.set_blind("part", "test", False)
    with Store.open(path, write=False) as store:
        assert store.suggestions.learned("learned") == learned
        assert store.suggestions.learned("other") is None
        assert store.suggestions.blind() == {("person", "u")}
