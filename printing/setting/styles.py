"""The few styles in which all forms are set."""

from __future__ import annotations

from printing.elements import Ink
from printing.typesetter import Style

LABEL = Style(5.8, Ink.QUIET)
VALUE = Style(7.7)
QUIET = Style(6.8, Ink.QUIET)
TABLE_HEAD = Style(7.0, Ink.ACCENT, strong=True)
HEADING = Style(8.6, Ink.ACCENT, strong=True)
