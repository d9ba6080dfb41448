"""A finding in words: its verdict with a sign, what kind it is, what is stated and what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.changes import Wording
from annotator.domain.dismissal import LINT
from annotator.domain.schema import LabelSchema
from annotator.messages import N_, _
from annotator.services.findings import AGREES, DISAGREES, ROUNDING, Found
from annotator.services.wording import label_title, step_words

if TYPE_CHECKING:
    from annotator.services.project_checks import Checked

JUMP = "jump"
SIGNS = {AGREES: "✓", ROUNDING: "≈", DISAGREES: "≠"}
LINT_SIGN, JUMP_SIGN = "!", "↕"
_VERDICTS = {AGREES: N_("Agrees"), ROUNDING: N_("Cut off"), DISAGREES: N_("Disagrees")}
#: What is checked, in the order in which it is listed.
KINDS = {
    "rate": N_("Part and whole"),
    "sum": N_("Items and total"),
    "change": N_("Before and after"),
    "list": N_("Listed names"),
    "repeated": N_("Same indicator"),
    "over100": N_("Over 100 %"),
    "year": N_("Year"),
    JUMP: N_("Jump over years"),
    "lint.no_numeral": N_("No number"),
    "lint.untagged_quantity": N_("Untagged number"),
    "lint.two_labels": N_("Two labels"),
    "lint.overlap": N_("Overlap"),
    "lint.edges": N_("Edges"),
    "lint.uneven": N_("Uneven edges"),
    "lint.size": N_("Length"),
}


def sign(found: Found | Checked) -> str:
    """The sign of a finding: shape, not colour alone."""
    if found.kind == JUMP:
        return JUMP_SIGN
    return LINT_SIGN if found.is_lint else SIGNS.get(found.verdict, "?")


def verdict(found: Found | Checked) -> str:
    """What came out, in a word."""
    if found.kind == JUMP:
        return _("Worth a look")
    return _("Span") if found.is_lint else _(_VERDICTS.get(found.verdict, found.verdict))


def kind(found: Found | Checked) -> str:
    """What was checked."""
    return kind_title(found.kind)


def kind_title(kind: str) -> str:
    """What a kind of findings is called."""
    return _(KINDS[kind]) if kind in KINDS else kind.removeprefix(LINT)


def numbers(found: Found | Checked) -> str:
    """What the text states, and what was computed."""
    stated = " ".join(found.stated.split())
    if found.kind == JUMP:
        return f"{found.computed} → {stated}"
    if found.is_lint or not found.computed:
        return stated
    return _("stated {stated}, computed {computed}", stated=stated, computed=found.computed)


def working(found: Found | Checked, schema: LabelSchema) -> str:
    """How it was found, with labels by their titles."""
    wording = found.working
    if found.is_lint and "other" in wording.params:
        other = label_title(schema, str(wording.params["other"]))
        wording = Wording(wording.message, {**wording.params, "other": other})
    return step_words(wording, schema)


def whole(found: Found | Checked, note: str | None, schema: LabelSchema) -> str:
    """Everything that is known of a finding, for a tooltip and for screen readers."""
    lines = [f"{verdict(found)} · {kind(found)}: {numbers(found)}", working(found, schema)]
    if note is not None:
        lines.append(dismissed(note))
    return "\n".join(lines)


def dismissed(note: str) -> str:
    """That it was put aside, and why."""
    return _("Dismissed: {note}", note=note) if note else _("Dismissed")
