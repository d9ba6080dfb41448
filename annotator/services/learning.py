"""Learning from a project's finished reports: what is learned from, when it is time to, and keeping what came of it.

The work itself (`lessons.learn`) runs in a process of its own, since it takes seconds and answers about reports must not
wait for it. It opens no project: texts and spans travel there, models come back. Nothing is learned from reports, people
or parts that are annotated blind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from annotator.domain.deciding import UNSEEN
from annotator.domain.errors import Cancelled
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

Asking = Callable[[str, Any], Any]

NOTHING: Final = N_("There is no finished report to learn from yet.")


class Outcome(NamedTuple):
    """What learning came to: what was kept (None: nothing could be learned), in words."""

    learned: Learned | None
    words: str


def due(store: Store) -> bool:
    """Whether enough has been finished since the models were made: one report for ten that were learned from."""
    worth = {(uid, n) for _report, uid, n in _worth(store)}
    learned = store.suggestions.learned_about(SOURCE)
    known = {(uid, n) for uid, n in learned.notes.get("sets", ())} if learned else set()
    return len(worth - known) >= max(1, (learned.reports if learned else 0) // 10)


def forget_blind(store: Store) -> bool:
    """Forget the models where they learned from what nothing may be learned from any more; whether they did."""
    learned = store.suggestions.learned_about(SOURCE)
    uids = [uid for uid, _n in learned.notes.get("sets", ())] if learned else []
    still = {uid for _report, uid, _n in store.suggestions.finished(len(uids), uids)}
    if still.issuperset(uids):
        return False
    store.suggestions.forget(SOURCE)
    return True


def _worth(store: Store) -> list[tuple[int, str, int]]:
    """What is learned from: of the newest finished reports one set each, the gold where there is one."""
    sets = {report: (report, uid, n) for report, uid, n in reversed(store.suggestions.finished(MOST * 4))}
    newest = sorted(sets.values(), reverse=True)
    return [found for found in newest if found[2] >= _FEWEST_SPANS][:MOST]


def lectures(store: Store, progress: Progress = silent) -> Iterator[tuple[Lecture, str, int]]:
    """The newest finished reports, each with its set's uid and size. The store must be the thread's own."""
    for done, (report_id, uid, n) in enumerate(_worth(store)):
        report = store.reports.load(report_id)
        made = next((made for made in report.sets if made.uid == uid), None)
        if made is not None:
            progress(done + 1, 0, report.title)
            yield lecture(report, made), uid, n


def finished_set(report: Report) -> AnnotationSet | None:
    """The set of a report to learn from: gold, else one that is done; none that was made blind."""
    sets = [made for made in report.sets if not made.extra.get("blind")]
    gold = [made for made in sets if made.gold]
    return next(iter(gold or [made for made in sets if made.status == Status.DONE]), None)


def lecture(report: Report, made: AnnotationSet) -> Lecture:
    """A report with one of its sets as it travels."""
    furniture = [(item.start, item.end) for item in report.furniture]
    spans = [(span.start, span.end, span.label) for span in made.spans]
    unsure = [(span.start, span.end) for span in made.spans if UNSEEN in span.proposed]
    return Lecture(report.text, furniture, report.year, report.place, spans, unsure)


def learn(store: Store, ask: Asking, progress: Progress = silent) -> Outcome:
    """Learn from what is finished now and keep it, through `ask(task, payload)`. The store must be the thread's own.

    Raises KnownError where the library is missing, Cancelled out of `progress` and where something of it was made blind
    meanwhile.
    """
    found = list(lectures(store, progress))
    if not found:
        return Outcome(None, _(NOTHING))
    progress(len(found), 0, _("learning from {n} reports", n=len(found)))
    data, judged = ask("learn", [tuple(each) for each, _uid, _n in found])
    uids = [uid for _each, uid, _n in found]
    if len(store.suggestions.finished(len(uids), uids)) < len(uids):
        raise Cancelled
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
