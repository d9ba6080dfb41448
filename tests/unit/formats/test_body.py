from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.report import Furniture, Report
from annotator.formats.body import body_text, whole_text

edges = st.tuples(st.integers(0, 18), st.integers(1, 6)).map(lambda e: (e[0], min(20, e[0] + e[1])))


@given(st.lists(edges, max_size=5), edges)
def test_a_range_of_the_body_holds_the_same_characters(furniture, wanted):
    text = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    body = body_text(Report("r", text, furniture=[Furniture(str(n), *e) for n, e in enumerate(furniture)]))
    covered = {i for start, end in furniture for i in range(start, end)}
    assert body.text == "".join(c for i, c in enumerate(text) if i not in covered)
    start, end = wanted
    found = body.range(start, end)
    if start in covered or end - 1 in covered:
        assert found is None
    else:
        assert body.text[found[0] : found[1]] == "".join(text[i] for i in range(start, end) if i not in covered)


def test_the_whole_text_is_one_piece():
    body = whole_text(Report("r", "甲乙", furniture=[Furniture("1", 0, 1)]))
    assert body.text == "甲乙" and body.kept == [(0, 2)] and body.range(0, 2) == (0, 2)
