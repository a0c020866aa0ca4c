"""The theme as data: colour roles for light and dark, type, spacing, radii; no Qt.

Lengths are logical pixels, so the system's scaling (100-200 %) multiplies all of them alike. The
deep blue, the greys and the hairlines are those of the settlement slip (``printing.elements.Ink``).
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class Mode(Enum):
    """Which of the two palettes; ``SYSTEM`` follows the desktop, also while the window is open."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(Enum):
    """What a state means to the cashier; each has colours, and a shape in ``ui.widgets.shapes``."""

    NEUTRAL = "neutral"
    INFO = "info"
    POSITIVE = "positive"
    WARNING = "warning"
    DANGER = "danger"
    UNKNOWN = "unknown"
    """Nobody knows the outcome yet: neither right nor wrong, so it has a colour of its own."""


class TonePair(Struct, frozen=True):
    """A tone's ink, and the pale fill that the ink stands on (also legible on raised)."""

    ink: str
    fill: str


class Colours(Struct, frozen=True):
    """Colour roles as ``#rrggbb``; text roles keep 4.5:1 on every fill they are used on."""

    surface: str
    """Behind everything."""
    raised: str
    """Panels, fields, tables."""
    sunken: str
    """Quiet areas within a panel; table headings; the bar of keys."""
    line: str
    """Hairlines; never the only sign of something."""
    edge: str
    """Outlines of fields and buttons: 3:1."""
    text: str
    muted: str
    accent: str
    """Fill of the one thing that matters: the cash figure, the primary button."""
    accent_hover: str
    accent_pressed: str
    accent_text: str
    """The accent as ink: titles."""
    on_accent: str
    on_accent_muted: str
    disabled: str
    """Ink of what cannot be used now."""
    selection: str
    """Fill of the chosen row, under ordinary text."""
    focus: str
    """Ring around what has the keyboard: 3:1 on surface and raised."""
    focus_on_accent: str
    """The same ring on the accent."""
    neutral: TonePair
    info: TonePair
    positive: TonePair
    warning: TonePair
    danger: TonePair
    unknown: TonePair

    def tone(self, tone: Tone) -> TonePair:
        pair: TonePair = getattr(self, tone.value)
        return pair


LIGHT = Colours(
    surface="#EEF2F5",
    raised="#FFFFFF",
    sunken="#F3F6F8",
    line="#D3DAE0",
    edge="#7F8D99",
    text="#171C26",
    muted="#56616E",
    accent="#0A4D6B",
    accent_hover="#0D5F84",
    accent_pressed="#083E56",
    accent_text="#0A4D6B",
    on_accent="#FFFFFF",
    on_accent_muted="#CFE2EC",
    disabled="#8A95A0",
    selection="#DCEBF3",
    focus="#0B7FBD",
    focus_on_accent="#8FD3F5",
    neutral=TonePair("#4A5562", "#E9EEF2"),
    info=TonePair("#0A4D6B", "#DFEEF5"),
    positive=TonePair("#17633A", "#E1F3E8"),
    warning=TonePair("#834700", "#FCEFD6"),
    danger=TonePair("#A8231C", "#FCE6E4"),
    unknown=TonePair("#5A3A8E", "#EEE7F8"),
)

DARK = Colours(
    surface="#0E1419",
    raised="#172028",
    sunken="#121A21",
    line="#2B3741",
    edge="#6E7E8B",
    text="#E9EEF2",
    muted="#A0AEBA",
    accent="#12618A",
    accent_hover="#146B98",
    accent_pressed="#0E4F71",
    accent_text="#7CCAF0",
    on_accent="#FFFFFF",
    on_accent_muted="#D3E8F3",
    disabled="#66737E",
    selection="#1D3A4B",
    focus="#4FB3E6",
    focus_on_accent="#A9E0FA",
    neutral=TonePair("#B7C2CC", "#25303A"),
    info=TonePair("#8FD0F0", "#12313F"),
    positive=TonePair("#7FD6A0", "#12321F"),
    warning=TonePair("#F2BE6B", "#3A2A0D"),
    danger=TonePair("#FF9E96", "#45191A"),
    unknown=TonePair("#CBB2F5", "#2E2346"),
)


class Type(Struct, frozen=True):
    """Sizes of text."""

    caption: int = 13
    body: int = 15
    title: int = 17
    heading: int = 22
    display: int = 28
    """What a page says when it has nothing else to say."""
    figure: int = 24
    """An amount among others."""
    change: int = 34
    """What goes back to the patient."""
    money: int = 54
    """The one amount that the patient pays."""


class Space(Struct, frozen=True):
    """Distances; nothing stands at a distance that is not here."""

    hair: int = 2
    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741 - s, m, l as on clothes
    xl: int = 24
    xxl: int = 32


class Radius(Struct, frozen=True):
    small: int = 4
    medium: int = 6
    large: int = 10


TYPE = Type()
SPACE = Space()
RADIUS = Radius()

FAMILIES = (
    "Open Sans",
    "Segoe UI",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "WenQuanYi Zen Hei",
    "SimSun-ExtB",
    "HanaMinA",
    "HanaMinB",
    "BabelStone Han",
    "DejaVu Sans",
)
"""Sans for every day, then the fonts of rare characters in names (as on the slip). The first two
have figures of one width, so that amounts stand in columns."""
