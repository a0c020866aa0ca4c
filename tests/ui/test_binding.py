"""The binding itself: what a long day at the window would break."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

_CALLS = 1000


def test_calls_into_qt_keep_the_references_to_none() -> None:
    """PySide6 6.12.0 before Python 3.12 lost one with each call: the window died after minutes."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(_CALLS):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < _CALLS / 10
