"""Tagging the same words wherever they stand, in one report or in all: looked for, shown, and tagged as one step.

A search only looks. What it finds is unticked, each place with the reason that speaks against it, if one does; what a
person ticks is tagged, and what they turn down is remembered. Choices are copied from the span that was started from,
never its value or subject: those are read out of each place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from annotator.domain import changes
from annotator.domain.changes import Change, SetRef, Wording
from annotator.domain.errors import Cancelled, ValidationError
from annotator.domain.repeats import DONE_SET, FINE, OTHER_SET, REASONS, REJECTED, TAGGED, find_repeats
from annotator.domain.report import Furniture, Status
from annotator.domain.schema import AttributeType, Label
from annotator.domain.span import Span, new_uid
from annotator.messages import N_, _
from annotator.reading.outline import outline, section_path
from annotator.reading.planned import is_planned
from annotator.services.jobs import Progress, silent
from annotator.services.session import Announcement, Session
from annotator.services.understanding import attributes_for
from annotator.storage import Containing, Store
from annotator.storage.people import now

#: Characters shown, and remembered, on both sides of a place.
CONTEXT = 24
_REMEMBERED = 12
#: More places than this are tagged in several short transactions, still as one step.
AT_ONCE = 4000
_CHUNK = 500

Group = tuple[int, SetRef, list[Span]]
T = TypeVar("T")


class Hit(NamedTuple):
    """One place where the words stand, as the list shows it. `reason` is a key of `domain.repeats.REASONS`.

    `key` is the place as it is remembered when it is turned down.
    """

    report: int
    title: str
    start: int
    end: int
    before: str
    words: str
    after: str
    reason: str = FINE
    key: str = ""
    ticked: bool = False

    def reason_words(self) -> str:
        """What speaks against the place, in the language of the moment."""
        return _(REASONS[self.reason]) if self.reason else ""

    @property
    def can_be_tagged(self) -> bool:
        """Whether ticking it would do anything: what is tagged already, or done, stays as it is."""
        return self.reason not in (TAGGED, DONE_SET)


class Applied(NamedTuple):
    """What applying came to; `announcement` is None where nothing was left to do."""

    announcement: Announcement | None
    tagged: int
    left_out: int
    words: str


# ---- looking ----------------------------------------------------------------------------------------


def find(
    store: Store,
    person_uid: str,
    words: str,
    label: str,
    report: int | None = None,
    progress: Progress = silent,
) -> list[Hit]:
    """Every place of `words` in the project, or in one report, in file and text order; none is ticked.

    Only reads: a job may run it on its own store. Raises ValidationError for words without a character to look for.
    """
    if not words.strip():
        raise ValidationError(N_("There is nothing to look for: select some words first."))
    search = _Search(store, person_uid, words, label, progress)
    if report is None:
        ids = search.reports()
        return search.hits(ids, ids)
    return search.hits([report], search.around(report))


class _Search:
    """One search: first which reports and which longer names, then place by place."""

    def __init__(self, store: Store, person_uid: str, words: str, label: str, progress: Progress) -> None:
        self._store, self._person = store, person_uid
        self._words, self._label = words, label
        self._progress = progress

    def reports(self) -> list[int]:
        """The reports in whose text the words stand."""
        last, page = self._store.repeats.last_report(), self._store.repeats.PAGE
        found: list[int] = []
        for after in range(0, last, page):
            found += self._store.repeats.ids(self._words, after)
            self._progress(min(after + page, last), 2 * last, _("looking for “{words}”", words=self._words))
        return found

    def around(self, report: int) -> list[int]:
        """A report, and those before and behind it in which the words stand: a few hundred are asked, not the project."""
        page = self._store.repeats.PAGE
        return self._store.repeats.ids(self._words, max(0, report - page + page // 5))

    def hits(self, ids: Sequence[int], named: Sequence[int]) -> list[Hit]:
        """The places in these reports; the longer names known are those of the reports `named`."""
        names = {name for chunk in _chunks(named, self._store.repeats.CHUNK) for name in self._longer_names(chunk)}
        found: list[Hit] = []
        for at, chunk in enumerate(_chunks(ids, self._store.repeats.CHUNK), 1):
            found += self._of_chunk(chunk, names)
            done = min(at * self._store.repeats.CHUNK, len(ids))
            self._progress(len(ids) + done, 2 * len(ids), _("{n} places found", n=len(found)))
        return found

    def _longer_names(self, ids: Sequence[int]) -> set[str]:
        places = list(self._store.repeats.longer(ids, self._label, len(self._words)))
        if not places:
            return set()
        texts = {place.id: place.text for place in self._store.repeats.containing(ids, self._person)}
        names = (texts[report][start:end] for report, start, end in places if report in texts)
        return {name for name in names if self._words in name}

    def _of_chunk(self, ids: Sequence[int], names: set[str]) -> list[Hit]:
        repeats = self._store.repeats
        own = _by_report(repeats.own(ids, self._label, self._person))
        furniture = _by_report(repeats.furniture(ids))
        rejected = repeats.rejected(ids, self._label)
        found: list[Hit] = []
        for place in repeats.containing(ids, self._person):
            spans = [Span("", start, end, self._label) for start, end in own.get(place.id, ())]
            greyed = [Furniture("", start, end) for start, end in furniture.get(place.id, ())]
            for start, end, reason in find_repeats(place.text, self._words, spans, self._label, greyed, names):
                key = place_key(place.text, start, end)
                found.append(_hit(place, start, end, _reason(reason, place, (place.id, key) in rejected), key))
        return found


def _reason(reason: str, place: Containing, rejected: bool) -> str:
    """What the text and the spans say comes first, then what people said and whose report it is."""
    if reason:
        return reason
    if rejected:
        return REJECTED
    if place.status == Status.DONE:
        return DONE_SET
    return OTHER_SET if place.others and place.status is None else FINE


def _hit(place: Containing, start: int, end: int, reason: str, key: str) -> Hit:
    text = place.text
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Hit(place.id, place.title, start, end, _line(before), text[start:end], _line(after), reason, key)


def _line(text: str) -> str:
    return text.replace("\n", "⏎")


def place_key(text: str, start: int, end: int) -> str:
    """A place told by its words and what stands around them, so that edits elsewhere do not lose it."""
    parts = (text[max(0, start - _REMEMBERED) : start], text[start:end], text[end : end + _REMEMBERED])
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:32]


# ---- tagging ----------------------------------------------------------------------------------------


class Repeats:
    """Tagging all, for a session's person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, words: str, label: str, report: int | None = None, progress: Progress = silent) -> list[Hit]:
        """As `find`, in the session's project."""
        return find(self._session.store, self._session.person.uid, words, label, report, progress)

    def apply(
        self,
        hits: Sequence[Hit],
        label: str,
        like: Span | None = None,
        rejected: Sequence[Hit] = (),
        progress: Progress = silent,
    ) -> Applied:
        """Tag the ticked among `hits` as `label` and remember `rejected`, as one step over all reports.

        `like` is the span whose choices are copied. A place that has been tagged, done or changed since the search is
        left out and counted. Many places go in short transactions; `progress` may stop between them (raise Cancelled),
        what is tagged by then stays, as one step.
        """
        ticked = [hit for hit in hits if hit.ticked]
        making = _Making(self._session, label, like)
        groups = [group for part in _reports_of(ticked, AT_ONCE) for group in making.groups(part)]
        turned_down = making.rejections(rejected)
        tagged = sum(len(spans) for _report, _ref, spans in groups)
        words = (ticked or [*rejected, _NO_HIT])[0].words
        announcement = self._write(groups, turned_down, label, words, progress) if groups or turned_down else None
        return Applied(announcement, tagged, len(ticked) - tagged, self._said(tagged, len(ticked) - tagged))

    def _write(
        self, groups: list[Group], rejected: list[Change], label: str, words: str, progress: Progress
    ) -> Announcement:
        edit = changes.add_repeats(groups, rejected, label, words)
        if len(edit.changes) <= AT_ONCE:
            return self._session.apply(edit)
        return self._write_long(edit.wording, edit.changes, progress)

    def _write_long(self, wording: Wording, rows: Sequence[Change], progress: Progress) -> Announcement:
        """The same step in short transactions; the window reads anew what it shows."""
        store = self._session.store
        self._session.check_writable()
        step = store.history.begin_bulk("span.repeat", wording, self._session.person.uid)
        written: list[Change] = []
        try:
            for chunk in _chunks(rows, _CHUNK):
                store.extend(step, chunk)
                written += chunk
                progress(len(written), len(rows), wording.text())
        except Cancelled:
            pass  # what is tagged stays, and the step says how much that is
        finally:
            n = sum(change.table == "span" for change in written)
            done = store.history.end_bulk(step, Wording(wording.message, {**wording.params, "n": n}))
        return self._session.announce_job(done)

    @staticmethod
    def _said(tagged: int, left_out: int) -> str:
        words = _("{n} places tagged.", n=tagged)
        return f"{words} {_('{n} were left out: they have changed since.', n=left_out)}" if left_out else words


_NO_HIT = Hit(0, "", 0, 0, "", "", "")


class _Making:
    """Makes the new spans, report by report, against the project as it is now."""

    def __init__(self, session: Session, label: str, like: Span | None) -> None:
        definition = session.schema.label(label)
        if definition is None:
            raise ValidationError(N_("The label {label} is not in the project's label schema."), label=label)
        self._session, self._store = session, session.store
        self._label = definition
        self._copied = _choices(definition, like)
        self._asks_plan = definition.attribute("status") is not None and "status" not in self._copied

    def groups(self, hits: Sequence[Hit]) -> list[Group]:
        """By report the person's set and the spans to be made in it."""
        ids = sorted({hit.report for hit in hits})
        own = _by_report(self._store.repeats.own(ids, self._label.name, self._session.person.uid))
        by_report = {report: list(of) for report, of in groupby(sorted(hits), key=lambda hit: hit.report)}
        made: list[Group] = []
        for place in self._store.repeats.containing(ids, self._session.person.uid):
            if place.status == Status.DONE:
                continue
            there = set(own.get(place.id, ()))
            free = [hit for hit in by_report[place.id] if (hit.start, hit.end) not in there]
            spans = self._spans(place, [hit for hit in free if place.text[hit.start : hit.end] == hit.words])
            if spans:
                ref = SetRef(place.set_uid or new_uid(), self._session.person.uid, place.status)
                made.append((place.id, ref, spans))
        return made

    def _spans(self, place: Containing, hits: Sequence[Hit]) -> list[Span]:
        sections = outline(place.text) if self._asks_plan and hits else []
        return [
            self._span(place, hit, is_planned(section_path(sections, hit.start), place.year) if sections else False)
            for hit in hits
        ]

    def _span(self, place: Containing, hit: Hit, planned: bool) -> Span:
        label, schema = self._label.name, self._session.schema
        attributes, proposed = attributes_for(
            label, schema, place.text, hit.start, hit.end, planned=planned, year=place.year
        )
        return Span(
            new_uid(),
            hit.start,
            hit.end,
            label,
            {**attributes, **self._copied},
            text_version=place.text_version,
            proposed=tuple(name for name in proposed if name not in self._copied),
        )

    def rejections(self, hits: Iterable[Hit]) -> list[Change]:
        """The rows that remember what was turned down, each place once."""
        turned_down = dict.fromkeys((hit.report, hit.key) for hit in hits)
        known = self._store.repeats.rejected(sorted({report for report, _key in turned_down}), self._label.name)
        at, person = now(), self._session.person.uid
        return [
            changes.reject_repeat(report, self._label.name, key, person, at)
            for report, key in turned_down
            if (report, key) not in known
        ]


def _choices(label: Label, like: Span | None) -> dict[str, Any]:
    """The choices of `like` that the label has; what was only proposed there is copied too: it was seen."""
    if like is None:
        return {}
    names = [a.name for a in label.attributes if a.type is AttributeType.CHOICE]
    return {name: like.attributes[name] for name in names if name in like.attributes}


def _reports_of(hits: Sequence[Hit], size: int) -> list[list[Hit]]:
    """The hits in pieces of about `size`, a report never cut in two."""
    pieces: list[list[Hit]] = []
    for _report, of in groupby(sorted(hits), key=lambda hit: hit.report):
        if not pieces or len(pieces[-1]) >= size:
            pieces.append([])
        pieces[-1] += of
    return pieces


def _by_report(places: Iterable[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for report, start, end in places:
        found.setdefault(report, []).append((start, end))
    return found


def _chunks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[at : at + size] for at in range(0, len(items), size)]
