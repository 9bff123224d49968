"""Contrast of every pair of colours, in both themes; every icon and font is there."""

import pytest
from PySide6.QtGui import QFontDatabase

from ui import theme

TEXT = [
    ("text", "paper"),
    ("text", "surface"),
    ("text", "sunken"),
    ("text", "accentSoft"),
    ("second", "paper"),
    ("second", "surface"),
    ("second", "sunken"),
    ("onAccent", "accent"),
    ("onAccent", "accentDeep"),
    ("accent", "surface"),
    ("accent", "paper"),
    ("railText", "rail"),
    ("railText", "railHover"),
    ("railTextOn", "railOn"),
    *((kind, ground) for kind in theme.KINDS for ground in (f"{kind}Soft", "surface")),
]
SHAPES = [
    ("edge", "surface"),
    ("edge", "paper"),
    ("accent", "surface"),
    ("accent", "paper"),
    *((kind, "surface") for kind in theme.KINDS),
]


def light(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_contrast(tokens):
    assert {
        pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 1)
        for pair in TEXT
        if contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5
    } == {}
    assert {
        pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 1)
        for pair in SHAPES
        if contrast(tokens[pair[0]], tokens[pair[1]]) < 3
    } == {}


def test_both_themes_have_the_same_tokens():
    assert theme.LIGHT.keys() == theme.DARK.keys()


def test_every_icon_is_in_the_font_and_every_kind_has_one(dressed):
    _family, characters = theme._glyphs()
    assert {name for name in theme.ICONS.values() if name not in characters} == set()
    assert theme.KINDS.keys() <= theme.ICONS.keys()


def test_the_screen_font_is_there(dressed):
    assert "Fira Sans" in QFontDatabase.families()
    assert not theme.picture("ok").isNull()


def test_the_style_sheet_has_a_token_for_every_name(qapp):
    for dark in (False, True):
        theme.apply(qapp, dark)
        assert "$" not in qapp.styleSheet()


def test_icons_that_are_worn_change_with_the_theme(qtbot, dressed):
    from ui.widgets.parts import button, picture

    made = button("Find", icon="find"), picture("warn", "warn")
    for each in made:
        qtbot.addWidget(each)

    def worn():
        return made[0].icon().pixmap(18).toImage(), made[1].pixmap().toImage()

    light = worn()
    theme.apply(dressed, dark=True)
    dark = worn()
    assert dark == (
        theme.picture("find", "text", 18).toImage(),
        theme.picture("warn", "warn").toImage(),
    )
    theme.apply(dressed)
    assert worn() == light != dark
