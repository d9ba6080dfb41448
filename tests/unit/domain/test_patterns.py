"""A pattern compiled late is the pattern that `re.compile` gives."""

from __future__ import annotations

import copy
import re

import pytest

from annotator.domain import patterns
from annotator.domain.patterns import compile_all, late

TEXT = "办结12件，2021年办结9件。"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns compiled since, and none of other modules that wait to be."""
    seen: list[str] = []
    real = re.compile
    monkeypatch.setattr(patterns.re, "compile", lambda pattern, flags=0: seen.append(pattern) or real(pattern, flags))
    monkeypatch.setattr(patterns, "_left", [])
    return seen


def test_a_pattern_is_compiled_once_and_when_it_is_first_used(compiled: list[str]) -> None:
    figures = late("[0-9]+")
    assert compiled == []
    assert [match.group() for match in figures.finditer(TEXT)] == ["12", "2021", "9"]
    assert figures.search(TEXT, 5).group() == "2021"
    assert compiled == ["[0-9]+"]


def test_all_that_wait_are_compiled_at_once(compiled: list[str]) -> None:
    one, two = late("a"), late("B", re.IGNORECASE)
    assert one.match("a")
    compile_all()
    assert sorted(compiled) == ["B", "a"]
    assert two.fullmatch("b")
    assert sorted(compiled) == ["B", "a"]


def test_the_pattern_can_be_read_without_compiling_and_what_no_pattern_has_is_missing(compiled: list[str]) -> None:
    pattern = late("(?P<n>x)")
    assert pattern.pattern == "(?P<n>x)"
    assert not hasattr(pattern, "serch")
    assert compiled == []
    assert pattern.groupindex["n"] == 1
    assert copy.copy(late("x")).search("x")
