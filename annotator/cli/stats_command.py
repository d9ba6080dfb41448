"""`annotator stats PROJECT`: how many reports and spans, by label and by status."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.shared import json_option, project_argument, reading, table, where_option, write_json
from annotator.messages import _
from annotator.services import counting, filtering
from annotator.services.project_suggestions import SourceScore, source_scores
from annotator.services.status_names import status_name
from annotator.services.wording import label_title
from annotator.services.work_time import duration
from annotator.storage import Store


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "stats",
        callback=_stats,
        help=_("Show how many reports and spans a project has, by label, status and annotator."),
        params=[project_argument(), where_option(), json_option()],
    )


def _stats(project: Path, where: tuple[str, ...], as_json: bool) -> None:
    with reading(project) as store:
        if where:
            _show_some(store, where, as_json)
        elif as_json:
            write_json(_figures(store))
        else:
            _show(store)


def _show_some(store: Store, where: tuple[str, ...], as_json: bool) -> None:
    """The figures of the reports that `where` lets through, counted one by one."""
    found = counting.figures(store, filtering.where(store, where))
    if as_json:
        write_json({"where": list(where), **found.as_dict()})
        return
    click.echo(_("Reports found by {where}", where=", ".join(where)))
    table([(_("Reports"), found.reports), (_("Characters"), found.characters), (_("Spans"), found.spans)])
    click.echo("\n" + _("Spans by label"))
    table([(f"  {label_title(store.schema, name)} {name}", n) for name, n in found.labels.items()])
    click.echo("\n" + _("Annotation sets by status"))
    table([(f"  {status_name(name)}", n) for name, n in found.statuses.items()])


def _figures(store: Store) -> dict[str, object]:
    total = store.totals.stats()
    seconds = store.work.by_person()
    return {
        "reports": total.reports,
        "characters": total.characters,
        "spans": total.spans,
        "labels": total.labels,
        "statuses": total.statuses,
        "seconds": round(sum(seconds.values())),
        "annotators": {
            person.name: {
                "spans": own.spans,
                "labels": own.labels,
                "statuses": own.statuses,
                "seconds": round(seconds.get(person.name, 0.0)),
            }
            for person in store.people.all()
            for own in (store.totals.stats(person.uid),)
        },
        "suggestions": [score.as_json() for score in source_scores(store)],
    }


def _show(store: Store) -> None:
    total = store.totals.stats()
    schema = store.schema
    table([(_("Reports"), total.reports), (_("Characters"), total.characters), (_("Spans"), total.spans)])
    click.echo("\n" + _("Spans by label"))
    table([(f"  {label_title(schema, name)} {name}", n) for name, n in total.labels.items()])
    click.echo("\n" + _("Annotation sets by status"))
    table([(f"  {status_name(name)}", n) for name, n in total.statuses.items()])
    seconds = store.work.by_person()
    for person in store.people.all():
        own = store.totals.stats(person.uid)
        click.echo("\n" + _("Reports of {name} by status; {n} spans", name=person.name, n=own.spans))
        rows: list[tuple[str, object]] = [(f"  {status_name(name)}", n) for name, n in own.statuses.items()]
        if seconds.get(person.name):
            rows.append(("  " + _("Time at the reports"), duration(seconds[person.name])))
        table(rows)
    _show_scores(store)


def _show_scores(store: Store) -> None:
    """How the sources of suggestions did, where people decided about any."""
    scores = source_scores(store)
    if scores:
        click.echo("\n" + _("Suggestions by source and label: precision, recall"))
        table([(f"  {score.source} {score.label}", _score_words(score)) for score in scores])


def _score_words(score: SourceScore) -> str:
    shares = ["–" if share is None else f"{share:.3f}" for share in (score.precision, score.recall)]
    counts = _("{n} accepted, {m} rejected", n=score.accepted, m=score.rejected)
    if score.unseen:
        counts = _("{counts}; {n} not looked at", counts=counts, n=score.unseen)
    return f"{'  '.join(shares)}  ({counts})"
