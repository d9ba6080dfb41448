"""What surrounds a replay: a window on a project that holds just the gold's text, and what came of it against the gold.

How the gold is made again is the business of `replay` and `replay_suggested`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from benchmarks import child, gold
from benchmarks.bench import Bench
from benchmarks.figures import Row

if TYPE_CHECKING:
    from benchmarks.replay import Replay
    from benchmarks.window import Window

GOLD = child.ROOT.parent / "shared" / "gold"
PATIENCE = 30.0


def make(project: str, record: str, kind: type[Replay], ready: Callable[[Window], int]) -> dict[str, Any]:
    """Make the gold again, close the project, and see what is in it.

    `ready` waits for what shall be there before the first key, and says how many suggestions that are.
    """
    from benchmarks import building
    from benchmarks.window import Window

    wanted = json.loads(Path(record).read_text("utf-8").splitlines()[0])
    window = Window(project)
    if window.view.text() != wanted["text"]:
        raise RuntimeError("the report is not the gold's")
    _wait_for_words(window)
    replay = kind(window, gold.targets(wanted))
    suggested = ready(window)
    replay.run()
    window.settle()
    number = replay.report.id
    window.main.close()
    session = building.own_session(project, write=False)
    differences = gold.differences(session.schema, session.open_report(number), replay.gold)
    return {
        "suggested": suggested,
        "counts": dict(replay.hands.counts),
        "actions": replay.hands.actions,
        "spans": sum(target.certain for target in replay.gold),
        "mended": replay.mended,
        "surprises": replay.surprises,
        "differences": differences,
        "log": replay.hands.log,
    }


def _wait_for_words(window: Window) -> None:
    """The segmenter's words, which are there by the time somebody has read the first lines."""
    words = window.main.keyboard.words
    window.main.keyboard.start_words()
    window.wait_for(lambda: words.edges is not None, "words from the helper process", PATIENCE)


def wait_for_suggestions(window: Window) -> int:
    """All of the open report; how many they are."""
    window.main.suggesting.start()
    offers = window.main.suggesting.parts.offers
    window.wait_for(
        lambda: offers.offering is not None and not offers.waiting, "suggestions from the helper process", PATIENCE
    )
    return len(offers.offering or ())


def found_by(bench: Bench, module: str, name: str) -> dict[str, Any] | None:
    """What `work` of a benchmark's module makes of the gold called `name`; None where that gold is not there."""
    source = GOLD / f"{name}.jsonl"
    if not source.exists():
        bench.say(f"{source.name} is not there: that report cannot be made again")
        return None
    text = bench.fresh(f"{name}.txt")
    text.write_text(json.loads(source.read_text("utf-8").splitlines()[0])["text"], encoding="utf-8")
    found = child.run(module, "work", str(bench.copy(bench.project_of(text))), str(source), home=bench.home)
    for line in (*found["mended"], *found["surprises"], *found["differences"]):
        bench.say(f"{name}: {line}")
    return cast(dict[str, Any], found)


def row(title: str, limit: float, found: dict[str, Any], more: str) -> Row:
    """The figure of one replay, against its gate; what was made must be the gold, or it does not count."""
    if found["differences"]:
        raise RuntimeError(f"{len(found['differences'])} differences to the gold: {'; '.join(found['differences'])}")
    kinds = ", ".join(f"{count} {kind}" for kind, count in found["counts"].items() if kind != "wheel")
    note = f"{found['spans']} spans with {found['actions']} actions ({kinds}), all as in the gold; {more}"
    return Row(title, found["actions"] / found["spans"], limit, "", 1, note=note)
