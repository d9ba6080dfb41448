"""How each source did with each label, by what people decided about its suggestions so far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from annotator.domain.schema import LabelSchema
from annotator.messages import _
from annotator.services.project_suggestions import SourceScore
from annotator.services.wording import label_title
from annotator.ui.suggesting.wording import source_title
from annotator.ui.widgets import half_bold

_WIDTH = 560


class ScoresDialog(QDialog):
    """A table: source, label, accepted, rejected, precision, recall, not looked at."""

    def __init__(self, scores: Sequence[SourceScore], schema: LabelSchema, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("How the sources did"))
        self.cells = [_row(score, schema) for score in scores]
        layout = QVBoxLayout(self)
        about = QLabel(
            _(
                "Precision is the share of decided suggestions that were accepted, with other edges too; recall the"
                " share of the label's spans, in reports with decisions, that came from its suggestions. A span that"
                " was deleted or relabelled since counts as rejected; one that nobody has looked at, and one that is"
                " uncertain, does not count."
            )
        )
        about.setWordWrap(True)
        layout.addWidget(about)
        layout.addLayout(self._table())
        if not scores:
            layout.addWidget(QLabel(_("Nobody has decided about a suggestion yet.")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)
        self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        head = (_("Source"), _("Label"), _("Accepted"), _("Rejected"), _("Precision"), _("Recall"), _("Not looked at"))
        for row, cells in enumerate((head, *self.cells)):
            for column, words in enumerate(cells):
                label = QLabel(words)
                if row == 0:
                    label.setFont(half_bold(label.font()))
                if column > 1:
                    label.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(label, row, column)
        return grid


def _row(score: SourceScore, schema: LabelSchema) -> tuple[str, ...]:
    return (
        source_title(score.source),
        label_title(schema, score.label),
        str(score.accepted),
        str(score.rejected),
        "–" if score.precision is None else f"{score.precision:.1%}",
        "–" if score.recall is None else f"{score.recall:.1%}",
        str(score.unseen) if score.unseen else "",
    )
