"""Widgets on a page, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.rig.slot_watch import WatchedApplication

W = TypeVar("W", bound=QWidget)
Show = Callable[[W], W]


@pytest.fixture
def show(qt_app: WatchedApplication) -> Show[QWidget]:
    """Puts a widget on the screen and lets it settle."""

    def shown(widget: QWidget) -> QWidget:
        with qt_app.watch.off():
            widget.show()
            qt_app.processEvents()
        return widget

    return shown


def words(widget: QWidget) -> list[str]:
    """What can be read on the widget, in the order it was made."""
    labels = widget.findChildren(QLabel)
    return [label.text() for label in labels if label.text() and label.isVisibleTo(widget)]
