"""What a start does not show is not made: pages, the find bar; and what PySide6 put in the way of imports is gone."""

from __future__ import annotations

import builtins
import subprocess
import sys

import pytest

from annotator.ui.late import Late

#: Loaded by a start without anybody having asked for what they show.
TOO_EARLY = (
    "annotator.ui.entity_panel.question_page",
    "annotator.ui.history.page",
    "annotator.ui.entity_panel.outline",
    "annotator.ui.find_bar",
    "annotator.ui.report_view.accessible_text",
    "annotator.ui.tag_all.panel",
    "annotator.ui.suggesting.parts",
    "annotator.ui.suggesting.page",
    "annotator.services.project_suggestions",
    "jieba",
    "annotator.ui.keyboard.palette",
    "annotator.ui.foot_list",
    "annotator.ui.list_page",
    "annotator.reading.furniture.tokens",
    "annotator.ui.transfers",
    "annotator.ui.importing.watcher",
    "annotator.ui.report_list.chooser",
    "annotator.ui.report_list.completing",
    "annotator.ui.furniture.rule_bar",
    "annotator.ui.furniture.rules_dialog",
    "annotator.ui.text_edit.mode",
    "annotator.ui.suggesting.card",
    "annotator.ui.checking",
    "annotator.services.findings",
    "annotator.services.checking",
    "annotator.services.project_checks",
    "annotator.services.evaluating",
    "annotator.services.listed_file",
    "annotator.ui.comparing",
    "annotator.services.furnishing",
    "annotator.services.import_options",
    "annotator.services.importing",
    "annotator.suggest",
    "multiprocessing",
    "spacy",
)


class TestLate:
    def test_it_is_made_once_and_only_when_asked_for(self) -> None:
        made = []
        part = Late(lambda: made.append(1) or object())
        assert part.made is None and made == []
        assert part() is part()
        assert made == [1]

    def test_what_ties_it_comes_in_order_before_or_after(self) -> None:
        told: list[tuple[str, str]] = []
        part = Late(lambda: "part")
        part.then(lambda it: told.append(("first", it)))
        part.then(lambda it: told.append(("second", it)))
        assert told == []
        part()
        part.then(lambda it: told.append(("late", it)))
        part()
        assert told == [("first", "part"), ("second", "part"), ("late", "part")]


def test_a_start_loads_nothing_that_it_does_not_show() -> None:
    code = f"""
import sys
from annotator.ui import app
from annotator.ui.errors import Presenter
qapp = app.application()
settings = app.Settings.load()
app.dress(qapp, settings, sheet=False)
window = app.MainWindow(settings, Presenter(qapp))
app.open_first(window, None, sample=True)
app.look.finish(qapp)
window.show()
qapp.processEvents()
assert window.controller.report is not None
print([name for name in {TOO_EARLY!r} if name in sys.modules])
window.close()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("[]")


@pytest.mark.skipif(not hasattr(builtins, "__orig_import__"), reason="this PySide6 leaves imports alone")
def test_imports_are_pythons_own() -> None:
    assert builtins.__import__ is builtins.__orig_import__  # type: ignore[attr-defined]
