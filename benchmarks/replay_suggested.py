"""Actions to annotate a report with suggestions on: its gold standard made again in the real window, mostly by one key each.

The same perfect person and the same comparison as in `replay`: goes from suggestion to suggestion, accepts what is right
with Space, moves an edge where that is the soonest way, rejects the rest, and then makes what nobody suggested.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from benchmarks import gold, made_again
from benchmarks.bench import Bench
from benchmarks.figures import Row
from benchmarks.gold import Target
from benchmarks.replay import INSTITUTION, Range, Replay

if TYPE_CHECKING:
    from annotator.domain.span import Span
    from annotator.ui.suggesting.parts import Parts

#: The report that the gate is about.
REPORT = "dongqu-2021"
LIMIT = 1.3
#: Keys that move an edge, and how many of them a person looks ahead.
_EDGE_KEYS = ("Left", "Right", "Ctrl+Left", "Ctrl+Right", "J", "K")
_AHEAD = 4
#: Clicking both ends of what was missed, and its label's key, after passing by what was suggested instead.
_BY_HAND = 4


class SuggestedReplay(Replay):
    """One report made again from its suggestions."""

    @property
    def parts(self) -> Parts:
        """What decides in the window."""
        return self._window.main.suggesting.parts

    def run(self) -> None:
        """All of the gold: the suggestions, then what is missing, then what was learned from that."""
        self.hands.key("Ctrl+Home")
        self._decide_all()
        for target in self._missing():
            if gold.made(self.report, target) is None:
                self._make(target)
                if target.label == INSTITUTION:
                    self._tag_all(target)

    def _missing(self) -> Iterator[Target]:
        """What nobody has made yet: institutions with the longest names first, so that tag all knows them."""
        certain = [target for target in self.gold if target.certain]
        yield from (t for t in certain if t.label != INSTITUTION)
        yield from sorted((t for t in certain if t.label == INSTITUTION), key=lambda t: (t.start - t.end, t.start))

    # ---- suggestion by suggestion -------------------------------------------------------------------

    def _decide_all(self) -> None:
        """From the first suggestion to the last; what comes in meanwhile further on is met on the way."""
        self.hands.key("S")
        while (span := self._current()) is not None:
            self._decide(span)
            self._window.app.processEvents()

    def _current(self) -> Span | None:
        deciding = self.parts.deciding
        offering = deciding.offers.offering
        return offering.span(deciding.uid) if offering is not None and deciding.uid else None

    def _decide(self, span: Span) -> None:
        target = self._meant(span)
        if target is None:
            self.hands.key("X")
            return
        if target.label != span.label:
            label = self._schema.label(target.label)
            assert label is not None
            self.hands.key(label.key, kind="label keys")
        else:
            for key in self._edge_keys(span.range, target.range) or ():
                self.hands.key(key)
            self.hands.key("Space")
        if gold.made(self.report, target) is None:
            self.surprises.append(f"{span.range} was not made {target.range}")
            return
        self._mend(target)

    def _meant(self, span: Span) -> Target | None:
        """What of the gold a suggestion is, or is soonest made into; None where it is none of it."""
        free = [t for t in self.gold if gold.made(self.report, t) is None]
        exact = [t for t in free if t.range == span.range]
        if exact:
            return next((t for t in exact if t.label == span.label), exact[0])
        offering = self.parts.deciding.offers.offering
        offered = {(*s.range, s.label) for s in offering.index} if offering is not None else set()
        near = [
            (len(keys), t)
            for t in free
            if t.certain and t.label == span.label and t.start < span.end and span.start < t.end
            and (*t.range, t.label) not in offered
            and (keys := self._edge_keys(span.range, t.range)) is not None
        ]  # fmt: skip
        cost, target = min(near, key=lambda one: one[0], default=(_BY_HAND, None))
        return target if cost + 1 < _BY_HAND else None

    def _edge_keys(self, now: Range, wanted: Range) -> list[str] | None:
        """The fewest keys that move both edges there; None where that takes too many."""
        keys: list[str] = []
        if now[1] != wanted[1]:
            moves = self._moves_of(now, wanted, "end")
            if moves is None:
                return None
            keys += ["E", *moves]
        if now[0] != wanted[0]:
            moves = self._moves_of((now[0], wanted[1]), wanted, "start")
            if moves is None:
                return None
            keys += [*(["E"] if keys else ["E", "E"]), *moves]
        return keys

    def _moves_of(self, now: Range, wanted: Range, edge: str) -> list[str] | None:
        from annotator.domain.edge_move import EdgeMove
        from annotator.domain.selection import trim
        from annotator.ui.keyboard.edge_mode import stepped

        goal = wanted[1] if edge == "end" else wanted[0]
        seen = {EdgeMove(*now, edge): list[str]()}
        front = list(seen)
        for _depth in range(_AHEAD):
            following = []
            for move in front:
                for key in _EDGE_KEYS:
                    to = stepped(move, key, self._view, self._keyboard.words.word_at)
                    if to is None or to in seen:
                        continue
                    seen[to] = [*seen[move], key]
                    kept = trim(self.report.text, *to.range)
                    if kept[1 if edge == "end" else 0] == goal and to.place != move.place:
                        return seen[to]
                    following.append(to)
            front = following
        return None


# ---- in a process of its own ------------------------------------------------------------------------


def work(project: str, record: str) -> dict[str, Any]:
    """Make the gold again from the suggestions, which are there before anybody has read the first line."""
    return made_again.make(project, record, SuggestedReplay, made_again.wait_for_suggestions)


def measure(bench: Bench) -> list[Row]:
    found = made_again.found_by(bench, "replay_suggested", REPORT)
    return [] if found is None else [row(found)]


def row(found: dict[str, Any]) -> Row:
    """The figure against its gate."""
    more = f"{found['suggested']} suggestions, {len(found['mended'])} attributes put right by hand"
    return made_again.row("actions a span, a report with suggestions", LIMIT, found, more)
