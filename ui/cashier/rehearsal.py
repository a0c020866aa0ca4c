"""Pages are painted once, unseen, before they are needed: the first time takes twice as long.

Then Qt finds the rules of the style sheet for each widget, lays it out, and draws every character
of a new size. Each step is a moment of its own, well below the 50 ms that the thread may be held.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets.basics import Role, text

_CHARACTERS = "0123456789,.−=—元个人现金医保"
"""What amounts are made of, in every size of text."""


def rehearse(panel: QWidget, pages: QStackedWidget) -> Iterator[QWidget]:
    """One step after the other: the sizes of text, the panel, each page that is not shown now."""
    for role in get_args(Role):
        yield _painted(text(role, _CHARACTERS))
    yield _painted(panel)
    for at in range(pages.count()):
        page = pages.widget(at)
        if page is not None and page is not pages.currentWidget():
            page.resize(pages.size())
            yield _painted(page)


def _painted(widget: QWidget) -> QWidget:
    widget.grab()
    return widget
