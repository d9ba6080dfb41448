"""`annotator evaluate GOLD PREDICTED`: scores of spans against gold ones."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli import DONE, FAILED
from annotator.cli.shared import PATH, TerminalProgress, is_project, json_option, names, reading, table, write_json
from annotator.messages import _
from annotator.quality.evaluation import Score
from annotator.services.evaluating import Compared, of_annotators, of_files


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "evaluate",
        callback=_evaluate,
        help=_(
            "Compare spans with gold ones: two JSON Lines files, or, with --annotators, two annotators of a project. "
            "Uncertain spans are scored neither way."
        ),
        params=[
            click.Argument(["gold"], type=PATH, metavar="GOLD|PROJECT"),
            click.Argument(["predicted"], type=PATH, metavar="[PREDICTED]", required=False),
            click.Option(
                ["--annotators"],
                callback=names,
                metavar="GOLD,PREDICTED",
                help=_("Two annotators of the project, the one taken for gold first."),
            ),
            json_option(),
        ],
    )


def _evaluate(gold: Path, predicted: Path | None, annotators: list[str] | None, as_json: bool) -> int:
    compared = _compare(gold, predicted, annotators)
    if as_json:
        write_json(compared.as_json())
    else:
        _show(compared)
    if compared.evaluation.reports:
        return DONE
    click.echo(_("No report stands on both sides: nothing was compared, and the scores say nothing."), err=True)
    return FAILED


def _compare(gold: Path, predicted: Path | None, annotators: list[str] | None) -> Compared:
    if annotators is None:
        if predicted is None:
            raise click.UsageError(_("Name two JSON Lines files, or a project and --annotators GOLD,PREDICTED."))
        for path in (gold, predicted):
            if is_project(path):
                words = _("{name} is a project: name it alone, with --annotators GOLD,PREDICTED.", name=path.name)
                raise click.UsageError(words)
        return of_files(gold, predicted)
    if predicted is not None or len(annotators) != 2:
        raise click.UsageError(_("--annotators takes two names, and the project is the only file."))
    progress = TerminalProgress()
    with reading(gold) as store:
        compared = of_annotators(store, annotators[0], annotators[1], progress)
    progress.close()
    return compared


def _show(compared: Compared) -> None:
    found = compared.evaluation
    click.echo(_("{n} reports compared", n=found.reports))
    if found.unsure:
        click.echo(_("{n} uncertain spans were scored neither way.", n=found.unsure))
    for title, scores in ((_("Exact"), found.exact), (_("Overlap"), found.overlap)):
        rows = [(f"  {label}", _words(score)) for label, score in sorted(scores.items())]
        click.echo(f"\n{title}")
        table([*rows, ("  " + _("all"), _words(found.total(scores)))])
    if found.attributes:
        click.echo("\n" + _("Attributes of exact hits"))
        table([(f"  {a}.{b}", f"{s.recall:.3f}  {s.right}/{s.gold}") for (a, b), s in sorted(found.attributes.items())])
    confused = [(f"  {a or '–'} → {b or '–'}", n) for (a, b), n in sorted(found.confusion.items()) if a != b]
    if confused:
        click.echo("\n" + _("Gold → predicted"))
        table(confused)
    for words in compared.left_out:
        click.echo(words, err=True)


def _words(score: Score) -> str:
    return f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  ({score.right}/{score.predicted}/{score.gold})"
