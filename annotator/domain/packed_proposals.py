"""Proposals in little room, in pieces: of a long report there are ten thousand, and whoever shows them reads piece by piece.

They are packed where they are made and travel so, to the window and into the project: nobody unpacks all at one go who
must not be held up. Standard library only.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple

from annotator.domain.changes import Wording
from annotator.domain.suggestion import Proposal

#: So many proposals are read in about a millisecond.
PIECE: Final = 128


class Packed(NamedTuple):
    """The proposals for one report: how many, how unsure they are together, and they themselves, packed."""

    n: int
    doubt: float
    data: bytes

    def pieces(self) -> Iterator[list[Proposal]]:
        """The proposals, in their order, at most `PIECE` at once; those that an earlier version packed all at once."""
        for line in zlib.decompress(self.data).split(b"\n"):
            rows = json.loads(line) if line else []
            for at in range(0, len(rows), PIECE):
                yield [_proposal(*row) for row in rows[at : at + PIECE]]

    def read(self) -> list[Proposal]:
        """All of them."""
        return list(chain.from_iterable(self.pieces()))


def pack(proposals: Sequence[Proposal]) -> Packed:
    """The proposals packed."""
    pieces = (proposals[at : at + PIECE] for at in range(0, len(proposals), PIECE))
    lines = [json.dumps(list(map(tuple, piece)), ensure_ascii=False).encode() for piece in pieces]
    return Packed(len(proposals), doubt(proposals), zlib.compress(b"\n".join(lines), 6))


def doubt(proposals: Sequence[Proposal]) -> float:
    """How unsure proposals are together: the mean share of wrong decisions to expect, from 0 to 0.5."""
    if not proposals:
        return 0.0
    return sum(min(p.score, 1 - p.score) for p in proposals) / len(proposals)


def _proposal(start: int, end: int, label: str, source: str, score: float, reason: Any, attributes: Any) -> Proposal:
    return Proposal(start, end, label, source, score, Wording(*reason), attributes)
