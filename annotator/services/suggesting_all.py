"""Suggestions for all reports of a project, one after the other: what is kept and still holds is not asked again.

The answers come from this process, or from several others beside it; which, the caller says. Nothing here is a step:
proposals are kept beside the project's work, and accepting them is `deciding_many`'s business.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, Final, NamedTuple

from annotator.domain.errors import KnownError
from annotator.domain.report import AnnotationSet, Report, Status
from annotator.domain.span import Span, new_uids
from annotator.domain.suggestion import Proposal
from annotator.formats.jsonl import JsonLinesWriter
from annotator.messages import _
from annotator.services import replacing, suggesting
from annotator.services.deciding import key_of
from annotator.services.jobs import Progress, silent
from annotator.services.open_report import OpenReport
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.services.session import Session
from annotator.services.suggesting import Ask
from annotator.storage import ReportFilter, Store

#: Whose set proposals stand in where they are written to a file.
ANNOTATOR: Final = "suggestions"
_PAGE: Final = 500

Answer = Sequence[Any]
Answering = Callable[[Ask], "Future[Answer]"]


class Answered(NamedTuple):
    """One report and what is proposed for it; `fresh` says that it was asked about just now."""

    report: OpenReport
    proposals: list[Proposal]
    fresh: bool


def here(ask: Ask) -> Future[Answer]:
    """The answer, made in this process."""
    made: Future[Answer] = Future()
    try:
        made.set_result(suggesting.propose(tuple(ask), _no_pulse))
    except KnownError as error:
        made.set_exception(error)
    return made


def _no_pulse() -> None:
    return None


class Beside(AbstractContextManager["Beside"]):
    """Answers from `processes` other processes."""

    def __init__(self, processes: int) -> None:
        from annotator.services.helper import Helper

        self._stack = ExitStack()
        self._helpers = deque(self._stack.enter_context(Helper()) for _n in range(processes))
        self._threads = self._stack.enter_context(ThreadPoolExecutor(processes))

    def __call__(self, ask: Ask) -> Future[Answer]:
        """Ask the process whose turn it is."""
        helper = self._helpers[0]
        self._helpers.rotate(-1)
        return self._threads.submit(helper.ask, "suggest", tuple(ask), 600.0)

    def __exit__(self, *_error: object) -> None:
        self._stack.close()


def suggest_all(
    session: Session,
    project: ProjectSuggestions,
    answer: Answering = here,
    progress: Progress = silent,
    *,
    filter: ReportFilter | None = None,
    ahead: int = 1,
    problems: Callable[[KnownError], None] = lambda _problem: None,
) -> Iterator[Answered]:
    """Every report that `filter` shows and that is not annotated blind, in file order, with its proposals.

    `ahead` reports are asked about before the first is waited for. `problems` hears what kept a source from answering.
    What was answered is kept at once, so that the next run goes on where this one was stopped.
    """
    waiting: deque[tuple[OpenReport, list[Proposal] | Future[Answer]]] = deque()
    total = session.store.totals.reports()
    done = 0
    for report in _open(session, project, filter):
        kept = project.kept(report)
        waiting.append((report, answer(project.ask_for(report)) if kept is None else kept))
        while len(waiting) > ahead:
            done += 1
            yield _taken(project, *waiting.popleft(), problems)
            progress(done, total, report.row.title)
    while waiting:
        yield _taken(project, *waiting.popleft(), problems)
    progress(total, total, "")


def _open(session: Session, project: ProjectSuggestions, filter: ReportFilter | None) -> Iterator[OpenReport]:
    after = 0
    while ids := session.store.reports.ids(filter, after=after, limit=_PAGE):
        for report_id in ids:
            report = session.open_report(report_id)
            if not project.is_blind(report):
                yield report
        after = ids[-1]


def _taken(
    project: ProjectSuggestions,
    report: OpenReport,
    answer: list[Proposal] | Future[Answer],
    problems: Callable[[KnownError], None],
) -> Answered:
    if isinstance(answer, list):
        return Answered(report, answer, fresh=False)
    came = answer.result()
    for problem in suggesting.problems(came):
        problems(problem)
    packed = suggesting.reply(came).packed
    project.keep(report, packed)
    return Answered(report, packed.read(), fresh=True)


def undecided(answered: Answered) -> list[Proposal]:
    """The proposals but for those that the person has rejected."""
    rejected = {key_of(one) for one in answered.report.decisions.values() if one.state == "rejected"}
    return [p for p in answered.proposals if key_of(p) not in rejected]


def write(store: Store, out: Path, found: Iterable[Answered]) -> Iterator[Answered]:
    """Pass on what is found while writing it to `out` as JSON Lines: whole texts, the proposals as one set of spans.

    Written beside its place and moved there at the end; when it is stopped or fails, `out` is as it was.
    """
    replacing.check_target(out, folder=False, project=store.path)
    out = replacing.through_links(out)
    temporary = replacing.temporary_for(out)
    try:
        with replacing.sentences(out):
            writer = JsonLinesWriter(temporary)
            try:
                for answered in found:
                    writer.add(as_report(store, answered))
                    yield answered
                writer.close()
            except BaseException:
                writer.abort()
                raise
            replacing.move_file(temporary, out)
    finally:
        replacing.remove(temporary)


def as_report(store: Store, answered: Answered) -> Report:
    """A report with nothing but what is proposed for it."""
    report = store.reports.load(answered.report.id, [])
    proposals = undecided(answered)
    spans = [
        Span(uid, p.start, p.end, p.label, dict(p.attributes), origin=p.source, score=p.score)
        for uid, p in zip(new_uids(len(proposals)), proposals)
    ]
    report.sets = [AnnotationSet(ANNOTATOR, Status.NEW, spans=spans)]
    report.questions = []
    return report


def learn(session: Session, project: ProjectSuggestions, progress: Progress = silent) -> str:
    """Learn from what is finished, in this process; what came of it in words."""
    from annotator.services import lessons

    def ask(_task: str, payload: Any) -> Any:
        return lessons.learn(payload, lambda: progress(0, 0, _("learning")))

    with session.store.second() as store:
        return project.learn(store, ask, progress).words
