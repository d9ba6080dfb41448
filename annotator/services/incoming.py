"""One report into a project: added, met by the text that is there already, or noted with one that is nearly the same.

Used by `importing` for each item a reader hands out. Owns no file and no step of its own: it is given what to write
under. Each report comes in whole or not at all; what became of it is an entry of the `ImportResult`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from annotator.domain.changes import Change, Wording
from annotator.domain.errors import ConflictError, InputError
from annotator.domain.facts import ALSO
from annotator.domain.report import AnnotationSet, Report, Status, text_hash
from annotator.domain.span import Relation, Span, new_uid
from annotator.formats.items import Item
from annotator.formats.jsonl_ids import given_id
from annotator.messages import N_, _
from annotator.services.import_options import ADD, LINK, ImportOptions
from annotator.services.import_result import Entry, ImportResult
from annotator.services.near_duplicates import NEAR, Fingerprint, body_of, similarity
from annotator.services.reading_worker import Arrived
from annotator.services.schema_fit import SchemaFit
from annotator.services.text_edits import carry_set
from annotator.storage import Batches, RunningStep, SetRow, Store

_KNOWN = N_("The text is in the project already; it was not added again.")
_HAS_SET = N_("{name} has an annotation set on this report already; it was not touched.")
_TWO_SETS = N_("The annotator “{name}” has two sets.")
_SPAN_TWICE = N_("The span id {id} occurs twice.")
_RELATION_TWICE = N_("The relation id {id} occurs twice.")
_WORDS_GONE = N_("{n} spans were left out: the text has been edited since, and their words are gone.")
_NO_QUESTIONS = N_("{n} questions were left out: the report was in the project already.")
_GOLD_STAYS = N_("The gold of this report stays with {name}; the set came in without the mark.")
_LINKED = N_("Nearly the same as “{title}” ({percent} % of the body); noted there as a further source.")
_LINKED_BEFORE = N_("Nearly the same as “{title}” ({percent} % of the body); noted there before.")
_SKIPPED = N_("Nearly the same as “{title}” ({percent} % of the body); not added.")
_ADDED = N_("Nearly the same as “{title}” ({percent} % of the body); it came in as a report of its own.")
_ADDED_WITH_SPANS = N_(
    "Nearly the same as “{title}” ({percent} % of the body); it came in as a report of its own, since it brings spans."
)

#: What of a further source is kept with the known report.
_SOURCE_FIELDS = ("title", "url", "source", "date", "saved", "file_name", "file_hash")


class Incoming:
    """Takes reports in, one after the other. `step` is asked for the running step when something is to be written."""

    def __init__(
        self,
        store: Store,
        batches: Batches,
        options: ImportOptions,
        result: ImportResult,
        person_name: str,
        step: Callable[[], RunningStep],
    ) -> None:
        self._store = store
        self._batches = batches
        self._options = options
        self._result = result
        self._person_name = person_name
        self._step = step
        self._fit = SchemaFit(store.schema)
        self._brought: set[int] = set()  # row ids of the reports that came in by this step

    def take(self, arrived: Arrived, path: str) -> None:
        """One item of the file at `path`: in the project, or in the list that says why not."""
        item = arrived.item
        if item.report is None:
            self._result.failed.append(_entry(item, str(item.problem), path))
            return
        try:
            self._name_sets(item.report)
            self._place(arrived, item.report, path)
        except (ConflictError, InputError) as problem:
            self._result.failed.append(_entry(item, str(problem), path))
            self._fit = SchemaFit(self._store.schema)  # what the report would have added is gone with it

    def _place(self, arrived: Arrived, report: Report, path: str) -> None:
        digest = arrived.digest or text_hash(report.text)
        known = self._store.reports.find_hash(digest)
        if known is None:
            known = self._earlier(arrived.item, report, digest, path)
        if known is not None:
            self._meet(arrived.item, report, known, path)
            return
        near = None if arrived.body is None else self._near(report, arrived.body)
        if near is None:
            self._add(arrived, report, digest, path)
        elif self._options.near == ADD or report.sets or report.questions:
            self._add(arrived, report, digest, path)
            told = _ADDED if self._options.near == ADD else _ADDED_WITH_SPANS
            self._result.notes.append(self._near_entry(arrived.item, near, told, path))
        else:
            self._leave_out(arrived.item, report, digest, near, path)

    def _add(self, arrived: Arrived, report: Report, digest: str, path: str) -> None:
        if self._store.reports.uid_taken(report.uid):
            report.foreign_id = report.uid if report.foreign_id is None else report.foreign_id
            report.uid = new_uid()
        step = self._step()
        with self._batches.write():
            notes = [note for made in report.sets for note in self._fitted(made)]
            row_id = self._store.reports.add(report, step, digest)
            if arrived.body is not None:
                self._store.bodies.put(row_id, report.text_version, *arrived.body)
        self._brought.add(row_id)
        self._result.added += 1
        self._result.spans += sum(len(made.spans) for made in report.sets)
        self._result.read.append(_entry(arrived.item, "", path, report=row_id))
        self._note(arrived.item, (*arrived.item.notes, *notes), path)

    # ---- nearly the same ------------------------------------------------------------------------

    def _near(self, report: Report, body: Fingerprint) -> tuple[int, float] | None:
        """The report of the project whose body is most like this one's, and how much; None where none is near."""
        best: tuple[int, float] | None = None
        mine = body_of(report.text, report.furniture)
        for candidate in self._store.bodies.like(body.hash, body.bands):
            theirs = body_of(self._store.reports.text(candidate), self._store.reports.furniture(candidate))
            likeness = similarity(mine, theirs)
            if likeness >= NEAR and (best is None or likeness > best[1]):
                best = candidate, likeness
            if likeness == 1.0:
                break
        return best

    def _leave_out(self, item: Item, report: Report, digest: str, near: tuple[int, float], path: str) -> None:
        told = _SKIPPED
        if self._options.near == LINK:
            told = _LINKED if self._link(report, digest, near[0]) else _LINKED_BEFORE
        self._result.near.append(self._near_entry(item, near, told, path))

    def _link(self, report: Report, digest: str, known: int) -> bool:
        """Note where the report came from with the known one; False where it is noted already."""
        before = self._store.reports.detail(known).meta
        also = before.get(ALSO)
        also = also if isinstance(also, list) else []
        if any(isinstance(source, dict) and source.get("text_hash") == digest for source in also):
            return False
        source = {name: report.meta[name] for name in _SOURCE_FIELDS if report.meta.get(name)}
        source = {**source, "file_name": report.file_name, "text_hash": digest}
        after = {**before, ALSO: [*also, source]}
        step, uid = self._step(), self._store.reports.row(known, "").uid
        with self._batches.write():
            if known in self._brought:  # it comes and goes with the step, and what is noted there with it
                self._store.reports.put_meta(known, after)
            else:
                self._store.extend(step, [Change("report", known, uid, {"meta": before}, {"meta": after})])
        self._result.linked += 1
        return True

    def _near_entry(self, item: Item, near: tuple[int, float], told: str, path: str) -> Entry:
        known, likeness = near
        row = self._store.reports.row(known, "")
        percent = f"{int(likeness * 1000) / 10:g}"
        words = _(told, title=row.title, percent=percent)
        return _entry(item, words, path, report=known, spans=row.all_spans > 0)

    # ---- a text that is known -------------------------------------------------------------------

    def _earlier(self, item: Item, report: Report, digest: str, path: str) -> int | None:
        """The report whose text was this one before somebody edited it; spans that come with it are carried over."""
        found = self._store.texts.known(digest)
        if found is None:
            return None
        legs = self._store.texts.way(*found)
        lost = sum(carry_set(made, legs) for made in report.sets)
        if lost:
            self._note(item, [Wording(_WORDS_GONE, {"n": lost})], path)
        return found[0]

    def _meet(self, item: Item, report: Report, report_id: int, path: str) -> None:
        """Its sets come in where the annotator has none, or may be replaced."""
        self._result.known.append(_entry(item, _(_KNOWN), path, report=report_id))
        if report.questions:
            self._note(item, [Wording(_NO_QUESTIONS, {"n": len(report.questions)})], path)
        there = {row.annotator: row for row in self._store.sets.of_report(report_id)}
        for made in report.sets:
            name = made.annotator or self._person_name
            if name not in there:
                self._add_set(item, report_id, made, there, path)
                self._result.sets_added += 1
            elif self._options.replace:
                self._add_set(item, report_id, made, there, path)
                self._result.sets_replaced += 1
            else:
                self._result.kept.append(_entry(item, _(_HAS_SET, name=name), path, report=report_id))

    def _add_set(self, item: Item, report_id: int, made: AnnotationSet, there: dict[str, SetRow], path: str) -> None:
        name = made.annotator or self._person_name
        golden = next((row.annotator for row in there.values() if row.gold and row.annotator != name), None)
        notes = []
        if made.gold and golden is not None:
            made.gold = False
            notes.append(Wording(_GOLD_STAYS, {"name": golden}))
        _renew_ids(made, self._store.sets.uids_taken(report_id))
        step = self._step()
        with self._batches.write():
            notes += self._fitted(made)
            if name in there:
                self._store.sets.replace(report_id, made, step)
            else:
                self._store.sets.add(report_id, made, step)
        self._result.spans += len(made.spans)
        self._note(item, notes, path)

    # ---- sets -----------------------------------------------------------------------------------

    def _name_sets(self, report: Report) -> None:
        """Whoever is unnamed gets the name asked for; spans without a name join the set that has it.

        Raises InputError where that cannot be one set: two that the line describes, or ids that would be there twice.
        """
        unnamed = next((made for made in report.sets if not made.annotator), None)
        if unnamed is None:
            return
        name = self._options.annotator or self._person_name
        same = next((made for made in report.sets if made.annotator == name), None)
        if same is not None:
            if unnamed.status != Status.IN_PROGRESS or unnamed.note or unnamed.gold or unnamed.extra:
                raise InputError(_TWO_SETS, name=name)
            same.spans += unnamed.spans
            same.relations += unnamed.relations
            _check_ids(same)
            report.sets.remove(unnamed)
        unnamed.annotator = self._options.annotator or ""

    def _fitted(self, made: AnnotationSet) -> list[Wording]:
        """Make the schema hold every name the set uses, and the values fit the schema."""
        labels = {span.label for span in made.spans} - self._fit.labels
        relations = {relation.label for relation in made.relations} - self._fit.relations
        if labels or relations:
            for name in sorted(labels):
                self._store.labels.ensure(name)
            for name in sorted(relations):
                self._store.labels.ensure_relation(name)
            self._result.labels += sorted(labels - {*self._result.labels})
            self._result.relations += sorted(relations - {*self._result.relations})
            self._fit = SchemaFit(self._store.schema)
        return self._fit.apply(made)

    def _note(self, item: Item, notes: Iterable[Wording], path: str) -> None:
        self._result.notes += [_entry(item, note.text(), path) for note in notes]


def _entry(item: Item, reason: str, path: str, *, report: int | None = None, spans: bool = False) -> Entry:
    file = path if item.file == path else item.file  # one string for all reports of a file
    return Entry(file, item.line, item.report.title if item.report else "", reason, path, report, spans)


def _check_ids(made: AnnotationSet) -> None:
    """Raise InputError for an id that two spans, or two relations, would have in a file."""
    for rows, words in ((made.spans, _SPAN_TWICE), (made.relations, _RELATION_TWICE)):
        found = Counter(map(given_id, rows)).most_common(1)
        if found and found[0][1] > 1:
            raise InputError(words, id=found[0][0])


def _renew_ids(made: AnnotationSet, taken: set[str]) -> None:
    """Give spans and relations whose ids the report has already (in a set that was replaced, say) new ones.

    The id of the file stays as the foreign id, so that an export writes it again.
    """
    if taken.isdisjoint(span.uid for span in made.spans) and taken.isdisjoint(r.uid for r in made.relations):
        return
    renewed = {span.uid: new_uid() for span in made.spans if span.uid in taken}

    def fresh(row: Span | Relation, uid: str) -> dict[str, Any]:
        return {"uid": uid, "foreign_id": row.uid if row.foreign_id is None else row.foreign_id}

    made.spans = [s._replace(**fresh(s, renewed[s.uid])) if s.uid in renewed else s for s in made.spans]
    made.relations = [
        (r._replace(**fresh(r, new_uid())) if r.uid in taken else r)._replace(
            head=renewed.get(r.head, r.head), child=renewed.get(r.child, r.child)
        )
        for r in made.relations
    ]
