"""The undecided suggestions of the open report, kept in step with what its person does.

Each is known by its label and range, which make its uid here. They stand in a `SpanIndex` of their own, as spans that
nobody has made yet, so that a view asks for what it shows only, and one edit costs what it touches.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterable, Iterator, Sequence

from annotator.domain.changes import Change
from annotator.domain.span import Span, reading_order
from annotator.domain.span_index import SpanIndex
from annotator.domain.suggestion import Proposal
from annotator.services.deciding import Key, Offer, decided_keys, offered, offers
from annotator.services.open_report import OpenReport

Range = tuple[int, int]

#: More changes than this at once, and looking at every proposal anew is cheaper.
_MANY = 100
#: Proposals whose places are noted in one turn.
_A_TURN = 256


def uid_of(proposal: Proposal) -> str:
    """What a suggestion of a report is called while it is undecided."""
    return f"{proposal.label}:{proposal.start}:{proposal.end}"


def as_span(offer: Offer) -> Span:
    """The suggestion as a span that is not made; one that conflicts with spans of its label is not certain."""
    start, end, label, source, score, _reason, attributes = offer.proposal
    certain = not offer.conflicts
    return Span(uid_of(offer.proposal), start, end, label, attributes, origin=source, score=score, certain=certain)


class Offering:
    """What a report is offered: proposals less what was decided and what stands there already."""

    def __init__(self, report: OpenReport, proposals: Iterable[Proposal] = ()) -> None:
        self._report = report
        self._decided = decided_keys(report)
        self.index = SpanIndex(report.text)
        self._offers: dict[str, Offer] = {}
        self._proposals: dict[str, Proposal] = {}
        self._known_places: SpanIndex | None = None
        #: Changes since `filling` began, to be followed at its end.
        self._meanwhile: list[Change] | None = None
        self.replace(proposals)

    def __len__(self) -> int:
        return len(self._offers)

    def __iter__(self) -> Iterator[Offer]:
        """In reading order, the outer before what lies inside it."""
        return (self._offers[span.uid] for span in self.index)

    def get(self, uid: str) -> Offer | None:
        """The suggestion of that uid, while it is undecided."""
        return self._offers.get(uid)

    def span(self, uid: str) -> Span | None:
        """The same as a span that is not made."""
        return self.index.get(uid)

    # ---- keeping in step --------------------------------------------------------------------------

    def replace(self, proposals: Iterable[Proposal], keep: str = "") -> list[str]:
        """Offer these from now on, and still `keep`, which somebody stands on. The uids that came, went or changed."""
        turns = self.filling([proposals], lambda: keep)
        while True:
            try:
                next(turns)
            except StopIteration as end:
                return list(end.value)

    def filling(
        self, pieces: Iterable[Iterable[Proposal]], keep: Callable[[], str]
    ) -> Generator[None, None, list[str]]:
        """The same a piece a turn, for a report so long that nobody can wait: till its end all stays as it was.

        What is done meanwhile is taken in then. Ends in the uids that came, went or changed.
        """
        meanwhile = self._meanwhile = []
        fresh: dict[str, Proposal] = {}
        now: dict[str, Offer] = {}
        index, decided = SpanIndex(self._report.text), decided_keys(self._report)
        for piece in pieces:
            self._enter(piece, decided, fresh, now, index)
            yield
        if keep() in self._offers and keep() not in fresh:
            self._enter([self._proposals[keep()]], decided, fresh, now, index)
        before, self._offers, self._proposals = self._offers, now, fresh
        self._decided, self._known_places, self._meanwhile = decided, None, None
        changed = [uid for uid in {**before, **now} if before.get(uid) != now.get(uid)]
        if changed:  # else whoever shows it is not told, and goes on with the one it has
            self.index = index
        if meanwhile:
            return list(dict.fromkeys([*changed, *(self.follow(meanwhile) or self._offers)]))
        return changed

    def _enter(
        self,
        piece: Iterable[Proposal],
        decided: Container[Key],
        fresh: dict[str, Proposal],
        now: dict[str, Offer],
        index: SpanIndex,
    ) -> None:
        for proposal in piece:
            uid = uid_of(proposal)
            fresh[uid] = proposal
            offer = offered(self._report, proposal, decided)
            if offer is not None:
                now[uid] = offer
                index.add(as_span(offer))

    def placing(self) -> Iterator[None]:
        """Get ready for edits, a few proposals a turn: what an edit asks first need not be made then."""
        made, proposals = SpanIndex(self._report.text), self._proposals
        for number, (uid, p) in enumerate(proposals.items(), 1):
            made.add(Span(uid, p.start, p.end, p.label))
            if number % _A_TURN == 0:
                yield
        if self._known_places is None and proposals is self._proposals:
            self._known_places = made

    @property
    def _places(self) -> SpanIndex:
        """Where every proposal stands, decided or not; made for the first edit, which asks for it."""
        if self._known_places is None:
            spans = [Span(uid, p.start, p.end, p.label) for uid, p in self._proposals.items()]
            self._known_places = SpanIndex(self._report.text, spans)
        return self._known_places

    def _look_at_all(self) -> None:
        self._decided = decided_keys(self._report)
        self._offers = {uid_of(offer.proposal): offer for offer in offers(self._report, self._proposals.values())}
        self.index = SpanIndex(self._report.text, map(as_span, self._offers.values()))

    def follow(self, changes: Sequence[Change]) -> list[str] | None:
        """Take in committed changes of the report: the uids that came, went or changed; None where it may be any."""
        if self._meanwhile is not None:
            self._meanwhile += changes
        if len(changes) > _MANY:
            self._look_at_all()
            return None
        ours = [change for change in changes if change.table in ("span", "suggestion")]
        if any(change.table == "suggestion" for change in ours):
            self._decided = decided_keys(self._report)
        touched = {span.uid for place in map(self._places_of, ours) for low, high in place
                   for span in self._places.touching(low, high)}  # fmt: skip
        return [uid for uid in touched if self._look_at(uid)]

    def _places_of(self, change: Change) -> list[Range]:
        """Where a change was and is."""
        rows = [row for row in (change.before, change.after) if row and "start" in row and "end" in row]
        found = [(int(row["start"]), int(row["end"])) for row in rows]
        now = self._report.spans.get(change.uid) if change.table == "span" else None
        if now is not None:
            found.append(now.range)
            for row in (change.before or {},):  # one edge moved: the row names that edge alone
                found.append((int(row.get("start", now.start)), int(row.get("end", now.end))))
        return [(low, high) for low, high in found if low < high]

    def _look_at(self, uid: str) -> bool:
        """Whether this one came, went or changed."""
        before, now = self._offers.get(uid), offered(self._report, self._proposals[uid], self._decided)
        if now == before:
            return False
        if now is None:
            del self._offers[uid]
            self.index.remove(uid)
        else:
            self._offers[uid] = now
            self.index.add(as_span(now))
        return True

    # ---- going through them -----------------------------------------------------------------------

    def beyond(self, place: tuple[int, int, str], direction: int, hidden: frozenset[str] = frozenset()) -> str | None:
        """The next (1) or previous (-1) one beyond a key of `reading_order`, none of a hidden label."""
        low, high = 0, len(self.index)
        while low < high:
            middle = (low + high) // 2
            if (
                reading_order(self.index[middle]) <= place
                if direction > 0
                else reading_order(self.index[middle]) < place
            ):
                low = middle + 1
            else:
                high = middle
        at = low if direction > 0 else low - 1
        while 0 <= at < len(self.index):
            if self.index[at].label not in hidden:
                return self.index[at].uid
            at += direction
        return None

    def chosen(self, sources: Iterable[str] = (), least: float = 0.0) -> list[Proposal]:
        """The proposals of these sources (none named: of all) that are at least so sure and conflict with nothing."""
        wanted = set(sources)
        return [
            offer.proposal
            for offer in self
            if offer.proposal.score >= least and not offer.conflicts and (not wanted or offer.proposal.source in wanted)
        ]
