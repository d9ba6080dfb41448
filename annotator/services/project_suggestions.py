"""Suggestions in a project: what each report is asked about with, what was answered, and how sources did.

Knows the project's lexicon and what learned sources hold; asks nobody itself: the window asks the process that suggests
with `ask_for`, the command line calls `suggesting.proposals`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.packed_proposals import Packed, pack
from annotator.domain.report import Report
from annotator.domain.suggestion import Proposal, SuggestionState
from annotator.services import learning, suggesting
from annotator.services.jobs import Progress, silent
from annotator.services.lexicon import Lexicon, taught_labels
from annotator.services.suggesting import Ask
from annotator.suggest.model import CONFIG
from annotator.suggest.registry import SOURCES

if TYPE_CHECKING:
    from annotator.services.open_report import OpenReport
    from annotator.services.session import Announcement, Session
    from annotator.storage import Store

#: The metadata field that names a part of a project.
PART = "part"
#: Grows when the rules of a source change, so that proposals kept are made anew.
RULES_VERSION = 2


class SourceScore(NamedTuple):
    """How a source did with one label, by what people decided and what they did with the spans since.

    `made` are the label's spans in the reports in which something was decided, whoever proposed them. `unseen` were
    accepted with many others and nobody has looked at them: they speak neither for nor against, nor do uncertain spans.
    """

    source: str
    label: str
    accepted: int
    rejected: int
    made: int = 0
    unseen: int = 0

    @property
    def precision(self) -> float | None:
        """The share of its decided suggestions that were accepted; None before anybody decided."""
        decided = self.accepted + self.rejected
        return self.accepted / decided if decided else None

    @property
    def recall(self) -> float | None:
        """The share of the label's spans that came from its suggestions; None where there are none."""
        return min(1.0, self.accepted / self.made) if self.made else None

    def as_json(self) -> dict[str, Any]:
        """The score for programs."""
        shares = {"precision": self.precision, "recall": self.recall}
        return {
            **self._asdict(),
            **{name: None if share is None else round(share, 4) for name, share in shares.items()},
        }


def source_scores(store: Store) -> list[SourceScore]:
    """How each source did with each label in a project."""
    made, states = store.suggestions.made_where_decided(), SuggestionState
    return [
        SourceScore(
            source, label, counts[states.ACCEPTED], counts[states.REJECTED], made.get(label, 0), counts[states.OPEN]
        )
        for (source, label), counts in sorted(store.suggestions.outcomes().items())
    ]


class ProjectSuggestions:
    """Suggestions of a session's project; used from the session's thread."""

    def __init__(self, session: Session, sources: Sequence[str] = (), model: str = "") -> None:
        self._session = session
        self._name = session.person.name
        self._sources = tuple(sources) or tuple(source.name for source in SOURCES)
        self._model = model
        self.lexicon = Lexicon()
        #: Whether the strings of the whole project have been counted; before that nobody knows what is known.
        self.strings_known = False
        self._blind: set[tuple[str, str]] | None = None
        self._learned: tuple[str, bytes] = ("", b"")

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
            taught=self.taught(report.text),
        )

    def taught(self, text: str) -> dict[str, Any]:
        """What the sources that learn know of this project about a text, by their names."""
        known: dict[str, Any] = {}
        if "lexicon" in self._sources and (entries := self.lexicon.entries(text)):
            known["lexicon"] = entries
        if refused := self._refusals(text):
            known[suggesting.REFUSED] = refused
        if "learned" in self._sources and (data := self._models()):
            known["learned"] = data
        if self._model and "model" in self._sources:
            known["model"] = self._model
        return known

    def _refusals(self, text: str) -> list[tuple[str, str, int, int]]:
        return self.lexicon.refusals(text, taught_labels(self._session.schema))

    def _models(self) -> bytes:
        """What was learned; read again only where it was learned anew, and empty where the rules alone do as well."""
        about = self._session.store.suggestions.learned_about("learned")
        made = about.made if about is not None else ""
        if made != self._learned[0]:
            used = about is not None and any(found.get("used") for found in about.notes.get("judged", {}).values())
            learned = self._session.store.suggestions.learned("learned") if used else None
            self._learned = made, learned.data if learned is not None else b""
        return self._learned[1]

    def fingerprint(self, report: OpenReport) -> str:
        """What proposals for the report rest on: another one means that they must be made anew."""
        taught = "learned" in self._sources and bool(self._models())
        rests_on = [
            RULES_VERSION,
            sorted(self._sources),
            self._model_as_it_is() if "model" in self._sources else "",
            self._learned[0] if taught else "",
            self.lexicon.fingerprint(report.text) if "lexicon" in self._sources else "",
            self._refusals(report.text),
            sorted((item.start, item.end) for item in report.furniture),
            report.row.year,
            [label.name for label in self._session.schema.labels],
        ]
        return hashlib.sha256(json.dumps(rests_on).encode()).hexdigest()

    def _model_as_it_is(self) -> tuple[str, int]:
        """The model's folder and when it was written: one trained anew into the same folder is another model."""
        try:
            return self._model, Path(self._model, CONFIG).stat().st_mtime_ns if self._model else 0
        except OSError:  # gone, or out of reach: said where the model is asked
            return self._model, 0

    # ---- what was answered ------------------------------------------------------------------------

    def kept(self, report: OpenReport) -> list[Proposal] | None:
        """The proposals kept for a report, where they still hold."""
        packed = self.kept_packed(report)
        return None if packed is None else packed.read()

    def kept_packed(self, report: OpenReport) -> Packed | None:
        """The same, not read yet."""
        kept = self._session.store.suggestions.kept(report.id) if self.holds(report) else None
        return None if kept is None else kept.packed

    def holds(self, report: OpenReport) -> bool:
        """Whether proposals are kept for a report that still hold; they are not read."""
        made_with = self._session.store.suggestions.made_with(report.id)
        return made_with is not None and made_with == (report.text_version, self.fingerprint(report))

    def keep(self, report: OpenReport, proposals: Sequence[Proposal] | Packed) -> None:
        """Keep proposals for a report; no step. A read-only project keeps none."""
        if not self._session.read_only:
            packed = proposals if isinstance(proposals, Packed) else pack(proposals)
            self._session.store.suggestions.keep(report.id, report.text_version, self.fingerprint(report), packed)

    # ---- blind ------------------------------------------------------------------------------------

    def is_blind(self, report: OpenReport) -> bool:
        """Whether suggestions are off for this report, this person or the part of the project it belongs to."""
        part = str(report.detail.meta.get(PART, ""))
        return self._is_blind(report.row.uid, part, self._session.person.uid)

    @staticmethod
    def _part_is_blind(report: Report, blind: set[tuple[str, str]]) -> bool:
        return not blind.isdisjoint({("report", report.uid), ("part", str(report.meta.get(PART, "")))})

    def set_blind(self, what: str, uid: str, on: bool) -> None:
        """Switch suggestions off or back on for a "report", a "person" (by uid) or a "part" (by name).

        Models that learned from it are forgotten; strings are to be counted again (`collect`, `collected` anew).
        """
        self._session.store.suggestions.set_blind(what, uid, on)
        self._blind = None
        if on:
            learning.forget_blind(self._session.store)

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
        spans = {change.uid: span for change in ours if (span := report.spans.get(change.uid)) is not None}
        return self.lexicon.follow(ours, report.text, taught_labels(self._session.schema), spans)

    def collect(self, store: Store, progress: Progress = silent) -> Lexicon:
        """The strings of the whole project, counted through a store of the thread's own; hand them to `collected`."""
        found, blind = Lexicon(), store.suggestions.blind()
        people = {person.name for person in store.people.all() if ("person", person.uid) in blind}
        found.collect(
            store,
            lambda report: self._part_is_blind(report, blind),
            person=self._name,
            blind=people,
            progress=progress,
        )
        return found

    def collected(self, found: Lexicon, *, anew: bool = False) -> None:
        """Know what `collect` found, beside what was done meanwhile; `anew`: in place of all that was known.

        In the session's thread.
        """
        if anew:
            self.lexicon = Lexicon()
        self.lexicon.add(found)
        self.strings_known = True

    def know_strings_of(self, other: ProjectSuggestions) -> None:
        """Go on with the strings of another one of the same project: the sources were chosen anew."""
        self.lexicon, self.strings_known = other.lexicon, other.strings_known

    def learn(self, store: Store, ask: learning.Asking, progress: Progress = silent) -> learning.Outcome:
        """Learn from the finished reports, through a store of the thread's own; `ask(task, payload)` does the work."""
        return learning.learn(store, ask, progress)

    @property
    def learning_is_due(self) -> bool:
        """Whether enough has been finished since the project last learned; cheap, and False where nothing is learned."""
        return "learned" in self._sources and not self._session.read_only and learning.due(self._session.store)

    def scores(self) -> list[SourceScore]:
        """How each source did with each label."""
        return source_scores(self._session.store)
