"""Learning from a project's finished reports: what is learned from, when it is time to, and keeping what came of it.

The work itself (`lessons.learn`) runs in a process of its own, since it takes seconds and answers about reports must not
wait for it. It opens no project: texts and spans travel there, models come back. Nothing is learned from reports, people
or parts that are annotated blind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from annotator.domain.report import AnnotationSet, Report, Status
from annotator.messages import N_, _
from annotator.services.jobs import Progress, silent
from annotator.services.lessons import Lecture
from annotator.storage.people import now
from annotator.storage.suggestions import Learned

if TYPE_CHECKING:
    from annotator.storage import Store

SOURCE: Final = "learned"
#: So many finished reports are learned from, the newest.
MOST: Final = 50
#: What a set of one person on one report is worth learning from.
_FEWEST_SPANS: Final = 10

IsBlind = Callable[[Report], bool]
Asking = Callable[[str, Any], Any]

NOTHING: Final = N_("There is no finished report to learn from yet.")


class Outcome(NamedTuple):
    """What learning came to: what was kept (None: nothing could be learned), in words."""

    learned: Learned | None
    words: str


def due(store: Store) -> bool:
    """Whether enough has been finished since the models were made: one report for ten that were learned from."""
    finished = store.suggestions.finished(MOST * 2)
    if not finished:
        return False
    learned = store.suggestions.learned_about(SOURCE)
    known = {(uid, n) for uid, n in learned.notes.get("sets", ())} if learned else set()
    worth = {(uid, n) for _report, uid, n in finished[:MOST] if n >= _FEWEST_SPANS}
    return len(worth - known) >= max(1, (learned.reports if learned else 0) // 10)


def lectures(store: Store, is_blind: IsBlind, progress: Progress = silent) -> Iterator[tuple[Lecture, str, int]]:
    """The newest finished reports, each with its set's uid and size. The store must be the thread's own."""
    finished = store.suggestions.finished(MOST * 4)
    reports = list(dict.fromkeys(report for report, _uid, _n in finished))
    taken = 0
    for report_id in reports:
        if taken == MOST:
            return
        report = store.reports.load(report_id)
        made = None if is_blind(report) else finished_set(report)
        if made is not None and len(made.spans) >= _FEWEST_SPANS:
            taken += 1
            progress(taken, 0, report.title)
            yield lecture(report, made), made.uid, len(made.spans)


def finished_set(report: Report) -> AnnotationSet | None:
    """The set of a report to learn from: gold, else one that is done; none that was made blind."""
    sets = [made for made in report.sets if not made.extra.get("blind")]
    gold = [made for made in sets if made.gold]
    return next(iter(gold or [made for made in sets if made.status == Status.DONE]), None)


def lecture(report: Report, made: AnnotationSet) -> Lecture:
    """A report with one of its sets as it travels."""
    furniture = [(item.start, item.end) for item in report.furniture]
    spans = [(span.start, span.end, span.label) for span in made.spans]
    return Lecture(report.text, furniture, report.year, report.place, spans)


def learn(store: Store, is_blind: IsBlind, ask: Asking, progress: Progress = silent) -> Outcome:
    """Learn from what is finished now and keep it, through `ask(task, payload)`. The store must be the thread's own.

    Raises KnownError where the library is missing, Cancelled out of `progress`.
    """
    found = list(lectures(store, is_blind, progress))
    if not found:
        return Outcome(None, _(NOTHING))
    progress(len(found), 0, _("learning from {n} reports", n=len(found)))
    data, judged = ask("learn", [tuple(each) for each, _uid, _n in found])
    notes = {"sets": [(uid, n) for _each, uid, n in found], "judged": judged}
    learned = Learned(SOURCE, now(), len(found), notes, data)
    store.suggestions.learn(learned)
    return Outcome(learned, words(learned))


def words(learned: Learned) -> str:
    """What was learned and what it is good for, in a sentence."""
    used = [label for label, figures in learned.notes.get("judged", {}).items() if figures.get("used")]
    if not used:
        return _("Learned from {n} reports; the rules alone do as well, so they stay.", n=learned.reports)
    return _("Learned from {n} reports; used for {labels}.", n=learned.reports, labels=", ".join(used))
