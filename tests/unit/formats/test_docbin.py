import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.question import Question
from annotator.domain.report import AnnotationSet, Furniture, Report
from annotator.domain.span import Relation, Span, new_uid
from annotator.formats import docbin, jsonl
from annotator.formats.flat import POLICIES
from annotator.formats.items import FormatMissingError, MismatchError, WriteOptions
from annotator.formats.losses import FURNITURE_INSIDE, IN_FURNITURE, IN_WHITE_SPACE, Losses

spacy = pytest.importorskip("spacy", reason="the extra “train” is not installed")
from spacy.tokens import DocBin  # noqa: E402

NLP = spacy.blank("zh")
TEXT = "首页 > 公开\n区司法局 新建\n\n80个站点。"


def span(start, end, label="INSTITUTION", **more) -> Span:
    return Span(new_uid(), start, end, label, **more)


def report(*spans: Span, text=TEXT, **more) -> Report:
    return Report(new_uid(), text, sets=[AnnotationSet("甲", "done", spans=list(spans))], **more)


def written(path, *reports, losses=None, **options):
    losses = Losses() if losses is None else losses
    writer = docbin.DocBinWriter(path, WriteOptions(**options), losses, folder=False)
    for one in reports:
        writer.add(one)
    writer.close()
    return list(DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab)), losses


def ranges(spans):
    return [(s.start_char, s.end_char, s.label_) for s in spans]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "x.spacy"


class TestWhole:
    def test_every_gold_span_is_there_with_the_tokens_of_make_doc(self, path, shared_gold):
        reports = [item.report for gold in shared_gold for item in jsonl.read(gold)]
        docs, losses = written(path, *reports)
        assert not losses.lost and len(docs) == len(reports)
        for doc, one in zip(docs, reports):
            made = NLP.make_doc(one.text)
            assert [t.text for t in doc] == [t.text for t in made]
            assert [t.whitespace_ for t in doc] == [t.whitespace_ for t in made]
            spans = one.sets[0].spans
            assert sorted(ranges(doc.spans["sc"])) == sorted((s.start, s.end, s.label) for s in spans)
            assert {s.label_ for s in doc.ents} == {"INSTITUTION", "INDICATOR"}
            assert [row["id"] for row in doc.user_data["spans"]] == [
                s.uid for s in sorted(spans, key=lambda s: (s.start, -s.end, s.uid))
            ]

    def test_a_file_equals_what_spacy_itself_makes(self, path):
        one = report(span(8, 12), span(14, 20, "MEASURE"), span(17, 20, "INDICATOR"))
        (doc,), _losses = written(path, one)
        made = NLP.make_doc(TEXT)
        made.spans["sc"] = [
            made.char_span(s.start, s.end, s.label) for s in one.sets[0].spans if made.char_span(s.start, s.end)
        ]
        made.ents = [s for s in made.spans["sc"] if s.label_ != "MEASURE"]
        assert ranges(doc.spans["sc"]) == ranges(made.spans["sc"])
        assert (
            doc.to_array(["ENT_IOB", "ENT_TYPE", "ORTH", "SPACY"]).tolist()
            == made.to_array(["ENT_IOB", "ENT_TYPE", "ORTH", "SPACY"]).tolist()
        )

    def test_a_done_report_without_spans_is_a_true_empty_one(self, path):
        (doc,), losses = written(path, report())
        assert doc.has_annotation("ENT_IOB") and not doc.ents
        assert len(doc.spans["sc"]) == 0
        assert not losses

    def test_user_data_is_plain_json_and_complete(self, path):
        a, b = (
            span(8, 12, foreign_id="T1", attributes={"value": "1"}, note="n", score=0.5, certain=False),
            span(17, 18, "INDICATOR"),
        )
        one = report(a, b, meta={"title": "标题", "n": [1, {"x": None}], "big": 2**70}, foreign_id=7)
        one.sets[0].relations = [Relation(new_uid(), b.uid, a.uid, "RESULT", foreign_id="R1")]
        (doc,), _losses = written(path, one)
        data = json.loads(json.dumps(doc.user_data))
        assert (data["id"], data["title"], data["annotator"], data["status"]) == (7, "标题", "甲", "done")
        assert data["meta"] == {"title": "标题", "n": [1, {"x": None}], "big": str(2**70)}
        assert data["kept"] == [[0, len(TEXT)]]
        assert data["spans"][0] == {
            "id": "T1", "start": 8, "end": 12, "label": "INSTITUTION", "attributes": {"value": "1"},
            "origin": "hand", "score": 0.5, "note": "n", "certain": False,
        }  # fmt: skip
        assert data["relations"] == [{"id": "R1", "head": b.uid, "child": "T1", "label": "RESULT"}]


class TestEnts:
    SPANS = ((8, 12, "INSTITUTION"), (8, 10, "INDICATOR"), (10, 13, "INDICATOR"))
    TEXT = "首页公开区司甲乙丙丁戊己庚辛"

    @pytest.mark.parametrize(
        ("policy", "chosen"),
        [("longest", [(8, 12)]), ("shortest", [(8, 10), (10, 13)]), ("schema-order", [(8, 12)])],
    )
    def test_a_flat_choice(self, path, policy, chosen):
        one = report(*(span(*s) for s in self.SPANS), text=self.TEXT)
        (doc,), losses = written(path, one, policy=policy, schema=["MEASURE", "INSTITUTION", "INDICATOR"])
        assert [(s.start_char, s.end_char) for s in doc.ents] == chosen
        assert len(doc.spans["sc"]) == 3
        assert sum(losses.not_in_ents.values()) == 3 - len(chosen)

    def test_other_labels_by_name(self, path):
        one = report(*(span(*s) for s in self.SPANS), span(0, 4, "MEASURE"), text=self.TEXT)
        (doc,), losses = written(path, one, ents=["MEASURE"])
        assert ranges(doc.ents) == [(0, 4, "MEASURE")]
        assert losses.as_dict()["not_in_ents"] == {"INDICATOR": 2, "INSTITUTION": 1}


class TestBody:
    def test_furniture_is_left_out_and_offsets_follow(self, path):
        one = report(span(8, 12), furniture=[Furniture(new_uid(), 0, 8, "nav")])
        (doc,), losses = written(path, one)
        assert doc.text == TEXT[8:]
        assert ranges(doc.spans["sc"]) == [(0, 4, "INSTITUTION")]
        assert doc.user_data["kept"] == ((8, len(TEXT)),)
        assert doc.user_data["spans"][0]["start"] == 8
        assert not losses.lost

    def test_edges_in_furniture_and_white_space_are_listed(self, path):
        lost = [span(6, 10), span(2, 5), span(12, 15), span(7, 13)]
        inside = span(8, 20, "MEASURE")
        furniture = [Furniture(new_uid(), 0, 7, "nav"), Furniture(new_uid(), 13, 15, "share")]
        (doc,), losses = written(path, report(*lost, inside, span(8, 12), furniture=furniture))
        assert [(s.start_char, s.end_char) for s in doc.spans["sc"]] == [(1, 11), (1, 5)]
        assert [(entry.span, entry.reason) for entry in losses.lost] == [
            (lost[1].uid, IN_FURNITURE), (lost[0].uid, IN_FURNITURE), (lost[3].uid, IN_WHITE_SPACE), (lost[2].uid, IN_FURNITURE),
        ]  # fmt: skip
        assert losses.lost[0].text == TEXT[2:5]
        assert [(entry.span, entry.reason) for entry in losses.shortened] == [(inside.uid, FURNITURE_INSIDE)]

    def test_whole_text_on_demand(self, path):
        one = report(span(0, 2), furniture=[Furniture(new_uid(), 0, 8, "nav")])
        (doc,), losses = written(path, one, whole=True)
        assert doc.text == TEXT and not losses.lost

    def test_notes_go_along_and_questions_are_counted(self, path):
        a, b = span(8, 12), span(17, 18, "INDICATOR")
        one = report(a, b, questions=[Question(new_uid(), 0, 2, "？", "乙", "2024-01-01T00:00:00Z")])
        one.sets[0].relations = [Relation(new_uid(), b.uid, a.uid, "RESULT", note="据下句")]
        one.sets[0].note = "全篇"
        (doc,), losses = written(path, one)
        assert doc.user_data["note"] == "全篇" and doc.user_data["relations"][0]["note"] == "据下句"
        assert losses and losses.as_dict()["left_out"]["questions"] == 1

    def test_a_report_of_furniture_alone_is_left_out(self, path):
        one = report(span(0, 2), furniture=[Furniture(new_uid(), 0, len(TEXT), "nav")])
        docs, losses = written(path, one)
        assert docs == [] and losses.empty == [one.title] and len(losses.lost) == 1

    def test_a_relation_that_lost_an_end_is_counted(self, path):
        a, b = span(0, 2), span(8, 12)
        one = report(a, b, furniture=[Furniture(new_uid(), 0, 8, "nav")])
        one.sets[0].relations = [Relation(new_uid(), a.uid, b.uid, "RESULT")]
        (doc,), losses = written(path, one)
        assert doc.user_data["relations"] == () and losses.relations == 1


class TestFiles:
    def test_a_folder_of_parts(self, tmp_path, monkeypatch):
        monkeypatch.setattr(docbin, "PART_REPORTS", 2)
        target = tmp_path / "out"
        writer = docbin.DocBinWriter(target, WriteOptions(), Losses(), folder=True)
        for _ in range(5):
            writer.add(report(span(8, 12)))
        writer.close()
        parts = sorted(target.iterdir())
        assert [p.name for p in parts] == ["part-0001.spacy", "part-0002.spacy", "part-0003.spacy"]
        assert [len(DocBin().from_disk(p)) for p in parts] == [2, 2, 1]
        from spacy.training import Corpus

        assert len(list(Corpus(target)(spacy.blank("zh")))) == 5

    def test_what_reads_back_differently_is_an_error(self, path, monkeypatch):
        writer = docbin.DocBinWriter(path, WriteOptions(), Losses(), folder=False)
        writer.add(report(span(8, 12)))
        monkeypatch.setattr(docbin, "_doc_digest", lambda doc: b"")
        with pytest.raises(MismatchError):
            writer.close()

    def test_a_damaged_file_is_an_error(self, path, monkeypatch):
        writer = docbin.DocBinWriter(path, WriteOptions(), Losses(), folder=False)
        writer.add(report(span(8, 12)))
        monkeypatch.setattr(writer._bin, "take_bytes", lambda: b"no DocBin")
        with pytest.raises(MismatchError):
            writer.close()

    def test_a_missing_spacy_is_one_sentence(self, path, monkeypatch):
        import sys

        monkeypatch.setitem(sys.modules, "spacy", None)
        with pytest.raises(FormatMissingError, match="train"):
            docbin.DocBinWriter(path, WriteOptions(), Losses(), folder=False)


@st.composite
def reports(draw):
    text = draw(st.text(st.sampled_from("甲乙丙 \n\u3000\u00a0𠮷\U0001f600a\u0301\u2028"), min_size=1, max_size=40))
    edges = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda r: r[0] < r[1])
    labels = st.sampled_from(["MEASURE", "INSTITUTION", "INDICATOR"])
    spans = [span(*edge, draw(labels)) for edge in draw(st.lists(edges, max_size=8))]
    furniture = [Furniture(new_uid(), *edge, "x") for edge in draw(st.lists(edges, max_size=2))]
    return report(*spans, text=text, furniture=furniture)


@given(st.lists(reports(), min_size=1, max_size=3), st.sampled_from(POLICIES), st.booleans())
@settings(max_examples=60, deadline=None)
def test_every_span_is_in_the_file_or_in_the_list(tmp_path_factory, given_reports, policy, whole):
    docs, losses = written(tmp_path_factory.mktemp("x") / "x.spacy", *given_reports, policy=policy, whole=whole)
    listed = {entry.span for entry in losses.lost}
    by_id = {doc.user_data["id"]: doc for doc in docs}
    for one in given_reports:
        doc = by_id.get(one.uid)
        there = {row["id"]: s for row, s in zip(doc.user_data["spans"], doc.spans["sc"])} if doc else {}
        assert {s.uid for s in one.sets[0].spans} == there.keys() | (listed & {s.uid for s in one.sets[0].spans})
        assert not there.keys() & listed
        covered = {i for f in one.furniture for i in range(f.start, f.end)} if not whole else set()
        for s in one.sets[0].spans:
            if s.uid in there:
                assert there[s.uid].text == "".join(
                    c for i, c in enumerate(one.text) if s.start <= i < s.end and i not in covered
                )
