"""A patient who comes while the pages are still being made: what they see is never made blank."""

from __future__ import annotations

from itertools import islice

import pytest
from PySide6.QtWidgets import QLabel

from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.standing import standing
from ui.cashier.state import Page
from ui.cashier.window import CashierWindow

ORDINARY, SUSPENDED = townsman(0), townsman(13)


def words(window: CashierWindow) -> list[str]:
    """Every text of the page, in the order of its labels; empty ones too."""
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("steps", [0, 3, 5, 8, 12])
@pytest.mark.parametrize(
    ("person", "page"), [(ORDINARY, Page.OFFER), (SUSPENDED, Page.STOPPED)], ids=["offer", "halted"]
)
def test_making_the_rest_of_the_pages_changes_nothing_on_this_one(
    qt_app: WatchedApplication, booth: Booth, person: dict[str, object], page: Page, steps: int
) -> None:
    """It once did: the first refused patient of the day was shown four empty ways to go on."""
    booth.drop(person)
    with standing(qt_app, booth, furnished=False) as window, qt_app.watch.off():
        furnishing = window.furnish()
        assert all(islice(furnishing, steps))
        booth.show(person)
        assert booth.on(page)
        before = words(window)
        assert all(furnishing)
        qt_app.processEvents()
        assert words(window) == before
