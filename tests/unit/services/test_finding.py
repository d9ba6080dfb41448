"""Regular expressions in the helper process: found, refused in a sentence, ended where they would take for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from annotator.domain.errors import InputError, KnownError
from annotator.domain.find import Query, unpacked
from annotator.services import finding
from annotator.services.helper import Answer, Helper
from annotator.services.helper_worker import TASKS

HOSTILE = "a" * 40 + "!"
ENDLESS = Query("(a+)+$", expression=True)


@pytest.fixture
def helper() -> Iterator[Helper]:
    tasks = {"find": TASKS["find"]._replace(limit=0.5)}
    with Helper(tasks=tasks) as made:
        yield made


def ask(helper: Helper, text: str, query: Query) -> Any:
    return helper.ask("find", (text, query, [(0, len(text))]), timeout=30)


def test_places_come_back(helper: Helper) -> None:
    found = unpacked(ask(helper, "共587项,约45亿元。", Query(r"\d+", expression=True)))
    assert [found[n] for n in range(len(found))] == [(1, 4), (7, 9)]


def test_a_wrong_expression_is_a_sentence(helper: Helper) -> None:
    with pytest.raises(KnownError, match="bracket"):
        ask(helper, "", Query("(", expression=True))


def test_an_endless_expression_is_ended_and_the_next_one_is_answered(helper: Helper) -> None:
    with pytest.raises(KnownError, match="no sign of life"):
        ask(helper, HOSTILE, ENDLESS)
    assert len(unpacked(ask(helper, HOSTILE, Query("a", expression=True)))) == 40


def test_a_newer_question_does_not_wait_long_for_an_endless_one() -> None:
    answers: list[Answer] = []
    there = threading.Event()

    def hear(answer: Answer) -> None:
        answers.append(answer)
        there.set()

    with Helper(hear, {"find": TASKS["find"]._replace(limit=0.5)}) as helper:
        helper.submit("find", (HOSTILE, ENDLESS, [(0, 41)]), key="find")
        while not helper.alive or helper.busy and not helper._running:  # until the endless one is under way
            time.sleep(0.01)
        begin = time.monotonic()
        helper.submit("find", (HOSTILE, Query("!", expression=True), [(0, 41)]), key="find")
        assert there.wait(20)
        assert time.monotonic() - begin < 8
    assert [len(unpacked(answer.value)) for answer in answers] == [1]


def test_one_that_goes_on_finding_is_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 3))
    monkeypatch.setattr(finding.time, "monotonic", lambda: float(next(clock)))
    pulses: list[int] = []
    with pytest.raises(InputError, match="stopped after 5 s"):
        finding.find(("a" * 1000, Query("a", expression=True), [(0, 1000)]), lambda: pulses.append(1))
    assert pulses
