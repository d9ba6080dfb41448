"""The fast tokens against spaCy's own: equal on every text there is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.docbin_tokens import Tokenizer

spacy = pytest.importorskip("spacy", reason="the extra “train” is not installed")

NLP = spacy.blank("zh")


def compare(text: str) -> None:
    tokens = Tokenizer(NLP.vocab.strings).tokens(text)
    doc = NLP.make_doc(text)
    assert [NLP.vocab.strings[int(o)] for o in tokens.orth] == [t.text for t in doc]
    assert tokens.spaces.tolist() == [bool(t.whitespace_) for t in doc]
    for token in doc:
        assert tokens.start[token.idx] == token.i
        assert tokens.end[token.idx + len(token)] == token.i + 1
    assert sum(i >= 0 for i in tokens.start) == len(doc)
    assert sum(i >= 0 for i in tokens.end) == len(doc)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "  ",
        "甲",
        " 甲",
        "甲 乙",
        "甲  乙",
        "甲 \n乙",
        "甲\n 乙",
        "甲　乙 ",
        "\x1c甲\x85\u2028",
        "𠮷 \U0001f600",
    ],
)
def test_white_space(text):
    compare(text)


@given(
    st.text(
        st.sampled_from(" \n\t\u3000\u00a0\u2028\u0085\x1c\u200b") | st.characters(exclude_categories=["Cs"]),
        max_size=60,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_text(text):
    compare(text)


def test_the_shared_reports(shared_reports):
    for path in shared_reports:
        compare(path.read_text(encoding="utf-8"))
