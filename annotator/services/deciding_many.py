"""Accepting suggestions in the whole project: first they are gathered and counted, then those chosen are accepted as one step.

Both run as jobs on a store of their own. Reports that are done, skipped or blind are left alone; what was never asked
about is asked on the way, by whatever the caller hands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.errors import Cancelled
from annotator.domain.report import Status
from annotator.domain.suggestion import Proposal
from annotator.messages import N_, _
from annotator.services.deciding import Decider, offers
from annotator.services.jobs import Progress
from annotator.services.open_report import OpenReport
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.services.session import Announcement, Session
from annotator.services.suggesting import Ask

Asking = Callable[[Ask], list[Proposal]]
_PAGE = 500
_FINISHED = (Status.DONE, Status.SKIPPED)


class Choice(NamedTuple):
    """What is to be accepted: of which source ("" for any), of which label ("" for any), how sure at least."""

    source: str = ""
    label: str = ""
    least: float = 0.0

    def takes(self, proposal: Proposal) -> bool:
        """Whether a proposal is among them."""
        fits = self.source in ("", proposal.source) and self.label in ("", proposal.label)
        return fits and proposal.score >= self.least


class Gathered(NamedTuple):
    """What one report offers, without what conflicts with spans that are there."""

    report: int
    proposals: list[Proposal]


class Accepted(NamedTuple):
    """What became of it; `announcement` is None where there was nothing to do."""

    announcement: Announcement | None
    spans: int
    reports: int


def gather(session: Session, project: ProjectSuggestions, ask: Asking, progress: Progress) -> list[Gathered]:
    """What every unfinished report offers. `progress` may stop it (raise Cancelled); answers so far are kept."""
    total = session.store.totals.reports()
    found: list[Gathered] = []
    for done, report in enumerate(_reports(session, project)):
        progress(done, total, _("gathering suggestions"))
        proposals = project.kept(report)
        if proposals is None:
            proposals = ask(project.ask_for(report))
            project.keep(report, proposals)
        open_ones = [offer.proposal for offer in offers(report, proposals) if not offer.conflicts]
        if open_ones:
            found.append(Gathered(report.id, open_ones))
    return found


def _reports(session: Session, project: ProjectSuggestions) -> Iterator[OpenReport]:
    after = 0
    while ids := session.store.reports.ids(after=after, limit=_PAGE):
        for report_id in ids:
            report = session.open_report(report_id)
            if report.status not in _FINISHED and not project.is_blind(report):
                yield report
        after = ids[-1]


def count(gathered: Iterable[Gathered], choice: Choice) -> tuple[int, int]:
    """How many suggestions a choice takes, and in how many reports."""
    counts = [n for one in gathered if (n := sum(map(choice.takes, one.proposals)))]
    return sum(counts), len(counts)


def accept(session: Session, gathered: Iterable[Gathered], choice: Choice, progress: Progress) -> Accepted:
    """Make spans of what a choice takes, in one step over all reports; each is marked as not looked at.

    When it is stopped, what was made by then stays, as one step.
    """
    session.check_writable()
    store, decider = session.store, Decider(session)
    wanted = [(one.report, chosen) for one in gathered if (chosen := [p for p in one.proposals if choice.takes(p)])]
    if not wanted:
        return Accepted(None, 0, 0)
    intended = _words(sum(len(chosen) for _report, chosen in wanted))  # what a step that is cut off is called
    step = store.history.begin_bulk("suggestion.accept", intended, session.person.uid)
    spans = reports = 0
    try:
        for done, (report_id, chosen) in enumerate(wanted):
            progress(done, len(wanted), _("accepting suggestions"))
            report = session.open_report(report_id)
            still = [] if report.status in _FINISHED else [offer.proposal for offer in offers(report, chosen)]
            if still:
                store.extend(step, decider.edit_of_all(report, still).changes)
                spans, reports = spans + len(still), reports + 1
    except Cancelled:
        pass  # what was accepted stays, and the step says how much that is
    finally:
        done_step = store.history.end_bulk(step, _words(spans))
    return Accepted(session.announce_job(done_step), spans, reports)


def _words(n: int) -> Wording:
    return Wording(N_("Accept {n} suggestions"), {"n": n})
