from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.report_view.heights import Heights

lists = st.lists(st.integers(1, 40), min_size=1, max_size=700)


@given(lists, st.data())
def test_tops_are_sums_and_every_y_finds_the_one_it_lies_in(values, data):
    heights = Heights(values)
    changed = data.draw(st.integers(0, len(values) - 1))
    grown = heights.set(changed, 99)
    assert grown == 99 - values[changed]
    values = [*values[:changed], 99, *values[changed + 1 :]]
    assert heights.total == sum(values)
    number = data.draw(st.integers(0, len(values) - 1))
    top = sum(values[:number])
    assert heights.top(number) == top
    assert heights.at(top) == number
    assert heights.at(top + values[number] - 1) == number


def test_outside_lie_the_first_and_the_last():
    heights = Heights([10] * 600)
    assert heights.at(-5) == 0
    assert heights.at(6000) == heights.at(10**9) == 599
