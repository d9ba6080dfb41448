"""Actions to annotate a report from nothing: its gold standard made again in the real window, by keys and clicks alone.

A perfect person knows what to tag and which keys lead there soonest; everything is done by events (`person.Hands`), and
what is in the closed project afterwards is compared with the gold. First a clause pass makes the measures, then a number
pass the indicators, then the institutions are made, the longest names first, so that tag all knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks import gold, made_again
from benchmarks.bench import Bench
from benchmarks.figures import Row
from benchmarks.gold import Target

if TYPE_CHECKING:
    from benchmarks.window import Window

#: The report that the gate is about, and another one: a figure that held for one report only would say little.
REPORTS = (("dongqu-2021", "a report"), ("hengli-2020", "another report"))
#: Actions a span that the whole report may take.
LIMIT = 3.5
MEASURE, INSTITUTION, INDICATOR = "MEASURE", "INSTITUTION", "INDICATOR"
#: How far from its number the words of a subject are looked for.
NEAR = 300

Range = tuple[int, int]


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

    def __init__(self, window: Window, wanted: Sequence[Target]) -> None:
        from benchmarks.person import Hands

        self.gold = wanted
        self.hands = Hands(window)
        #: Selections that did not come out as foreseen, and attributes put right by hand with what that took.
        self.surprises: list[str] = []
        self.mended: list[str] = []
        self._window = window
        self._view = window.view
        self._keyboard = window.main.keyboard
        self._schema = window.main.controller.schema
        report = window.main.controller.report
        assert report is not None
        self.report = report

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
        for target in self._wanted(label):
            self._make(target)

    def _institutions(self) -> None:
        for target in sorted(self._wanted(INSTITUTION), key=lambda t: (t.start - t.end, t.start)):
            if gold.made(self.report, target) is None:
                self._make(target)
                self._tag_all(target)

    def _wanted(self, label: str) -> list[Target]:
        return [target for target in self.gold if target.label == label and target.certain]

    def _make(self, target: Target) -> None:
        """Select the target's words as cheaply as can be, press its label's key, and put right what it says wrong."""
        for move in self._way(target.range):
            move.do()
        if self._kept(self._view.selection()) != target.range:
            self.surprises.append(f"{target.range}: {self._view.selection()} after {', '.join(self.hands.log[-2:])}")
            self.hands.click_at(target.start)
            self.hands.extend_to(target.end)
        label = self._schema.label(target.label)
        assert label is not None
        self.hands.key(label.key, kind="label keys")
        self._mend(target)

    # ---- ways to a selection ----------------------------------------------------------------------

    def _kept(self, selection: Range) -> Range:
        """What of a selection would become a span."""
        from annotator.domain.selection import trim

        return trim(self.report.text, *selection)

    def _way(self, wanted: Range) -> list[Move]:
        """The cheapest moves that select these words: none to two, for a click at each end always does."""
        here = Place(self._view.selection(), self._view.anchor(), self._keyboard.strider.place())
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

        hands, (start, end) = self.hands, wanted
        if here.unit is not None:
            for key, unit in self._strides(here.unit):
                if unit is not None:
                    yield Move(1, Place(unit, unit[0], unit), lambda key=key: hands.key(key))  # type: ignore[misc]
        elif clause := strides.CLAUSE.at(self.report.text, here.anchor):
            yield Move(1, Place(clause, clause[0], clause), lambda: hands.key("C"))
        if here.anchor < end:
            yield Move(1, Place((here.anchor, end), here.anchor, None), lambda: hands.extend_to(end))
        if here.unit is not None:
            unit = self._keyboard.snapping.unit_at(self.report.text, start)
            yield Move(1, Place((start, start), start, None), lambda: hands.click_at(start))
            yield Move(2, Place(unit, start, None), lambda: hands.double_click(start))

    def _strides(self, unit: Range) -> Iterator[tuple[str, Range | None]]:
        """Keys that select, and what: a pass takes the steps over clauses and numbers itself."""
        from annotator.domain import strides
        from annotator.services import numbers

        text, furniture, kind = self.report.text, self._keyboard.strider.furniture(), self._keyboard.passes.kind
        if kind != "numbers":
            yield "J", strides.step(strides.CLAUSE, text, unit, 1, furniture)
            yield "K", strides.step(strides.CLAUSE, text, unit, -1, furniture)
        if kind != "clauses":
            following = numbers.next_untouched(self.report, self._schema, unit[1])
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

        session = self._window.main.controller.session
        assert session is not None
        words = self.report.text[target.start : target.end]
        same = [t for t in self._wanted(target.label) if self.report.text[t.start : t.end] == words]
        left = [t for t in same if gold.made(self.report, t) is None]
        hits = Repeats(session).find(words, target.label, self.report.id)
        if 2 + sum(map(self._is_ticked_wrongly, hits)) >= 3 * len(left):
            return
        self.hands.key("T")
        panel = self._window.main.tagging.tag_all.panel
        assert panel is not None
        for row, hit in enumerate(panel.model.hits):
            if self._is_ticked_wrongly(hit):
                box = panel.delegate.tick_box(panel.view.visualRect(panel.model.index(row, 0)))
                self.hands.click_on(panel.view.viewport(), box.center())
        self.hands.key("Return", panel.view)

    def _is_ticked_wrongly(self, hit: Any) -> bool:
        """Whether a place is ticked that the gold does not have, or the other way round; either will do in doubt."""
        found = [t for t in self.gold if t.label == INSTITUTION and t.range == (hit.start, hit.end)]
        return bool(hit.can_be_tagged and all(t.certain for t in found) and hit.ticked != bool(found))

    # ---- attributes -------------------------------------------------------------------------------

    def _mend(self, target: Target) -> None:
        """Put right what the window has understood wrongly: P for the status, O for the subject, else the field."""
        span = gold.made(self.report, target)
        if span is None:
            return
        for name, (ours, wanted) in gold.differing(self._schema, target, span).items():
            before = self.hands.actions
            if name == "status":
                self.hands.key("P", kind="keys for attributes")
            elif name == "subject" and wanted and self._nearest(wanted, target) is not None:
                self._choose_subject(wanted, target)
            else:
                self._fill(target.label, name, wanted or "")
            words = self.report.text[target.start : target.end]
            self.mended.append(f"{words}: {name} {ours} → {wanted} ({self.hands.actions - before} actions)")

    def _nearest(self, words: str, target: Target) -> int | None:
        text = self.report.text
        low, high = max(0, target.start - NEAR), target.end + NEAR
        before, after = text.rfind(words, low, target.start), text.find(words, target.end, high)
        places = [at for at in (before, after) if at >= 0]
        return min(places, key=lambda at: abs(at - target.start), default=None)

    def _choose_subject(self, words: str, target: Target) -> None:
        at = self._nearest(words, target)
        assert at is not None
        self.hands.key("O", kind="keys for attributes")
        self.hands.drag(at, at + len(words), "clicks for attributes")
        self.hands.key("Return", kind="keys for attributes")

    def _fill(self, label: str, name: str, value: str) -> None:
        """Into the editor, on to the field, the value, and back to the report."""
        from PySide6.QtWidgets import QApplication

        definition, kind = self._schema.label(label), "keys for attributes"
        assert definition is not None
        self.hands.key("Return", kind=kind)
        for attribute in definition.attributes:
            field = QApplication.focusWidget()
            assert field is not None
            if attribute.name == name and attribute.choices:
                number = [choice.value for choice in attribute.choices].index(value) + 1
                self.hands.key(str(number), field, kind)
                break
            if attribute.name == name:
                self.hands.write(value, field, kind)
                self.hands.key("Return", field, kind)
                break
            self.hands.key("Return", field, kind)
        self.hands.key("Esc", QApplication.focusWidget(), kind)


# ---- in a process of its own ----------------------------------------------------------------------


def work(project: str, record: str) -> dict[str, Any]:
    """Make the gold again from nothing."""
    return made_again.make(project, record, Replay, lambda _window: 0)


def measure(bench: Bench) -> list[Row]:
    made = [(words, made_again.found_by(bench, "replay", name)) for name, words in REPORTS]
    return [row(words, found) for words, found in made if found is not None]


def row(words: str, found: dict[str, Any]) -> Row:
    """The figure of one replay."""
    more = f"{len(found['mended'])} attributes put right by hand; raw is the gate"
    return made_again.row(f"actions a span, {words} from nothing", LIMIT, found, more)
