"""The queue by itself, on real threads: beside the cashier, never beside itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from msgspec.structs import replace

from desktop.knowledge.areas import load_areas
from desktop.services.identify import from_id_number
from desktop.services.ports import Platform
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.conftest import Wait
from ui.cashier.counter import Counter
from ui.cashier.shell import CashierShell, Facts
from ui.cashier.state import Desk, Page, ShownBy
from ui.cashier.window import CashierWindow

ORDINARY = townsman(0)
_PATIENCE = 20.0


class Overheard:
    """A platform; notes which threads use it, and whether two ever do so at once."""

    def __init__(self, platform: Platform) -> None:
        self.threads: set[int] = set()
        self.crowded = False
        self._platform = platform
        self._busy = False

    def __getattr__(self, name: str) -> Callable[..., object]:
        ask: Callable[..., object] = getattr(self._platform, name)

        def alone(*asked: object) -> object:
            self.crowded |= self._busy
            self._busy = True
            self.threads.add(threading.get_ident())
            try:
                return ask(*asked)
            finally:
                self._busy = False

        return alone


@pytest.fixture
def line(booth: Booth) -> Overheard:
    return Overheard(booth.opened.desk.platform)


@pytest.fixture
def shell(qt_app: WatchedApplication, booth: Booth, line: Overheard) -> Iterator[CashierShell]:
    desk = replace(booth.opened.desk, platform=cast(Platform, line))
    counter = Counter(desk, "0007", booth._waiting, booth.papers, booth.opened.catalogue)
    with qt_app.watch.off():
        window = CashierWindow(load_areas, time.monotonic)
        made = CashierShell(window, counter, Facts(Desk("", "0007", practice=True)), lambda: None)
        assert all(window.furnish())
        window.show()
        qt_app.processEvents()
        made.watch_queue()
    yield made
    with qt_app.watch.off():
        window.close()
        qt_app.processEvents()
        made.leave()


def test_a_lost_answer_is_found_without_a_key(
    booth: Booth, shell: CashierShell, line: Overheard, wait_until: Wait
) -> None:
    """B28: five seconds later the page has moved on to the cash, on one thread of its own."""
    presenter = shell.presenter
    booth.drop(ORDINARY)
    presenter.show_credential(lambda: from_id_number(ORDINARY["certno"]), ShownBy.NUMBER)
    wait_until(lambda: presenter.state.page is Page.OFFER, seconds=_PATIENCE)
    booth.platform.fault("2207", "after", "reset")
    presenter.confirm_identity()
    presenter.settle()
    wait_until(lambda: presenter.state.lookup is not None, seconds=_PATIENCE)
    wait_until(lambda: presenter.state.page is Page.SETTLED, seconds=_PATIENCE)
    assert len(line.threads) == 1
    assert threading.get_ident() not in line.threads
    assert not line.crowded
