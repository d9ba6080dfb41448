"""Text edits by people: what one would touch, doing it as one step, and newer copies of reports that have spans.

A text edit moves the spans of all sets. `preview` says beforehand which words of whose spans become others and which
spans go; `apply` does it. A newer copy is an edit found by comparing (`domain.text_diff`).
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.changes import Change, Wording
from annotator.domain.errors import ValidationError
from annotator.domain.report import AnnotationSet, Furniture, Report, Status
from annotator.domain.span import new_uid
from annotator.domain.text_diff import difference
from annotator.domain.text_edit import TextEdit, moved_attributes, moved_words
from annotator.messages import N_, _
from annotator.reading.normalise import normalise
from annotator.services.open_report import OpenReport
from annotator.services.session import Announcement, Session
from annotator.storage import Effect, Leg, Step, Store

_EDITED = N_("Edit the text ({n} characters)")
_REPLACED = N_("Replace the text by a newer copy ({n} places)")
_EMPTY = N_("A report needs some text; nothing was changed.")


class Touched(NamedTuple):
    """Something whose words an edit changes. Offsets count in the new text; `lost`: nothing is left of it.

    `noun` is "span", "question", "suggestion", "bookmark" or "furniture"; `annotator` the name of whose span it is.
    """

    noun: str
    uid: str
    annotator: str
    label: str
    before: str
    after: str
    start: int
    end: int
    lost: bool


class Preview(NamedTuple):
    """What an edit would do: its new text, what it touches in text order, and how many spans just move along.

    `others` are the names of other people whose spans it moves or changes, `done` those among all whose set is done.
    """

    edit: TextEdit
    text: str
    touched: tuple[Touched, ...]
    spans: int
    others: tuple[str, ...]
    done: tuple[str, ...]

    @property
    def lost(self) -> int:
        """How many spans would go."""
        return sum(item.lost and item.noun == "span" for item in self.touched)

    @property
    def changed(self) -> int:
        """How many spans would have other words."""
        return sum(not item.lost and item.noun == "span" for item in self.touched)


class Offer(NamedTuple):
    """A newer copy of a report as an edit of it; `title` and `old` text are the report's.

    `version` is the one that the edit counts in.
    """

    report: int
    title: str
    old: str
    version: int
    preview: Preview
    furniture: tuple[Furniture, ...]
    original: bytes | None

    @property
    def places(self) -> int:
        """At how many places the copies differ."""
        return len(self.preview.edit.replacements)


class TextEdits:
    """Text edits of a session's person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def preview(self, report: OpenReport, edit: TextEdit) -> Preview:
        """What `edit` would do to the report; only reads. Raises ValidationError where it does not lie in the text."""
        return preview(self._session.store, report.id, edit, self._session.person.uid)

    def look(self, report: OpenReport, edit: TextEdit) -> Looking:
        """The same, a few rows at a time."""
        return Looking(self._session.store, report.id, edit, self._session.person.uid)

    def apply(self, report: OpenReport, edit: TextEdit, version: int | None = None) -> Announcement | None:
        """Edit the text as one step; None where nothing differs. `version` is the one `edit` counts in, now by default.

        Raises ConflictError where the text is another by now, or would be another report's.
        """
        self._session.check_writable()
        wording = Wording(_EDITED, {"n": edit.changed})
        if not edit:
            return None
        _check(edit.apply(report.text))
        store, person = self._session.store, self._session.person.uid
        now = report.text_version if version is None else version
        step = store.texts.apply(report.id, edit, person, wording, version=now)
        return self._session.announce(step, step.changes)

    def newer_copy(self, report: OpenReport, text: str) -> TextEdit:
        """The edit that makes `text` of the report's."""
        return difference(report.text, text)

    def offer(self, report: OpenReport, copy: Report) -> Offer:
        """A newer copy of the open report, as an offer."""
        return offer_newer_copy(self._session.store, report.id, copy, self._session.person.uid)

    def take(self, offer: Offer) -> Announcement:
        """Take a newer copy: one step."""
        self._session.check_writable()
        step = apply_newer_copy(self._session.store, self._session.person.uid, offer)
        return self._session.announce(step, step.changes)


def preview(store: Store, report_id: int, edit: TextEdit, person_uid: str = "") -> Preview:
    """What `edit` would do to a report, whoever's spans it has; `person_uid` is who asks."""
    looking = Looking(store, report_id, edit, person_uid)
    looking.run()
    return looking.preview


class Looking:
    """Finds out what an edit would do to a report, a few rows at a time: a window looks on between two keys."""

    def __init__(self, store: Store, report_id: int, edit: TextEdit, person_uid: str = "") -> None:
        self._store, self._report, self._edit, self._person = store, report_id, edit, person_uid
        self._old = store.reports.text(report_id)
        self._new = edit.apply(self._old)
        self._names = {person.uid: person.name for person in store.people.all()}
        self._effects = store.texts.effects(report_id, edit, self._new)
        self._touched: list[Touched] = []
        self._spans = 0
        self._owners: set[str] = set()

    def run(self, seconds: float = float("inf")) -> bool:
        """Go on for about so long; True when everything has been looked at."""
        until = time.perf_counter() + seconds
        for effect in self._effects:
            self._take(effect)
            if time.perf_counter() >= until:
                return False
        return True

    def _take(self, effect: Effect) -> None:
        if effect.noun == "span":
            self._spans += 1
            self._owners.add(effect.person)
        if effect.touched:
            self._touched.append(_touched(effect, self._edit, self._old, self._new, self._names))

    @property
    def preview(self) -> Preview:
        """What was found."""
        touched = sorted(self._touched, key=lambda item: (item.start, item.end))
        others = sorted(self._names.get(uid, "") for uid in self._owners if uid != self._person)
        sets = self._store.sets.of_report(self._report)
        done = [row.annotator for row in sets if row.status == Status.DONE and row.spans]
        return Preview(self._edit, self._new, tuple(touched), self._spans, tuple(others), tuple(done))


def _touched(effect: Effect, edit: TextEdit, old: str, new: str, names: dict[str, str]) -> Touched:
    start, end = effect.before["start"], effect.before["end"]
    before = old[start:end]
    if effect.after is None:
        start = end = edit.place(start)
    else:
        start, end = effect.after["start"], effect.after["end"]
    annotator = names.get(effect.person, "")
    return Touched(
        effect.noun, effect.uid, annotator, effect.label, before, new[start:end], start, end, effect.after is None
    )


def carry_set(made: AnnotationSet, legs: Sequence[Leg]) -> int:
    """Let a set that was made on an older text count in the text at the end of `legs`; returns how many spans are lost."""
    before = len(made.spans)
    for edit, text in legs:
        kept = []
        for span in made.spans:
            moved = moved_words(edit, span.start, span.end, text)
            if moved is not None:
                values, _touched = moved_attributes(span.attributes, edit, text)
                kept.append(span._replace(start=moved.start, end=moved.end, attributes=values))
        made.spans = kept
    there = {span.uid for span in made.spans}
    made.relations = [r for r in made.relations if r.head in there and r.child in there]
    return before - len(made.spans)


# ---- newer copies ---------------------------------------------------------------------------------


def offer_newer_copy(store: Store, report_id: int, copy: Report, person_uid: str = "") -> Offer:
    """A newer copy of a report that is in the project, as an edit of it; only reads.

    What the copy's reader took for page furniture in words that are new is page furniture afterwards; everything else
    that is known about the report stays. Raises ValidationError where the copy has no text or the same one.
    """
    _check(copy.text)
    old = store.reports.text(report_id)
    edit = difference(old, copy.text)
    if not edit:
        raise ValidationError(N_("The newer copy has the same text; nothing was changed."))
    shown = preview(store, report_id, edit, person_uid)
    title = store.reports.row(report_id, person_uid).title
    furniture = tuple(_new_furniture(store.reports.furniture(report_id), copy.furniture, edit))
    original = None if copy.original is None else zlib.compress(copy.original)
    return Offer(report_id, title, old, store.reports.detail(report_id).text_version, shown, furniture, original)


def apply_newer_copy(store: Store, person_uid: str, offer: Offer) -> Step:
    """Take a newer copy, as one step; for a job on its own store. Raises ConflictError where the text has changed."""
    wording = Wording(_REPLACED, {"n": offer.places})
    more = [_added(offer.report, item) for item in offer.furniture]
    return store.texts.apply(
        offer.report,
        offer.preview.edit,
        person_uid,
        wording,
        version=offer.version,
        more=more,
        original=offer.original,
        kind="text.copy",
    )


def _added(report_id: int, item: Furniture) -> Change:
    row = {"start": item.start, "end": item.end, "rule": item.rule, "text_version": 1}
    return Change("furniture", report_id, item.uid, None, row)


def _new_furniture(there: Sequence[Furniture], found: Sequence[Furniture], edit: TextEdit) -> list[Furniture]:
    """What of the copy's furniture lies in new words, beside the ranges that move along."""
    grown, new_words = 0, []
    for r in edit.replacements:
        if r.text:
            new_words.append((r.start + grown, r.start + grown + len(r.text)))
        grown += r.growth
    taken = sorted((m.start, m.end) for f in there if (m := edit.moved(f.start, f.end)))
    added = []
    for item in found:
        for start, end in new_words:
            for low, high in _free(max(start, item.start), min(end, item.end), taken):
                added.append(Furniture(new_uid(), low, high, item.rule))
    return added


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of [start, end) no range of `taken` (sorted, disjoint) holds."""
    free = []
    for low, high in taken:
        if low >= end:
            break
        if high > start:
            if low > start:
                free.append((start, low))
            start = max(start, high)
    return [*free, (start, end)] if start < end else free


def _check(text: str) -> None:
    if not text.strip():
        raise ValidationError(_EMPTY)


def summary(shown: Preview) -> str:
    """In a sentence, what an edit does to spans."""
    if not shown.spans:
        return _("No spans stand in this report.")
    if not shown.changed and not shown.lost:
        return _("{n} spans move along, all on the same words.", n=shown.spans)
    kept = shown.spans - shown.changed - shown.lost
    if not shown.lost:
        return _("{n} spans move along on the same words, {changed} get other words.", n=kept, changed=shown.changed)
    return _(
        "{n} spans move along on the same words, {changed} get other words, {lost} go with theirs.",
        n=kept,
        changed=shown.changed,
        lost=shown.lost,
    )


def as_typed(text: str) -> str:
    """Text that a person typed or pasted, as it may stand in a report: normalised as at import."""
    return normalise(text).text
