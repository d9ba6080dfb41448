"""Findings of a project, sieved, counted, changed and replaced: always what a plain list of them would say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.changes import Wording
from annotator.services.project_checks import Checked, Place
from annotator.ui.checking.gathered import ALL, VERDICTS, Gathered, Sieve, Sort

KINDS, OUTCOMES = ("rate", "jump", "lint.edges"), ("agrees", "rounding", "disagrees")


def made(row: int, kind: str, verdict: str, title: str = "", note: str | None = None) -> Checked:
    place = (Place(0, 1, "x"),)
    return Checked(row, f"r{row}", title, kind, place, "", "", verdict, Wording(""), f"{kind}{title}", dismissed=note)


_FOUND = st.builds(
    made,
    st.integers(1, 4),
    st.sampled_from(KINDS),
    st.sampled_from(OUTCOMES),
    st.sampled_from(["青溪县", "南屏县 Annual"]),
    st.sampled_from([None, "as printed"]),
)
_SIEVES = st.builds(
    Sieve,
    st.sampled_from(["", *KINDS]),
    st.sampled_from(VERDICTS),
    st.booleans(),
    st.sampled_from([(), ("青溪",), ("annual", "南屏")]),
)


def passes(one: Checked, sieve: Sieve) -> bool:
    sort = Sort(one.kind, one.verdict, one.dismissed is not None)
    return sieve.lets(sort) and all(word in one.title.casefold() for word in sieve.words)


@given(st.lists(st.lists(_FOUND, max_size=4), max_size=5), _SIEVES)
def test_what_comes_in_page_by_page_is_listed_as_all_at_once(pages, sieve):
    gathered, listed = Gathered(), []
    for page in pages:
        known = len(gathered)
        gathered.add(page)
        listed += gathered.passing(sieve, known)
    everything = [one for page in pages for one in page]
    assert gathered.findings == everything
    assert listed == gathered.passing(sieve) == [one for one in everything if passes(one, sieve)]


@given(st.lists(_FOUND, max_size=12), _SIEVES, st.lists(_FOUND, max_size=3), st.integers(1, 4))
def test_counts_and_lists_hold_after_changes(found, sieve, others, report):
    gathered = Gathered()
    gathered.add(sorted(found, key=lambda one: one.row))
    gathered.change(report, lambda one: one._replace(dismissed=None))
    new = [one._replace(row=report) for one in others]
    gathered.replace(lambda one: one.kind != "jump", report, new)
    fresh = Gathered()
    fresh.add(gathered.findings)
    assert gathered.passing(sieve) == fresh.passing(sieve)
    assert gathered.kinds(sieve) == fresh.kinds(sieve)
    assert gathered.count(lambda _sort: True) == len(gathered) == len(gathered.findings)
    ours = [one for one in gathered.findings if one.row == report]
    assert [one for one in ours if one in new or one.kind == "jump"] == ours
    assert [one.row for one in gathered.findings if one.row != report] == sorted(
        one.row for one in found if one.row != report
    )


def test_nothing_new_changes_nothing():
    gathered, one = Gathered(), made(1, "rate", "agrees")
    gathered.add([one])
    assert not gathered.replace(lambda _one: True, 1, [one])
    assert not gathered.change(1, lambda one: one)
    assert gathered.passing(Sieve(verdict=ALL)) == [one]
