"""How models are made of finished reports: trained for each label, judged where they have not learned.

Runs in a process of its own and takes seconds; knows no project. `learned` uses what comes of it.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
_SMALL, _ENOUGH = 40_000, 50_000
_PARTS, _FEW_PARTS = 5, 2
#: What is met less often is no feature.
_OFTEN: Final = 4
#: Of sentences in which nothing is marked or proposed, every so manieth is learned from.
_PLAIN: Final = 4
#: More sentences than this teach little more, and cost as much time.
_MOST: Final = 1800

Pulse = Callable[[], None]
Marked = tuple[int, int, str]


class Lesson(NamedTuple):
    """One finished report: its reading, the spans people made of it, and ranges whose sentences teach nothing."""

    reading: Reading
    spans: Sequence[Marked]
    unsure: Sequence[Range] = ()


@dataclass(slots=True, eq=False)
class _Line:
    """One sequence: its number, which lesson it is of and where, what is right by label, what the rules say by label.

    `items` are its features, made for those lines alone that are used.
    """

    number: int
    lesson: int
    start: int
    end: int
    right: dict[str, str]
    rules: dict[str, list[Range]]
    items: Any = None

    @property
    def length(self) -> int:
        """Its characters."""
        return self.end - self.start

    def says(self, label: str) -> bool:
        """Whether people or rules marked something here."""
        return bool(self.rules[label]) or "B" in self.right[label]


def learn(lessons: Sequence[Lesson], pulse: Pulse) -> Taught:
    """Models for every label that the lessons hold enough of."""
    labels = _labels(lessons)
    lines = _lines(lessons, labels, pulse)
    judging, teaching = _first(lines, _ENOUGH), _worth(lines, labels)
    _add_features(lessons, dict.fromkeys([*judging, *teaching]), pulse)
    parts = _parts(judging, _PARTS if sum(line.length for line in lines) <= _SMALL else _FEW_PARTS)
    judged = {label: judge(parts, label, pulse) for label in labels}
    used = [label for label in labels if judged[label].is_used]
    return Taught({label: train(teaching, label, pulse) for label in used}, judged, len(lessons))


def left_out(lessons: Sequence[Lesson], pulse: Pulse) -> dict[str, Judged]:
    """How each label's model does on reports (of one report: on its fifths) that it did not learn from."""
    labels = _labels(lessons)
    lines = _lines(lessons, labels, pulse)
    _add_features(lessons, lines, pulse)
    parts = _parts(lines, len(lessons) if len(lessons) > 1 else _PARTS)
    return {label: judge(parts, label, pulse) for label in labels}


def _labels(lessons: Iterable[Lesson]) -> list[str]:
    counts: dict[str, int] = {}
    for lesson in lessons:
        for _start, _end, label in lesson.spans:
            counts[label] = counts.get(label, 0) + 1
    return sorted(label for label, n in counts.items() if n >= FEWEST)


def _lines(lessons: Sequence[Lesson], labels: Sequence[str], pulse: Pulse) -> list[_Line]:
    """The sequences of all lessons, without features."""
    found: list[_Line] = []
    for number, lesson in enumerate(lessons):
        found += _lines_of(lesson, number, labels, pulse, len(found))
    return found


def _lines_of(lesson: Lesson, number: int, labels: Sequence[str], pulse: Pulse, first: int) -> Iterator[_Line]:
    reading, rules = lesson.reading, registry.by_rules(lesson.reading)
    right = {
        name: tags(len(reading.text), [(a, b) for a, b, label in lesson.spans if label == name]) for name in labels
    }
    sure = [place for place in sequences(reading) if not _touches(lesson.unsure, *place)]
    for nth, (start, end) in enumerate(sure, first):
        pulse()
        yield _Line(
            nth,
            number,
            start,
            end,
            {name: tagged[start:end] for name, tagged in right.items()},
            {name: _inside(rules, name, start, end) for name in labels},
        )


def _add_features(lessons: Sequence[Lesson], lines: Iterable[_Line], pulse: Pulse) -> None:
    """Give lines their features: those that are met often enough for the library to learn from them.

    A feature is a number until it is known how often it is met: the texts of all of them would fill the memory.
    """
    numbers: dict[str, int] = {}
    coded: list[tuple[_Line, array[int], int]] = []
    features: dict[int, Features] = {}
    for line in lines:
        pulse()
        reading = lessons[line.lesson].reading
        if line.lesson not in features:
            features[line.lesson] = Features(reading, registry.by_rules(reading))
        rows = features[line.lesson].of(line.start, line.end)
        codes = array("I", [numbers.setdefault(name, len(numbers)) for row in rows for name in row])
        coded.append((line, codes, len(rows[0])))
    counts = Counter[int]()
    for _line, codes, _width in coded:
        counts.update(codes)
    often = [name if counts[number] >= _OFTEN else "" for number, name in enumerate(numbers)]
    item_sequence = crfsuite().ItemSequence
    for line, codes, width in coded:
        pulse()
        names = [often[number] for number in codes]
        line.items = item_sequence([list(filter(None, names[at : at + width])) for at in range(0, len(names), width)])


def _touches(places: Iterable[Range], start: int, end: int) -> bool:
    return any(low < end and start < high for low, high in places)


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


def _worth(lines: Sequence[_Line], labels: Sequence[str]) -> list[_Line]:
    """The lines to learn from, for all labels the same ones: where something is marked, and some of the plain ones."""
    return _spread(
        [line for line in lines if line.number % _PLAIN == 0 or any(line.says(name) for name in labels)], _MOST
    )


def _parts(lines: Sequence[_Line], parts: int) -> list[list[_Line]]:
    """The lines in parts for judging: whole reports where there are enough, else stretches of lines."""
    found: list[list[_Line]] = [[] for _part in range(parts)]
    whole = len({line.lesson for line in lines}) >= parts
    total, at = sum(line.length for line in lines) or 1, 0
    for line in lines:
        found[line.lesson % parts if whole else min(at * parts // total, parts - 1)].append(line)
        at += line.length
    return found


def judge(parts: Sequence[Sequence[_Line]], label: str, pulse: Pulse) -> Judged:
    """Rules and model against what is right, each part by a model that learned from the others."""
    gold = rules = by_rules = model = by_model = extra = extras = 0
    for number, asked in enumerate(parts):
        rest = [line for other, part in enumerate(parts) if other != number for line in part]
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
    trainer.select("lbfgs")
    trainer.set_params({"c1": 0.0, "c2": 0.5, "max_iterations": _ROUNDS, "feature.minfreq": _OFTEN, "epsilon": 1e-3})
    for line in _spread([line for line in lines if line.number % _PLAIN == 0 or line.says(label)], _MOST):
        trainer.append(line.items, line.right[label])
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        path = Path(folder, "model")
        trainer.train(os.fspath(path))
        return path.read_bytes()


def _spread(lines: list[_Line], most: int) -> list[_Line]:
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
