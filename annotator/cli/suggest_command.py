"""`annotator suggest PROJECT`: suggestions for every report, kept in the project, written to a file, or accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

import click

from annotator.cli.shared import (
    PATH,
    TerminalProgress,
    json_option,
    project_argument,
    table,
    where_option,
    write_json,
)
from annotator.domain.errors import KnownError, LockedError
from annotator.messages import _
from annotator.services import deciding_many, filtering, suggesting_all
from annotator.services.deciding import offers
from annotator.services.deciding_many import Choice, Gathered
from annotator.services.project_suggestions import ProjectSuggestions
from annotator.services.session import Session
from annotator.services.settings import Settings
from annotator.services.suggesting_all import Answered
from annotator.services.wording import left_open
from annotator.suggest.registry import SOURCES


class _Options(NamedTuple):
    sources: Sequence[str]
    accept_above: float | None
    out: Path | None
    train: bool
    jobs: int
    where: Sequence[str]


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "suggest",
        callback=_suggest,
        help=_(
            "Suggest spans in every report and keep the suggestions in the project. What is kept already and still"
            " holds is not made again, so a run that was stopped goes on."
        ),
        params=[
            project_argument(),
            click.Option(
                ["--source", "sources"],
                type=click.Choice([source.name for source in SOURCES]),
                multiple=True,
                help=_("Only this source; may be given several times."),
            ),
            click.Option(
                ["--accept-above"],
                type=click.FloatRange(0, 1),
                metavar="SCORE",
                help=_("Accept what is at least so sure, as one step; the spans are marked as not looked at."),
            ),
            click.Option(
                ["--out"], type=PATH, metavar="FILE.jsonl", help=_("Write the suggestions as JSON Lines, as spans.")
            ),
            click.Option(["--train"], is_flag=True, help=_("Learn from the finished reports first.")),
            click.Option(
                ["--jobs"],
                type=click.IntRange(0, 64),
                default=0,
                metavar="N",
                help=_("Work in N processes beside this one; otherwise in this one."),
            ),
            where_option(),
            json_option(),
        ],
    )


def _suggest(
    project: Path,
    sources: tuple[str, ...],
    accept_above: float | None,
    out: Path | None,
    train: bool,
    jobs: int,
    where: tuple[str, ...],
    as_json: bool,
) -> None:
    options = _Options(sources, accept_above, out, train, jobs, where)
    progress = TerminalProgress()
    try:
        with closing(_session(project, options)) as session:
            result = _Run(session, options, progress).run()
    finally:
        progress.close()
    if as_json:
        write_json(result)
    else:
        _show(result)


def _session(path: Path, options: _Options) -> Session:
    """The project for writing; where a window holds it and nothing needs to be written to it, for reading."""
    person = Settings.load().person()
    try:
        session = Session.open(path, person, program="annotator")
        if session.store.recovered:
            click.echo(left_open(path), err=True)
        return session
    except LockedError:
        if options.accept_above is not None or options.train or options.out is None:
            raise
        return Session.open(path, person, write=False)


class _Run:
    """One run over a project."""

    def __init__(self, session: Session, options: _Options, progress: TerminalProgress) -> None:
        self._session, self._options, self._progress = session, options, progress
        get = Settings.load().get
        self._project = ProjectSuggestions(session, options.sources or get("suggest.sources"), get("suggest.model"))
        self._filter = filtering.where(session.store, options.where)
        self._said: set[str] = set()
        self._counts: Counter[tuple[str, str]] = Counter()

    def run(self) -> dict[str, object]:
        """Everything that was asked for; what it came to, for people and programs."""
        learned = self._learn() if self._options.train else None
        with self._session.store.second() as store:
            self._project.collected(self._project.collect(store))
        reports = fresh = 0
        gathered: list[Gathered] = []
        with ExitStack() as stack:
            for answered in self._written(self._answers(stack)):
                reports, fresh = reports + 1, fresh + answered.fresh
                self._counts.update((p.source, p.label) for p in answered.proposals)
                if self._options.accept_above is not None:
                    gathered.append(self._open_ones(answered))
        accepted = self._accept(gathered)
        counts = [{"source": source, "label": label, "n": n} for (source, label), n in sorted(self._counts.items())]
        result: dict[str, object] = {"reports": reports, "asked": fresh, "suggestions": counts}
        if accepted is not None:
            result["accepted"] = accepted
        if learned is not None:
            result["learned"] = learned
        return result

    def _learn(self) -> str:
        return suggesting_all.learn(self._session, self._project, self._progress)

    def _answers(self, stack: ExitStack) -> Iterator[Answered]:
        jobs = self._options.jobs
        answer = stack.enter_context(suggesting_all.Beside(jobs)) if jobs else suggesting_all.here
        return suggesting_all.suggest_all(
            self._session,
            self._project,
            answer,
            self._progress,
            filter=self._filter,
            ahead=jobs * 2,
            problems=self._say_once,
        )

    def _written(self, found: Iterator[Answered]) -> Iterator[Answered]:
        out = self._options.out
        return found if out is None else suggesting_all.write(self._session.store, out, found)

    def _say_once(self, problem: KnownError) -> None:
        if str(problem) not in self._said:
            self._said.add(str(problem))
            click.echo(str(problem), err=True)

    @staticmethod
    def _open_ones(answered: Answered) -> Gathered:
        """What one report still offers, without what conflicts with spans that are there."""
        free = [offer.proposal for offer in offers(answered.report, answered.proposals) if not offer.conflicts]
        return Gathered(answered.report.id, free)

    def _accept(self, gathered: list[Gathered]) -> int | None:
        least = self._options.accept_above
        if least is None:
            return None
        return deciding_many.accept(self._session, gathered, Choice(least=least), self._progress).spans


def _show(result: dict[str, object]) -> None:
    if "learned" in result:
        click.echo(result["learned"])
    click.echo(_("{n} reports, {asked} of them asked about now", n=result["reports"], asked=result["asked"]))
    counts = result["suggestions"]
    assert isinstance(counts, list)
    table([(f"  {row['source']} {row['label']}", row["n"]) for row in counts])
    if "accepted" in result:
        click.echo(_("{n} suggestions accepted; nobody has looked at them yet", n=result["accepted"]))
