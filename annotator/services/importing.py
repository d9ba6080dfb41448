"""Reports into a project: `import_paths(store, person_uid, paths, options, progress) -> ImportResult`.

One import is one step, undone as a whole, over many short transactions; each report comes in whole
or not at all. A text that is known is not added again; sets it brings for annotators who have none on
it are. Nothing that cannot be taken in stops the rest: it is listed. The store must be the thread's
own (`Store.second()` in a job). Cancelling (`Cancelled` out of `progress`) keeps what is in by then
and returns the result with `cancelled` set.

How files are read, here or in reader processes, is `services.sources`; what becomes of one report
`services.incoming`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.domain.changes import Wording
from annotator.domain.errors import Cancelled
from annotator.formats.items import shown
from annotator.formats.registry import formats, reader_of
from annotator.messages import N_, _
from annotator.services.fingerprints import fill
from annotator.services.import_options import DEFAULTS, NEAR_CHOICES, FileOptions, ImportOptions
from annotator.services.import_pace import Rate
from annotator.services.import_result import Entry, ImportResult
from annotator.services.incoming import Incoming
from annotator.services.jobs import Gate, Pace, Progress, silent
from annotator.services.paths import files_in
from annotator.services.reading_process import LIMITS, Limits
from annotator.services.sources import Source, Sources
from annotator.storage import Batches, RunningStep, Store

__all__ = ["NEAR_CHOICES", "FileOptions", "ImportOptions", "ImportResult", "import_formats", "import_paths"]

#: Longest a batch of writes keeps the window from writing.
BATCH_MS = 50
#: Seconds between two looks at a gate that is closed.
_HOLD = 0.1

KIND = "import"
_CIRCLE = N_("The link leads to a folder that was gone through already; it was not followed again.")


def import_formats() -> dict[str, str]:
    """The formats that can be read: name and title, in the language of the moment."""
    return {form.name: _(form.title) for form in formats().values() if form.read is not None}


def import_paths(
    store: Store,
    person_uid: str,
    paths: Iterable[Path | str],
    options: ImportOptions = DEFAULTS,
    progress: Progress = silent,
    *,
    batch_ms: float = BATCH_MS,
    gate: Gate | None = None,
    limits: Limits = LIMITS,
) -> ImportResult:
    """Import files and folders as one step. Raises InputError for options that cannot be used, DiskError and the like.

    `batch_ms` is about how long one transaction lasts; without a window it may be longer. While `gate` is closed the
    import waits, with nothing begun; `limits` are those of the reader processes.
    """
    for chosen in (options.format, *(of_file.format for of_file in options.files.values())):
        if chosen is not None:
            reader_of(Path(), chosen)
    circles: list[Path] = []
    files, rules = files_in(map(Path, paths), circles), tuple(store.site_rules.all())
    with store.batches(max_ms=batch_ms) as batches, Sources(files, options, limits, rules) as sources:
        result = _Import(store, batches, person_uid, options, progress, gate or Gate()).run(sources)
    result.notes += [Entry(shown(path), None, "", _(_CIRCLE)) for path in circles]
    return result


class _Import:
    """One import under way."""

    def __init__(
        self, store: Store, batches: Batches, person_uid: str, options: ImportOptions, progress: Progress, gate: Gate
    ) -> None:
        self._store = store
        self._batches = batches
        self._person_uid = person_uid
        self._options = options
        self._gate = gate
        self._pace = Pace(progress)
        self._result = ImportResult()
        self._running: RunningStep | None = None
        person = store.people.get(person_uid)
        name = person.name if person else ""
        self._incoming = Incoming(store, batches, options, self._result, name, self._step)
        self._rate = Rate(0, 0)

    def run(self, sources: Sources) -> ImportResult:
        self._rate = Rate(len(sources), sources.size)
        self._result.files = len(sources)
        try:
            if sources.compared:
                fill(self._store, self._batches, self._pace)
            for source in sources:
                self._file(source)
        except (Cancelled, KeyboardInterrupt):
            self._result.cancelled = True
        finally:
            try:
                self._batches.flush()
            finally:
                self._end()
        return self._result

    def _file(self, source: Source) -> None:
        self._say(0)
        for arrived in source.items():
            if arrived is not None:
                if self._options.wants(arrived.item.file, arrived.item.line):
                    self._incoming.take(arrived, source.shown)
            else:
                self._batches.pause()
            if self._pace.due():
                self._say(arrived.item.position if arrived else 0)
        self._rate.done(source.size)
        self._result.files_done += 1

    def _say(self, position: int) -> None:
        """Tell how far it is, and wait where the person wants to."""
        words = self._rate.words(self._result.added)
        self._pace.say(self._rate.bytes + position, self._rate.all_bytes, words)
        while self._gate.closed:
            self._batches.flush()
            self._rate.hold()
            self._gate.wait(_HOLD)
            self._pace.say(self._rate.bytes + position, self._rate.all_bytes, _("Paused: {words}", words=words))

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
        sets = result.sets_added + result.sets_replaced
        if self._batches.lost:  # a full disk took back reports that were counted
            result.added, sets, result.linked = self._store.history.brought(self._running)
        if not (result.added or sets or result.linked):
            self._store.history.drop_bulk(self._running)
            return
        if result.added:
            wording = Wording(N_("Import {n} reports"), {"n": result.added})
        elif sets:
            wording = Wording(N_("Import {n} annotation sets"), {"n": sets})
        else:
            wording = Wording(N_("Note {n} further sources of known reports"), {"n": result.linked})
        result.step = self._store.history.end_bulk(self._running, wording)
