import pytest

from annotator.suggest import model, registry
from annotator.suggest.reading import Reading

TEXT = "云溪县司法局受理纠纷30件。\n县司法局回访。\n"


def reading(folder):
    return Reading(TEXT, range(len(TEXT) + 1), taught={"model": str(folder)})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    spacy = pytest.importorskip("spacy")
    made = spacy.blank("zh")
    ruler = made.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "INSTITUTION", "pattern": [{"ORTH": c} for c in "县司法局"]}])
    groups = made.add_pipe("span_ruler", config={"spans_key": "sc"})
    groups.add_patterns([{"label": "MEASURE", "pattern": [{"ORTH": c} for c in "回访"]}])
    path = tmp_path_factory.mktemp("models") / "invented"
    made.to_disk(path)
    return path


def test_entities_and_span_groups_are_proposed(folder):
    found = [(TEXT[p.start : p.end], p.start, p.label, p.source) for p in model.suggest(reading(folder))]
    assert found == [
        ("县司法局", 2, "INSTITUTION", "model"),
        ("县司法局", 15, "INSTITUTION", "model"),
        ("回访", 19, "MEASURE", "model"),
    ]
    assert model.labels(str(folder)) == ["INSTITUTION", "MEASURE"]


@pytest.mark.parametrize("damage", ["missing", "empty", "broken"])
def test_a_folder_without_a_usable_model_is_one_sentence_and_the_others_go_on(tmp_path, damage):
    pytest.importorskip("spacy")
    path = tmp_path / "m"
    if damage != "missing":
        path.mkdir()
    if damage == "broken":
        (path / "config.cfg").write_text("no config\n", "utf-8")
    known = reading(path)
    found = registry.suggest(known, ["quantities", "model"])
    assert [TEXT[p.start : p.end] for p in found] == ["30件"]
    ((_name, problem),) = registry.problems(known)
    assert str(path) in str(problem)
    assert "\n" not in str(problem)


def test_a_model_that_finds_no_spans_says_so(tmp_path):
    spacy = pytest.importorskip("spacy")
    spacy.blank("zh").to_disk(tmp_path / "blank")
    known = reading(tmp_path / "blank")
    assert registry.suggest(known, ["model"]) == []
    assert "neither" in registry.problems(known)[0][1].message
