"""How fast quantities are found, against jieba.cut on the same texts: `python -m benchmarks.quantities` prints JSON.

The texts are the shared reports where they are beside the project, else one invented paragraph many times over.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path

from annotator.domain.clauses import clauses
from annotator.domain.quantity import find_quantities, quantity_at

_REPORTS = Path(__file__).resolve().parents[1] / "../shared/reports"
_SAMPLE = (
    "全年受理各类申请1,286件,办结率99.7%,同比增长6.8个百分点。统一组织培训三场,发放资料约2000余份,"
    "投入资金13.5万元,改造老旧管网二十三公里,惠及群众近万人次。一是进一步健全工作机制,推动“三项制度”落地见效。\n"
)


def texts() -> list[str]:
    reports = [path.read_text(encoding="utf-8") for path in sorted(_REPORTS.glob("*.txt"))]
    return reports or [_SAMPLE * 60] * 5


def characters_per_second(task: Callable[[str], object], samples: list[str], rounds: int = 5) -> float:
    """The best of several rounds: what the machine can do when nobody disturbs it."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for sample in samples:
            task(sample)
        best = min(best, time.perf_counter() - started)
    return sum(map(len, samples)) / best


def microseconds_per_click(samples: list[str]) -> float:
    """`quantity_at` at every hundredth character."""
    places = [(sample, offset) for sample in samples for offset in range(0, len(sample), 100)]
    started = time.perf_counter()
    for sample, offset in places:
        quantity_at(sample, offset)
    return (time.perf_counter() - started) / len(places) * 1e6


def measure() -> dict[str, float]:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    samples = texts()
    words = characters_per_second(lambda text: list(jieba.cut(text)), samples)
    quantities = characters_per_second(find_quantities, samples)
    return {
        "characters": sum(map(len, samples)),
        "quantities_chars_per_s": round(quantities),
        "clauses_chars_per_s": round(characters_per_second(clauses, samples)),
        "jieba_chars_per_s": round(words),
        "quantities_to_jieba": round(quantities / words, 2),
        "quantity_at_us": round(microseconds_per_click(samples), 1),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
