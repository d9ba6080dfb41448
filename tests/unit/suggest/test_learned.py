"""Learning: small invented reports whose marks follow a rule that the suggesters do not know."""

import random

import pytest

from annotator.domain.errors import Cancelled, KnownError
from annotator.domain.suggestion import Proposal
from annotator.suggest import learned, learning, registry
from annotator.suggest.learned import Judged, Taught, unpacked
from annotator.suggest.reading import Reading

pytest.importorskip("pycrfsuite")

NAMES = ("云溪", "青枫", "白石", "长河", "南屏", "东岭")
THINGS = ("水库", "公路", "茶园", "桥梁", "学校", "河堤")


def nothing():
    return None


def made(seed, sentences=40):
    """A report in which every `甲某工程` is marked: what no rule proposes."""
    pick, text, spans = random.Random(seed), "", []
    for _ in range(sentences):
        text += pick.choice(("今年完成了", "他们查看了", "去年验收"))
        name = pick.choice(NAMES) + pick.choice(THINGS)
        if pick.random() < 0.6:
            name += "工程"
            spans.append((len(text), len(text) + len(name), "PROJECT"))
        text += name + pick.choice(("。", "。\n"))
    return text, spans


def reading(text, **known):
    return Reading(text, range(len(text) + 1), **known)


def lesson(seed):
    text, spans = made(seed)
    return learning.Lesson(reading(text), spans)


@pytest.fixture(scope="module")
def taught():
    return learning.learn([lesson(seed) for seed in range(4)], nothing)


def test_what_no_rule_knows_is_learned_and_found_in_another_report(taught):
    assert taught.judged["PROJECT"].better
    text, spans = made(99)
    found = list(learned.suggest(reading(text, taught={"learned": taught.packed()})))
    hits = {(p.start, p.end, p.label) for p in found} & set(spans)
    assert len(hits) >= 0.9 * len(spans)
    assert len(found) <= 1.1 * len(spans)
    assert all(0 < p.score <= 1 and p.source == "learned" for p in found)


def test_it_comes_back_from_bytes_and_damage_is_nothing(taught):
    assert unpacked(taught.packed()) == taught
    assert unpacked(b"") is None
    assert unpacked(taught.packed()[:-1]) is None
    assert unpacked(b'{"features": -1}\n') is None
    assert list(learned.suggest(reading("云溪工程。", taught={"learned": b"damaged"}))) == []


def rule_proposals(text):
    """A rule that is wrong: it proposes every 今年完成了 as PROJECT."""
    at = text.find("今年完成了")
    while at >= 0:
        yield Proposal(at, at + 5, "PROJECT", "institutions", 0.9)
        at = text.find("今年完成了", at + 1)


def test_a_better_model_rules_out_what_a_rule_got_wrong(taught):
    text, _spans = made(7)
    known = reading(text, taught={"learned": taught.packed()})
    proposals = [*rule_proposals(text), Proposal(0, 2, "OTHER", "institutions", 0.9)]
    known.memo["institutions"] = proposals  # what that source proposes
    kept = learned.corrected(known, proposals)
    assert [p.label for p in kept] == ["OTHER"]


def test_asked_again_it_says_the_same_and_asks_no_model_twice(taught, monkeypatch):
    text, _spans = made(8)
    first = reading(text, taught={"learned": taught.packed()})
    found = list(learned.suggest(first))
    monkeypatch.setattr(learned, "asked", lambda *_args: pytest.fail("asked again"))
    assert list(learned.suggest(first)) == found


def test_what_is_no_better_than_the_rules_is_not_used():
    assert not Judged(50, 0.95, 0.95, 0, 0).is_used
    assert not Judged(5, 0.0, 1.0, 0, 0).is_used
    assert Judged(50, 0.9, 0.97, 0, 0).better
    extra = Judged(50, 0.9, 0.8, 6, 8)
    assert extra.adds
    assert not extra.better
    quiet = Taught({}, {"A": Judged(50, 1.0, 0.9, 0, 0)}, 3)
    assert unpacked(quiet.packed()) == quiet


def test_left_out_scores_name_every_label():
    found = learning.left_out([lesson(seed) for seed in range(4)], nothing)
    assert found["PROJECT"].model > 0.8
    assert found["PROJECT"].rules == 0.0
    assert learning.left_out([lesson(3)], nothing).keys() == {"PROJECT"}


def test_learning_stops_when_nobody_waits():
    calls = []

    def pulse():
        calls.append(1)
        if len(calls) > 100:
            raise Cancelled

    with pytest.raises(Cancelled):
        learning.learn([lesson(1)], pulse)


def test_without_the_library_one_sentence_and_the_others_go_on(monkeypatch, taught):
    real = learned.importlib.import_module

    def missing(name):
        if name == "pycrfsuite":
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr(learned.importlib, "import_module", missing)
    learned._kept.cache_clear()
    learned._tagger_class.cache_clear()
    known = reading("受理纠纷30件。云溪水库工程。", taught={"learned": taught.packed()})
    found = registry.suggest(known, ["quantities", "learned"])
    assert [p.source for p in found] == ["quantities"]
    ((name, problem),) = registry.problems(known)
    assert name == "learned"
    assert isinstance(problem, KnownError)
    assert "python-crfsuite" in str(problem)
    assert learned.corrected(known, found) == found


def test_an_opened_model_holds_the_bytes_it_reads(taught):
    """The library keeps a bare pointer to them: freed bytes were read as a model, and the process died at random."""
    tagger = learned.opened(bytes(bytearray(taught.models["PROJECT"])))
    assert tagger.model == taught.models["PROJECT"]
    assert set(tagger.labels()) <= {"B", "I", "O"}
