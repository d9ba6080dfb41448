"""What an export left behind, span by span. Does not block the window; the loss file holds the same."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from annotator.messages import _
from annotator.services.exporting import ExportResult
from annotator.services.status_names import status_name

#: More spans than this are in the loss file only.
SHOWN = 2_000


class ExportResultDialog(QDialog):
    """The loss report in words."""

    def __init__(self, result: ExportResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Result of the export"))
        words = QLabel(export_words(result) + "\n" + _("All of it is in {file}.", file=str(result.loss)))
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("What"), _("Count")])
        self.tree.setAccessibleName(_("Result of the export"))
        self._fill(result)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (words, self.tree, buttons):
            layout.addWidget(widget)
        self.resize(760, 420)

    def _fill(self, result: ExportResult) -> None:
        losses = result.losses
        counted = (
            (_("In the file, but not in doc.ents"), losses.not_in_ents),
            (_("Sets left out by their status"), {_status(k): n for k, n in losses.statuses.items()}),
            (_("Sets of other annotators"), losses.annotators),
            (_("Spans of other labels"), losses.labels),
        )
        for title, counts in counted:
            if counts:
                self._group(title, sum(counts.values()), [(name, str(n)) for name, n in counts.items()])
        listed = ((_("Not in the file at all"), losses.lost), (_("Shorter than in the report"), losses.shortened))
        for title, spans in listed:
            if spans:
                rows = [
                    (f"{s.label} “{s.text}” [{s.start}, {s.end}) {s.title} — {_(s.reason)}", "") for s in spans[:SHOWN]
                ]
                self._group(title, len(spans), rows)
        if losses.relations:
            self._group(_("Relations that lost an end"), losses.relations, [])
        if losses.empty:
            self._group(_("Reports without a body"), len(losses.empty), [(str(title), "") for title in losses.empty])
        self.tree.resizeColumnToContents(0)

    def _group(self, title: str, count: int, rows: list[tuple[str, str]]) -> None:
        top = QTreeWidgetItem(self.tree, [title, str(count)])
        for row in rows:
            QTreeWidgetItem(top, list(row))
        top.setExpanded(len(rows) <= 50)


def _status(name: str) -> str:
    return _("no annotation set") if name == "none" else status_name(name)


def export_words(result: ExportResult) -> str:
    """One sentence on what an export came to."""
    words = _(
        "{n} reports with {spans} spans exported to {file}, read back and found equal.",
        n=result.reports,
        spans=result.spans,
        file=str(result.out),
    )
    if result.losses.lost:
        words += " " + _("{n} spans are not in the file.", n=len(result.losses.lost))
    without = result.losses.statuses.get("none", 0)
    left = sum(result.losses.statuses.values()) - without
    if left:
        words += " " + _("{n} sets were left out by their status.", n=left)
    if without:
        words += " " + _("{n} reports have no annotation set.", n=without)
    return words


def has_losses(result: ExportResult) -> bool:
    """Whether anything was left behind that a person should look at."""
    losses = result.losses
    return bool(losses.lost or losses.shortened or losses.statuses or losses.empty or losses.relations)
