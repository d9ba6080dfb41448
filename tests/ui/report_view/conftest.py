"""A report view with a report of our own in it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot

from annotator import locations
from annotator.domain.report import Furniture
from annotator.domain.schema import LabelSchema, schema_from_dict
from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex
from annotator.ui.report_view import ReportView

Show = Callable[..., ReportView]


@pytest.fixture(scope="session")
def schema() -> LabelSchema:
    return schema_from_dict(
        json.loads((locations.resources() / "schemas" / "default.json").read_text(encoding="utf-8"))
    )


@pytest.fixture
def show(qtbot: QtBot, schema: LabelSchema) -> Show:
    """Show a text with spans in a window that has the focus."""

    def make(
        text: str,
        spans: Sequence[Span] = (),
        furniture: Sequence[Furniture] = (),
        size: tuple[int, int] = (800, 600),
        **more: object,
    ) -> ReportView:
        view = ReportView()
        qtbot.addWidget(view)
        view.resize(*size)
        view.set_report(text, SpanIndex(text, spans), schema, furniture, **more)
        view.show()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        return view

    return make
