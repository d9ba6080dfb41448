"""Keys for the selected spans: planned or done, for several at once."""

from __future__ import annotations

from collections.abc import Callable

from annotator.domain.report import Status
from annotator.domain.schema import LabelSchema
from annotator.domain.span import Span
from annotator.messages import _
from annotator.ui.controller import Controller

STATUS, PLANNED, DONE = "status", "planned", "done"


class SpanKeys:
    """What a key does to the selected spans."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller

    def commands(self) -> dict[str, Callable[[], None]]:
        """What is done here, by the action's id."""
        return {"span.planned": self.toggle_planned}

    def toggle_planned(self) -> None:
        """Make the selected spans planned; done again where all of them are. One step."""
        spans = [span for span in self._controller.selected_spans() if may_be_planned(self._controller.schema, span)]
        if not spans:
            self._controller.said.emit(_("This label knows neither planned nor done."))
            return
        report = self._controller.report
        if report is not None and report.status == Status.DONE:
            self._controller.said.emit(self._controller.done_words())
            return
        all_planned = all(span.attributes.get(STATUS) == PLANNED for span in spans)
        self._controller.set_attribute([span.uid for span in spans], STATUS, DONE if all_planned else PLANNED)


def may_be_planned(schema: LabelSchema, span: Span) -> bool:
    """Whether the label of a span tells what is planned from what is done."""
    label = schema.label(span.label)
    status = label.attribute(STATUS) if label else None
    return status is not None and {PLANNED, DONE} <= {choice.value for choice in status.choices}
