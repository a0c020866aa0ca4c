"""From the card service's word that a card is in, to the person on the window.

The window is real, its card reader a real pcscd with a chip that answers at once; the service's own
poll of 0.4 s lies before the clock starts, and what is spent on the line to the platform is taken
off. It runs in a process of its own, without a screen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

from msgspec import structs
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.counter import open_counter
from benchmarks.measures import Measure, confidence, timed
from benchmarks.off_the_line import OffTheLine
from card_reader.cards import CardEvent, Inserted
from card_reader.monitor import interpret
from card_reader.pcsc import Context, RawState, Winscard
from card_reader.watch import CardWatch
from desktop.app import OpenDesk
from desktop.at_the_window import facts_of
from desktop.knowledge.areas import load_areas
from desktop.nhsa.transport import Reply
from desktop.printers import Printers
from desktop.services.line import Line
from desktop.window import let_qt_through
from tests.rig.pcsc import PcscStack
from tests.rig.queueing import own_seconds_in_the_queue
from tests.rig.town import townsman
from tests.rig.virtual_card import social_security_card
from ui.cashier.counter import Counter
from ui.cashier.shell import CashierShell
from ui.cashier.state import ViewState
from ui.cashier.window import CashierWindow
from ui.theme.stylesheet import STYLE, apply

TARGET = 0.010
"""Seconds."""
CARDS = 15
_PATIENCE = 10.0
_AWAKE_MS = 50
_ROOT = Path(__file__).parents[1]


class NobodyCame(RuntimeError):
    """The card was put in, and no person appeared on the window."""


def measure() -> tuple[Measure, ...]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.identity"],
        cwd=_ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    cards: list[tuple[float, float, float, float]] = json.loads(told.stdout)
    read, there, painted, queued = (list(steps) for steps in zip(*cards, strict=True))
    alone = [whole - lost for whole, lost in zip(there, queued, strict=True)]
    low, high = confidence(there)
    return (
        Measure(
            "card event → identity there",
            median(there) * 1000,
            low * 1000,
            high * 1000,
            " ms",
            TARGET * 1000,
            f"{len(there)} cards; platform and pcscd's poll left out",
        ),
        timed("  – without our queueing", alone, "for a processor, which others had"),
        timed("  until the card is read", read, "connection and 11 APDUs of an instant chip"),
        timed("  until the window is painted", painted, "all of it, without a graphics card"),
    )


class _Told(Winscard):
    """The service, and when it last told of a card that had not been there."""

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self.at = self.queued = 0.0

    def status_change(
        self, context: Context, known: Sequence[RawState], seconds: float
    ) -> Sequence[RawState]:
        before = {raw.reader: interpret(raw).present for raw in known}
        states = super().status_change(context, known, seconds)
        if any(interpret(raw).present and not before.get(raw.reader) for raw in states):
            self.at, self.queued = time.perf_counter(), own_seconds_in_the_queue()
        return states


def _seconds() -> list[tuple[float, float, float, float]]:
    """Of each card: until it is read, until its person is there, until that is painted; and for how
    long until its person was there our threads were ready and had no processor.
    """
    app = QApplication(["identity", *STYLE])
    apply(app)
    let_qt_through()
    with open_counter() as counter, PcscStack(readers=1) as stack:
        os.environ.update(stack.environment)
        with _window(counter.opened) as desk:
            return [_one_card(app, stack, desk) for _ in range(CARDS + 2)][2:]


class _Line(OffTheLine):
    """What we queued for meanwhile is on the line already."""

    queued = 0.0

    def post(self, url: str, headers: Mapping[str, str], body: bytes, *, fresh: bool) -> Reply:
        before = own_seconds_in_the_queue()
        try:
            return super().post(url, headers, body, fresh=fresh)
        finally:
            self.queued += own_seconds_in_the_queue() - before


class _Desk:
    """The window, its ear, and how long the platform took."""

    def __init__(self, shell: CashierShell, service: _Told, line: _Line) -> None:
        self.shell = shell
        self.service = service
        self.line = line
        self.read = self.there = self.painted = self.queued = 0.0
        """When it was so, the time on the line until then taken off; 0: not yet."""
        shell.presenter.listen(self._shown)

    def await_card(self) -> None:
        self.read = self.there = self.painted = 0.0
        self.line.seconds = self.line.queued = 0.0

    def noticed(self, event: CardEvent) -> None:
        if isinstance(event, Inserted):
            self.read = time.perf_counter()
        self.shell.noticed(event)

    def _shown(self, state: ViewState) -> None:
        self.shell.window.present(state)
        if state.person is not None and not self.painted:
            line = self.line.seconds
            self.there = time.perf_counter() - line
            self.queued = own_seconds_in_the_queue() - self.line.queued
            self.shell.window.repaint()
            self.painted = time.perf_counter() - line


@contextmanager
def _window(opened: OpenDesk) -> Iterator[_Desk]:
    line = opened.desk.platform
    assert isinstance(line, Line)
    watch = _Line(line._client.transport)  # noqa: SLF001 - no other way in
    heard = Line(structs.replace(line._client, transport=watch))  # noqa: SLF001
    desk = structs.replace(opened.desk, platform=heard)
    papers = opened.papers(Printers(opened.settings.printers))
    counter = Counter(desk, "0001", lambda _person: (), papers, opened.catalogue)
    window = CashierWindow(load_areas, time.monotonic)
    shell = CashierShell(window, counter, facts_of(opened), lambda: None)
    for _page in window.furnish():
        pass
    window.show()
    service = _Told()
    table = _Desk(shell, service, watch)
    cards = CardWatch(table.noticed, scard=service)
    cards.start()
    try:
        yield table
    finally:
        cards.stop()
        shell.leave()


def _one_card(
    app: QApplication, stack: PcscStack, desk: _Desk
) -> tuple[float, float, float, float]:
    person = townsman(0)
    card = social_security_card(
        name=person["name"],
        id_number=person["certno"],
        card_no=person["card_no"],
        card_sn=person["card_sn"],
    )
    desk.await_card()
    stack.insert(0, card)
    _until(app, lambda: desk.painted > 0)
    at = desk.service.at
    queued = desk.queued - desk.service.queued
    spent = (desk.read - at, desk.there - at, desk.painted - at, queued)
    _until(app, lambda: desk.shell.presenter.state.busy is None)
    stack.remove(0)
    time.sleep(0.5)
    desk.shell.presenter.leave()
    _until(app, lambda: desk.shell.presenter.free_for_next)
    desk.shell.presenter.next_patient()
    _until(app, lambda: desk.shell.presenter.state.person is None)
    return spent


def _until(app: QApplication, true: Callable[[], bool]) -> None:
    """The Qt thread sleeps in its loop, as the program's does: one that asks again and again would
    take the interpreter from the threads that are measured. (With a time limit Qt does not wait.)
    """
    until = time.monotonic() + _PATIENCE
    with closing(_Alarm()):
        while not true():
            if time.monotonic() > until:
                raise NobodyCame
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class _Alarm:
    """Wakes the loop now and then, should nothing else."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.start(_AWAKE_MS)

    def close(self) -> None:
        self._timer.stop()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_seconds()))
