"""A report as one line of JSON Lines, format 1, and the comparison that proves it.

Lines are put together from pieces rather than from dictionaries: that takes half the time, and
every line is read back with the reader and compared before an export counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring as _quote
from typing import Any

from annotator.domain.report import AnnotationSet, Report
from annotator.domain.span import HAND, Span
from annotator.formats import jsonl_questions
from annotator.formats.jsonl_ids import given_id

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def line_from_report(report: Report) -> str:
    """The line, without its line end. Raises ValueError where a value is no JSON (NaN)."""
    parts = [
        '{"format": 1, "id": ',
        _encode(given_id(report)),
        ', "text": ',
        _quote(report.text),
        ', "meta": ',
        _encode(report.meta),
        f', "encoding": {_quote(report.encoding)}' if report.encoding else "",
        f', "file": {_quote(report.file_name)}' if report.file_name else "",
        ', "furniture": ',
        _encode([[f.start, f.end, f.rule] if f.rule else [f.start, f.end] for f in report.furniture]),
        ', "sets": ',
        _encode([_set(s) for s in report.sets]),
        ', "spans": [',
        ", ".join(piece for s in report.sets for piece in _spans(s, report.text)),
        '], "relations": [',
        ", ".join(_encode(row) for s in report.sets for row in _relations(s)),
        "]",
        f', "questions": {_encode(jsonl_questions.rows(report))}' if report.questions else "",
        _more(report.extra),
        "}",
    ]
    return "".join(parts)


def _more(extra: dict[str, Any]) -> str:
    return f", {_encode(extra)[1:-1]}" if extra else ""


def _set(s: AnnotationSet) -> dict[str, Any]:
    row: dict[str, Any] = {"annotator": s.annotator, "status": str(s.status)}
    if s.note:
        row["note"] = s.note
    if s.gold:
        row["gold"] = True
    return {**row, **s.extra}


def _spans(s: AnnotationSet, text: str) -> Iterator[str]:
    tail = f'}}, "annotator": {_quote(s.annotator)}'
    for uid, start, end, label, attributes, origin, score, note, certain, _version, foreign, extra, proposed in s.spans:
        yield (
            f'{{"id": {_quote(uid) if foreign is None else _encode(foreign)}, "start": {start}, "end": {end}, '
            f'"label": {_quote(label)}, "text": {_quote(text[start:end])}, '
            f'"attributes": {{{_pairs(attributes) if attributes else ""}{tail}, "origin": {_quote(origin)}'
            f"{_rest(score, note, certain, extra, proposed)}}}"
        )


def _pairs(attributes: dict[str, Any]) -> str:
    return ", ".join([f"{_quote(k)}: {_quote(v) if type(v) is str else _encode(v)}" for k, v in attributes.items()])


def _rest(score: float | None, note: str, certain: bool, extra: dict[str, Any], proposed: tuple[str, ...]) -> str:
    """What most spans do not have."""
    if score is None and certain and not note and not extra and not proposed:
        return ""
    parts = [] if score is None else [f', "score": {_encode(score)}']
    if note:
        parts.append(f', "note": {_quote(note)}')
    if not certain:
        parts.append(', "certain": false')
    if proposed:
        parts.append(f', "proposed": {_encode(list(proposed))}')
    return "".join(parts) + _more(extra)


def _relations(s: AnnotationSet) -> Iterator[dict[str, Any]]:
    """Relations name the spans by the ids that stand in the file."""
    ids = {span.uid: given_id(span) for span in s.spans}
    for r in s.relations:
        row: dict[str, Any] = {
            "id": given_id(r),
            "head": ids[r.head],
            "child": ids[r.child],
            "label": r.label,
            "annotator": s.annotator,
        }
        if r.note:
            row["note"] = r.note
        yield {**row, **r.extra}


# ---- comparison ---------------------------------------------------------------------------------


def same(written: Report, read: Report) -> bool:
    """Whether `read` is what `written` was, apart from what the format does not carry.

    It carries no text versions, no ids of furniture and sets, and of an object with a foreign id only
    that one: ids count as they stand in the file.
    """
    return (
        (written.text, written.meta, written.encoding, written.file_name, written.extra)
        == (read.text, read.meta, read.encoding, read.file_name, read.extra)
        and given_id(written) == given_id(read)
        and [(f.start, f.end, f.rule) for f in written.furniture] == [(f.start, f.end, f.rule) for f in read.furniture]
        and len(written.sets) == len(read.sets)
        and all(map(_same_set, written.sets, read.sets))
        and (not written.questions and not read.questions or jsonl_questions.same(written, read))
    )


def _same_set(a: AnnotationSet, b: AnnotationSet) -> bool:
    return (
        (a.annotator, str(a.status), a.note, a.gold, a.extra) == (b.annotator, b.status, b.note, b.gold, b.extra)
        and (a.spans == b.spans or _comparable(a.spans) == _comparable(b.spans))
        and (a.relations == b.relations or _comparable_links(a) == _comparable_links(b))
    )


def _comparable(spans: Iterable[Span]) -> list[Span]:
    return [s._replace(uid="", foreign_id=given_id(s), text_version=1, origin=s.origin or HAND) for s in spans]


def _comparable_links(s: AnnotationSet) -> list[tuple[Any, ...]]:
    """Relations with their ends by place in the set, which foreign ids do not change."""
    places = {span.uid: place for place, span in enumerate(s.spans)}
    return [
        (r._replace(uid="", foreign_id=given_id(r), head="", child=""), places[r.head], places[r.child])
        for r in s.relations
    ]
