"""spaCy DocBin: the training data that leaves the program. `docs/formats.md` describes it.

`doc.spans["sc"]` holds all spans, `doc.ents` a flat choice of some labels, `doc.user_data` what
spaCy has no place for. The lists of a DocBin are filled without making a Doc a report, which takes
a quarter of the time; every file is read back through spaCy's public reader and compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator.domain.errors import InputError
from annotator.domain.report import AnnotationSet, Report
from annotator.domain.span import Relation, Span, reading_order
from annotator.formats.body import Body, body_text, whole_text
from annotator.formats.docbin_tokens import Tokenizer, Tokens
from annotator.formats.flat import choose
from annotator.formats.items import FormatMissingError, WriteOptions, mismatch
from annotator.formats.losses import FURNITURE_INSIDE, IN_FURNITURE, IN_WHITE_SPACE, Losses, lost_span
from annotator.messages import N_

GROUP = "sc"
SUFFIX = ".spacy"

#: A folder's files: so many reports, or so many characters, a file; a DocBin is held in memory whole.
PART_REPORTS = 250
PART_CHARACTERS = 1_500_000

_BEGIN, _INSIDE, _OUTSIDE = 3, 1, 2
_COLUMNS = ("ORTH", "ENT_IOB", "ENT_TYPE")
_SPAN = struct.Struct(">QQQllll")
_INT64 = 2**63
# MessagePack holds at most 4 GiB of token data, and a character takes 24 bytes of it.
_MOST_CHARACTERS = 2**32 // 24 - 1

#: A span with its start and end in the body, its first token, and one more than its last.
_Row = tuple[Span, int, int, int, int]


def require_spacy() -> Any:
    """The spaCy library; raises FormatMissingError with the sentence that says how to get it."""
    try:
        import spacy
        import spacy.tokens
    except ImportError as error:
        raise FormatMissingError(
            N_("The spaCy format needs the extra “train”: install “report-annotator[train]” and try again.")
        ) from error
    return spacy


class DocBinWriter:
    """Writes one DocBin file, or a folder of them, from reports with exactly one annotation set each."""

    def __init__(self, path: Path, options: WriteOptions, losses: Losses, *, folder: bool) -> None:
        self._bin = _Bin(require_spacy(), options, losses)
        self._path, self._folder = path, folder
        self._parts = 0
        if folder:
            path.mkdir()
        self.check_seconds = 0.0

    def add(self, report: Report) -> None:
        """Write one report; it is on disk when its part is full or the writer closed."""
        self._bin.add(report)
        if self._bin.characters > _MOST_CHARACTERS:
            raise InputError(
                N_("The reports are too much for one file; name a folder instead of {file}."), file=self._path.name
            )
        if self._folder and (len(self._bin) >= PART_REPORTS or self._bin.characters >= PART_CHARACTERS):
            self._write_part()

    def close(self) -> None:
        """Write what is left, wait for the disk, read back; raises MismatchError where it differs."""
        if len(self._bin) or not self._parts:
            self._write_part()

    def abort(self) -> None:
        """Forget what is not written."""
        self._bin.clear()

    def _write_part(self) -> None:
        self._parts += 1
        path = self._path / f"part-{self._parts:04}{SUFFIX}" if self._folder else self._path
        with path.open("wb") as stream:
            stream.write(self._bin.take_bytes())
            stream.flush()
            os.fsync(stream.fileno())
        started = time.perf_counter()
        self._bin.check(path)
        self.check_seconds += time.perf_counter() - started
        self._bin.clear()


class _Bin:
    """The lists of one DocBin, with a digest a report of what must be read back."""

    def __init__(self, spacy: Any, options: WriteOptions, losses: Losses) -> None:
        import numpy
        import srsly  # type: ignore[import-untyped]

        self._spacy, self._numpy, self._pack = spacy, numpy, srsly.msgpack_dumps
        self._options, self._losses = options, losses
        self._strings = spacy.strings.StringStore()
        self._label_hashes: dict[str, int] = {}
        self._tokenizer = Tokenizer(self._strings)
        self.clear()

    def clear(self) -> None:
        """Begin a new file."""
        self._empty()
        self._digests: list[bytes] = []
        self._titles: list[str] = []
        self.characters = 0

    def _empty(self) -> None:
        self._tokenizer = Tokenizer(self._strings)
        self._docs = self._spacy.tokens.DocBin(attrs=list(_COLUMNS), store_user_data=True)
        self._iob = self._docs.attrs.index(self._spacy.attrs.ENT_IOB)
        self._type = self._docs.attrs.index(self._spacy.attrs.ENT_TYPE)

    def __len__(self) -> int:
        return len(self._digests)

    def add(self, report: Report) -> None:
        (annotations,) = report.sets
        body = whole_text(report) if self._options.whole else body_text(report)
        tokens = self._tokenizer.tokens(body.text)
        rows = self._place(report, annotations, body, tokens)
        if not body.text:
            self._losses.empty.append(report.title)
            return
        spans = [span for span, *_places in rows]
        ents = self._choose(spans)
        user_data = _user_data(report, annotations, spans, body, self._options)
        self._losses.questions += len(report.questions)
        self._losses.relations += len(annotations.relations) - len(user_data["relations"])
        self._append(tokens, rows, ents, user_data)
        places = {span.uid: (start, end, span.label) for span, start, end, _first, _behind in rows}
        listed = [places[span.uid] for span in spans]
        flat = [places[span.uid] for span in ents]
        self._digests.append(_digest(body.text, listed, flat, user_data))
        self._titles.append(report.title)
        self.characters += len(body.text)

    def _place(self, report: Report, annotations: AnnotationSet, body: Body, tokens: Tokens) -> list[_Row]:
        """The spans that fit on tokens, in reading order, with their characters and tokens; the others are lost."""
        rows: list[_Row] = []
        for span in sorted(annotations.spans, key=reading_order):
            place = body.range(span.start, span.end)
            if place is None:
                self._losses.lost.append(lost_span(report, span, IN_FURNITURE))
                continue
            start, end = place
            first, behind = tokens.start[start], tokens.end[end]
            if first < 0 or behind < 0:
                self._losses.lost.append(lost_span(report, span, IN_WHITE_SPACE))
                continue
            if end - start != span.end - span.start:
                self._losses.shortened.append(lost_span(report, span, FURNITURE_INSIDE))
            rows.append((span, start, end, first, behind))
        return rows

    def _choose(self, spans: Iterable[Span]) -> list[Span]:
        """The spans for `doc.ents`; the rest is counted by label."""
        wanted = []
        for span in spans:
            if span.label in self._options.ents:
                wanted.append(span)
            else:
                self._losses.unlisted[span.label] += 1
        chosen = choose(wanted, self._options.policy, self._options.schema)
        if len(chosen) < len(wanted):
            self._losses.overlapping.update(span.label for span in wanted)
            self._losses.overlapping.subtract(span.label for span in chosen)
        return chosen

    def _append(self, tokens: Tokens, rows: list[_Row], ents: list[Span], user_data: dict[str, Any]) -> None:
        """One document onto the DocBin's lists, as `DocBin.add` would do it."""
        numpy, docs = self._numpy, self._docs
        table = numpy.zeros((len(tokens.orth), len(docs.attrs)), dtype="uint64")
        table[:, 0] = tokens.orth
        table[:, self._iob] = _OUTSIDE
        by_uid = {span.uid: (first, behind) for span, _start, _end, first, behind in rows}
        for span in ents:
            first, behind = by_uid[span.uid]
            table[first:behind, self._iob] = _INSIDE
            table[first, self._iob] = _BEGIN
            table[first:behind, self._type] = self._label(span.label)
        packed = [
            _SPAN.pack(0, 0, self._label(span.label), first, behind, start, end)
            for span, start, end, first, behind in rows
        ]
        group = self._pack({"name": GROUP, "attrs": {}, "spans": packed})
        docs.tokens.append(table)
        docs.spaces.append(tokens.spaces.reshape((-1, 1)))
        docs.flags.append({"has_unknown_spaces": False})
        docs.cats.append({})
        docs.span_groups.append(self._pack({group: [GROUP]}))
        docs.user_data.append(self._pack(user_data))

    def _label(self, name: str) -> int:
        found = self._label_hashes.get(name)
        if found is None:
            found = self._label_hashes[name] = self._strings.add(name)
        self._docs.strings.add(name)
        return found

    def take_bytes(self) -> bytes:
        """The file's content. The documents are let go of: reading back needs their memory and only their digests."""
        self._docs.strings |= self._tokenizer.words
        data: bytes = self._docs.to_bytes()
        self._empty()
        return data

    def check(self, path: Path) -> None:
        """Read the file through spaCy's public reader and compare each document with what was meant."""
        try:
            read = self._spacy.tokens.DocBin().from_disk(path)
            docs = read.get_docs(self._spacy.vocab.Vocab())
            for digest, title, doc in zip(self._digests, self._titles, docs, strict=True):
                if _doc_digest(doc) != digest:
                    raise mismatch(title)
        except (ValueError, KeyError, struct.error) as error:
            raise mismatch(path.name) from error


def _user_data(
    report: Report, annotations: AnnotationSet, spans: list[Span], body: Body, options: WriteOptions
) -> dict[str, Any]:
    """What spaCy has no place for, in plain JSON types; offsets count in the whole text."""
    ids = {span.uid: _given(span.uid, span.foreign_id) for span in spans}
    return {
        "id": _given(report.uid, report.foreign_id),
        "title": report.title,
        "meta": _plain(report.meta),
        "annotator": annotations.annotator,
        "status": str(annotations.status),
        "gold": annotations.gold,
        **({"note": annotations.note} if annotations.note else {}),
        "text": "whole" if options.whole else "body",
        "characters": len(report.text),
        "kept": [list(kept) for kept in body.kept],
        "spans": [_span_data(span) for span in spans],
        "relations": [_relation_data(r, ids) for r in annotations.relations if r.head in ids and r.child in ids],
    }


def _relation_data(relation: Relation, ids: dict[str, str | int]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": _given(relation.uid, relation.foreign_id),
        "head": ids[relation.head],
        "child": ids[relation.child],
        "label": relation.label,
    }
    if relation.note:
        data["note"] = relation.note
    return data


def _span_data(span: Span) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": _given(span.uid, span.foreign_id),
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "attributes": _plain(span.attributes) if span.attributes else {},
        "origin": span.origin,
    }
    if span.score is not None:
        data["score"] = span.score
    if span.note:
        data["note"] = span.note
    if not span.certain:
        data["certain"] = False
    return data


def _given(uid: str, foreign: str | int | None) -> str | int:
    return uid if foreign is None else _plain(foreign)


def _plain(value: Any) -> Any:
    """`value` as msgpack can hold it: a whole number beyond 64 bits becomes a string."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, int) and not -_INT64 <= value < _INT64:
        return str(value)
    return value


def _digest(text: str, spans: list[tuple[int, int, str]], ents: list[tuple[int, int, str]], user_data: Any) -> bytes:
    """A digest of all that a document says, the same from lists and from what msgpack makes of them."""
    said = json.dumps([text, spans, ents, user_data], ensure_ascii=False)
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _doc_digest(doc: Any) -> bytes:
    spans = [(s.start_char, s.end_char, s.label_) for s in doc.spans[GROUP]]
    ents = [(s.start_char, s.end_char, s.label_) for s in doc.ents]
    return _digest(doc.text, spans, ents, doc.user_data)
