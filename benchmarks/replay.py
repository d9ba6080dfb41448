"""Actions to annotate a report from nothing: its gold standard made again in the real window, by keys and clicks alone.

A perfect person knows what to tag and which keys lead there soonest; everything is done by events (`person.Hands`), and
what came of it is compared with the gold, span by span and attribute by attribute. Spans that the gold is uncertain
of may be there or not. First a clause pass makes the measures, then a number pass the indicators, then the institutions
are made, the longest names first, so that tag all knows them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import child
from benchmarks.bench import Bench
from benchmarks.figures import Row

GOLD = child.ROOT.parent / "shared" / "gold" / "dongqu-2021.jsonl"
#: Actions a span that the whole report may take.
LIMIT = 3.5
MEASURE, INSTITUTION, INDICATOR = "MEASURE", "INSTITUTION", "INDICATOR"
#: What is compared besides start, end and label; what is absent is the label's default.
COMPARED = ("value", "unit", "qualifier", "subject", "status")

Range = tuple[int, int]
PATIENCE = 30.0


class Target(NamedTuple):
    """A span of the gold."""

    start: int
    end: int
    label: str
    certain: bool
    attributes: dict[str, Any]

    @property
    def range(self) -> Range:
        return self.start, self.end


def targets(record: dict[str, Any]) -> list[Target]:
    """The gold's spans in reading order."""
    found = [
        Target(s["start"], s["end"], s["label"], s.get("certain", True), s.get("attributes", {}))
        for s in record["spans"]
    ]
    return sorted(found, key=lambda t: (t.start, -t.end, t.label))


class Place(NamedTuple):
    """Where one is: the selection with its anchor, and what strides start from (None: not known beforehand)."""

    selection: Range
    anchor: int
    unit: Range | None


class Move(NamedTuple):
    """One thing to do: what it costs, where it leads, and how it is done."""

    cost: int
    to: Place
    do: Callable[[], None]


class Replay:
    """One report made again in one window."""

    def __init__(self, window: Any, gold: Sequence[Target]) -> None:
        from benchmarks.person import Hands

        self.window = window
        self.view = window.view
        self.controller = window.main.controller
        self.report = self.controller.report
        self.keyboard = window.main.keyboard
        self.schema = self.controller.schema
        self.gold = gold
        self.hands = Hands(window)
        self.surprises: list[str] = []
        self.fixed: list[str] = []

    # ---- the three passes -------------------------------------------------------------------------

    def run(self) -> None:
        """All of the gold."""
        self._pass("A", MEASURE)
        self.hands.key("Ctrl+Home")
        self._pass("D", INDICATOR)
        self.hands.key("D")
        self._institutions()

    def _pass(self, key: str, label: str) -> None:
        self.hands.key(key)
        for target in self.gold:
            if target.label == label and target.certain:
                self._make(target)

    def _institutions(self) -> None:
        wanted = [t for t in self.gold if t.label == INSTITUTION and t.certain]
        for target in sorted(wanted, key=lambda t: (t.start - t.end, t.start)):
            if self._made(target) is None:
                self._make(target)
                self._tag_all(target)

    def _make(self, target: Target) -> None:
        """Select the target's words as cheaply as can be, press its label's key, and put right what it says wrong."""
        for move in self._way(target.range):
            move.do()
        if self._kept(self.view.selection()) != target.range:
            self.surprises.append(f"{target.range} selected as {self.view.selection()}: {self.hands.log[-2:]}")
            self.hands.click_at(target.start)
            self.hands.extend_to(target.end)
        self.hands.key(self.schema.label(target.label).key)
        self._mend(target)

    def _made(self, target: Target) -> Any:
        found = self.report.spans.with_range(*target.range)
        return next((span for span in found if span.label == target.label), None)

    # ---- ways to a selection ----------------------------------------------------------------------

    def _kept(self, selection: Range) -> Range:
        from annotator.domain.selection import trim

        return trim(self.report.text, *selection)

    def _way(self, wanted: Range) -> list[Move]:
        """The cheapest moves that select these words; a click at each end always does."""
        here = Place(self.view.selection(), self.view.anchor(), self.keyboard.strider.place())
        if self._kept(here.selection) == wanted:
            return []
        first = list(self._moves(here, wanted))
        ways = [[move] for move in first]
        ways += [[move, more] for move in first for more in self._moves(move.to, wanted)]
        ways = [way for way in ways if self._kept(way[-1].to.selection) == wanted]
        return min(ways, key=lambda way: sum(move.cost for move in way))

    def _moves(self, here: Place, wanted: Range) -> Iterator[Move]:
        """What can be done here towards `wanted`: keys before clicks, for they win where both cost the same."""
        from annotator.domain import strides

        text, hands, start, end = self.report.text, self.hands, *wanted
        if here.unit is not None:
            for key, unit in self._strides(here.unit):
                if unit is not None:
                    yield Move(1, Place(unit, unit[0], unit), lambda key=key: hands.key(key))  # type: ignore[misc]
        elif clause := strides.CLAUSE.at(text, here.anchor):
            yield Move(1, Place(clause, clause[0], clause), lambda: hands.key("C"))
        if here.anchor < end:
            yield Move(1, Place((here.anchor, end), here.anchor, None), lambda: hands.extend_to(end))
        if here.unit is not None:
            yield Move(1, Place((start, start), start, None), lambda: hands.click_at(start))
            yield Move(2, Place(self._double(start), start, None), lambda: hands.double_click(start))

    def _double(self, offset: int) -> Range:
        return self.keyboard.snapping.unit_at(self.report.text, offset)  # type: ignore[no-any-return]

    def _strides(self, unit: Range) -> Iterator[tuple[str, Range | None]]:
        """Keys that select, and what: a pass takes the steps over clauses and numbers itself."""
        from annotator.domain import strides
        from annotator.services import numbers

        text, furniture, kind = self.report.text, self.keyboard.strider.furniture(), self.keyboard.passes.kind
        if kind != "numbers":
            yield "J", strides.step(strides.CLAUSE, text, unit, 1, furniture)
            yield "K", strides.step(strides.CLAUSE, text, unit, -1, furniture)
        if kind != "clauses":
            following = numbers.next_untouched(self.report, self.schema, unit[1])
            yield "N", (following.start, following.end) if following else None
        yield "Shift+J", strides.grow(strides.CLAUSE, text, unit, furniture)
        yield "Shift+K", strides.shrink(strides.CLAUSE, text, unit)
        yield "X", strides.step(strides.FINE_CLAUSE, text, unit, 1, furniture)
        yield "Z", strides.step(strides.FINE_CLAUSE, text, unit, -1, furniture)
        yield "Shift+X", strides.grow(strides.FINE_CLAUSE, text, unit, furniture)
        yield "Shift+Z", strides.shrink(strides.FINE_CLAUSE, text, unit)
        yield ".", strides.step(strides.SENTENCE, text, unit, 1, furniture)
        yield "Shift+.", strides.grow(strides.SENTENCE, text, unit, furniture)

    # ---- tag all ----------------------------------------------------------------------------------

    def _tag_all(self, target: Target) -> None:
        """Tag the same words elsewhere too, where that takes less than tagging them one by one."""
        from annotator.services.repeats import Repeats

        words = self.report.text[target.start : target.end]
        left = [t for t in self._same(words, target.label) if t.certain and self._made(t) is None]
        hits = Repeats(self.controller.session).find(words, target.label, self.report.id)
        wrong = sum(hit.ticked != self._tick(hit, target.label) for hit in hits)
        if 2 + wrong >= 3 * len(left):
            return
        self.hands.key("T")
        panel = self.window.main.tagging.tag_all.panel
        for row, hit in enumerate(panel.model.hits):
            if hit.ticked != self._tick(hit, target.label):
                rect = panel.view.visualRect(panel.model.index(row))
                self.hands.click_on(panel.view.viewport(), panel.delegate.tick_box(rect).center())
        self.hands.key("Return", panel.view)
        self.window.app.processEvents()

    def _same(self, words: str, label: str) -> list[Target]:
        return [t for t in self.gold if t.label == label and self.report.text[t.start : t.end] == words]

    def _tick(self, hit: Any, label: str) -> bool:
        """Whether a place is to be ticked: as it stands where it is tagged already or the gold is uncertain of it."""
        found = [t for t in self.gold if t.label == label and t.range == (hit.start, hit.end)]
        if not hit.can_be_tagged or (found and not found[0].certain):
            return bool(hit.ticked)
        return bool(found)

    # ---- attributes -------------------------------------------------------------------------------

    def _mend(self, target: Target) -> None:
        """Put right what the window has understood wrongly: P for the status, O for the subject."""
        from annotator.ui.tagging.subject import excerpt_range

        span = self._made(target)
        for name in self.differing(target, span) if span else ():
            before = self.hands.actions
            if name == "status":
                self.hands.key("P")
            elif name == "subject":
                self._choose_subject(target, excerpt_range(span.attributes.get("subject"), len(self.report.text)))
            else:
                self._type(name, target)
            words = self.report.text[target.start : target.end]
            self.fixed.append(f"{words} {name} ({self.hands.actions - before})")

    def _choose_subject(self, target: Target, _now: Range | None) -> None:
        words = target.attributes["subject"]
        places = [at for at in _places(self.report.text, words) if abs(at - target.start) < 300]
        at = min(places, key=lambda p: abs(p - target.start))
        self.hands.key("O")
        self.hands.drag(at, at + len(words))
        self.hands.key("Return")

    def _type(self, name: str, target: Target) -> None:
        raise RuntimeError(f"{target}: {name} is wrong")

    # ---- what came of it --------------------------------------------------------------------------

    def differing(self, target: Target, span: Any) -> list[str]:
        """The names of the attributes in which a span is not as the gold has it."""
        defaults = self.schema.label(target.label).defaults()
        wanted = {name: target.attributes.get(name, defaults.get(name)) for name in COMPARED}
        ours = {name: _plain(span.attributes.get(name, defaults.get(name))) for name in COMPARED}
        return [name for name in COMPARED if ours[name] != wanted[name]]

    def differences(self) -> list[str]:
        """Every span and attribute that is not as in the gold."""
        text, found = self.report.text, []
        for target in self.gold:
            span, words = self._made(target), text[target.start : target.end]
            if span is None and target.certain:
                found.append(f"missing: {target.label} {words}")
            elif span is not None and target.certain:
                found += [
                    f"{words}: {name} is {_plain(span.attributes.get(name))}, not {target.attributes.get(name)}"
                    for name in self.differing(target, span)
                ]
        known = {(*t.range, t.label) for t in self.gold}
        extra = [s for s in self.report.spans if (s.start, s.end, s.label) not in known]
        return found + [f"not in the gold: {s.label} {text[s.start : s.end]}" for s in extra]


def _plain(value: Any) -> Any:
    return value.get("text") if isinstance(value, dict) else value


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


# ---- in a process of its own ----------------------------------------------------------------------


def work(project: str, gold: str) -> dict[str, Any]:
    """Make the gold again on a project that holds just its text."""
    from benchmarks.window import Window

    record = json.loads(Path(gold).read_text("utf-8").splitlines()[0])
    window = Window(project)
    if window.view.text() != record["text"]:
        raise RuntimeError("the report is not the gold's")
    _wait_for_words(window)
    replay = Replay(window, targets(record))
    replay.run()
    window.settle()
    return {
        "counts": replay.hands.counts,
        "actions": replay.hands.actions,
        "spans": sum(t.certain for t in replay.gold),
        "fixed": replay.fixed,
        "surprises": replay.surprises,
        "differences": replay.differences(),
        "log": replay.hands.log,
    }


def _wait_for_words(window: Any) -> None:
    """The segmenter's words, as soon as anybody has them who opens a report and begins to read."""
    words = window.main.keyboard.words
    window.main.keyboard.start_words()
    end = time.perf_counter() + PATIENCE
    while words.edges is None:
        if time.perf_counter() > end:
            raise RuntimeError("no words came from the helper process")
        window.app.processEvents()


def measure(bench: Bench) -> list[Row]:
    if not GOLD.exists():
        bench.say(f"{GOLD.name} is not there: no report can be made again")
        return []
    text = bench.fresh("replay.txt")
    text.write_text(json.loads(GOLD.read_text("utf-8").splitlines()[0])["text"], encoding="utf-8")
    found = child.run("replay", "work", str(bench.copy(bench.project_of(text))), str(GOLD), home=bench.home)
    for line in (*found["surprises"], *found["differences"]):
        bench.say(line)
    return rows(found)


def rows(found: dict[str, Any]) -> list[Row]:
    """The figure of one replay, and how far what was made is from the gold."""
    kinds = ", ".join(f"{count} {kind}" for kind, count in found["counts"].items() if kind != "wheel")
    note = f"{found['spans']} spans with {found['actions']} actions: {kinds}"
    note += f"; {len(found['fixed'])} attributes put right by hand; {len(found['differences'])} differences to the gold"
    each = found["actions"] / found["spans"]
    wrong = len(found["differences"])
    return [
        Row("actions a span, a report from nothing", each, LIMIT, "actions", LIMIT, ratio=each, note=note),
        Row("differences to the gold afterwards", wrong, 0, "", 0, ratio=wrong),
    ]
