"""Every text a person reads is translated, with the same places in it, and the compiled catalogue is up to date."""

import ast
import gettext
import io
import re
import string
from pathlib import Path

import click
import pytest

from annotator import catalogues, locations
from annotator.messages import DOMAIN, LANGUAGES, set_language, translate

ROOT = Path(__file__).resolve().parents[2]
MARKERS = {"_", "N_", "translate"}
ZH = locations.resources() / "translations" / "zh_CN"


def messages_in(source: str) -> list[str]:
    """The message ids of a module: constants that a marker is called with; f-strings are none."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            STRINGS.add(node.value)
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in MARKERS:
            found += constants(node.args[0])
    return found


def constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    assert not isinstance(node, ast.JoinedStr), f"line {node.lineno}: an f-string cannot be translated"
    return []


def places(text: str) -> list[str]:
    return sorted({name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None})


#: Everything written in quotes in the program.
STRINGS: set[str] = set()
MESSAGES = {
    message: str(path.relative_to(ROOT))
    for path in sorted((ROOT / "annotator").rglob("*.py"))
    for message in messages_in(path.read_text(encoding="utf-8"))
    if message
}


#: Messages whose count is no number of things.
ONE_FORM: set[str] = set()


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return catalogues.merged(sorted((ZH.parent / "en").glob("*.po")))


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    return catalogues.merged(sorted(ZH.glob("*.po")))


def test_every_message_has_a_translation(chinese):
    assert len(MESSAGES) > 300
    missing = {f"{where}: {message}" for message, where in MESSAGES.items() if message not in chinese}
    assert missing == set()


def test_no_translation_is_left_over(chinese):
    for path in Path(click.__file__).parent.glob("*.py"):  # says its own messages through the same catalogue
        messages_in(path.read_text(encoding="utf-8"))
    assert {message for message in chinese if message.split("\0")[0] not in STRINGS} == set()


def test_translations_have_the_same_places(chinese):
    # of a plural message the ids' places may differ: "1 value" names no number
    plain = {message: text for message, text in chinese.items() if "\0" not in message}
    different = {message: text for message, text in plain.items() if set(places(text)) != set(places(message))}
    assert different == {}


def test_english_counts_are_worded_for_one_and_for_many(english):
    counted = re.compile(r"\{n(:[^}]*)?\} [a-z]{2,}s\b")
    assert len(english) > 50
    assert {
        f"{where}: {m}" for m, where in MESSAGES.items() if counted.search(m) and m not in english
    } - ONE_FORM == set()
    for message, text in english.items():
        assert set(places(text)) == set(places(message)), message
        assert re.sub(r"\{\w+:[^}|]*\|([^}]*)\}", r"\1", text) == message, "for many it is the id itself"


def test_a_count_of_one_takes_the_singular():
    set_language("en")
    assert [translate("{n} spans", n=n) for n in (0, 1, 2, "1", "1,001")] == [
        "0 spans", "1 span", "2 spans", "1 span", "1,001 spans"]  # fmt: skip
    assert translate("{n} reports imported with {spans} spans.", n=1, spans=2) == "1 report imported with 2 spans."
    assert translate("{n} reports imported with {spans} spans.", n=3, spans=1) == "3 reports imported with 1 span."
    assert translate("Relabel {n} spans as {label}", n=1, label="a|b") == "Relabel 1 span as a|b"
    set_language("zh_CN")
    assert "1" in translate("{n} spans", n=1) and "span" not in translate("{n} spans", n=1)


def test_translations_are_chinese(chinese):
    hanzi = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
    same = {
        m
        for m, text in chinese.items()
        if not hanzi.search(text) and re.search("[A-Za-z]{4}", re.sub(r"\{.*?\}", "", text))
    }
    assert same <= {"Language: English", "English", "JSON Lines", "spaCy DocBin", "Ctrl"}


def test_places_are_named(chinese):
    assert [
        m for m in chinese if any(not name.isidentifier() for name in places(m.split("\0")[0]) if "!" not in name)
    ] == []


@pytest.mark.parametrize("folder", [ZH, ZH.parent / "en"], ids=lambda folder: folder.name)
def test_the_compiled_catalogue_is_what_the_files_add_up_to(folder):
    path = catalogues.compiled_path(folder)
    assert path.is_file(), "run python -m annotator.catalogues"
    assert path.read_bytes() == catalogues.catalogue(folder), "run python -m annotator.catalogues"


def test_gettext_reads_what_we_compile(tmp_path):
    source = tmp_path / "a.po"
    source.write_text(
        '#, fuzzy\nmsgid "no"\nmsgstr "否"\n\nmsgid ""\nmsgstr "header"\n\n'
        'msgid "two "\n"parts"\nmsgstr ""\n"两"\n"段"\nmsgid "one {n}"\nmsgid_plural "many {n}"\nmsgstr[0] "共{n}"\n'
        '#~ msgid "gone"\n#~ msgstr "没了"\n\nmsgid "empty"\nmsgstr ""\n',
        encoding="utf-8",
    )
    messages = catalogues.read_po(source)
    assert messages == {"two parts": "两段", "one {n}\0many {n}": "共{n}"}
    read = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(messages, "zh_CN")))
    assert read.gettext("two parts") == "两段" and read.gettext("other") == "other"
    assert read.ngettext("one {n}", "many {n}", 5) == "共{n}"


def test_contradictions_are_refused(tmp_path):
    for name, text in (("a", "甲"), ("b", "乙")):
        (tmp_path / f"{name}.po").write_text(f'msgid "x"\nmsgstr "{text}"\n', encoding="utf-8")
    with pytest.raises(catalogues.CatalogueError, match=r"b\.po"):
        catalogues.merged([tmp_path / "a.po", tmp_path / "b.po"])
    (tmp_path / "c.po").write_text("msgid x\n", encoding="utf-8")
    with pytest.raises(catalogues.CatalogueError, match=r"c\.po:1"):
        catalogues.read_po(tmp_path / "c.po")


def test_main_writes_every_language(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "translations" / "zh_CN"
    folder.mkdir(parents=True)
    (folder / "a.po").write_text('msgid "x"\nmsgstr "叉"\n', encoding="utf-8")
    monkeypatch.setattr(locations, "resources", lambda: tmp_path)
    assert catalogues.main() == 0
    assert gettext.translation(DOMAIN, str(tmp_path / "translations"), ["zh_CN"]).gettext("x") == "叉"


def test_a_text_follows_the_language_of_the_moment():
    assert "zh_CN" in LANGUAGES
    set_language("zh_CN")
    assert translate("The file is empty.") == "文件是空的。"
    set_language("xx")
    assert translate("The file is empty.") == "The file is empty."
