"""The rows that storage hands out, under names that windows and commands may import."""

from annotator.storage.questions import QuestionRow
from annotator.storage.records import BookmarkRow, FactFilter, Person, Place, ReportFilter, ReportRow, Step, Totals

__all__ = ["BookmarkRow", "FactFilter", "Person", "Place", "QuestionRow", "ReportFilter", "ReportRow", "Step", "Totals"]
