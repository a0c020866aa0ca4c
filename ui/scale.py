"""How large everything is drawn: as the desktop wants it, unless the window had no room then."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from math import floor

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

LEAST = QSize(911, 500)
"""The room that every page needs, in dots of 100 %: what 1366 x 768 has at 150 %, with its frame."""
_FRAME = 32
"""What a desktop may put above the window, its title."""
_FACTOR = "QT_SCALE_FACTOR"
_PERCENT = 100


def fitting(room: QSize) -> float:
    """How much smaller all is drawn so that the window fits a screen of so many dots; at most 1.

    1366 x 768 has 683 x 384 dots at 200 %: there letters are half as large again, not twice. An
    amount that is scrolled out of sight, or a key that is cut off, helps nobody who sees badly.
    """
    wide, high = room.width() / LEAST.width(), (room.height() - _FRAME) / LEAST.height()
    return min(1.0, floor(min(wide, high) * _PERCENT) / _PERCENT)


def application(arguments: Sequence[str], environment: MutableMapping[str, str]) -> QApplication:
    """The application, drawn as large as its screen allows: Qt fixes that when it is made."""
    made = QApplication(list(arguments))
    smaller = fitting(made.primaryScreen().availableSize())
    if smaller == 1:
        return made
    made.shutdown()
    environment[_FACTOR] = f"{_told(environment) * smaller:.4f}"
    return QApplication(list(arguments))


def _told(environment: Mapping[str, str]) -> float:
    """What somebody told Qt; what is no number, Qt takes for 1 as well."""
    try:
        return float(environment.get(_FACTOR) or 1)
    except ValueError:
        return 1.0
