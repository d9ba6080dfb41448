"""Every check of a report's numbers against each other, in one list. A new one is a file, a line here and a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from annotator.messages import N_
from annotator.quality import limits, listed, movements, rates, repeated, sums, years
from annotator.quality.model import Finding, Statement


class Check(NamedTuple):
    """One check: the kind its findings bear, its words, what finds."""

    kind: str
    title: str
    find: Callable[[Statement], Iterable[Finding]]


CHECKS: Final = (
    Check(rates.KIND, N_("Part and whole against the stated rate"), rates.check),
    Check(sums.KIND, N_("Items against the stated total"), sums.check),
    Check(movements.KIND, N_("Before and after against the stated change"), movements.check),
    Check(listed.KIND, N_("Listed names against their number"), listed.check),
    Check(repeated.KIND, N_("The same indicator with different values"), repeated.check),
    Check(limits.KIND, N_("Shares over 100 %"), limits.check),
    Check(years.KIND, N_("Years against the report's year"), years.check),
)


def findings(statement: Statement) -> list[Finding]:
    """What all checks find in a report, in text order."""
    found = [finding for check in CHECKS for finding in check.find(statement)]
    return sorted(found, key=lambda finding: (finding.spans[0], finding.kind))
