"""What the tests of storage build projects from, and how they compare two states of one."""

from __future__ import annotations

import itertools

from annotator.domain.changes import Edit, SetRef, add_spans
from annotator.domain.report import AnnotationSet, Report
from annotator.domain.span import Span, new_uid
from annotator.storage import Person, Step, Store

TEXT = "全区梳理服务事项21个，区司法局办结案件36件。\n镇政务服务中心新增窗口4个。"

_numbers = itertools.count(1)


def span(start: int, end: int, label: str = "MEASURE", **more: object) -> Span:
    return Span(new_uid(), start, end, label)._replace(**more)


def make_report(*spans: Span, annotator: str = "", text: str | None = None, **more: object) -> Report:
    text = f"第{next(_numbers)}号报告\n{TEXT}" if text is None else text
    sets = [AnnotationSet(annotator, spans=list(spans))] if spans else []
    return Report(new_uid(), text, sets=sets, **more)


def set_ref(store: Store, report: int, person: Person) -> SetRef:
    row = store.sets.of_person(report, person.uid)
    return SetRef(new_uid(), person.uid, None) if row is None else SetRef(row.uid, person.uid, row.status)


def tag_edit(store: Store, report: int, person: Person, *spans: Span) -> Edit:
    return add_spans(report, set_ref(store, report, person), spans, store.reports.text(report))


def tag(store: Store, report: int, person: Person, *spans: Span) -> Step:
    return store.apply(tag_edit(store, report, person, *spans), person.uid)


def spans_of(store: Store, report: int, person: Person) -> list[Span]:
    made = store.sets.load(report, person.uid)
    return [] if made is None else made.spans


def dump(store: Store, *, history: bool = False) -> dict[str, list[tuple[object, ...]]]:
    """All that the project holds but its history, with row ids replaced by what they stand for."""
    conn = store.connection
    queries = {
        "person": "SELECT uid, name FROM person",
        "label": "SELECT uid, name, position, key, definition FROM label",
        "relation_type": "SELECT uid, name, position, definition FROM relation_type",
        "report": "SELECT r.*, d.* FROM report r JOIN report_detail d ON d.report_id = r.id",
        "text": "SELECT * FROM report_text",
        "furniture": "SELECT * FROM furniture",
        "set": """SELECT a.uid, a.report_id, p.uid, a.status, a.note, a.gold, a.extra, a.step_id,
                  a.replaced_by, a.removed FROM annotation_set a JOIN person p ON p.id = a.person_id""",
        "span": """SELECT s.report_id, s.uid, a.uid, s.label_id, s.text_version, s.start, s."end", s.attributes, s.origin,
                   s.score, s.note, s.certain, s.foreign_id, s.extra FROM span s JOIN annotation_set a ON a.id = s.set_id""",
        "relation": """SELECT r.report_id, r.uid, a.uid, r.type_id, r.head, r.child, r.note, r.foreign_id, r.extra
                       FROM relation r JOIN annotation_set a ON a.id = r.set_id""",
        "suggestion": "SELECT * FROM suggestion",
        "question": "SELECT * FROM question",
        "bookmark": "SELECT * FROM bookmark",
        "dismissal": "SELECT * FROM dismissal",
        "set_count": "SELECT a.uid, c.label_id, c.n FROM set_count c JOIN annotation_set a ON a.id = c.set_id",
        "total": "SELECT * FROM total",
    }
    if history:
        queries["step"] = "SELECT * FROM step"
        queries["change"] = "SELECT * FROM change"
    return {name: sorted(conn.execute(sql).fetchall(), key=repr) for name, sql in queries.items()}
