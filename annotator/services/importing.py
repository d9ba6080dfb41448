"""Reports into a project: `import_paths(store, person_uid, paths, options, progress) -> ImportResult`.

One import is one step, undone as a whole, over many short transactions; each report comes in whole
or not at all. A text that is known is not added again; sets it brings for annotators who have none on
it are. Nothing that cannot be taken in stops the rest: it is listed. The store must be the thread's
own (`Store.second()` in a job). Cancelling (`Cancelled` out of `progress`) keeps what is in by then
and returns the result with `cancelled` set.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.domain.changes import Wording
from annotator.domain.errors import Cancelled, ConflictError, InputError
from annotator.domain.report import AnnotationSet, Report, text_hash
from annotator.domain.span import Relation, Span, new_uid
from annotator.formats.items import Item, ReadOptions, shown
from annotator.formats.registry import formats, reader_of
from annotator.messages import N_, _
from annotator.services.import_result import Entry, ImportResult
from annotator.services.jobs import Pace, Progress, silent
from annotator.services.paths import files_in
from annotator.services.schema_fit import SchemaFit
from annotator.storage import Batches, RunningStep, SetRow, Store

#: Longest a batch of writes keeps the window from writing.
BATCH_MS = 50

KIND = "import"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person may choose.

    `format` overrides what a file's ending and content say, `encoding` the encoding ladder.
    `annotator` is the name of whoever made the spans that name nobody (default: the person who
    imports). `replace` sets existing annotation sets aside where the file brings others.
    """

    format: str | None = None
    encoding: str | None = None
    annotator: str | None = None
    replace: bool = False

    def reading(self) -> ReadOptions:
        """What readers are told."""
        return ReadOptions(encoding=self.encoding)


def import_formats() -> dict[str, str]:
    """The formats that can be read: name and title, in the language of the moment."""
    return {form.name: _(form.title) for form in formats().values() if form.read is not None}


def import_paths(
    store: Store,
    person_uid: str,
    paths: Iterable[Path | str],
    options: ImportOptions = ImportOptions(),
    progress: Progress = silent,
    *,
    batch_ms: float = BATCH_MS,
) -> ImportResult:
    """Import files and folders as one step. Raises InputError for options that cannot be used, DiskError and the like.

    `batch_ms` is about how long one transaction lasts; without a window it may be longer.
    """
    if options.format is not None:
        reader_of(Path(), options.format)
    with store.batches(max_ms=batch_ms) as batches:
        return _Import(store, batches, person_uid, options, progress).run(files_in(map(Path, paths)))


class _Import:
    """One import under way."""

    def __init__(
        self, store: Store, batches: Batches, person_uid: str, options: ImportOptions, progress: Progress
    ) -> None:
        self._store = store
        self._batches = batches
        self._options = options
        self._person_uid = person_uid
        person = store.people.get(person_uid)
        self._person_name = person.name if person else ""
        self._pace = Pace(progress)
        self._result = ImportResult()
        self._running: RunningStep | None = None
        self._fit = SchemaFit(store.schema)
        self._read_bytes = self._all_bytes = 0

    def run(self, files: list[Path]) -> ImportResult:
        self._all_bytes = sum(map(_size, files))
        try:
            for file in files:
                self._file(file)
        except (Cancelled, KeyboardInterrupt):
            self._result.cancelled = True
        finally:
            self._batches.flush()
            self._end()
        return self._result

    def _file(self, file: Path) -> None:
        self._say(self._read_bytes)
        if not file.is_file():
            self._fail(Item(shown(file), problem=InputError(_NOT_A_FILE)))
            return
        for item in reader_of(file, self._options.format)(file, self._options.reading()):
            self._take(item)
            if self._pace.due():
                self._say(self._read_bytes + item.position)
        self._read_bytes += _size(file)

    def _say(self, done: int) -> None:
        self._pace.say(done, self._all_bytes, _("{n} reports imported", n=self._result.added))

    # ---- one report -----------------------------------------------------------------------------

    def _take(self, item: Item) -> None:
        if item.report is None:
            self._fail(item)
            return
        report = item.report
        self._name_sets(report)
        digest = text_hash(report.text)
        known = self._store.reports.find_hash(digest)
        try:
            if known is None:
                self._add(item, report, digest)
            else:
                self._meet(item, report, known)
        except (ConflictError, InputError) as problem:
            self._fail(item._replace(problem=problem))
            self._fit = SchemaFit(self._store.schema)  # what the report would have added is gone with it

    def _add(self, item: Item, report: Report, digest: str) -> None:
        if self._store.reports.uid_taken(report.uid):
            report.foreign_id = report.uid if report.foreign_id is None else report.foreign_id
            report.uid = new_uid()
        step = self._step()
        with self._batches.write():
            notes = [note for made in report.sets for note in self._fitted(made)]
            self._store.reports.add(report, step, digest)
        self._result.added += 1
        self._result.spans += sum(len(made.spans) for made in report.sets)
        self._note(item, (*item.notes, *notes))

    def _meet(self, item: Item, report: Report, report_id: int) -> None:
        """A text that is known: its sets come in where the annotator has none, or may be replaced."""
        self._result.known.append(_entry(item, _("The text is in the project already; it was not added again.")))
        if report.questions:
            self._note(item, [Wording(_NO_QUESTIONS, {"n": len(report.questions)})])
        there = {row.annotator: row for row in self._store.sets.of_report(report_id)}
        for made in report.sets:
            name = made.annotator or self._person_name
            if name not in there:
                self._add_set(item, report_id, made, there)
                self._result.sets_added += 1
            elif self._options.replace:
                self._add_set(item, report_id, made, there)
                self._result.sets_replaced += 1
            else:
                self._result.kept.append(_entry(item, _(_HAS_SET, name=name)))

    def _add_set(self, item: Item, report_id: int, made: AnnotationSet, there: dict[str, SetRow]) -> None:
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
        self._note(item, notes)

    def _name_sets(self, report: Report) -> None:
        """Whoever is unnamed gets the name asked for; two sets of one person become one."""
        unnamed = next((made for made in report.sets if not made.annotator), None)
        if unnamed is None:
            return
        name = self._options.annotator or self._person_name
        same = next((made for made in report.sets if made.annotator == name), None)
        if same is not None:
            same.spans += unnamed.spans
            same.relations += unnamed.relations
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

    # ---- the step -------------------------------------------------------------------------------

    def _step(self) -> RunningStep:
        """The import's step, begun with the first thing that comes in."""
        if self._running is None:
            self._batches.flush()
            wording = Wording(N_("Import"))
            self._running = self._store.history.begin_bulk(KIND, wording, self._person_uid)
        return self._running

    def _end(self) -> None:
        if self._running is None:
            return
        result = self._result
        if not (result.added or result.sets_added or result.sets_replaced):
            self._store.history.drop_bulk(self._running)
            return
        if result.added:
            wording = Wording(N_("Import {n} reports"), {"n": result.added})
        else:
            wording = Wording(N_("Import {n} annotation sets"), {"n": result.sets_added + result.sets_replaced})
        result.step = self._store.history.end_bulk(self._running, wording)

    # ---- what there is to say -------------------------------------------------------------------

    def _fail(self, item: Item) -> None:
        self._result.failed.append(_entry(item, str(item.problem)))

    def _note(self, item: Item, notes: Iterable[Wording]) -> None:
        self._result.notes += [_entry(item, note.text()) for note in notes]


_NOT_A_FILE = N_("There is no such file.")
_HAS_SET = N_("{name} has an annotation set on this report already; it was not touched.")
_NO_QUESTIONS = N_("{n} questions were left out: the report was in the project already.")
_GOLD_STAYS = N_("The gold of this report stays with {name}; the set came in without the mark.")


def _entry(item: Item, reason: str) -> Entry:
    return Entry(item.file, item.line, item.report.title if item.report else "", reason)


def _size(file: Path) -> int:
    with contextlib.suppress(OSError):
        return file.stat().st_size
    return 0


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
