"""Time counts while somebody works, and only then."""

from __future__ import annotations

from annotator.services.work_time import Stopwatch, duration


def test_time_between_acts_counts() -> None:
    watch = Stopwatch()
    for now in (100.0, 110.0, 130.0):
        watch.acted(now)
    assert watch.take(131.0) == 31.0
    assert watch.take(131.0) == 0


def test_nothing_counts_before_the_first_act() -> None:
    watch = Stopwatch()
    assert watch.take(500.0) == 0
    watch.left(600.0)
    assert watch.take(700.0) == 0


def test_a_minute_after_the_last_act_counts_and_lunch_does_not() -> None:
    watch = Stopwatch()
    watch.acted(0.0)
    assert watch.take(30.0) == 30
    assert watch.take(3600.0) == 30
    watch.acted(3600.0)
    assert watch.take(3605.0) == 5


def test_another_window_in_front_stops_it_at_once() -> None:
    watch = Stopwatch()
    watch.acted(0.0)
    watch.left(10.0)
    assert watch.take(50.0) == 10
    watch.acted(100.0)
    assert watch.take(104.0) == 4


def test_words_for_lengths_of_time() -> None:
    assert [duration(s) for s in (0, 41.4, 61, 3599, 7500)] == ["0 s", "41 s", "1 min", "1 h 00 min", "2 h 05 min"]
