"""What counts as nearly the same text, and that it is found."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.report import Furniture
from annotator.services.near_duplicates import NEAR, body_of, fingerprint, similarity


def text(seed: int = 1, sentences: int = 120) -> str:
    chance = random.Random(seed)
    made = (
        "".join(chance.choices("的一是在不了有和人这中大为上个国我以要他年政府建设法治宣传工作", k=14))
        for _ in range(sentences)
    )
    return "。".join(made) + "。"


def furniture(*ranges: tuple[int, int]) -> list[Furniture]:
    return [Furniture(str(n), start, end) for n, (start, end) in enumerate(ranges)]


def test_the_same_body_with_other_furniture_has_the_same_hash() -> None:
    body = text()
    one = fingerprint("首页 > 公开\n" + body, furniture((0, 8)))
    other = fingerprint(
        body.replace("。", "。\n　　") + "\n打印", furniture((len(body.replace("。", "。\n　　")), len(body) + 9999))
    )
    assert one.hash == other.hash
    assert one.bands == other.bands


def test_overlapping_ranges_are_cut_once() -> None:
    assert body_of("abcdef", furniture((3, 5), (1, 4))) == "af"
    assert body_of("abcdef", []) == "abcdef"


def test_a_text_without_body_is_like_nothing() -> None:
    assert fingerprint("首页", furniture((0, 2))) == ("", ())


def test_short_texts_are_compared_whole_only() -> None:
    assert fingerprint("区司法局新建80个站点。").bands == ()


def test_nearly_equal_bodies_share_a_band() -> None:
    found = 0
    for seed in range(100):
        body = text(seed)
        place = random.Random(seed).randrange(len(body) - 60)
        newer = body[:place] + body[place + 30 :]
        assert similarity(body, newer) >= NEAR
        found += not {*fingerprint(body).bands}.isdisjoint(fingerprint(newer).bands)
    assert found >= 97


def test_different_reports_share_no_band() -> None:
    bands = [fingerprint(text(seed)).bands for seed in range(200)]
    assert len({band for each in bands for band in each}) == sum(map(len, bands))


def test_similarity_is_a_share() -> None:
    body = text()
    assert similarity(body, "\n".join(body)) == 1.0
    assert similarity(body, text(2)) < 0.3
    assert similarity(body, body[: len(body) // 2]) == 0.0
    assert similarity("", "") == 1.0
    assert similarity("一二", "一三") == 0.0


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="一二三，。 \n", max_size=60), st.text(alphabet="一二三，。 \n", max_size=60))
def test_similarity_is_symmetric_and_one_only_for_the_same(one: str, other: str) -> None:
    there, back = similarity(one, other), similarity(other, one)
    assert there == back
    assert 0 <= there <= 1
    assert ("".join(one.split()) == "".join(other.split())) <= (there == 1.0)
