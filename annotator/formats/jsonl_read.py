"""One line of JSON Lines, format 1, as a report.

A line is taken whole or refused whole, with one sentence that names the first thing wrong with it.
Spans come by the hundred thousand: `_spans` is one loop without calls for the usual span.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import repeat
from operator import lt
from typing import Any, NoReturn

from annotator.domain.changes import Wording
from annotator.domain.errors import InputError
from annotator.domain.question import Question
from annotator.domain.report import AnnotationSet, Furniture, Report, Status
from annotator.domain.span import HAND, Span, is_uuid, new_uid, new_uids
from annotator.formats import jsonl_questions, jsonl_relations
from annotator.formats.items import MAX_TEXT_BYTES
from annotator.formats.jsonl_ids import further, is_id, is_uid
from annotator.formats.strict_json import exact, has_unstorable, parse, storable
from annotator.messages import N_
from annotator.reading.normalise import Normalised, normalise

FORMAT = 1

_REPORT_KEYS = frozenset(
    {"format", "id", "text", "meta", "encoding", "file", "furniture", "sets", "spans", "relations", "questions"}
)
_SET_KEYS = frozenset({"annotator", "status", "note", "gold"})
_SPAN_KEYS = frozenset(
    {"id", "start", "end", "label", "text", "attributes", "annotator", "origin", "score", "note", "certain", "proposed"}
)
_USUAL_KEYS = _SPAN_KEYS - {"score", "note", "certain", "proposed"}
_STATUSES = frozenset(status.value for status in Status)
_NOTHING: dict[str, Any] = {}


def report_from_line(line: str) -> tuple[Report, tuple[Wording, ...]]:
    """The report that a line holds, and notes on what was changed in it. Raises InputError."""
    record = parse(line)
    if has_unstorable(line):
        record = {key: value if key == "text" else storable(value) for key, value in record.items()}
    notes: list[Wording] = []
    report = _Reader(record, notes).report()
    return report, tuple(notes)


class _Reader:
    """Reads one record; what it knows by then (text, sets, ids) is kept between the steps."""

    def __init__(self, record: dict[str, Any], notes: list[Wording]) -> None:
        self._record = record
        self._notes = notes
        self._raw = ""
        self._text = Normalised("")
        self._sets: dict[str, AnnotationSet] = {}
        self._uids: set[str] = set()
        self._foreign_ids: set[tuple[Any, str | int]] = set()

    def report(self) -> Report:
        record = self._record
        self._check_format()
        self._read_text()
        given = record.get("id")
        own = is_uuid(given)
        if given is not None and not is_id(given):
            raise InputError(N_("The report's id must be a string or a whole number."))
        self._read_sets()
        self._read_spans()
        lists = self._read_lists()
        jsonl_relations.read(self._list("relations"), self._sets)
        return Report(
            uid=str(given) if own else new_uid(),
            text=self._text.text,
            meta=self._object("meta"),
            furniture=list(self._furniture()),
            sets=list(self._sets.values()),
            foreign_id=None if own else given,
            extra=further(record, _REPORT_KEYS | lists),
            encoding=self._string("encoding"),
            file_name=self._string("file"),
            questions=self._questions(),
        )

    # ---- the report's own values ----------------------------------------------------------------

    def _check_format(self) -> None:
        number = self._record.get("format", FORMAT)
        if number is None or (number == FORMAT and not isinstance(number, bool)):
            return
        if isinstance(number, int) and number > FORMAT:
            raise InputError(
                N_("The line is in format {number}, made by a newer version of this program; this one reads format 1."),
                number=number,
            )
        raise InputError(N_("“format” must be 1, not {number}."), number=str(number)[:40])

    def _read_text(self) -> None:
        raw = self._record.get("text")
        if not isinstance(raw, str):
            raise InputError(N_("The line has no “text”."))
        if len(raw) * 4 > MAX_TEXT_BYTES and len(raw.encode("utf-8", "replace")) > MAX_TEXT_BYTES:
            raise InputError(N_("The text is longer than {n} MB; split it."), n=MAX_TEXT_BYTES // 1024**2)
        self._raw, self._text = raw, normalise(raw)
        if not self._text.text.strip():
            raise InputError(N_("The text is empty."))
        if self._text.replaced:
            words = N_("{n} characters that cannot be stored show as �.")
            self._notes.append(Wording(words, {"n": len(self._text.replaced)}))

    def _list(self, key: str) -> list[Any]:
        value = self._record.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise InputError(N_("“{key}” must be a list."), key=key)
        return value

    def _object(self, key: str) -> dict[str, Any]:
        value = self._record.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise InputError(N_("“{key}” must be an object."), key=key)
        return value

    def _string(self, key: str) -> str:
        value = self._record.get(key)
        if value is not None and not isinstance(value, str):
            raise InputError(N_("“{key}” must be a string."), key=key)
        return value or ""

    def _furniture(self) -> Iterator[Furniture]:
        for row in self._list("furniture"):
            match row:
                case [int(start), int(end)]:
                    rule = ""
                case [int(start), int(end), str(rule)]:
                    pass
                case _:
                    raise InputError(N_("“furniture” must hold lists of start, end and rule."))
            if isinstance(start, bool) or isinstance(end, bool) or not 0 <= start < end <= len(self._raw):
                raise InputError(
                    N_("Furniture from {start} to {end} lies outside the text of {length} characters."),
                    start=start,
                    end=end,
                    length=len(self._raw),
                )
            start, end = self._text.map_span(start, end)
            if start < end:
                yield Furniture(new_uid(), start, end, rule)

    def _questions(self) -> list[Question]:
        rows = self._list("questions")
        if not rows:
            return []
        spans = jsonl_questions.spans_by_id(self._sets.values())
        return jsonl_questions.read(rows, len(self._raw), self._text.map_span, spans, _now())

    # ---- annotation sets ------------------------------------------------------------------------

    def _read_sets(self) -> None:
        for row in self._list("sets"):
            if not isinstance(row, dict):
                raise InputError(N_("“sets” must hold objects."))
            name, status, note = row.get("annotator") or "", row.get("status") or Status.NEW.value, row.get("note")
            if not isinstance(name, str) or not isinstance(note, (str, type(None))):
                raise InputError(N_("A set's annotator and note must be strings."))
            if not isinstance(status, str) or status not in _STATUSES:
                raise InputError(
                    N_("“{status}” is no status; there are {statuses}."),
                    status=str(status)[:40],
                    statuses=", ".join(Status),
                )
            if name in self._sets:
                raise InputError(N_("The annotator “{name}” has two sets."), name=name)
            gold = row.get("gold") or False
            if not isinstance(gold, bool) or (gold and any(other.gold for other in self._sets.values())):
                raise InputError(N_("“gold” must be true or false, and true of one set only."))
            self._sets[name] = AnnotationSet(name, status, note or "", gold, extra=further(row, _SET_KEYS))

    def _set(self, annotator: object) -> AnnotationSet:
        """The set of an annotator; one that only spans speak of is in progress."""
        annotator = annotator or ""
        if not isinstance(annotator, str):
            raise InputError(N_("A span's or relation's annotator must be a string."))
        found = self._sets.get(annotator)
        if found is None:
            found = self._sets[annotator] = AnnotationSet(annotator, Status.IN_PROGRESS.value)
        return found

    # ---- spans ----------------------------------------------------------------------------------

    def _read_spans(self) -> None:
        raw, length, uids, fits, make = self._raw, len(self._raw), self._uids, is_uid, tuple.__new__
        moved = self._is_moved
        annotator: Any = _NOTHING
        for number, item in enumerate(self._list("spans"), 1):
            try:
                start, end, label, get = item["start"], item["end"], item["label"], item.get
            except (KeyError, TypeError, AttributeError):
                raise InputError(N_("Span {number} lacks “start”, “end” or “label”."), number=number) from None
            if not (type(start) is int and type(end) is int and 0 <= start < end <= length):
                _outside(number, start, end, length)
            if type(label) is not str or not label:
                raise InputError(N_("The label of span {number} must be a name."), number=number)
            words = get("text")
            if words is not None and words != raw[start:end]:
                self._check_words(words, start, end, number)
            if moved:
                start, end = self._moved(start, end, number)
            if get("annotator") != annotator:
                annotator = get("annotator")
                append = self._set(annotator).spans.append
            given, foreign = get("id"), None
            if type(given) is str and fits(given) and given not in uids:
                uid = given
            else:
                uid, foreign = new_uid(), self._foreign(given, annotator, number)
            uids.add(uid)
            attributes = get("attributes")
            attributes = self._attributes(attributes, number) if attributes else _NOTHING
            if item.keys() <= _USUAL_KEYS:
                origin = get("origin", HAND)
                if type(origin) is str:
                    append(
                        make(
                            Span, (uid, start, end, label, attributes, origin, None, "", True, 1, foreign, _NOTHING, ())
                        )
                    )
                    continue
            details = _details(item, number)
            proposed = _proposed(item.get("proposed"), number)
            append(Span(uid, start, end, label, attributes, *details, 1, foreign, further(item, _SPAN_KEYS), proposed))

    def _attributes(self, given: object, number: int) -> dict[str, Any]:
        """The attributes with plain numbers as exact decimal strings, and words of the text where they stand now."""
        if type(given) is not dict:
            raise InputError(N_("“attributes” of span {number} must be an object."), number=number)
        for value in given.values():
            if type(value) is not str:
                return {key: self._excerpt(exact(value)) for key, value in given.items()}
        return given

    def _excerpt(self, value: Any) -> Any:
        """Words of the text with their place in the normalised text; only the words where they do not stand there."""
        if type(value) is not dict or value.keys() != {"start", "end", "text"}:
            return value
        start, end, words = value["start"], value["end"], value["text"]
        if type(start) is not int or type(end) is not int or type(words) is not str:
            return value
        if 0 <= start < end <= len(self._raw):
            low, high = self._text.map_span(start, end)
            if self._text.text[low:high] == normalise(words).text:
                return {"start": low, "end": high, "text": self._text.text[low:high]}
        return words

    def _foreign(self, given: Any, annotator: Any, number: int) -> Any:
        """The id of a span that cannot be its uid: another program's, none, or one that another annotator uses."""
        if given is None:
            return None
        if not is_id(given):
            raise InputError(N_("The id of span {number} must be a string or a whole number."), number=number)
        found = self._set(annotator)
        if (found.annotator, given) in self._foreign_ids or any(span.uid == given for span in found.spans):
            raise InputError(N_("The span id {id} occurs twice."), id=given)
        self._foreign_ids.add((found.annotator, given))
        return given

    def _moved(self, start: int, end: int, number: int) -> tuple[int, int]:
        """Offsets of the raw text in the normalised one."""
        mapped = self._text.map_span(start, end)
        if mapped[0] >= mapped[1]:
            _outside(number, start, end, len(self._raw))
        return mapped

    def _check_words(self, words: object, start: int, end: int, number: int) -> None:
        """Refuse a span whose `text` is another one; that of the normalised text is right as well."""
        low, high = self._text.map_span(start, end)
        if not isinstance(words, str) or normalise(words).text != self._text.text[low:high]:
            raise InputError(
                N_("The text of span {number} ({start} to {end}) is not what stands there."),
                number=number,
                start=start,
                end=end,
            )

    def _read_lists(self) -> frozenset[str]:
        """Spans given as `label` (or `labels`): lists [start, end, name]. Returns the keys they stood under."""
        keys = set()
        for key in ("label", "labels"):
            rows = self._record.get(key)
            # Strings under `label` are another program's names for the whole report: an unknown key, kept.
            if isinstance(rows, list) and (not rows or list in map(type, rows)):
                _check_triples(rows, key)
                keys.add(key)
                if rows:
                    self._set("").spans.extend(self._listed(rows))
        return frozenset(keys)

    def _listed(self, rows: list[Any]) -> list[Span]:
        starts, ends, labels = zip(*rows)
        if not self._is_moved and _fit(starts, ends, labels, len(self._raw)):
            shared = map(repeat, (_NOTHING, HAND, None, "", True, 1, None, _NOTHING, ()))
            return list(map(tuple.__new__, repeat(Span), zip(new_uids(len(rows)), starts, ends, labels, *shared)))
        return self._listed_one_by_one(rows)

    def _listed_one_by_one(self, rows: list[Any]) -> list[Span]:
        """The same where offsets moved, or where one is wrong and must be named."""
        length, moved, make, spans = len(self._raw), self._is_moved, tuple.__new__, list[Span]()
        for uid, (start, end, label) in zip(new_uids(len(rows)), rows):
            if not (type(start) is int and type(end) is int and 0 <= start < end <= length):
                _outside(len(spans) + 1, start, end, length)
            if type(label) is not str or not label:
                raise InputError(N_("The label of span {number} must be a name."), number=len(spans) + 1)
            if moved:
                start, end = self._moved(start, end, len(spans) + 1)
            spans.append(make(Span, (uid, start, end, label, _NOTHING, HAND, None, "", True, 1, None, _NOTHING, ())))
        return spans

    @property
    def _is_moved(self) -> bool:
        """Whether offsets of the raw text differ from those of the normalised one."""
        return bool(self._text.dropped or self._text.folded)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _check_triples(rows: list[Any], key: str) -> None:
    for number, row in enumerate(rows, 1):
        if type(row) is not list or len(row) != 3:
            raise InputError(N_("Entry {number} of “{key}” must be [start, end, name]."), number=number, key=key)


def _outside(number: int, start: object, end: object, length: int) -> NoReturn:
    raise InputError(
        N_("Span {number} ({start} to {end}) lies outside the text of {length} characters."),
        number=number,
        start=str(start)[:40],
        end=str(end)[:40],
        length=length,
    )


def _proposed(given: object, number: int) -> tuple[str, ...]:
    """The attributes of a span that nobody has looked at."""
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise InputError(N_("“proposed” of span {number} must be a list of attribute names."), number=number)
    return tuple(given)


def _fit(starts: tuple[Any, ...], ends: tuple[Any, ...], labels: tuple[Any, ...], length: int) -> bool:
    """Whether all of these can be spans of a text of `length` characters: asked of all at once, since it mostly is so."""
    return (
        {*map(type, starts), *map(type, ends)} == {int}
        and set(map(type, labels)) == {str}
        and all(labels)
        and min(starts) >= 0
        and max(ends) <= length
        and all(map(lt, starts, ends))
    )


def _details(item: dict[str, Any], number: int) -> tuple[str, float | None, str, bool]:
    """Origin, score, note and certainty of a span."""
    origin, score, note, certain = item.get("origin"), item.get("score"), item.get("note"), item.get("certain")
    if certain is None:
        certain = True
    if score is not None and (isinstance(score, bool) or not isinstance(score, (int, float, str))):
        raise InputError(N_("“{key}” of span {number} must be a number."), key="score", number=number)
    try:
        score = None if score is None else float(score)
    except (ValueError, OverflowError):
        raise InputError(N_("“{key}” of span {number} must be a number."), key="score", number=number) from None
    if score is not None and not abs(score) < float("inf"):
        raise InputError(N_("“{key}” of span {number} must be a number."), key="score", number=number)
    if type(certain) is not bool:
        raise InputError(N_("“certain” of span {number} must be true or false."), number=number)
    if not isinstance(origin, (str, type(None))) or not isinstance(note, (str, type(None))):
        raise InputError(N_("“origin” and “note” of span {number} must be strings."), number=number)
    return origin or HAND, score, note or "", certain
