"""Learned from a project's own finished reports: one small model a label, over characters, fed with what the rules say.

Labels nest, so each has a model of its own; what the rules propose is among the features, so a model corrects them. A
model is judged against the rules before it is used (`suggest.learning`): it takes their place for a label it does better,
adds what they miss for one where that is mostly right, and is silent elsewhere. Scores are the model's probabilities.
"""

from __future__ import annotations

import functools
import importlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.errors import KnownError
from annotator.domain.selection import trim
from annotator.domain.suggestion import Proposal
from annotator.messages import N_
from annotator.suggest import registry
from annotator.suggest.features import FEATURES_VERSION, Features, ranges, sequences
from annotator.suggest.reading import Range, Reading

SOURCE: Final = "learned"
#: What a reading keeps: its sentences with their features, and what the models said about it.
SEQUENCES: Final = "sequences"
ANSWERS: Final = "answers"
MISSING: Final = N_(
    "Learning from finished reports needs the library python-crfsuite, which is not installed"
    " (the extra “suggest”). The other sources go on."
)
_REASON: Final = N_("marked like this in {n} finished reports")
#: A rule's proposal that a better model all but rules out is not made.
_RULED_OUT: Final = 0.1
#: What a model alone is less sure of than this is not proposed.
_LEAST: Final = 0.25
_HEAD_END: Final = b"\n"


class Judged(NamedTuple):
    """How a label's model did where it had not learned: F1 of the rules and of the model; what it alone found.

    `n` are the spans judged by; `extra` of `extras` spans that met nothing of the rules were right.
    """

    n: int
    rules: float
    model: float
    extra: int
    extras: int

    @property
    def better(self) -> bool:
        """Whether the model takes the place of the rules."""
        return self.n >= 10 and self.model > self.rules + 0.005

    @property
    def adds(self) -> bool:
        """Whether what only the model finds is mostly right."""
        return self.extra >= 3 and self.extra > self.extras / 2

    @property
    def is_used(self) -> bool:
        """Whether the model has a say at all."""
        return self.better or self.adds


class Taught(NamedTuple):
    """What was learned: models by label (of those that are used), how each was judged, and from how many reports."""

    models: dict[str, bytes]
    judged: dict[str, Judged]
    reports: int

    def packed(self) -> bytes:
        """All of it as bytes that hold no code: a line of JSON, then the models one behind the other."""
        head = {
            "features": FEATURES_VERSION,
            "reports": self.reports,
            "labels": [[name, len(self.models.get(name, b"")), *judged] for name, judged in self.judged.items()],
        }
        models = b"".join(self.models.get(name, b"") for name in self.judged)
        return json.dumps(head, ensure_ascii=False).encode() + _HEAD_END + models


def unpacked(data: bytes) -> Taught | None:
    """The inverse of `Taught.packed`; None for what was learned with other features, or is damaged."""
    head, _newline, rest = data.partition(_HEAD_END)
    try:
        told = json.loads(head)
        if told["features"] != FEATURES_VERSION:
            return None
        models, judged, at = {}, {}, 0
        for name, size, *figures in told["labels"]:
            judged[name] = Judged(*figures)
            if size:
                models[name] = rest[at : at + size]
            at += size
        return Taught(models, judged, int(told["reports"])) if at == len(rest) else None
    except (ValueError, KeyError, TypeError):
        return None


def crfsuite() -> Any:
    """The library. Raises KnownError with a plain sentence where it is not installed."""
    try:
        return importlib.import_module("pycrfsuite")
    except ImportError as error:
        raise KnownError(MISSING) from error


def suggest(reading: Reading) -> Iterator[Proposal]:
    """What the models find, for labels where they are of use; rules that a better model confirms carry its score."""
    taught = _taught(reading.taught.get(SOURCE) or b"")
    if taught is None or not taught.models:
        return
    rules = registry.by_rules(reading)
    reason = Wording(_REASON, {"n": taught.reports})
    for start, end, label, score in _answers(reading, taught).found:
        if score >= _LEAST and (taught.judged[label].better or not _met(rules, start, end, label)):
            yield Proposal(start, end, label, SOURCE, round(score, 4), reason)


def corrected(reading: Reading, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Proposals of all sources without those of rules that a better model rules out; the rest with a say of its own."""
    taught = None if registry.problems(reading) else _taught(reading.taught.get(SOURCE) or b"")
    if taught is None or not taught.models:
        return list(proposals)
    chances = _answers(reading, taught).chances
    kept = []
    for proposal in proposals:
        chance = chances.get((proposal.start, proposal.end, proposal.label))
        if chance is None or proposal.source not in registry.RULES:
            kept.append(proposal)
        elif chance >= _RULED_OUT:
            kept.append(proposal._replace(score=round(min(proposal.score, chance), 4)))
    return kept


# ---- asking models ----------------------------------------------------------------------------------------------------


def tagger(model: bytes) -> Any:
    """A model ready to be asked; the ones asked last are kept."""
    return _kept(model)


@functools.lru_cache(maxsize=16)
def _kept(model: bytes) -> Any:
    return opened(model)


def opened(model: bytes) -> Any:
    """A model ready to be asked. The library reads it where it lies and does not hold on to it: the tagger does."""
    made = _tagger_class()()
    made.model = model
    made.open_inmemory(model)
    return made


@functools.cache
def _tagger_class() -> Any:
    return type("Tagger", (crfsuite().Tagger,), {"model": b""})


@functools.lru_cache(maxsize=2)
def _taught(data: bytes) -> Taught | None:
    return unpacked(data) if data else None


Found = tuple[int, int, str, float]


class Answers(NamedTuple):
    """What models say about a report: spans with label and probability, and how probable they hold rules' proposals."""

    found: list[Found]
    chances: dict[tuple[int, int, str], float]


def _answers(reading: Reading, taught: Taught) -> Answers:
    """What the models say; asked once a reading."""
    made: Answers | None = reading.memo.get(ANSWERS)
    if made is None:
        made = reading.memo[ANSWERS] = asked(taught, reading, registry.by_rules(reading))
    return made


def asked(taught: Taught, reading: Reading, rules: Sequence[Proposal]) -> Answers:
    """Ask every model about every sentence, once: what it finds, and of a better one how probable rules' proposals are.

    A proposal that crosses sentences is not asked about.
    """
    models = [(name, taught.judged[name].better, tagger(data)) for name, data in taught.models.items()]
    answers = Answers([], {})
    proposed = sorted({(p.start, p.end, p.label) for p in rules})
    at = 0
    for start, end, items in _sequences(reading, rules):
        reading.pulse()
        while at < len(proposed) and proposed[at][0] < start:
            at += 1
        inside = []
        while at < len(proposed) and proposed[at][0] < end:
            inside.append(proposed[at])
            at += 1
        for label, better, model in models:
            model.set(items)
            places = [(a - start, b - start) for a, b, name in inside if name == label and b <= end] if better else []
            _ask(answers, reading, model, label, start, end - start, places)
    return answers


def _ask(
    answers: Answers, reading: Reading, model: Any, label: str, start: int, length: int, places: Sequence[Range]
) -> None:
    """Take down what a model says about the sentence that was set: what it finds, and of what rules say there."""
    for low, high in ranges(model.tag()):
        begin, stop = trim(reading.text, start + low, start + high)
        if begin < stop:
            answers.found.append((begin, stop, label, _chance(model, low, high, length)))
    for low, high in places:
        answers.chances[start + low, start + high, label] = _chance(model, low, high, length)


def _sequences(reading: Reading, rules: Sequence[Proposal]) -> list[tuple[int, int, Any]]:
    """The sequences of a reading with their features, made once for all who ask about it."""
    made: list[tuple[int, int, Any]] | None = reading.memo.get(SEQUENCES)
    if made is None:
        item_sequence, features = crfsuite().ItemSequence, Features(reading, rules)
        made = [(start, end, item_sequence(features.of(start, end))) for start, end in sequences(reading)]
        reading.memo[SEQUENCES] = made
    return made


def _chance(asked: Any, low: int, high: int, length: int) -> float:
    """How probable a span is: as its least probable character, and that it ends where it does."""
    chances = [asked.marginal("B", low)]
    chances += [asked.marginal("I", at) for at in range(low + 1, high)]
    if high < length:
        chances.append(1 - asked.marginal("I", high))
    return float(min(chances))


def _met(rules: Iterable[Proposal], start: int, end: int, label: str) -> bool:
    return any(p.label == label and p.start < end and start < p.end for p in rules)
