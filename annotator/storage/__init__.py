"""The project file: the only package with SQL."""

from annotator.storage.batches import Batches
from annotator.storage.check import Finding, verify
from annotator.storage.questions import QuestionRow
from annotator.storage.records import (
    BookmarkRow,
    FactFilter,
    Person,
    Place,
    Queue,
    ReportDetail,
    ReportFilter,
    ReportRow,
    RunningStep,
    SetRow,
    Step,
    Totals,
)
from annotator.storage.repeats import Containing
from annotator.storage.store import Store
from annotator.storage.text_versions import Leg, TextVersion
from annotator.storage.texts import Effect

__all__ = [
    "Batches",
    "BookmarkRow",
    "Containing",
    "Effect",
    "FactFilter",
    "Finding",
    "Leg",
    "Person",
    "Place",
    "QuestionRow",
    "Queue",
    "ReportDetail",
    "ReportFilter",
    "ReportRow",
    "RunningStep",
    "SetRow",
    "Step",
    "Store",
    "TextVersion",
    "Totals",
    "verify",
]
