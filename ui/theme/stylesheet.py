"""What Qt makes of the tokens: palette, font, style sheet.

Widgets that paint themselves ask their palette only, so one :func:`apply` changes everything::

    Window surface · Base raised · AlternateBase sunken · Mid line · Dark edge
    WindowText/Text text · PlaceholderText muted · Highlight selection · Accent accent
    Link accent_text · BrightText danger
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import asdict
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.tokens import (
    DARK,
    FAMILIES,
    LIGHT,
    RADIUS,
    SPACE,
    TYPE,
    Colours,
    Mode,
    Tone,
)

STYLE = ("-style", "Fusion")
"""What a ``QApplication`` is made with: a call of ``setStyle`` would first build all names of QStyle,
some 10 ms that nobody needs before the window stands."""

_SHEET = Path(__file__).with_name("desk.qss")
_TOKEN = re.compile(r"@(\w+)")
_R = QPalette.ColorRole
_TONE_RULES = """
QLabel[tone="{tone}"], Mark[tone="{tone}"] {{ color: {ink}; }}
Tinted[tone="{tone}"] {{ background: {fill}; }}
Tinted[tone="{tone}"] QLabel[role="code"] {{ color: {ink}; }}
Tinted[tone="{tone}"] QLabel[role="tone"] {{ color: {ink}; font-weight: 700; }}
"""


def colours_for(mode: Mode, system: Qt.ColorScheme) -> Colours:
    """The palette of a mode; a desktop that does not say is light."""
    dark = mode is Mode.DARK or (mode is Mode.SYSTEM and system is Qt.ColorScheme.Dark)
    return DARK if dark else LIGHT


def apply(app: QApplication, mode: Mode = Mode.SYSTEM) -> ThemeSwitch:
    """Dress an application that was made with :data:`STYLE`.

    Keep what comes back: it follows the desktop and can override it.
    """
    app.setFont(base_font())
    switch = ThemeSwitch(app)
    switch.choose(mode)
    app.styleHints().colorSchemeChanged.connect(switch.follow)
    return switch


class ThemeSwitch(QObject):
    """Light or dark, by the desktop or by the cashier's own choice."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._mode = Mode.SYSTEM
        self._worn: Colours | None = None

    @property
    def colours(self) -> Colours:
        return colours_for(self._mode, self._app.styleHints().colorScheme())

    def choose(self, mode: Mode) -> None:
        self._mode = mode
        self.follow()

    def follow(self) -> None:
        """Wear what the mode and the desktop say now."""
        colours = self.colours
        if colours is not self._worn:
            self._worn = colours
            self._app.setPalette(palette(colours))
            self._app.setStyleSheet(stylesheet(colours))


def base_font() -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(TYPE.body)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def stylesheet(colours: Colours) -> str:
    """The style sheet with every token filled in; raises ``KeyError`` for one that is not known."""
    source = _SHEET.read_text("utf-8")
    values = _values(colours)
    filled = _TOKEN.sub(lambda found: values[found[1]], source)
    return filled.replace("%tones%", "".join(_tone_rules(colours, tone) for tone in Tone))


def _values(colours: Colours) -> dict[str, str]:
    plain = asdict(colours)
    inks = {tone.value: colours.tone(tone).ink for tone in Tone}
    lengths = {
        name: f"{pixels}px" for group in (TYPE, SPACE) for name, pixels in asdict(group).items()
    }
    radii = {f"r_{name}": f"{pixels}px" for name, pixels in asdict(RADIUS).items()}
    return {**plain, **inks, **lengths, **radii}


def _tone_rules(colours: Colours, tone: Tone) -> str:
    pair = colours.tone(tone)
    return _TONE_RULES.format(tone=tone.value, ink=pair.ink, fill=pair.fill)


def palette(colours: Colours) -> QPalette:
    made = QPalette()
    for role, colour in _palette_roles(colours).items():
        made.setColor(role, QColor(colour))
    for role in (_R.WindowText, _R.Text, _R.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return made


def _palette_roles(colours: Colours) -> dict[QPalette.ColorRole, str]:
    return {
        _R.Window: colours.surface,
        _R.WindowText: colours.text,
        _R.Base: colours.raised,
        _R.AlternateBase: colours.sunken,
        _R.Text: colours.text,
        _R.Button: colours.raised,
        _R.ButtonText: colours.text,
        _R.BrightText: colours.danger.ink,
        _R.PlaceholderText: colours.muted,
        _R.Highlight: colours.selection,
        _R.HighlightedText: colours.text,
        _R.Link: colours.accent_text,
        _R.Mid: colours.line,
        _R.Dark: colours.edge,
        _R.Accent: colours.accent,
        _R.ToolTipBase: colours.raised,
        _R.ToolTipText: colours.text,
    }
