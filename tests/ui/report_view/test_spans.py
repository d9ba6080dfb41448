"""Spans in the report view: clicking, selecting, changing, and what of it is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import messages
from annotator.domain.schema import Label, LabelSchema
from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex
from annotator.ui import theme
from annotator.ui.report_view import page as pages
from annotator.ui.report_view import painting, shapes
from annotator.ui.report_view.caret import Caret

TEXT = "由区司法局牵头组织二十三个部门开展行政执法自查自纠，成效明显。"
OUTER = Span("outer", 1, 25, "MEASURE")
MIDDLE = Span("middle", 9, 15, "MEASURE")
INNER = Span("inner", 9, 13, "INDICATOR")
OTHER = Span("other", 1, 5, "INSTITUTION")


def inside(view, offset):
    left, right = view.rect_of(Caret(offset)), view.rect_of(Caret(offset + 1, True))
    return QPoint((left.center().x() + right.center().x()) // 2, left.center().y())


def click(view, offset):
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside(view, offset))


def image(view) -> QImage:
    return view.grab().toImage()


def count(picture: QImage, colour: str) -> int:
    pixels = memoryview(picture.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("B").cast("I")
    return pixels.tolist().count(QColor(colour).rgb())


def test_clicks_on_nested_spans_go_inwards_one_by_one(show):
    view = show(TEXT, [OUTER, MIDDLE, INNER, OTHER])
    clicked = []
    view.spanClicked.connect(clicked.append)
    for _ in range(4):
        click(view, 11)
    assert clicked == ["outer", "middle", "inner", "outer"]
    assert view.selected_span() == "outer"


def test_after_tagging_a_click_begins_with_the_outermost(show):
    view = show(TEXT, [OUTER, INNER])
    clicked = []
    view.spanClicked.connect(clicked.append)
    click(view, 11)
    view.spans().add(MIDDLE)
    view.spans_changed([MIDDLE.range])
    click(view, 11)
    assert clicked == ["outer", "outer"]


def test_a_click_elsewhere_starts_with_the_outermost_again_and_beside_all_clears(show):
    view = show(TEXT, [OUTER, MIDDLE, INNER, OTHER])
    clicked = []
    view.spanClicked.connect(clicked.append)
    for offset in (11, 11, 3, 11, 28):
        click(view, offset)
    assert clicked == ["outer", "middle", "outer", "outer", ""]
    assert view.selected_span() is None


def test_hidden_labels_are_neither_clicked_nor_painted(show):
    view = show(TEXT, [OUTER, INNER])
    view.set_hidden_labels({"MEASURE"})
    clicked = []
    view.spanClicked.connect(clicked.append)
    click(view, 11)
    assert clicked == ["inner"]
    assert count(image(view), "#0b7a55") == 0


@pytest.mark.parametrize(
    ("label", "light", "dark"),
    [("MEASURE", "#0b7a55", "#56b48c"), ("INDICATOR", "#a65300", "#f0b35a"), ("INSTITUTION", "#0a66b5", "#6cb2f0")],
)
def test_each_label_has_its_shape_in_its_colour_in_both_themes(show, label, light, dark):
    view = show(TEXT, [Span("a", 2, 8, label)])
    assert count(image(view), light) > 20
    view.set_theme(theme.DARK)
    picture = image(view)
    assert count(picture, dark) > 20
    assert count(picture, light) == 0


def test_the_three_shapes_differ_without_colour(show, schema):
    """The same range under three labels of one colour makes three pictures."""
    same = LabelSchema(labels=tuple(Label(la.name, shape=la.shape, light="#444444") for la in schema.labels))
    view = show(TEXT)
    pictures = []
    for label in ("MEASURE", "INSTITUTION", "INDICATOR"):
        view.set_report(TEXT, SpanIndex(TEXT, [Span("a", 2, 8, label)]), same, caret=len(TEXT))
        pictures.append(image(view))
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_a_label_of_an_unknown_shape_or_outside_the_schema_still_shows(show):
    view = show(TEXT, [Span("a", 2, 8, "NEW")])
    assert count(image(view), theme.LIGHT.dim) > 20
    assert shapes.shape_named("star") is shapes.SHAPES["box"]


def test_the_selected_span_is_framed_in_the_accent_colour_and_shown(show):
    text = "\n".join(f"第{i}行文字" for i in range(200)) + "\n" + TEXT
    start = text.index("司法局")
    view = show(text, [Span("a", start, start + 3, "INSTITUTION")])
    assert count(image(view), theme.LIGHT.accent) == 0
    view.set_selected_span("a")
    assert view.selected_span() == "a"
    assert count(image(view), theme.LIGHT.accent) > 100
    view.set_selected_span(None)
    assert count(image(view), theme.LIGHT.accent) == 0


def test_an_uncertain_span_bears_a_mark(show):
    certain = show(TEXT, [INNER], caret=len(TEXT))
    uncertain = show(TEXT, [INNER._replace(certain=False)], caret=len(TEXT))
    assert image(certain) != image(uncertain)


def test_names_show_for_all_for_the_selected_or_for_none(show, monkeypatch):
    view = show(TEXT, [OUTER, INNER])
    drawn = []
    monkeypatch.setattr(painting, "_paint_name", lambda _painter, title, *_: drawn.append(title))

    def names(mode):
        view.set_label_names(mode)
        drawn.clear()
        view.viewport().repaint()
        return len(drawn)

    view.set_selected_span("inner")
    assert names("all") == 2
    assert names("selected") == 1
    assert names("none") == 0
    view.set_label_names("selected")
    QTest.mouseMove(view.viewport(), inside(view, 20))
    drawn.clear()
    view.viewport().repaint()
    assert len(drawn) == 2  # the pointed one too


def test_names_follow_the_language_of_the_interface(show):
    view = show(TEXT, [OUTER], caret=20)
    assert view.labels_at_caret() == "Measure"
    messages.set_language("zh_CN")
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert view.labels_at_caret() == "举措"


def test_deeply_nested_spans_make_their_row_higher_and_no_other(show):
    view = show(f"{TEXT}\n{TEXT}")
    before = view.page().block(0).height, view.page().block(1).height
    for i in range(7):
        view.spans().add(Span(str(i), 1 + i, 25 - i, "MEASURE"))
    view.spans_changed([(1, 25)])
    assert view.page().block(0).height > before[0]
    assert view.page().block(1).height == before[1]


# ---- how much is painted -------------------------------------------------------------------------


def big(spans):
    lines = [f"第{i}行：" + TEXT for i in range(4000)]
    text, step = "\n".join(lines), len("\n".join(lines)) // spans
    return text, [Span(str(i), i * step, i * step + 4, "INSTITUTION") for i in range(spans)]


@pytest.fixture
def counted(monkeypatch):
    """How many pieces are laid out, how many given their spans, how many rows painted."""
    calls = {"laid out": 0, "arranged": 0, "rows": 0}

    def counting(module, name, what):
        real = getattr(module, name)

        def wrapper(*arguments):
            calls[what] += 1
            return real(*arguments)

        monkeypatch.setattr(module, name, wrapper)

    counting(pages, "Block", "laid out")
    counting(pages, "arrange", "arranged")
    counting(painting, "_paint_row", "rows")
    return calls


@pytest.mark.parametrize("spans", [2000, 20000])
def test_opening_lays_out_only_what_shows(show, counted, spans):
    text, marks = big(spans)
    view = show(text, marks)
    view.viewport().repaint()
    assert counted["laid out"] == counted["arranged"] <= 30
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.viewport().repaint()
    assert counted["laid out"] <= 60


@pytest.mark.parametrize("spans", [2000, 20000])
def test_one_changed_span_repaints_only_what_it_touches(show, counted, qtbot, spans):
    text, marks = big(spans)
    view = show(text, marks)
    qtbot.wait(10)
    counted.update(dict.fromkeys(counted, 0))
    start = text.index("第5行") + 6
    view.spans().add(Span("new", start, start + 3, "INDICATOR"))
    view.spans_changed([(start, start + 3)])
    qtbot.waitUntil(lambda: counted["rows"] > 0)
    qtbot.wait(10)
    assert counted["laid out"] == 0
    assert counted["arranged"] == 1
    assert counted["rows"] <= 4


def test_a_span_that_is_gone_is_no_longer_selected(show):
    view = show(TEXT, [OUTER])
    view.set_selected_span("outer")
    view.spans().remove("outer")
    view.spans_changed([OUTER.range])
    assert view.selected_span() is None
    assert count(image(view), "#0b7a55") == 0
