"""The benchmarks' own arithmetic; what they measure is seen by running them."""

from __future__ import annotations

import pytest

from benchmarks import __main__ as program
from benchmarks import raw
from benchmarks.figures import Row, alternate, percentile, table


@pytest.mark.parametrize(
    ("row", "passed"),
    [
        (Row("slow", 30, 10, "ms", 3), True),
        (Row("slow", 31, 10, "ms", 3), False),
        (Row("share", 25, 100, "spans/s", 0.25, at_least=True), True),
        (Row("share", 24, 100, "spans/s", 0.25, at_least=True), False),
        (Row("told only", 99, 1, "ms"), None),
    ],
)
def test_a_gate_holds_or_is_missed(row: Row, passed: bool | None) -> None:
    assert row.passed is passed


def test_both_sides_run_in_turn() -> None:
    order: list[str] = []
    first, second = alternate(3, lambda: order.append("a") or 1.0, lambda: order.append("b") or 2.0)

    assert order == ["a", "b"] * 3
    assert (first, second) == ([1.0] * 3, [2.0] * 3)


def test_percentiles_are_values_that_occurred() -> None:
    assert percentile([5, 1, 4, 2, 3], 50) == 3
    assert percentile(range(1, 101), 95) == 95


def test_the_table_replaces_the_old_one_in_the_readme(tmp_path, monkeypatch) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{program.BEGIN}\nold\n{program.END}\nafter\n", "utf-8")
    monkeypatch.setattr(program, "README", readme)

    program.write([Row("start", 300, 100, "ms", 2)])

    text = readme.read_text("utf-8")
    assert "old" not in text
    assert text.startswith("before\n")
    assert text.endswith(f"{program.END}\nafter\n")
    assert "| start | 300 ms | 100 ms | 3.00 | ≤ 2 | **miss** |" in text


def test_the_readme_has_a_place_for_the_table() -> None:
    text = program.README.read_text("utf-8")
    assert text.index(program.BEGIN) < text.index(program.END)
    assert table([]).startswith("| what |")


def test_without_the_raw_side_it_says_so(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(raw, "BENCH", tmp_path)

    assert program.main([]) == 0
    assert "../shared" in capsys.readouterr().out
