import json
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import InputError
from annotator.domain.report import Report, Status
from annotator.domain.span import Span
from annotator.formats import jsonl
from annotator.formats.items import MismatchError, ReadOptions
from annotator.formats.jsonl_read import _REPORT_KEYS as REPORT_KEYS
from annotator.formats.jsonl_read import _SPAN_KEYS as SPAN_KEYS
from annotator.formats.jsonl_read import report_from_line
from annotator.formats.jsonl_relations import KEYS as RELATION_KEYS
from annotator.formats.jsonl_write import line_from_report, same

TEXT = "一、去年,区司法局新建80个站点。\n二、受理128件。"


def read(**record) -> Report:
    return report_from_line(json.dumps({"text": TEXT, **record}, ensure_ascii=False))[0]


def refused(line=None, **record) -> str:
    with pytest.raises(InputError) as caught:
        report_from_line(line if line is not None else json.dumps({"text": TEXT, **record}))
    return str(caught.value)


def span(start=5, end=9, label="INSTITUTION", **more) -> dict:
    return {"start": start, "end": end, "label": label, **more}


class TestReading:
    def test_absent_means_default(self):
        report = read(spans=[span(annotator="甲")])
        (found,) = report.sets
        (s,) = found.spans
        assert (s.origin, s.score, s.note, s.certain, s.attributes, s.foreign_id) == ("hand", None, "", True, {}, None)
        assert found.annotator == "甲"
        assert found.status == Status.IN_PROGRESS
        assert report.meta == {} and report.furniture == [] and report.extra == {}
        assert str(uuid.UUID(report.uid)) == report.uid

    def test_a_text_alone_is_a_report(self):
        assert read().sets == []

    def test_spans_without_id_and_text_and_as_lists(self):
        report = read(spans=[span()], label=[[10, 15, "INDICATOR"]], labels=[[0, 1, "MEASURE"]])
        (found,) = report.sets
        assert [(s.start, s.end, s.label) for s in found.spans] == [
            (5, 9, "INSTITUTION"),
            (10, 15, "INDICATOR"),
            (0, 1, "MEASURE"),
        ]
        assert len({s.uid for s in found.spans}) == 3
        assert found.annotator == "" and report.extra == {}

    def test_a_label_key_that_holds_no_spans_is_an_unknown_key(self):
        assert read(label="甲类").extra == {"label": "甲类"}
        assert read(label=["甲类", "乙类"]).extra == {"label": ["甲类", "乙类"]}

    @pytest.mark.parametrize("rows", [[[0, 1]], [[0, 2, "A"], [0, 1]], [[0, 2, "A"], "甲类"], [[0, 1, "A", 4]]])
    def test_a_list_of_spans_with_something_else_in_it_is_refused(self, rows):
        assert "[start, end, name]" in refused(label=rows)

    @pytest.mark.parametrize(
        ("written", "kept"),
        [("0.1", "0.1"), ("128", "128"), ("1e3", "1000"), ("0.12345678901234567890123", "0.12345678901234567890123"),
         ("4500000000.00", "4500000000"), ('"0.997"', "0.997")],
    )  # fmt: skip
    def test_plain_numbers_become_exact_decimal_strings(self, written, kept):
        line = (
            '{"text": "甲乙", "spans": [{"start": 0, "end": 1, "label": "A", "attributes": {"value": '
            + written
            + "}}]}"
        )
        assert report_from_line(line)[0].sets[0].spans[0].attributes == {"value": kept}

    def test_other_attribute_values_stay(self):
        values = {"a": True, "b": None, "c": ["x", 1], "d": {"start": 1, "end": 2}}
        assert read(spans=[span(attributes=values)]).sets[0].spans[0].attributes == values

    def test_foreign_ids_are_kept_and_link_relations(self):
        report = read(
            id=7,
            spans=[span(id="T1"), span(10, 15, "INDICATOR", id=2)],
            relations=[{"id": "R1", "head": "T1", "child": 2, "label": "X"}],
        )
        assert report.foreign_id == 7 and report.uid != 7
        one, two = report.sets[0].spans
        assert (one.foreign_id, two.foreign_id) == ("T1", 2)
        (relation,) = report.sets[0].relations
        assert (relation.head, relation.child, relation.foreign_id) == (one.uid, two.uid, "R1")

    def test_an_id_used_by_two_annotators_stays_for_both(self):
        uid = str(uuid.uuid4())
        report = read(spans=[span(id=uid, annotator="甲"), span(id=uid, annotator="乙")])
        first, second = (s.spans[0] for s in report.sets)
        assert first.uid == uid and second.uid != uid and second.foreign_id == uid
        assert same(report, report_from_line(line_from_report(report))[0])

    def test_offsets_are_mapped_when_the_text_is_normalised(self):
        raw = "\ufeff甲\r\n乙\r丙\0丁"
        report, notes = report_from_line(
            json.dumps(
                {
                    "text": raw,
                    "spans": [
                        span(1, 3, text="甲\r"),
                        span(1, 5, text="甲\n乙"),
                        span(4, 5, text="乙"),
                        span(8, 9, text="丁"),
                    ],
                    "furniture": [[4, 5, "nav"]],
                }
            )
        )
        text = "甲\n乙\n丙\ufffd丁"
        assert report.text == text
        assert [text[s.start : s.end] for s in report.sets[0].spans] == ["甲\n", "甲\n乙", "乙", "丁"]
        assert [text[f.start : f.end] for f in report.furniture] == ["乙"]
        assert [note.params for note in notes] == [{"n": 1}]

    def test_what_cannot_be_stored_is_replaced_everywhere(self):
        line = r'{"text": "a\ud800b", "meta": {"x\u0000": "\udfff"}, "spans": [{"start": 1, "end": 2, "label": "A", "text": "\ud800", "note": "\ud83d"}]}'
        report, _notes = report_from_line(line)
        assert report.text == "a\ufffdb" and report.meta == {"x\ufffd": "\ufffd"}
        assert report.sets[0].spans[0].note == "\ufffd"
        line_from_report(report).encode()

    def test_sets_with_every_status(self):
        report = read(sets=[{"annotator": status, "status": status, "note": "n"} for status in Status])
        assert [s.status for s in report.sets] == list(Status)

    def test_gold_and_further_keys(self):
        report = read(
            sets=[{"annotator": "甲", "gold": True, "seconds": 4}], encoding="gb18030", file="甲.txt", source="x"
        )
        assert report.sets[0].gold and report.sets[0].extra == {"seconds": 4}
        assert (report.encoding, report.file_name, report.extra) == ("gb18030", "甲.txt", {"source": "x"})


class TestRefusing:
    @pytest.mark.parametrize(
        ("record", "words"),
        [
            ({"format": 2}, "format 2"),
            ({"format": "a"}, "must be 1"),
            ({"text": None}, "no “text”"),
            ({"text": " \n"}, "empty"),
            ({"id": 1.5}, "id"),
            ({"meta": []}, "“meta”"),
            ({"encoding": 1}, "“encoding”"),
            ({"spans": {}}, "“spans”"),
            ({"spans": [span(0, 99)]}, "outside"),
            ({"spans": [span(-1, 2)]}, "outside"),
            ({"spans": [span(3, 3)]}, "outside"),
            ({"spans": [span(True, 3)]}, "outside"),
            ({"spans": [span(text="另一个")]}, "not what stands there"),
            ({"spans": [span(label="")]}, "label of span 1"),
            ({"spans": [{"start": 1}]}, "Span 1 lacks"),
            ({"spans": [7]}, "Span 1 lacks"),
            ({"spans": [span(id=[1])]}, "id of span 1"),
            ({"spans": [span(id="a"), span(id="a")]}, "twice"),
            ({"spans": [span(attributes=[1])]}, "“attributes” of span 1"),
            ({"spans": [span(certain="no")]}, "“certain” of span 1"),
            ({"spans": [span(score="x")]}, "“score” of span 1"),
            ({"spans": [span(note=1)]}, "strings"),
            ({"spans": [span(annotator=1)]}, "annotator"),
            ({"label": [[0, 99, "A"]]}, "outside"),
            ({"label": [[0, 2, "A"], [-1, 2, "A"]]}, "Span 2"),
            ({"label": [[0, 2, "A"], [2, 2, "A"]]}, "Span 2"),
            ({"label": [[0, 2, "A"], [False, 2, "A"]]}, "Span 2"),
            ({"label": [[0, 2, "A"], [0, 2, ""]]}, "label of span 2"),
            ({"label": [[0, 2, "A"], [0, 2, ["A"]]]}, "label of span 2"),
            ({"label": [[0, 2, "A"], ["0", 2, "A"]]}, "Span 2"),
            ({"sets": [{"annotator": "a", "status": "finished"}]}, "finished"),
            ({"sets": [{"annotator": "a"}, {"annotator": "a"}]}, "two sets"),
            ({"sets": [{"annotator": "a", "gold": True}, {"annotator": "b", "gold": True}]}, "gold"),
            ({"furniture": [[0, 1, "a", 2]]}, "furniture"),
            ({"furniture": [[5, 1]]}, "outside"),
            ({"relations": [{"head": "a", "child": "b", "label": "X"}]}, "does not link"),
            ({"relations": [{"head": "a", "label": "X"}]}, "lacks"),
            ({"spans": [span(id="a")], "relations": [{"head": "a", "child": "a", "label": "X"}]}, "does not link"),
        ],
    )
    def test_a_line_is_refused_in_one_sentence(self, record, words):
        sentence = refused(**record)
        assert words in sentence
        assert "{" not in sentence and "\n" not in sentence

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("{", "not JSON"),
            ("[1]", "not a JSON object"),
            ('{"text": "a", "meta": {"n": NaN}}', "NaN"),
            ('{"text": "a", "meta": {"n": 1e999}}', "too large"),
            ('{"text": "a", "meta": %s}' % ("9" * 5000), "too long"),
            ("[" * 100_000, "nested"),
        ],
    )
    def test_broken_json(self, line, words):
        assert words in refused(line)

    def test_two_annotators_cannot_be_linked(self):
        spans = [span(id="a", annotator="甲"), span(10, 12, id="b", annotator="乙")]
        assert "does not link" in refused(spans=spans, relations=[{"head": "a", "child": "b", "label": "X"}])


class TestFiles:
    def test_lines_are_numbered_and_bad_ones_do_not_stop_good_ones(self, tmp_path):
        path = tmp_path / "a.jsonl"
        good = json.dumps({"text": "甲"}, ensure_ascii=False)
        path.write_bytes(b"\xef\xbb\xbf" + f"{good}\r\n\n{{bad\n{good}".encode() + b"\n\xff\xfe\n")
        items = list(jsonl.read(path))
        assert [(item.line, item.problem is None) for item in items] == [(1, True), (3, False), (4, True), (5, False)]
        assert "UTF-8" in str(items[3].problem)

    def test_line_separators_inside_a_string_do_not_split_a_line(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text('{"text": "甲\u2028乙\u0085丙"}\n', encoding="utf-8")
        (item,) = jsonl.read(path)
        assert item.report.text == "甲\u2028乙\u0085丙"

    def test_another_encoding_by_name(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_bytes('{"text": "法治政府"}\n{"text": "建设"}\n'.encode("utf-16"))
        assert [item.report.text for item in jsonl.read(path, ReadOptions(encoding="utf-16"))] == ["法治政府", "建设"]
        (item,) = jsonl.read(path, ReadOptions(encoding="no-such"))
        assert "not known" in str(item.problem)

    def test_a_line_that_is_too_long_is_refused_alone(self, tmp_path, monkeypatch):
        monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 64)
        path = tmp_path / "a.jsonl"
        path.write_text(json.dumps({"text": "x" * 500}) + '\n{"text": "甲"}\n', encoding="utf-8")
        first, second = jsonl.read(path)
        assert first.line == 1 and "longer" in str(first.problem)
        assert second.line == 2 and second.report is not None

    def test_a_file_that_is_not_there(self, tmp_path):
        (item,) = jsonl.read(tmp_path / "none.jsonl")
        assert item.line is None and "cannot be read" in str(item.problem)

    @pytest.mark.parametrize(
        ("head", "yes"),
        [(b'\xef\xbb\xbf{"text": "a"}\n', True), (b'{"a": 1}', False), (b"\xe7\x94\xb2", False), (b"", False),
         (b'{"format": 1, "text": "' + b"a" * jsonl.SNIFF_BYTES, True), (b"{not json}\n", False)],
    )  # fmt: skip
    def test_recognised_by_content(self, head, yes):
        assert jsonl.looks_like(head[: jsonl.SNIFF_BYTES]) is yes


class TestWriting:
    def test_gold_files_come_back_word_for_word(self, shared_gold):
        for path in shared_gold:
            (item,) = jsonl.read(path)
            assert json.loads(line_from_report(item.report)) == json.loads(path.read_text(encoding="utf-8"))

    def test_many_batches_read_back(self, tmp_path):
        path = tmp_path / "out.jsonl"
        writer = jsonl.JsonLinesWriter(path)
        reports = [read(id=n, spans=[span(id=n)]) for n in range(200)]
        for report in reports:
            writer.add(report)
        writer.close()
        assert [item.report.foreign_id for item in jsonl.read(path)] == list(range(200))
        assert writer.check_seconds > 0

    def test_what_reads_back_differently_is_an_error(self, tmp_path, monkeypatch):
        broken = read(spans=[span()])
        real = jsonl.line_from_report
        monkeypatch.setattr(jsonl, "line_from_report", lambda r: real(r).replace("INSTITUTION", "INDICATOR"))
        writer = jsonl.JsonLinesWriter(tmp_path / "out.jsonl")
        writer.add(broken)
        with pytest.raises(MismatchError):
            writer.close()
        writer.abort()

    def test_a_span_outside_the_text_never_leaves(self, tmp_path):
        report = read()
        report.sets.append(read(spans=[span()]).sets[0])
        report.sets[0].spans[0] = Span("6f0e4f0b-9a54-4c5f-8f3c-7a0152d16b0c", 500, 600, "A")
        writer = jsonl.JsonLinesWriter(tmp_path / "out.jsonl")
        writer.add(report)
        with pytest.raises(MismatchError):
            writer.close()
        writer.abort()


# ---- any report at all comes back ----------------------------------------------------------------

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff")
awkward = st.sampled_from('\u2028\u2029\u00a0\u0085\u0301𠮷\U0001f600\n \t　“"\\{}')
texts = st.text(characters | awkward, min_size=1, max_size=40).filter(str.strip)
words = st.text(characters | awkward, max_size=6)
names = words.filter(bool)
plain = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words
)
values = st.recursive(plain, lambda v: st.lists(v, max_size=2) | st.dictionaries(words, v, max_size=2), max_leaves=4)
ids = st.none() | st.uuids().map(str) | names | st.integers()


def unknown(known: set[str]):
    return st.dictionaries(names.filter(lambda key: key not in known), values, max_size=2)


@st.composite
def records(draw):
    text = draw(texts)
    ranges = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda r: r[0] < r[1])
    people = draw(st.lists(names, min_size=1, max_size=2, unique=True))
    spans, taken = [], set()
    for start, end in draw(st.lists(ranges, max_size=6)):
        row = draw(
            unknown(
                {"id", "start", "end", "label", "text", "attributes", "annotator", "origin", "score", "note", "certain"}
            )
        )
        row |= {"start": start, "end": end, "label": draw(names), "annotator": draw(st.sampled_from(people))}
        given_id = draw(ids)
        if given_id is not None and (row["annotator"], given_id) not in taken:
            taken.add((row["annotator"], given_id))
            row["id"] = given_id
        row |= draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "text": st.just(text[start:end]),
                    "attributes": st.dictionaries(
                        words, words | st.booleans() | st.lists(words, max_size=2), max_size=3
                    ),
                    "origin": names,
                    "score": st.floats(0, 1),
                    "note": words,
                    "certain": st.booleans(),
                },
            )
        )
        spans.append(row)
    record = draw(
        unknown(
            {
                "format",
                "id",
                "text",
                "meta",
                "encoding",
                "file",
                "furniture",
                "sets",
                "spans",
                "relations",
                "label",
                "labels",
            }
        )
    )
    sets = [
        {"annotator": name, "status": draw(st.sampled_from(list(Status))).value}
        | draw(unknown({"annotator", "status", "note", "gold"}))
        for name in people
    ]
    relations = []
    for name in people:
        own = [row["id"] for row in spans if row["annotator"] == name and "id" in row]
        if len(own) > 1:
            relations.append(
                {"head": own[0], "child": own[-1], "label": draw(names), "annotator": name, "more": draw(values)}
            )
    furniture = [list(r) for r in draw(st.lists(ranges, max_size=2))]
    record |= {"text": text, "spans": spans, "sets": sets, "relations": relations, "furniture": furniture}
    record["meta"] = draw(st.dictionaries(words, values, max_size=3))
    if (given_id := draw(ids)) is not None:
        record["id"] = given_id
    return record


@given(records())
@settings(max_examples=80, deadline=None)
def test_any_record_comes_back_with_everything_it_had(record):
    report, _notes = report_from_line(json.dumps(record))
    again = json.loads(line_from_report(report))
    assert same(report, report_from_line(json.dumps(again))[0])
    for key, value in record.items():
        if key not in ("spans", "relations"):
            assert again[key] == value
    by_person = {
        name: [row for row in again["spans"] if row["annotator"] == name]
        for name in {r["annotator"] for r in record["spans"]}
    }
    for row in record["spans"]:
        out = by_person[row["annotator"]].pop(0)
        for key, value in row.items():
            default = {"note": "", "certain": True}.get(key, "no default")
            assert out.get(key, default) == value, key
    for row, out in zip(record["relations"], again["relations"], strict=True):
        assert {**out, **row} == out


anything = st.recursive(
    plain | st.sampled_from(["text", "a", "b", 0, 1, 2, -1, "MEASURE", "done", "new", 1e300]),
    lambda v: (
        st.lists(v, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                sorted(
                    REPORT_KEYS
                    | SPAN_KEYS
                    | RELATION_KEYS
                    | {"status", "gold", "label", "labels", "state", "span", "asked", "asked_by"}
                )
            ),
            v,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(REPORT_KEYS | {"label", "labels"})), anything, max_size=6), st.booleans())
@settings(max_examples=120, deadline=None)
def test_whatever_stands_in_a_line_it_is_read_or_refused(record, readable):
    if readable:
        record["text"] = "甲乙丙"
    try:
        report, _notes = report_from_line(json.dumps(record))
    except InputError as problem:
        sentence = str(problem)
        assert sentence.endswith((".", "!")), sentence
        return
    assert same(report, report_from_line(line_from_report(report))[0])
