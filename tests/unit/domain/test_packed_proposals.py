"""Proposals packed come out as they went in, in pieces, and those that were packed all at once too."""

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.changes import Wording
from annotator.domain.packed_proposals import PIECE, Packed, doubt, pack
from annotator.domain.suggestion import Proposal


def some(n):
    reason = Wording("like “{text}”\nand more", {"text": "件\n"})
    return [Proposal(i, i + 2, "INDICATOR", "quantities", 0.9, reason, {"value": str(i)}) for i in range(n)]


@pytest.mark.parametrize("n", [0, 1, PIECE, PIECE + 1, 3 * PIECE])
def test_all_come_out_in_order_and_no_piece_is_longer(n):
    packed = pack(some(n))
    pieces = list(packed.pieces())
    assert [p for piece in pieces for p in piece] == packed.read() == some(n)
    assert packed.n == n and all(0 < len(piece) <= PIECE for piece in pieces)


@given(st.text(), st.dictionaries(st.text(), st.one_of(st.text(), st.booleans(), st.integers())), st.floats(0, 1))
def test_whatever_their_words(words, attributes, score):
    proposals = [Proposal(0, 1, words, "model", score, Wording(words), attributes)] * 2
    assert pack(proposals).read() == proposals


def test_what_an_earlier_version_packed_in_one_is_read():
    data = zlib.compress(json.dumps(list(map(tuple, some(300))), ensure_ascii=False).encode())
    assert Packed(300, 0.1, data).read() == some(300)
    assert max(map(len, Packed(300, 0.1, data).pieces())) == PIECE
    assert Packed(0, 0.0, zlib.compress(b"[]")).read() == []


def test_doubt_is_the_mean_share_of_wrong_decisions_to_expect():
    assert doubt([]) == 0.0
    assert doubt([Proposal(0, 1, "A", "x", 0.9), Proposal(0, 1, "B", "x", 0.3)]) == pytest.approx(0.2)
