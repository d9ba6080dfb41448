"""What a screen reader is told about the report view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.messages import _

if TYPE_CHECKING:
    from annotator.ui.report_view.view import ReportView


def install() -> None:
    """Nothing yet."""


def name_view(view: ReportView) -> None:
    """Name the view in the interface's language."""
    view.setAccessibleName(_("Report text"))


def text_replaced(view: ReportView) -> None:
    """Another text."""


def caret_moved(view: ReportView, old_range: tuple[int, int]) -> None:
    """Caret moved."""
