"""`annotator undo PROJECT`: takes back your last step, or the one named."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.history_command import steps
from annotator.cli.shared import project_argument, writing
from annotator.domain.errors import InputError
from annotator.messages import N_, _
from annotator.services.wording import step_words
from annotator.storage import Person, Store

_CUT_OFF = N_(
    "“{step}” was cut off; nothing was taken back. To take back what it did use --step {id}; to keep it open the project."
)


def command() -> click.Command:
    """The command, its texts in the language of the moment."""
    return click.Command(
        "undo",
        callback=_undo,
        help=_("Take back your last step, or the step named; annotator history lists them."),
        params=[
            project_argument(),
            click.Option(["--step", "step_id"], metavar="ID", help=_("The step, or the first characters of its id.")),
        ],
    )


def _undo(project: Path, step_id: str | None) -> None:
    with writing(project) as (store, me):
        if step_id is None:
            _refuse_cut_off(store, me)
            done = store.undo(me.uid)
            if done is None:
                raise InputError(N_("There is no step of yours to take back."))
        else:
            done = store.undo_step(_step(store, step_id), me.uid)
        click.echo(_("Undo: {step}", step=step_words(done[0].wording, store.schema)))


def _refuse_cut_off(store: Store, me: Person) -> None:
    """Raise where the last step of this person was cut off: what came before it is not what they mean."""
    last = store.history.next_undo(me.uid)
    for step in store.history.running():
        if step.person == me.uid and (last is None or step.id > last.id):
            raise InputError(_CUT_OFF, step=step_words(step.wording, store.schema), id=step.uid[:8])


def _step(store: Store, given: str) -> str:
    """The id of the one step that begins so."""
    found = [step.uid for step in steps(store) if step.uid.startswith(given.lower())]
    if len(found) != 1:
        message = N_("There is no step {id} in the history.") if not found else N_("Several steps begin with {id}.")
        raise InputError(message, id=given)
    return found[0]
