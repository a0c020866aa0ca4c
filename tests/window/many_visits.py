"""Many settlements in one window of this process, without a screen: what each took and left.

``python -m tests.window.many_visits 200`` plays so many visits, one after the other, over the real
desk and a real platform, by the window's own keys; on standard output stands one JSON object with
``seconds`` (from the clock on the wall: what a cashier waits) and ``kilobytes`` of each visit,
``pace``, the seconds of a known piece of work right after it, and ``holds``, what held the Qt thread
over 50 ms.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["CUPS_SERVER"] = "/nonexistent/cups.sock"  # paper for nobody

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.app import OpenDesk, open_desk
from desktop.at_the_window import counter_of, facts_of
from desktop.domain.identifiers import id_check_digit
from desktop.hospital.drop_folder import DropFolder
from desktop.knowledge.areas import load_areas
from desktop.window import let_qt_through, spare_the_collector
from tests.journey.at_the_window import PDF_PRINTER
from tests.journey.journey import charges_of
from tests.rig.practice import Practice, practice
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from ui.cashier import frame_wording
from ui.cashier.shell import CashierShell
from ui.cashier.state import Page, ViewState
from ui.cashier.window import CashierWindow
from ui.theme.stylesheet import STYLE, apply
from ui.theme.tokens import Mode

_PATIENCE = 20.0
_PIECE = 1_000_000
"""Numbers to add: some 20 ms, as long as a step of a visit."""
_KEYS = ((Qt.Key.Key_F9, Page.SETTLED), (Qt.Key.Key_F10, Page.DONE), (Qt.Key.Key_F2, Page.READY))
"""After the split: settle, collect and print, next patient."""
_OF_ONE = ("certno", "card_no", "card_sn", "note")
"""What no two people share, or is no fact about a person."""
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


class NotReached(RuntimeError):
    """The window did not come to a page; the text says to which, and where it stands."""


class Series:
    """One window, one visit after the other."""

    def __init__(self, app: WatchedApplication, shell: CashierShell) -> None:
        self._app = app
        self._shell = shell

    def play(self, people: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
        """Seconds of each visit, of a known piece of work after it, and the process's kilobytes."""
        seconds, pace, kilobytes = [], [], []
        for person in people:
            began = time.monotonic()
            self._visit(person["certno"])
            seconds.append(time.monotonic() - began)
            pace.append(_seconds_of_a_piece())
            kilobytes.append(float(_resident_kb()))
        return {"seconds": seconds, "pace": pace, "kilobytes": kilobytes}

    def _visit(self, number: str) -> None:
        self._shell.window.typed_number.emit(number)
        self._reach(Page.OFFER)
        QTest.keyClick(self._shell.window, Qt.Key.Key_F8)
        for key, page in _KEYS:
            QTest.keyClick(self._shell.window, key)
            self._reach(page)

    def _reach(self, page: Page) -> None:
        until = time.monotonic() + _PATIENCE
        while not self._is_shown(page):
            if time.monotonic() > until:
                raise NotReached(f"{page}: {self._state.page} {self._state.stop}")
            self._app.processEvents()
            time.sleep(0.0005)

    def _is_shown(self, page: Page) -> bool:
        """The keys count when the cashier sees the page."""
        title = frame_wording.title(self._state)
        stands = self._state.page is page and self._state.busy is None
        return stands and self._shell.window.windowTitle() == title

    @property
    def _state(self) -> ViewState:
        return self._shell.presenter.state


def invented(count: int) -> list[Mapping[str, Any]]:
    """People like the first of the town, each with a number of their own."""
    model = townsman(0)
    firsts = (f"990000198503{day}{order:03d}" for order in range(9, 999) for day in (11, 13))
    return [{**model, "certno": first + id_check_digit(first)} for first in islice(firsts, count)]


def move_in(platform: Practice, people: Sequence[Mapping[str, Any]], charges: Path) -> None:
    """They live in the practice town, and a bill of each lies in the drop folder."""
    charges.mkdir(parents=True, exist_ok=True)
    for place, person in enumerate(people):
        told = {name: value for name, value in person.items() if name not in _OF_ONE}
        platform.put_person(person["certno"], told)
        bill = replace(charges_of(person), bill_no=f"B{place:06d}", visit_no=f"V{place:06d}")
        bill.write(charges / f"{bill.bill_no}.json")


def _seconds_of_a_piece() -> float:
    """How quick the machine is now: what else runs on it is no growth of ours."""
    began = time.monotonic()
    sum(range(_PIECE))
    return time.monotonic() - began


def _resident_kb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_KB


def _played(opened: OpenDesk, people: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    app = WatchedApplication(["many-visits", *STYLE])
    drops = DropFolder(opened.drop_folder, time.monotonic)
    let_qt_through()
    with app.watch.off():
        apply(app, Mode.LIGHT)
        window = CashierWindow(load_areas, time.monotonic)
        shell = CashierShell(window, counter_of(opened, drops), facts_of(opened), app.quit)
        assert all(window.furnish())
        window.show()
        app.processEvents()
        shell.watch_queue()
        spare_the_collector()
    while drops.poll() or len(drops.bills()) < len(people):
        time.sleep(0.02)
    told = Series(app, shell).play(people)
    shell.window.close()
    app.processEvents()
    shell.leave()
    return {**told, "holds": [str(hold) for hold in app.watch.take()]}


def main() -> int:
    people = invented(int(sys.argv[1]))
    with TemporaryDirectory(prefix="kuasheng-") as folder, practice() as platform:
        settings = PDF_PRINTER.format(Path(folder) / "slips")
        (Path(folder) / "settings.toml").write_text(settings, encoding="utf-8")
        move_in(platform, people, Path(folder) / "charges")
        with open_desk(folder, platform.url, "test") as opened:
            sys.stdout.write(json.dumps(_played(opened, people)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
