from annotator.suggest import lexicon
from annotator.suggest.reading import Reading

TEXT = "云溪服务队上门,云溪服务队员回访,服务群众"


def found(*entries):
    edges = [0, 2, 5, 7, 8, 10, 14, 16, 17, 19, 21]
    reading = Reading(TEXT, edges, taught={"lexicon": entries})
    return [(TEXT[q.start : q.end], q.start, q.label, q.score) for q in lexicon.suggest(reading)]


def test_a_known_string_is_offered_wherever_it_stands():
    assert [row[:2] for row in found(("云溪服务队", "INSTITUTION", 3, 0))] == [("云溪服务队", 0), ("云溪服务队", 8)]


def test_a_short_one_only_on_word_edges():
    assert [row[1] for row in found(("服务", "A", 1, 0))] == [17]


def test_the_longest_of_a_label_wins_and_refusals_count():
    (first, _second) = found(("云溪服务队", "A", 8, 1), ("云溪", "A", 1, 0))
    assert first[3] == 0.8


def test_nothing_known_nothing_offered():
    assert found() == []
