"""How models are made of finished reports: trained for each label, judged where they have not learned.

Runs in a process of its own and takes seconds; knows no project. `learned` uses what comes of it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from annotator.domain.suggestion import Proposal
from annotator.suggest import registry
from annotator.suggest.features import Features, ranges, sequences, tags
from annotator.suggest.learned import Judged, Taught, crfsuite, opened
from annotator.suggest.reading import Range, Reading

#: A label with fewer spans is not learned.
FEWEST: Final = 10
#: How often each model is improved.
_ROUNDS: Final = 24
#: Up to so many characters are judged in five parts; of more, so many in two.
_SMALL, _ENOUGH = 40_000, 60_000
_PARTS, _FEW_PARTS = 5, 2
#: Of sentences in which nothing is marked or proposed, every so manieth is learned from.
_PLAIN: Final = 4
#: More sentences than this teach a label little more, and cost as much time.
_MOST: Final = 1800

Pulse = Callable[[], None]
Marked = tuple[int, int, str]


class Lesson(NamedTuple):
    """One finished report: its reading, and the spans people made of it."""

    reading: Reading
    spans: Sequence[Marked]


class _Line(NamedTuple):
    """One sequence, ready to learn from: features, what is right by label, what the rules say by label."""

    items: Any
    right: dict[str, str]
    rules: dict[str, list[Range]]
    part: int
    length: int

    def says(self, label: str) -> bool:
        """Whether people or rules marked something here."""
        return bool(self.rules[label]) or "B" in self.right[label]


def learn(lessons: Sequence[Lesson], pulse: Pulse) -> Taught:
    """Models for every label that the lessons hold enough of."""
    labels = _labels(lessons)
    lines = [line for number, lesson in enumerate(lessons) for line in _lines(lesson, number, labels, pulse)]
    parts = _PARTS if sum(line.length for line in lines) <= _SMALL else _FEW_PARTS
    divided = _divided(_first(lines, _ENOUGH), parts)
    judged = {label: judge(divided, label, parts, pulse) for label in labels}
    used = [label for label in labels if judged[label].is_used]
    return Taught({label: train(lines, label, pulse) for label in used}, judged, len(lessons))


def left_out(lessons: Sequence[Lesson], pulse: Pulse) -> dict[str, Judged]:
    """How each label's model does on reports (of one report: on its fifths) that it did not learn from."""
    labels = _labels(lessons)
    lines = [line for number, lesson in enumerate(lessons) for line in _lines(lesson, number, labels, pulse)]
    parts = len(lessons) if len(lessons) > 1 else _PARTS
    divided = lines if len(lessons) > 1 else _divided(lines, parts)
    return {label: judge(divided, label, parts, pulse) for label in labels}


def _labels(lessons: Iterable[Lesson]) -> list[str]:
    counts: dict[str, int] = {}
    for lesson in lessons:
        for _start, _end, label in lesson.spans:
            counts[label] = counts.get(label, 0) + 1
    return sorted(label for label, n in counts.items() if n >= FEWEST)


def _lines(lesson: Lesson, part: int, labels: Sequence[str], pulse: Pulse) -> Iterator[_Line]:
    reading, rules = lesson.reading, registry.by_rules(lesson.reading)
    features, item_sequence = Features(reading, rules), crfsuite().ItemSequence
    right = {
        name: tags(len(reading.text), [(a, b) for a, b, label in lesson.spans if label == name]) for name in labels
    }
    for start, end in sequences(reading):
        pulse()
        yield _Line(
            item_sequence(features.of(start, end)),
            {name: tagged[start:end] for name, tagged in right.items()},
            {name: _inside(rules, name, start, end) for name in labels},
            part,
            end - start,
        )


def _inside(rules: Iterable[Proposal], label: str, start: int, end: int) -> list[Range]:
    return [(p.start - start, p.end - start) for p in rules if p.label == label and start <= p.start and p.end <= end]


def _first(lines: Sequence[_Line], characters: int) -> list[_Line]:
    """Lines from the first on, as many as hold so many characters."""
    found, total = [], 0
    for line in lines:
        if total >= characters:
            break
        found.append(line)
        total += line.length
    return found


def _divided(lines: Sequence[_Line], parts: int) -> list[_Line]:
    """The lines in parts for judging: whole reports where there are enough, else stretches of lines."""
    if len({line.part for line in lines}) >= parts:
        return [line._replace(part=line.part % parts) for line in lines]
    total, at, found = sum(line.length for line in lines) or 1, 0, []
    for line in lines:
        found.append(line._replace(part=min(at * parts // total, parts - 1)))
        at += line.length
    return found


def judge(lines: Sequence[_Line], label: str, parts: int, pulse: Pulse) -> Judged:
    """Rules and model against what is right, each part by a model that learned from the others."""
    gold = rules = by_rules = model = by_model = extra = extras = 0
    for part in range(parts):
        asked = [line for line in lines if line.part == part]
        rest = [line for line in lines if line.part != part]
        if not asked or not any("B" in line.right[label] for line in rest):
            continue
        tagger = opened(train(rest, label, pulse))
        for line in asked:
            right = set(ranges(line.right[label]))
            proposed, found = line.rules[label], ranges(tagger.tag(line.items))
            alone = [place for place in found if not any(a < place[1] and place[0] < b for a, b in proposed)]
            gold += len(right)
            rules, by_rules = rules + len(proposed), by_rules + len(right.intersection(proposed))
            model, by_model = model + len(found), by_model + len(right.intersection(found))
            extra, extras = extra + len(right.intersection(alone)), extras + len(alone)
    return Judged(gold, _f1(by_rules, rules, gold), _f1(by_model, model, gold), extra, extras)


def train(lines: Sequence[_Line], label: str, pulse: Pulse) -> bytes:
    """The model of one label."""
    trainer = _trainer(pulse)
    lines = _spread([line for number, line in enumerate(lines) if number % _PLAIN == 0 or line.says(label)], _MOST)
    trainer.select("lbfgs")
    trainer.set_params({"c1": 0.0, "c2": 0.5, "max_iterations": _ROUNDS, "feature.minfreq": 3, "epsilon": 1e-3})
    for line in lines:
        trainer.append(line.items, line.right[label])
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        path = Path(folder, "model")
        trainer.train(os.fspath(path))
        return path.read_bytes()


def _spread(lines: Sequence[_Line], most: int) -> Sequence[_Line]:
    """At most so many lines, taken evenly from all."""
    if len(lines) <= most:
        return lines
    return [lines[number * len(lines) // most] for number in range(most)]


def _trainer(pulse: Pulse) -> Any:
    class Trainer(crfsuite().Trainer):  # type: ignore[misc]
        """Gives a sign of life with each line of the library's log, and stops where nobody waits."""

        def message(self, _text: str) -> None:
            pulse()

    return Trainer(verbose=False)


def _f1(right: int, found: int, wanted: int) -> float:
    return round(2 * right / (found + wanted), 4) if found + wanted else 1.0
