"""Labels an import brings: free keys, shapes and colours; and what other connections see of them."""

from __future__ import annotations

import threading

import pytest

from annotator.storage import Store
from tests.unit.storage.building import make_report, span


def test_new_labels_get_a_free_digit_a_shape_and_a_colour_of_their_own(store: Store) -> None:
    made = [store.labels.ensure(f"标签{n}") for n in range(9)]
    assert store.labels.ensure("标签0") == made[0]
    assert [label.key for label in made] == ["4", "5", "6", "7", "8", "9", "0", "", ""]
    assert {label.shape for label in made} == {"bracket", "box", "double"}
    assert len({label.light for label in store.schema.labels[:-1]}) == 11
    assert store.schema.labels[3:] == tuple(made)
    store.close()
    with Store.open(store.path) as again:
        assert again.schema.labels[3:] == tuple(made)


def test_a_label_of_a_transaction_that_failed_is_gone(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.labels.ensure("PROJECT")
        assert store.schema.label("PROJECT") is not None
        raise ZeroDivisionError
    assert store.schema.label("PROJECT") is None
    assert store.labels.ensure("PROJECT").key == "4"


def test_another_connection_sees_new_labels_at_once(store: Store, bring) -> None:
    seen: list[str] = []

    def job() -> None:
        with store.second() as other:
            other.labels.ensure("PROJECT")
            seen.extend(label.name for label in other.schema.labels)

    assert store.schema.label("PROJECT") is None
    thread = threading.Thread(target=job)
    thread.start()
    thread.join()
    assert seen[-1] == "PROJECT"
    assert store.schema.label("PROJECT") is not None
    (number,) = bring(make_report(span(0, 2, "PROJECT")))
    assert store.reports.load(number).sets[0].spans[0].label == "PROJECT"
