"""Suggestions in a project: what each report is asked about with, what was answered, and how sources did.

Knows the project's lexicon and what learned sources hold; asks nobody itself: the window asks the process that suggests
with `ask_for`, the command line calls `suggesting.proposals`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.report import Report
from annotator.domain.suggestion import Proposal, SuggestionState
from annotator.services.lexicon import Lexicon, taught_labels
from annotator.services.suggesting import Ask
from annotator.suggest.registry import SOURCES

if TYPE_CHECKING:
    from annotator.services.open_report import OpenReport
    from annotator.services.session import Announcement, Session

#: The metadata field that names a part of a project.
PART = "part"
#: Grows when the rules of a source change, so that proposals kept are made anew.
RULES_VERSION = 1


class SourceScore(NamedTuple):
    """How a source did with one label, by what people decided; `precision` is None before anybody decided."""

    source: str
    label: str
    accepted: int
    rejected: int

    @property
    def precision(self) -> float | None:
        """The share of its decided suggestions that were accepted."""
        decided = self.accepted + self.rejected
        return self.accepted / decided if decided else None


class ProjectSuggestions:
    """Suggestions of a session's project; used from the session's thread."""

    def __init__(self, session: Session, sources: Sequence[str] = (), model: str = "") -> None:
        self._session = session
        self._sources = tuple(sources) or tuple(source.name for source in SOURCES)
        self._model = model
        self.lexicon = Lexicon()
        self._blind: set[tuple[str, str]] | None = None

    # ---- asking -----------------------------------------------------------------------------------

    def ask_for(self, report: OpenReport) -> Ask:
        """What the report is asked about with."""
        furniture = [(item.start, item.end) for item in report.furniture]
        row, schema = report.row, self._session.schema
        return Ask.of(
            report.text,
            schema,
            furniture=furniture,
            year=row.year,
            place=row.place,
            sources=self._sources,
            taught=self.taught(),
        )

    def taught(self) -> dict[str, Any]:
        """What the sources that learn know of this project, by their names."""
        known: dict[str, Any] = {"lexicon": self.lexicon.entries()}
        learned = self._session.store.suggestions.learned("learned") if "learned" in self._sources else None
        if learned is not None:
            known["learned"] = {"made": learned.made, "notes": learned.notes, "data": learned.data}
        if self._model and "model" in self._sources:
            known["model"] = self._model
        return known

    def fingerprint(self, report: OpenReport) -> str:
        """What proposals for the report rest on: another one means that they must be made anew."""
        learned = self._session.store.suggestions.learned("learned") if "learned" in self._sources else None
        rests_on = [
            RULES_VERSION,
            sorted(self._sources),
            self._model,
            learned.made if learned else "",
            self.lexicon.entries() if "lexicon" in self._sources else [],
            sorted((item.start, item.end) for item in report.furniture),
            report.row.year,
            [label.name for label in self._session.schema.labels],
        ]
        return hashlib.sha256(json.dumps(rests_on).encode()).hexdigest()

    # ---- what was answered ------------------------------------------------------------------------

    def kept(self, report: OpenReport) -> list[Proposal] | None:
        """The proposals kept for a report, where they still hold."""
        kept = self._session.store.suggestions.kept(report.id)
        if kept is None or (kept.text_version, kept.made_with) != (report.text_version, self.fingerprint(report)):
            return None
        return kept.proposals

    def keep(self, report: OpenReport, proposals: Sequence[Proposal]) -> None:
        """Keep proposals for a report; no step. A read-only project keeps none."""
        if not self._session.read_only:
            self._session.store.suggestions.keep(
                report.id, report.text_version, self.fingerprint(report), proposals, doubt(proposals)
            )

    # ---- blind ------------------------------------------------------------------------------------

    def is_blind(self, report: OpenReport) -> bool:
        """Whether suggestions are off for this report, this person or the part of the project it belongs to."""
        part = str(report.detail.meta.get(PART, ""))
        return self._is_blind(report.row.uid, part, self._session.person.uid)

    def is_blind_report(self, report: Report) -> bool:
        """The same of a report as formats know it: nothing is learned from it."""
        return self._is_blind(report.uid, str(report.meta.get(PART, "")), self._session.person.uid)

    def set_blind(self, what: str, uid: str, on: bool) -> None:
        """Switch suggestions off or back on for a "report", a "person" (by uid) or a "part" (by name)."""
        self._session.store.suggestions.set_blind(what, uid, on)
        self._blind = None

    def _is_blind(self, report: str, part: str, person: str) -> bool:
        if self._blind is None:
            self._blind = self._session.store.suggestions.blind()
        return not self._blind.isdisjoint({("report", report), ("part", part), ("person", person)})

    # ---- learning as people work --------------------------------------------------------------------

    def update(self, announcement: Announcement, report: OpenReport) -> bool:
        """Follow what a person did in the open report; True where known strings changed."""
        if self.is_blind(report):
            return False
        ours = [change for change in announcement.changes if change.report == report.id]
        return self.lexicon.follow(ours, report.text, taught_labels(self._session.schema))

    def scores(self) -> list[SourceScore]:
        """How each source did with each label."""
        return [
            SourceScore(source, label, counts[SuggestionState.ACCEPTED], counts[SuggestionState.REJECTED])
            for (source, label), counts in sorted(self._session.store.suggestions.outcomes().items())
        ]


def doubt(proposals: Sequence[Proposal]) -> float:
    """How unsure proposals are together: the mean share of wrong decisions to expect, from 0 to 0.5."""
    if not proposals:
        return 0.0
    return sum(min(p.score, 1 - p.score) for p in proposals) / len(proposals)
