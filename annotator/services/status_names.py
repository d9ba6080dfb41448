"""What the statuses of annotation sets are called."""

from __future__ import annotations

from annotator.messages import N_, _

STATUS_NAMES = {
    "new": N_("not started"),
    "in_progress": N_("in progress"),
    "done": N_("done"),
    "flagged": N_("flagged"),
    "skipped": N_("skipped"),
}


def status_name(status: str) -> str:
    """What a status is called."""
    return _(STATUS_NAMES.get(status, status))
