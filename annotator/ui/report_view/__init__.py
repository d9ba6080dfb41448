"""The report view: the text of a report with its spans, laid out as far as it shows."""

from annotator.ui.report_view.view import ReportView

__all__ = ["ReportView"]
