"""Suggestions: their time against jieba.cut, a report's suggestions, learning from 50 reports, and what learning is worth.

`python -m benchmarks.suggest scores FILE...` prints the leave-one-out scores of the learner on any JSON Lines files with
spans, or on the finished reports of projects: each report is judged by models that learned from the others. A single
report is judged in fifths, which is no measure of other reports.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import child
from benchmarks.bench import Bench
from benchmarks.figures import Row, median

#: All rule suggesters together may take so much of the time of jieba.cut.
RULES, READY_MS, LEARN_S = 2, 100, 30
_ROUNDS = 5


def measure(bench: Bench) -> list[Row]:
    runs = [child.run("suggest", "speed") for _ in range(bench.runs)]
    learning = child.run("suggest", "learning", 5 if bench.quick else 50)

    def of(name: str) -> float:
        return median([run[name] for run in runs])

    return [
        Row("all rule suggesters, against jieba.cut", of("rules_ms"), of("jieba_ms"), "ms", RULES,
            note=f"{runs[0]['characters']:,.0f} characters; segmentation apart: {of('words_ms'):.0f} ms"),
        Row("the same with attributes and merging", of("rules_ms") + of("attributes_ms"), of("jieba_ms"), "ms"),
        Row("a report's suggestions ready", of("ready_ms"), READY_MS, "ms", 1,
            note="all of it in the process that answers, which is up; raw is the gate"),
        Row(f"learning from {learning['reports']:.0f} reports", learning["seconds"] * 1000, LEARN_S * 1000, "ms", 1,
            note=f"{learning['characters']:,.0f} characters, models of {learning['megabytes']:.1f} MB; "
            f"{learning['worked']:.1f} s of work; raw is the gate"),
        Row("a report asked about with these models", learning["ask_ms"], of("ready_ms"), "ms",
            note="what the rules say is shown before"),
        Row("the same report asked about again", learning["again_ms"], of("ready_ms"), "ms"),
    ]  # fmt: skip


# ---- in processes of their own ----------------------------------------------------------------------------------------


def speed() -> dict[str, float]:
    """Milliseconds for all texts: jieba.cut and the suggesters in turn, the best of each."""
    import jieba

    from annotator.services.session import default_schema
    from annotator.services.suggesting import RULES as NAMES
    from annotator.services.suggesting import Ask, forget, proposals
    from annotator.suggest.reading import Reading
    from annotator.suggest.registry import suggest
    from annotator.suggest.segmenter import segmenter
    from benchmarks.quantities import texts

    jieba.setLogLevel(60)
    jieba.initialize()
    samples, words, schema = texts(), segmenter(), default_schema()
    edges = {text: words.edges(text) for text in samples}

    def whole(text: str) -> object:
        forget()
        words.edges("")  # what is remembered of the text asked about last
        return proposals(Ask.of(text, schema, year=2021), lambda: None)

    jobs: dict[str, Callable[[str], object]] = {
        "jieba_ms": lambda text: list(jieba.cut(text)),
        "words_ms": lambda text: (words.edges(""), words.edges(text)),
        "rules_ms": lambda text: suggest(Reading(text, edges[text], year=2021), NAMES),
        "whole_ms": whole,
    }
    best = dict.fromkeys(jobs, float("inf"))
    for _ in range(_ROUNDS):
        for name, job in jobs.items():
            best[name] = min(best[name], _milliseconds(job, samples))
    characters = sum(map(len, samples))
    return {
        **best,
        "characters": characters,
        "attributes_ms": best["whole_ms"] - best["words_ms"] - best["rules_ms"],
        "ready_ms": best["whole_ms"] / len(samples),
    }


def _milliseconds(job: Callable[[str], object], samples: Sequence[str]) -> float:
    started = time.perf_counter()
    for sample in samples:
        job(sample)
    return (time.perf_counter() - started) * 1000


def learning(reports: int) -> dict[str, float]:
    """Learn from so many reports, all different: variants of the gold report, else of an invented one."""
    from annotator.services.lessons import Lecture, learn
    from annotator.services.session import default_schema
    from annotator.services.suggesting import Ask, forget, proposals

    lectures = list(variants(reports))
    started, worked = time.perf_counter(), time.process_time()
    data, _judged = learn([tuple(Lecture(*each)) for each in lectures], lambda: None)
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    ask = Ask.of(
        lectures[0].text, default_schema(), year=2021, sources=("learned", *_rules()), taught={"learned": data}
    )

    def anew(_text: str) -> object:
        forget()
        return proposals(ask, lambda: None)

    anew("")
    asked = min(_milliseconds(anew, [ask.text]) for _ in range(_ROUNDS))
    again = min(_milliseconds(lambda _text: proposals(ask, lambda: None), [ask.text]) for _ in range(_ROUNDS))
    return {
        "reports": reports,
        "seconds": seconds,
        "worked": worked,
        "characters": sum(len(each.text) for each in lectures),
        "megabytes": len(data) / 1e6,
        "ask_ms": asked,
        "again_ms": again,
    }


def _rules() -> tuple[str, ...]:
    from annotator.services.suggesting import RULES as NAMES

    return NAMES


def variants(count: int) -> Iterator[Any]:
    """The gold report with one Chinese character in seven replaced by another of it: other words, the same spans."""
    from benchmarks import raw

    gold = raw.SEEDS.parent / "gold" / "dongqu-2021.jsonl"
    (first, *_rest) = list(lectures_of(gold)) if gold.exists() else [invented()]
    pick = random.Random(1)
    chinese = [char for char in first.text if "一" <= char <= "鿿"]
    for _ in range(count):
        text = "".join(
            pick.choice(chinese) if "一" <= char <= "鿿" and pick.random() < 0.15 else char for char in first.text
        )
        yield first._replace(text=text)


def invented() -> Any:
    from annotator.services.lessons import Lecture

    sentence = "今年，青枫县司法局组织培训3场。\n"
    text = sentence * 200
    spans = [(at + 3, at + 9, "INSTITUTION") for at in range(0, len(text), len(sentence))]
    return Lecture(text, (), 2021, "", spans)


# ---- leave one out ----------------------------------------------------------------------------------------------------


def lectures_of(path: Path) -> Iterator[Any]:
    """The reports of a JSON Lines file that have spans, or the finished ones of a project."""
    from annotator.formats import jsonl
    from annotator.services import learning as learning_service
    from annotator.storage import Store

    if path.suffix == ".annodb":
        with Store.open(path, write=False) as store:
            yield from (each for each, _uid, _n in learning_service.lectures(store))
        return
    for item in jsonl.read(path):
        made = learning_service.finished_set(item.report) if item.report is not None else None
        if item.report is not None and made is not None and made.spans:
            yield learning_service.lecture(item.report, made)


def scores(paths: Sequence[Path]) -> dict[str, Any]:
    """By label: F1 of the rules and of the learner, exact, where it had not learned."""
    from annotator.services.lessons import lesson
    from annotator.suggest.learning import left_out

    given = [each for path in paths for each in lectures_of(path)]
    lessons = [lesson(each, lambda: None) for each in given]
    found = left_out(lessons, lambda: None)
    return {
        "reports": len(lessons),
        "judged": "report by report" if len(lessons) > 1 else "one report in fifths",
        "labels": {label: {**judged._asdict(), "used": judged.is_used} for label, judged in found.items()},
    }


if __name__ == "__main__":
    if sys.argv[1:2] != ["scores"] or len(sys.argv) < 3:
        raise SystemExit(f"usage: python -m benchmarks.suggest scores FILE...\n\n{__doc__}")
    print(json.dumps(scores([Path(name) for name in sys.argv[2:]]), ensure_ascii=False, indent=1))
