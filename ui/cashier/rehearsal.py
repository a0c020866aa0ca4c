"""Pages are painted once, unseen, before they are needed: the first time takes twice as long.

Then Qt finds the rules of the style sheet for each widget, lays it out, and draws every character
of a new size. Each step is a moment of its own, well below the 50 ms that the thread may be held.
"""

from __future__ import annotations

from collections.abc import Iterator
from mmap import mmap
from typing import get_args

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets.basics import Role, text

_CHARACTERS = "0123456789,.−=—元个人现金医保"
"""What amounts are made of, in every size of text."""
_BYTES_OF_A_DOT = 4


def rehearse(panel: QWidget, pages: QStackedWidget) -> Iterator[QWidget]:
    """One step after the other: the sizes of text, the panel, each page that is not shown now."""
    canvas = _canvas(pages)
    for role in get_args(Role):
        yield _painted(text(role, _CHARACTERS), canvas)
    yield _painted(panel, canvas)
    for at in range(pages.count()):
        page = pages.widget(at)
        if page is not None and page is not pages.currentWidget():
            yield _rehearsed(page, pages, canvas)


def rehearse_page(page: QWidget, pages: QStackedWidget) -> QWidget:
    """The same for one page that came later."""
    return page if page is pages.currentWidget() else _rehearsed(page, pages, _canvas(pages))


def _rehearsed(page: QWidget, pages: QStackedWidget, canvas: QImage) -> QWidget:
    page.resize(pages.size())
    return _painted(page, canvas)


def _canvas(widget: QWidget) -> QImage:
    """As large as the widget, and none of the heap, which would keep its 4 MiB afterwards."""
    scale = widget.devicePixelRatioF()
    size = (widget.size() * scale).expandedTo(QSize(1, 1))
    dots = mmap(-1, size.width() * size.height() * _BYTES_OF_A_DOT)
    canvas = QImage(memoryview(dots), size.width(), size.height(), QImage.Format.Format_RGB32)
    canvas.setDevicePixelRatio(scale)
    return canvas


def _painted(widget: QWidget, canvas: QImage) -> QWidget:
    widget.render(canvas)
    return widget
