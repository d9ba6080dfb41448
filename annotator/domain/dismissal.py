"""Findings of checks that a person put aside with a note, as edits. Standard library only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from annotator.domain.changes import Change, Edit, Wording, excerpt
from annotator.messages import N_

#: What the names of lint's findings begin with; these are about one person's spans.
LINT = "lint."
#: So many characters on either side tell a place from others with the same words.
_AROUND = 12


class Dismissal(NamedTuple):
    """One finding put aside: its kind and the hash of its words; `person` a uid, `at` UTC, ISO 8601."""

    uid: str
    kind: str
    words: str
    note: str
    person: str
    at: str


def fingerprint(kind: str, text: str, places: Iterable[tuple[int, int]]) -> str:
    """A finding told by its kind, its words and what stands around them: edits elsewhere do not lose it."""
    parts = [kind]
    for start, end in places:
        parts += [text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]]
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:32]


def covering(dismissals: Iterable[Dismissal], kind: str, words: str, person: str) -> Dismissal | None:
    """What puts the finding with this fingerprint aside for a person; None where nothing does."""
    return next(
        (d for d in dismissals if d.words == words and (d.person == person or not kind.startswith(LINT))),
        None,
    )


def dismiss(report: int, dismissal: Dismissal, words: str) -> Edit:
    """Put a finding aside; `words` are those it speaks of."""
    wording = Wording(N_("Dismiss the finding at “{text}”"), {"text": excerpt(words)})
    return Edit("finding.dismiss", wording, (_made(report, dismissal),), report)


def restore(report: int, dismissal: Dismissal, words: str) -> Edit:
    """Bring a finding back that was put aside."""
    wording = Wording(N_("Bring back the finding at “{text}”"), {"text": excerpt(words)})
    return Edit("finding.restore", wording, (_made(report, dismissal).inverse(),), report)


def _made(report: int, dismissal: Dismissal) -> Change:
    row = dismissal._asdict()
    uid = row.pop("uid")
    return Change("dismissal", report, uid, None, row)
