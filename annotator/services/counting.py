"""How many reports, characters, spans and sets there are among those that a filter shows: counted, not kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.report import Status
from annotator.storage import ReportFilter, Store

_SLICE = 2_000


@dataclass(slots=True)
class Figures:
    """The sets of everybody; every label and status is named, also with 0."""

    reports: int = 0
    characters: int = 0
    spans: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        counts = {"reports": self.reports, "characters": self.characters, "spans": self.spans}
        return {**counts, "labels": dict(self.labels), "statuses": dict(self.statuses)}


def figures(store: Store, filter: ReportFilter | None) -> Figures:
    """The figures of the reports that `filter` shows."""
    found = Figures()
    found.labels.update({label.name: 0 for label in store.schema.labels})
    found.statuses.update({status.value: 0 for status in Status})
    after = 0
    while ids := store.reports.ids(filter, after, _SLICE):
        after = ids[-1]
        for row in store.reports.rows(ids, ""):
            found.reports += 1
            found.characters += row.characters
            for made in store.sets.of_report(row.id):
                found.spans += made.spans
                found.labels.update(made.counts)
                found.statuses[made.status] += 1
    return found
