"""Facts: values, where they come from, and a file's own `from` that stays as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.facts import BY_HAND, further, values_of, where_of, with_value

META = {"title": "题", "year": 2023, "栏目": "要闻", "ok": True, "n": 1.5, "list": [1], "from": {"year": "title"}}


def test_values_are_short_texts_whole_numbers_yes_and_no() -> None:
    assert dict(values_of(META)) == {"year": "2023", "栏目": "要闻", "ok": "true"}
    assert dict(values_of({"a": "", "b": None, "c": "长" * 201, "d": 2**70, "url": "http://x"})) == {}


def test_a_value_set_by_hand_says_so_and_leaves_the_others() -> None:
    meta = with_value(META, "year", 2024)
    assert meta["year"] == 2024
    assert where_of(meta) == {"year": BY_HAND}
    assert where_of(with_value(meta, "栏目", "通知")) == {"year": BY_HAND, "栏目": BY_HAND}
    assert "year" not in with_value(META, "year", None)
    assert META["year"] == 2023


def test_a_from_of_the_file_s_own_survives() -> None:
    meta = {"from": "县志办", "year": 2020}
    assert dict(values_of(meta)) == {"year": "2020", "from": "县志办"}
    changed = with_value(meta, "year", 2021)
    assert changed["from"] == "县志办"
    assert where_of(changed) == {"year": BY_HAND}
    assert further(changed, frozenset({"year"})) == ["from"]
    assert where_of({"from": ["x"]}) == {}


@given(
    st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.booleans(), st.none(), st.floats())), st.text()
)
def test_setting_a_value_touches_nothing_else(meta: dict[str, object], field: str) -> None:
    if field in ("from", "annotator:from"):
        return
    changed = with_value(meta, field, "值")
    assert changed[field] == "值"
    assert where_of(changed)[field] == BY_HAND
    assert {k: repr(v) for k, v in meta.items() if k != field} == {
        k: repr(v) for k, v in changed.items() if k != field and k in meta
    }
