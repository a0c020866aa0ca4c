"""What Qt makes of the tokens."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from tests.rig.slot_watch import WatchedApplication
from ui.theme.stylesheet import ThemeSwitch, base_font, colours_for, palette, stylesheet
from ui.theme.tokens import DARK, FAMILIES, LIGHT, TYPE, Colours, Mode
from ui.widgets.basics import text

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@BOTH
def test_every_token_is_filled_in(colours: Colours) -> None:
    sheet = stylesheet(colours)
    assert "@" not in sheet
    assert "%" not in sheet


@BOTH
def test_the_sheet_has_no_colour_that_is_no_token(colours: Colours) -> None:
    tokens = set(re.findall(r"#[0-9A-F]{6}", repr(colours)))
    assert set(re.findall(r"#[0-9a-fA-F]{6}", stylesheet(colours))) <= tokens


@pytest.mark.parametrize(
    ("mode", "system", "expected"),
    [
        (Mode.SYSTEM, Qt.ColorScheme.Light, LIGHT),
        (Mode.SYSTEM, Qt.ColorScheme.Dark, DARK),
        (Mode.SYSTEM, Qt.ColorScheme.Unknown, LIGHT),
        (Mode.LIGHT, Qt.ColorScheme.Dark, LIGHT),
        (Mode.DARK, Qt.ColorScheme.Light, DARK),
    ],
)
def test_the_desktop_decides_unless_the_cashier_does(
    mode: Mode, system: Qt.ColorScheme, expected: Colours
) -> None:
    assert colours_for(mode, system) is expected


def test_the_window_changes_while_it_is_open(
    qt_app: WatchedApplication, theme: ThemeSwitch
) -> None:
    label = text("title", "费用")
    label.show()
    theme.choose(Mode.DARK)
    assert theme.colours is DARK
    assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(DARK.surface)
    qt_app.processEvents()
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.accent_text)


@BOTH
def test_painted_widgets_find_the_roles_in_the_palette(colours: Colours) -> None:
    made, role = palette(colours), QPalette.ColorRole
    assert made.color(role.PlaceholderText) == QColor(colours.muted)
    assert made.color(role.Highlight) == QColor(colours.selection)
    assert made.color(role.Link) == QColor(colours.accent_text)
    disabled = made.color(QPalette.ColorGroup.Disabled, role.Text)
    assert disabled == QColor(colours.disabled)


@pytest.mark.usefixtures("qt_app")
def test_figures_have_one_width_so_that_amounts_stand_in_columns() -> None:
    for size in (TYPE.body, TYPE.figure, TYPE.money):
        font = base_font()
        font.setPixelSize(size)
        metrics = QFontMetricsF(font)
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.usefixtures("qt_app")
def test_the_first_font_of_the_list_that_is_there_is_used() -> None:
    assert QFontInfo(base_font()).family() in FAMILIES


def test_the_roles_of_text_differ_in_size(qt_app: WatchedApplication) -> None:
    labels: list[QLabel] = [text(role, "5") for role in ("caption", "body", "heading", "money")]
    for label in labels:
        label.show()
    qt_app.processEvents()
    sizes = [label.font().pixelSize() for label in labels]
    assert sizes == [TYPE.caption, TYPE.body, TYPE.heading, TYPE.money]
