"""What is still open in a report."""

from __future__ import annotations

from annotator.domain.quantity import find_quantities
from annotator.domain.report import Furniture
from annotator.domain.schema import Attribute, AttributeType, Label, LabelSchema
from annotator.services import openness
from annotator.services.editing import Editor
from annotator.services.open_report import OpenReport
from annotator.services.openness import Range, counts, open_items, summary, untouched
from annotator.services.questions import Questions
from annotator.services.session import Session

from .conftest import TEXT, add_report  # noqa: TID252 - tests are no package


def numbers(report: OpenReport, session: Session) -> list[str]:
    return [q.text for q in untouched(report, session.schema, find_quantities(report.text))]


def test_numbers_stay_open_until_a_numeric_span_touches_them(
    session: Session, report: OpenReport, editor: Editor
) -> None:
    assert numbers(report, session) == ["8场", "120件", "1个"]
    start = TEXT.index("120件")
    editor.tag(report, start - 4, start + 4, "MEASURE")
    assert numbers(report, session) == ["8场", "120件", "1个"]
    editor.tag(report, start, start + 4, "INDICATOR")
    assert numbers(report, session) == ["8场", "1个"]


def test_furniture_has_no_numbers(session: Session, report: OpenReport) -> None:
    start = TEXT.index("8场")
    report.furniture = [Furniture("f", 0, 3), Furniture("f", start, start + 2), Furniture("f", start, start + 1)]
    assert numbers(report, session) == ["120件", "1个"]


def test_dates_and_list_numbers_are_no_figures(session: Session, editor: Editor) -> None:
    number = add_report(session, "1. 2021年3月，根据〔2017〕92号文件，24小时内办结8件。")
    assert numbers(session.open_report(number), session) == ["8件"]


def test_everything_open_in_text_order(session: Session, report: OpenReport, editor: Editor) -> None:
    start = TEXT.index("镇司法所")
    span = editor.tag(report, start, start + 4, "INSTITUTION").span
    assert span is not None
    editor.set_certain(report, [span.uid], False)
    questions = Questions(session)
    questions.ask(report, 0, 3, "地名？")
    questions.ask(report, 1, 3, "已决")
    settled = next(uid for uid, q in report.questions.items() if q.text == "已决")
    questions.decide(report, settled)
    items = open_items(report, session.schema, suggestions=[Range(start + 5, start + 7, "s")])
    assert [item.kind for item in items] == ["question", "uncertain", "suggestion", "number", "number", "number"]
    assert items[0].detail == "地名？"
    assert items[1].uid == span.uid
    assert [item.start for item in items] == sorted(item.start for item in items)
    assert counts(items) == {"suggestion": 1, "number": 3, "question": 1, "uncertain": 1}
    assert summary(items) and all(item.words() for item in items)
    assert summary([]) == ""


def test_required_attributes_that_nothing_fills(report: OpenReport, editor: Editor) -> None:
    start = TEXT.index("镇司法所")
    span = editor.tag(report, start, start + 4, "INSTITUTION").span
    assert span is not None
    level = Attribute("level", AttributeType.TEXT, required=True)
    kind = Attribute("kind", AttributeType.TEXT, required=True, default="x")
    schema = LabelSchema(labels=(Label("INSTITUTION", attributes=(level, kind)),))
    (item,) = open_items(report, schema, quantities=[])
    assert (item.kind, item.uid, item.detail) == (openness.ATTRIBUTE, span.uid, "level")
    report.spans.add(span._replace(attributes={"level": "镇"}))
    assert open_items(report, schema, quantities=[]) == []


def test_a_done_and_clean_report_has_nothing_open(session: Session, editor: Editor) -> None:
    report = session.open_report(add_report(session, "今年工作有序推进。"))
    assert open_items(report, session.schema) == []
