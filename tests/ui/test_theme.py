"""Every text can be read: contrast by WCAG 2, from the palettes' own data."""

from __future__ import annotations

import itertools
import json
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtGui import QPalette

from annotator import locations
from annotator.domain.schema import Label, schema_from_dict
from annotator.ui import theme as themes

THEMES = list(themes.THEMES.values())
LABELS = schema_from_dict(
    json.loads((locations.resources() / "schemas" / "default.json").read_text(encoding="utf-8"))
).labels


def readable(foreground, background):
    return themes.contrast(foreground, background) >= 4.5


def test_the_contrast_is_that_of_the_standard():
    assert themes.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert themes.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert themes.contrast("#123456", "#123456") == pytest.approx(1)


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_text_and_dim_text_on_everything_they_stand_on(theme):
    for background in (theme.ground, theme.panel):
        for colour in (theme.text, theme.dim, theme.accent, theme.warning, theme.error, theme.success):
            assert readable(colour, background), (colour, background)
    assert readable(theme.text, theme.row)
    assert readable(theme.on_accent, theme.accent)


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_text_on_soft_grounds_nested_and_selected(theme):
    softs = [themes.soft(themes.label_colour(label, theme), theme) for label in LABELS]
    for background in (theme.ground, *softs):
        assert readable(theme.text, background)
        assert readable(theme.text, themes.selection_over(background, theme))


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_furniture_is_dim_but_legible_selected_or_not_and_on_soft_grounds(theme):
    colour = themes.furniture_colour(theme)
    softs = [themes.soft(themes.label_colour(label, theme), theme) for label in LABELS]
    for background in (theme.ground, themes.selection_over(theme.ground, theme), *softs):
        assert readable(colour, background), background
    assert themes.contrast(colour, theme.ground) < themes.contrast(theme.text, theme.ground)


@pytest.mark.parametrize(("theme", "label"), [*itertools.product(THEMES, LABELS)], ids=lambda x: x.name)
def test_label_names_and_shapes(theme, label):
    assert readable(themes.label_text_colour(label, theme), theme.ground)
    assert readable(themes.label_text_colour(label, theme, theme.panel), theme.panel)
    assert themes.contrast(themes.label_colour(label, theme), theme.ground) >= 3  # lines, by WCAG 1.4.11


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("colour", ["#ffff00", "#111111", "#808080", "#ff00ff", "#fefefe"])
def test_a_label_of_any_colour_has_a_name_that_can_be_read(theme, colour):
    label = Label("X", light=colour, dark=colour)
    assert readable(themes.label_text_colour(label, theme), theme.ground)


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_the_palette_of_the_whole_program(qapp, theme):
    palette = themes.palette(theme)
    roles = QPalette.ColorRole
    pairs = [
        (roles.Text, roles.Base),
        (roles.WindowText, roles.Window),
        (roles.ButtonText, roles.Button),
        (roles.HighlightedText, roles.Highlight),
        (roles.ToolTipText, roles.ToolTipBase),
        (roles.PlaceholderText, roles.Base),
        (roles.Link, roles.Window),
    ]
    for foreground, background in pairs:
        assert readable(palette.color(foreground).name(), palette.color(background).name()), (foreground, background)


def test_a_theme_by_name_and_by_the_system(qapp):
    assert themes.theme_named("dark") is themes.DARK
    assert themes.theme_named("light") is themes.LIGHT
    assert themes.theme_named("system") in THEMES
