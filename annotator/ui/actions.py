"""The one table of actions: what the window can do, in which words, by which keys, where and when.

Menus, shortcuts, tooltips and the sheet of keys are built from it. What an action does is a method of
`commands.Commands`, found by the action's id; this file does nothing itself.
"""

from __future__ import annotations

from typing import NamedTuple

from annotator.messages import N_


class Action(NamedTuple):
    """One row of the table.

    `menu`: id of the menu it stands in, "" for none. `keys`: default keys; the first is the one shown; which keys are in
    force is `keyboard.keymap`'s.
    `where`: "window" keys work everywhere; "report" keys are keys that only the report view reads, never
    shortcuts; "suggestion" keys are read there while a suggestion is being decided, and may be "report" keys otherwise;
    "field" keys are the focused widget's own and are shown only. `needs`: flags of
    `Controller.flags()` that must all hold. `group`: exclusive group of checkable actions. `rule`: a line above.
    """

    id: str
    words: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    where: str = "window"
    needs: tuple[str, ...] = ()
    checkable: bool = False
    group: str = ""
    icon: str = ""
    rule: bool = False


MENUS: tuple[tuple[str, str], ...] = (
    ("project", N_("&Project")),
    ("edit", N_("&Edit")),
    ("report", N_("&Report")),
    ("go", N_("&Go")),
    ("label", N_("&Labels")),
    ("suggest", N_("&Suggestions")),
    ("view", N_("&View")),
    ("help", N_("&Help")),
    ("reading", N_("Reading")),
    ("shown", N_("Labels shown")),
    ("queue", N_("Order of the reports")),
    ("spans", N_("Span list")),
    ("furniture", N_("Page furniture")),
    ("blind", N_("Annotate blind")),
    ("sources", N_("Sources of suggestions")),
)

#: Menus that stand inside another one: in which, and before which of its actions.
INSIDE: dict[str, tuple[str, str]] = {
    "reading": ("view", "view.names_all"),
    "shown": ("view", "view.names_all"),
    "queue": ("report", "report.new"),
    "furniture": ("edit", "find.open"),
    "spans": ("view", "view.names_all"),
    "blind": ("suggest", "suggest.ask"),
    "sources": ("suggest", "suggest.ask"),
}

_WRITE = ("project", "writable")
_REPORT = ("report", "writable")
_SPAN = ("report", "writable", "span")
_OFFER = ("report", "writable", "suggestion")


def _go(name: str, words: str, *keys: str, rule: bool = False) -> tuple[Action]:
    """A stride through the report, by a key of its own."""
    return (Action(name, words, "go", keys, "report", ("report",), rule=rule),)


def _decide(name: str, words: str, *keys: str, rule: bool = False) -> tuple[Action]:
    """What is done with the suggestion one stands on, by keys that mean it only then."""
    return (Action(f"suggestion.{name}", words, "suggest", keys, "suggestion", _OFFER, rule=rule),)


ACTIONS: tuple[Action, ...] = (
    Action("project.new", N_("New project…"), "project", ("Ctrl+N",)),
    Action("project.open", N_("Open project…"), "project", ("Ctrl+O",)),
    Action("project.recent", N_("Recent projects"), "project"),
    Action("project.sample", N_("Open the sample project"), "project"),
    Action("project.import_files", N_("Import files…"), "project", ("Ctrl+I",), needs=(*_WRITE, "idle"), rule=True),
    Action("project.import_folder", N_("Import a folder…"), "project", ("Ctrl+Shift+I",), needs=(*_WRITE, "idle")),
    Action("project.import_look", N_("Import with a preview…"), "project", needs=(*_WRITE, "idle")),
    Action("project.watch", N_("Watch a folder for new files…"), "project", needs=_WRITE, checkable=True),
    Action("project.import_result", N_("Result of the last import"), "project", needs=("imported",)),
    Action("project.export", N_("Export…"), "project", ("Ctrl+E",), needs=("project", "idle"), rule=True),
    Action("compare.open", N_("Compare annotators…"), "project", ("Ctrl+Shift+D",), needs=("project",)),
    Action("project.copy", N_("Save a copy…"), "project", ("Ctrl+Shift+S",), needs=("project", "idle")),
    Action("project.close", N_("Close project"), "project", ("Ctrl+W",), needs=("project",), rule=True),
    Action("project.quit", N_("Quit"), "project", ("Ctrl+Q",)),
    Action("edit.undo", N_("Undo"), "edit", ("Ctrl+Z",), needs=("undo",), icon="undo"),
    Action("edit.redo", N_("Redo"), "edit", ("Ctrl+Shift+Z", "Ctrl+Y"), needs=("redo",), icon="redo"),
    Action("edit.copy", N_("Copy"), "edit", ("Ctrl+C",), where="field", needs=("report",), rule=True),
    Action("text.edit", N_("Edit the text"), "edit", ("Ctrl+Shift+E",), needs=_REPORT, checkable=True, rule=True),
    Action("text.keep", N_("Keep the edited text"), "edit", needs=("editing",)),
    Action("text.drop", N_("Leave the edit of the text"), "edit", needs=("editing",)),
    Action("text.copy", N_("Replace the text by a newer copy…"), "edit", needs=_REPORT),
    Action("furniture.mark", N_("Mark as page furniture"), "furniture", ("G",), "report", _REPORT),
    Action("furniture.restore", N_("Make it body again"), "furniture", ("Shift+G",), "report", _REPORT),
    Action("furniture.edge", N_("Move an edge of the page furniture"), "furniture", ("Shift+E",), "report", _REPORT),
    Action("furniture.rule", N_("Keep as a rule for this site…"), "furniture", ("Ctrl+G",), needs=_REPORT, rule=True),
    Action("furniture.rules", N_("Rules for page furniture…"), "furniture", needs=("project",)),
    Action("find.open", N_("Find in the report…"), "edit", ("Ctrl+F",), needs=("report",), rule=True),
    Action("find.open_here", N_("Find in the report"), "", ("F",), where="report", needs=("report",)),
    Action("find.next", N_("Next match"), "edit", ("F3",), needs=("report",)),
    Action("find.previous", N_("Previous match"), "edit", ("Shift+F3",), needs=("report",)),
    Action("edit.find_report", N_("Filter reports"), "edit", ("Ctrl+J",), needs=("project",), rule=True),
    Action("edit.find_span", N_("Filter spans"), "edit", ("Ctrl+L",), needs=("report",)),
    Action("report.done_next", N_("Done, next report"), "report", ("Ctrl+Return", "Ctrl+Enter"), needs=_REPORT),
    Action("report.next", N_("Next report"), "report", ("Ctrl+PgDown",), needs=("report",)),
    Action("report.previous", N_("Previous report"), "report", ("Ctrl+PgUp",), needs=("report",)),
    Action("queue.file", N_("File order"), "queue", needs=("project",), group="queue"),
    Action("queue.random", N_("Random order"), "queue", needs=("project",), group="queue"),
    Action("queue.fewest", N_("Fewest spans first"), "queue", needs=("project",), group="queue"),
    Action("queue.doubt", N_("Least sure suggestions first"), "queue", needs=("project",), group="queue"),
    Action("queue.gain", N_("Most to gain first"), "queue", needs=("project",), group="queue"),
    Action("report.new", N_("Not started"), "report", needs=_REPORT, group="status", rule=True),
    Action("report.in_progress", N_("In progress"), "report", needs=_REPORT, group="status"),
    Action("report.done", N_("Done"), "report", needs=_REPORT, group="status"),
    Action("report.flagged", N_("Flagged"), "report", needs=_REPORT, group="status"),
    Action("report.skipped", N_("Skipped"), "report", needs=_REPORT, group="status"),
    Action(
        "report.reopen",
        N_("Reopen the report"),
        "report",
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        needs=(*_REPORT, "done"),
        rule=True,
    ),
    Action("open.next", N_("Next open thing"), "report", ("I",), "report", ("report",)),
    Action("open.previous", N_("Previous open thing"), "report", ("Shift+I",), "report", ("report",)),
    Action(
        "report.note", N_("Note on the report…"), "report", ("Shift+R",), where="report", needs=("report",), rule=True
    ),
    Action("report.properties", N_("Properties of the report…"), "report", ("Alt+Return",), needs=("report",)),
    *_go("clause.next", N_("Next clause"), "J"),
    *_go("clause.previous", N_("Previous clause"), "K"),
    *_go("clause.add", N_("One clause more"), "Shift+J"),
    *_go("clause.take", N_("One clause less"), "Shift+K"),
    *_go("clause.here", N_("The clause at the caret"), "C"),
    *_go("fine.next", N_("Next part of a clause (、 ：)"), "X", rule=True),
    *_go("fine.previous", N_("Previous part of a clause"), "Z"),
    *_go("fine.add", N_("One part of a clause more"), "Shift+X"),
    *_go("fine.take", N_("One part of a clause less"), "Shift+Z"),
    *_go("sentence.next", N_("Next sentence"), ".", rule=True),
    *_go("sentence.previous", N_("Previous sentence"), ","),
    *_go("sentence.add", N_("One sentence more"), "Shift+.", "Shift+>"),
    *_go("sentence.take", N_("One sentence less"), "Shift+,", "Shift+<"),
    *_go("section.next", N_("Next section"), "Alt+PgDown", rule=True),
    *_go("section.previous", N_("Previous section"), "Alt+PgUp"),
    *_go("section.extend_next", N_("Select to the next section"), "Alt+Shift+PgDown"),
    *_go("section.extend_previous", N_("Select to the previous section"), "Alt+Shift+PgUp"),
    *_go("number.next", N_("Next untouched number"), "N", rule=True),
    *_go("number.previous", N_("Previous untouched number"), "B"),
    *_go("span.next", N_("Next span"), "L", "]", rule=True),
    *_go("span.previous", N_("Previous span"), "H", "["),
    Action("bookmark.toggle", N_("Set or remove a bookmark"), "go", ("Ctrl+B",), needs=_REPORT, rule=True),
    Action("bookmark.next", N_("Next bookmark"), "go", ("F4",), needs=("report",)),
    Action("bookmark.previous", N_("Previous bookmark"), "go", ("Shift+F4",), needs=("report",)),
    Action("bookmark.list", N_("Bookmarks…"), "go", ("Ctrl+Shift+B",), needs=("report",)),
    Action("check.next", N_("Next finding"), "go", ("F8",), needs=("report",), rule=True),
    Action("check.previous", N_("Previous finding"), "go", ("Shift+F8",), needs=("report",)),
    Action("check.dismiss", N_("Dismiss the finding…"), "go", needs=_REPORT),
    Action("check.project", N_("Check the whole project…"), "go", ("Ctrl+F8",), needs=("project",)),
    Action("check.marks", N_("Mark findings in the report"), "view", needs=("project",), checkable=True),
    Action("pass.clauses", N_("Pass over the clauses"), "go", ("A",), "report", _REPORT, checkable=True, rule=True),
    Action("pass.numbers", N_("Pass over the numbers"), "go", ("D",), "report", _REPORT, checkable=True),
    Action(
        "span.edit", N_("Edit the span"), "label", ("Return", "F2"), where="report", needs=("report", "span"), rule=True
    ),
    Action("span.edge", N_("Move an edge"), "label", ("E",), where="report", needs=_SPAN),
    Action("span.planned", N_("Planned or done"), "label", ("P",), where="report", needs=_SPAN),
    Action("span.subject", N_("Choose the subject…"), "label", ("O",), where="report", needs=_SPAN),
    Action("span.relate", N_("Link…"), "label", ("R",), where="report", needs=_SPAN),
    Action("span.note", N_("Note on the span…"), "label", ("W",), where="report", needs=("report", "span")),
    Action("span.uncertain", N_("Uncertain"), "label", ("U",), where="report", needs=_SPAN, checkable=True),
    Action("span.delete", N_("Delete the span"), "label", ("Del", "Backspace"), where="report", needs=_SPAN),
    Action("span.tag_all", N_("Tag all of these words…"), "label", ("T",), where="report", needs=_REPORT, rule=True),
    Action("question.ask", N_("Ask a question…"), "label", ("Q",), where="report", needs=_REPORT),
    Action("suggestion.next", N_("Next suggestion"), "suggest", ("S",), "report", ("report",)),
    Action("suggestion.previous", N_("Previous suggestion"), "suggest", ("Shift+S",), "report", ("report",)),
    *_decide("accept", N_("Accept and go on"), "Space", "A", rule=True),
    *_decide("reject", N_("Reject and go on"), "X"),
    *_decide("adjust", N_("Move an edge of the suggestion"), "E"),
    *_decide("why", N_("Why this suggestion?"), "Return"),
    Action("suggestion.many", N_("Accept many…"), "suggest", ("Shift+A",), "report", _REPORT, rule=True),
    Action("suggest.on", N_("Show suggestions"), "suggest", needs=("project",), checkable=True, rule=True),
    Action("suggest.ask", N_("Suggest anew"), "suggest", needs=("report",)),
    Action("suggest.scores", N_("How the sources did…"), "suggest", needs=("project",)),
    Action("blind.report", N_("This report"), "blind", needs=_REPORT, checkable=True),
    Action("blind.part", N_("This part of the project"), "blind", needs=_REPORT, checkable=True),
    Action("blind.person", N_("All reports, for me"), "blind", needs=_WRITE, checkable=True),
    Action("sources.quantities", N_("Numbers"), "sources", needs=("project",), checkable=True),
    Action("sources.institutions", N_("Institutions"), "sources", needs=("project",), checkable=True),
    Action("sources.measures", N_("Measures"), "sources", needs=("project",), checkable=True),
    Action("sources.lexicon", N_("Known strings"), "sources", needs=("project",), checkable=True),
    Action("sources.learned", N_("Learned from your reports"), "sources", needs=("project",), checkable=True),
    Action("sources.model", N_("spaCy model"), "sources", needs=("project",), checkable=True),
    Action("sources.folder", N_("Folder of the spaCy model…"), "sources", needs=("project",), rule=True),
    Action("view.snap", N_("Snap to words and numbers"), "view", ("M",), where="report", checkable=True),
    Action("view.zoom_in", N_("Larger text"), "view", ("Ctrl++", "Ctrl+="), rule=True),
    Action("view.zoom_out", N_("Smaller text"), "view", ("Ctrl+-",)),
    Action("view.zoom_reset", N_("Normal text size"), "view", ("Ctrl+Alt+0",)),
    Action("reading.pitch_150", N_("Line pitch 1.5"), "reading", group="pitch"),
    Action("reading.pitch_175", N_("Line pitch 1.75"), "reading", group="pitch"),
    Action("reading.pitch_200", N_("Line pitch 2"), "reading", group="pitch"),
    Action("reading.pitch_225", N_("Line pitch 2.25"), "reading", group="pitch"),
    Action("reading.pitch_250", N_("Line pitch 2.5"), "reading", group="pitch"),
    Action("reading.column_30", N_("30 characters wide"), "reading", group="column", rule=True),
    Action("reading.column_35", N_("35 characters wide"), "reading", group="column"),
    Action("reading.column_40", N_("40 characters wide"), "reading", group="column"),
    Action("reading.column_45", N_("45 characters wide"), "reading", group="column"),
    Action("reading.column_50", N_("50 characters wide"), "reading", group="column"),
    Action("reading.column_55", N_("55 characters wide"), "reading", group="column"),
    Action("reading.column_60", N_("60 characters wide"), "reading", group="column"),
    Action("reading.column_0", N_("As wide as the window"), "reading", group="column"),
    Action("labels.toggle_1", N_("Show or hide label 1"), "shown", ("Ctrl+1",), needs=("report",), checkable=True),
    Action("labels.toggle_2", N_("Show or hide label 2"), "shown", ("Ctrl+2",), needs=("report",), checkable=True),
    Action("labels.toggle_3", N_("Show or hide label 3"), "shown", ("Ctrl+3",), needs=("report",), checkable=True),
    Action("labels.toggle_4", N_("Show or hide label 4"), "shown", ("Ctrl+4",), needs=("report",), checkable=True),
    Action("labels.toggle_5", N_("Show or hide label 5"), "shown", ("Ctrl+5",), needs=("report",), checkable=True),
    Action("labels.toggle_6", N_("Show or hide label 6"), "shown", ("Ctrl+6",), needs=("report",), checkable=True),
    Action("labels.toggle_7", N_("Show or hide label 7"), "shown", ("Ctrl+7",), needs=("report",), checkable=True),
    Action("labels.toggle_8", N_("Show or hide label 8"), "shown", ("Ctrl+8",), needs=("report",), checkable=True),
    Action("labels.toggle_9", N_("Show or hide label 9"), "shown", ("Ctrl+9",), needs=("report",), checkable=True),
    Action("labels.all", N_("Show all labels"), "shown", ("Ctrl+0",), needs=("report",), rule=True),
    Action("panel.group_none", N_("Not grouped"), "spans", needs=("report",), group="grouping"),
    Action("panel.group_section", N_("Grouped by section"), "spans", needs=("report",), group="grouping"),
    Action("panel.group_label", N_("Grouped by label"), "spans", needs=("report",), group="grouping"),
    Action("panel.group_text", N_("Grouped by text"), "spans", needs=("report",), group="grouping"),
    Action("panel.group_status", N_("Grouped by status"), "spans", needs=("report",), group="grouping"),
    Action("panel.sort_place", N_("Sorted by place"), "spans", needs=("report",), group="sorting", rule=True),
    Action("panel.sort_label", N_("Sorted by label"), "spans", needs=("report",), group="sorting"),
    Action("panel.sort_text", N_("Sorted by text"), "spans", needs=("report",), group="sorting"),
    Action("panel.sort_value", N_("Largest value first"), "spans", needs=("report",), group="sorting"),
    Action("panel.sort_length", N_("Longest first"), "spans", needs=("report",), group="sorting"),
    Action("view.names_all", N_("Label names under all spans"), "view", group="names", rule=True),
    Action("view.names_selected", N_("Label names under the selected span"), "view", group="names"),
    Action("view.names_none", N_("No label names"), "view", group="names"),
    Action("view.theme_system", N_("Theme of the system"), "view", group="theme", rule=True),
    Action("view.theme_light", N_("Light theme"), "view", group="theme"),
    Action("view.theme_dark", N_("Dark theme"), "view", group="theme"),
    # In their own language in every language: somebody who reads only one must find them.
    Action("view.language_zh_CN", "中文", "view", group="language", rule=True),
    Action("view.language_en", "English", "view", group="language"),
    Action("view.left", N_("List of reports"), "view", ("Ctrl+\\",), checkable=True, rule=True),
    Action("view.right", N_("Span panel"), "view", ("Ctrl+Shift+\\", "Ctrl+|"), checkable=True),
    Action("view.questions", N_("Questions"), "view", ("Shift+Q",), where="report", needs=("report",)),
    Action("view.suggestions", N_("Suggestions"), "view", ("V",), where="report", needs=("report",)),
    Action("view.checks", N_("Checks"), "view", ("Shift+V",), where="report", needs=("report",)),
    Action("view.history", N_("History"), "view", ("Shift+H",), where="report", needs=("project",)),
    Action("view.next_pane", N_("Go to the next pane"), "view", ("F6",)),
    Action("view.previous_pane", N_("Go to the previous pane"), "view", ("Shift+F6",)),
    Action("help.commands", N_("Find a command…"), "help", ("Ctrl+K",)),
    Action("help.keys", N_("Keys"), "help", ("F1",)),
    Action("help.change_keys", N_("Change keys…"), "help"),
    Action("help.about", N_("About Report Annotator"), "help"),
)

BY_ID = {action.id: action for action in ACTIONS}


def by_menu() -> list[tuple[str, list[Action]]]:
    """The rows as sheets list them: by the title of their menu, as a message id; those of no menu last."""
    titles = [*MENUS, ("", N_("In the report"))]
    return [(title, [row for row in ACTIONS if row.menu == menu]) for menu, title in titles]


#: Keys that widgets read themselves, for the sheet of keys only.
OWN_KEYS: tuple[tuple[str, str], ...] = (
    (N_("Label key"), N_("Make a span of the selected text, or relabel the selected span")),
    (N_("Label key on a suggestion"), N_("Accept it as that label and go on")),
    (N_("Esc on a suggestion"), N_("Leave it undecided")),
    (N_("Shift + label key"), N_("Put a second span on the same range")),
    (N_("Alt + label key"), N_("Tag the selection with its edge punctuation and spaces")),
    (N_("Arrow keys"), N_("Move the caret; with Shift select, with Ctrl by word")),
    (N_("Ctrl+Up, Ctrl+Down"), N_("Move the caret by paragraphs; with Shift select")),
    (N_("Double click, triple click"), N_("Select the word or the whole number; the clause")),
    (N_("Menu key, Shift+F10"), N_("Menu of the span")),
    (N_("Enter, Esc in a field"), N_("Keep the value and go on; put back the old one, then back to the report")),
    (N_("Digits, first letters in a field"), N_("Take one of the choices; 0 takes the value away")),
    (N_("Enter, Esc while choosing"), N_("Take the subject or the link shown; leave it as it was")),
    (N_("Space, Ctrl+A, Enter in the list of places"), N_("Tick the place, tick all, tag what is ticked")),
)
