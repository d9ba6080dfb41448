"""The spans of the open report as a Qt model: rows come and go by position, nothing is built per row."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.changes import Change
from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span, reading_order
from annotator.messages import _, language
from annotator.services.open_report import OpenReport
from annotator.ui.entity_panel.said import said_about
from annotator.ui.entity_panel.values import details, understood

SPAN_ROLE = Qt.ItemDataRole.UserRole + 1
DEPTH_ROLE = Qt.ItemDataRole.UserRole + 2
VALUE_ROLE = Qt.ItemDataRole.UserRole + 3

Index = QModelIndex | QPersistentModelIndex
#: Deeper than this nothing is indented further.
DEEPEST = 3


class SpanListModel(QAbstractListModel):
    """The spans in reading order, or those of them that the filter lets through."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._report: OpenReport | None = None
        self._schema = LabelSchema()
        self._words = ""
        self._said: dict[str, list[str]] = {}
        self._hidden: frozenset[str] = frozenset()
        self._spans: list[Span] = []  # in reading order, as they are listed
        self._by_uid: dict[str, Span] = {}

    def show(self, report: OpenReport | None, schema: LabelSchema) -> None:
        """List the spans of `report`."""
        self.beginResetModel()
        self._report, self._schema = report, schema
        self._said = said_about(report, schema) if report and self._words else {}
        self._spans = [span for span in (report.spans if report else ()) if self._passes(span)]
        self._by_uid = {span.uid: span for span in self._spans}
        self.endResetModel()

    def set_filter(self, words: str) -> None:
        """List only spans in whose text, attributes, note or label every word occurs."""
        self._words = words.casefold().strip()
        self.show(self._report, self._schema)

    def set_hidden(self, labels: frozenset[str]) -> None:
        """List no spans of these labels."""
        self._hidden = labels
        self.show(self._report, self._schema)

    def apply(self, changes: list[Change]) -> None:
        """Follow committed changes: each is one row that goes, comes or looks different."""
        if len(changes) > 200:
            self.show(self._report, self._schema)
            return
        for change in changes:
            self._replace(change.uid)

    def _replace(self, uid: str) -> None:
        new = self._report.spans.get(uid) if self._report else None
        if new is not None and not self._passes(new):
            new = None
        shown = self._by_uid.get(uid)
        old = None if shown is None else self._place(shown)
        if old is not None and new is not None and self._spans[old].range == new.range:
            self._spans[old] = self._by_uid[uid] = new
            self.dataChanged.emit(self.index(old), self.index(old))
            return
        if old is not None:
            self.beginRemoveRows(QModelIndex(), old, old)
            del self._spans[old], self._by_uid[uid]
            self.endRemoveRows()
        if new is not None:
            position = self._place(new)
            self.beginInsertRows(QModelIndex(), position, position)
            self._spans.insert(position, new)
            self._by_uid[uid] = new
            self.endInsertRows()

    def _place(self, span: Span) -> int:
        return bisect_left(self._spans, reading_order(span), key=reading_order)

    def _passes(self, span: Span) -> bool:
        if span.label in self._hidden:
            return False
        if not self._words or self._report is None:
            return True
        label = self._schema.label(span.label)
        hay = [
            self._report.text[span.start : span.end],
            span.note,
            span.label,
            label.title.text(language()) if label else "",
        ]
        hay += [str(v.get("text", "") if isinstance(v, dict) else v) for v in span.attributes.values()]
        hay.append(understood(span, self._schema))
        hay += self._said.get(span.uid, ())
        hay += [_("Uncertain")] if not span.certain else []
        everything = "\n".join(hay).casefold()
        return all(word in everything for word in self._words.split())

    # ---- rows -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._spans)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._report is None:
            return None
        span = self._spans[index.row()]
        if role == SPAN_ROLE:
            return span
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(
                self._report.text[span.start : span.start + 60 if span.end > span.start + 60 else span.end].split()
            )
        if role == DEPTH_ROLE:
            return self.depth(span)
        if role == VALUE_ROLE:
            return understood(span, self._schema)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(span)
        return None

    def _spoken(self, span: Span) -> str:
        label = self._schema.label(span.label)
        title = label.title.text(language()) if label else span.label
        text = " ".join(self._report.text[span.start : span.end].split()) if self._report else ""
        lines = [f"{title}: {text}", details(span, self._schema), span.note]
        if not span.certain:
            lines.append(_("Uncertain"))
        if span.proposed:
            lines.append(_("Filled in from the text; not looked at yet"))
        return "\n".join(line for line in lines if line)

    def depth(self, span: Span) -> int:
        """How many spans hold this one; of two with one range the later stands inside."""
        if self._report is None:
            return 0
        around = self._report.spans.at(span.start)
        key = reading_order(span)
        return min(DEEPEST, sum(s.end >= span.end and reading_order(s) < key for s in around))

    def span_at(self, position: int) -> Span:
        """The span of a row."""
        return self._spans[position]

    def position(self, span: Span) -> int | None:
        """The row of a span; None where the filter hides it."""
        position = self._place(span)
        there = position < len(self._spans) and self._spans[position].uid == span.uid
        return position if there else None
