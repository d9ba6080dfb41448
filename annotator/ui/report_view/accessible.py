"""Lets screen readers find the report view. What they are told is in `accessible_text`, loaded when the first one asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from annotator.messages import _

if TYPE_CHECKING:
    from annotator.ui.report_view.accessible_text import Mirror, ReportInterface
    from annotator.ui.report_view.view import ReportView

_installed = False


def install() -> None:
    """Let Qt find the interface of report views; once for the whole program."""
    global _installed
    if not _installed:
        QAccessible.installFactory(_interface_for)
        _installed = True


def _interface_for(_class_name: str, widget: QObject) -> ReportInterface | None:
    if not hasattr(widget, "accessible_mirror"):
        return None
    from annotator.ui.report_view.accessible_text import ReportInterface

    return ReportInterface(widget)


def mirror(view: ReportView) -> Mirror:
    """A hidden text that readers read in the place of the view's."""
    from annotator.ui.report_view.accessible_text import Mirror

    return Mirror(view)


def name_view(view: ReportView) -> None:
    """Name the view in the interface's language."""
    view.setAccessibleName(_("Report text"))
