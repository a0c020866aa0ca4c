"""Pages on screen: asks for the dots it has, shows what it is given dot for dot."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from printing.sheets import Sheet
from tests.rig.slot_watch import WatchedApplication
from tests.ui.conftest import Wait
from ui.widgets.sheet_view import SheetView


def sheet(width: int, height: int) -> Sheet:
    return Sheet(width, height, bytes(4 * width * height))


@pytest.fixture
def view(qt_app: WatchedApplication) -> SheetView:
    with qt_app.watch.off():
        made = SheetView()
        made.resize(600, 400)
        made.show()
    return made


def test_it_asks_once_for_what_fits_when_it_rests(view: SheetView, wait_until: Wait) -> None:
    asked: list[tuple[int, int]] = []
    view.room.connect(lambda across, down: asked.append((across, down)))
    view.resize(640, 430)
    view.resize(700, 500)
    wait_until(lambda: bool(asked))
    bar = view.verticalScrollBar().sizeHint().width()
    assert asked == [(700 - bar - 2, 500 - 2)]


def test_every_page_is_shown_dot_for_dot(view: SheetView) -> None:
    view.present((sheet(300, 200), sheet(300, 200)), "slip, 2 pages")
    pages = view.findChildren(QLabel, "sheet")
    ratio = view.devicePixelRatioF()
    assert [page.pixmap().width() for page in pages] == [300, 300]
    assert [page.pixmap().devicePixelRatioF() for page in pages] == [ratio, ratio]
    assert view.accessibleName() == "slip, 2 pages"


def test_without_pages_it_says_why(view: SheetView) -> None:
    view.present((sheet(300, 200),), "slip")
    view.present((), "not here")
    assert view.findChildren(QLabel, "sheet") == []
    assert [label.text() for label in view.findChildren(QLabel)] == ["not here"]
