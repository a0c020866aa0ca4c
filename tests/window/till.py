"""A spied window among its surroundings, as a cashier and a test see it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.domain.record import VisitRecord, replay
from desktop.domain.visit import State
from desktop.ledger.journal import Journal
from desktop.profile import Profile
from tests.journey.at_the_window import Booth, Surroundings, window_among
from tests.rig.practice import Practice
from tests.rig.screen import Screen
from tests.window.close_button import press_close

OFFER, SETTLED, DONE, READY = "请核对金额", "请收款", "已完成", "等待凭证"
BILL_AWAITED = "等待单据"
_STALL = 1.5
"""Seconds that the platform takes: longer than the cross is on its way on a busy machine."""


@dataclass(frozen=True, slots=True)
class Till:
    """The window that a test works at."""

    booth: Booth

    @property
    def screen(self) -> Screen:
        return self.booth.screen

    @property
    def platform(self) -> Practice:
        return self.booth.platform

    def press(self, *keys: str) -> None:
        self.screen.press(*keys)

    def sees(self, title: str) -> None:
        """Wait until the window waits for that."""
        self.booth.await_title(title, f"没有等到“{title}”")

    def says(self, words: str) -> None:
        """Wait until these words stand on the window."""
        self.booth.await_that(f"窗口上没有“{words}”", lambda: words in "\n".join(self.words()))

    def takes_keys(self, name: str) -> None:
        """Wait until what is typed goes there: a dialog is seen before the screen gives it the keys."""
        self.booth.await_that(f"“{name}”没有得到按键", lambda: name in self.ask("keys"))

    def shows_slip(self, pages: int) -> None:
        """Wait until the slip stands on the window, every page drawn."""
        name = f"结算单，共 {pages} 页"
        self.booth.await_that(f"窗口上没有“{name}”", lambda: self._drawn_pages(name) == pages)

    def _drawn_pages(self, name: str) -> int:
        """Pages with ink on them, as large as can be read."""
        views = [drawn for said, drawn in self.ask("slip") if said == name]
        return sum(
            wide > 300 and darkest < 100 for drawn in views for wide, _high, darkest in drawn
        )

    def words(self) -> list[str]:
        """Every text that is on the window now."""
        return list(self.ask("words"))

    def ask(self, question: str) -> Any:
        """One question to the spy."""
        stdin = self.booth.process.stdin
        assert stdin is not None
        stdin.write(f"{question}\n".encode())
        stdin.flush()
        return self._told()

    def close(self) -> int:
        """The window's cross; the exit code of the program, once it has gone."""
        self.ask_to_close()
        return self.booth.process.wait(20)

    def ask_to_close(self) -> None:
        (window,) = self.screen.windows("跨省直结前台")
        press_close(self.screen.environment["DISPLAY"], window)

    def holds(self) -> list[str]:
        """What held the Qt thread of the program that has ended."""
        return list(self._told())

    def _told(self) -> Any:
        stdout = self.booth.process.stdout
        assert stdout is not None
        return json.loads(stdout.readline())


def spied(*options: str | Path) -> list[str]:
    return [sys.executable, "-m", "tests.window.spied_desk", *map(str, options)]


@contextmanager
def till_among(around: Surroundings, profile: Path, url: str = "") -> Iterator[Till]:
    """Open the window; when the block ends it is closed, and nothing may have held its thread."""
    with window_among(around, profile, spied, url) as booth:
        till = Till(booth)
        till.sees(READY)
        yield till
        if booth.process.poll() is None:
            assert (end := till.close()) == 0, f"the window ended with {end}"
        holds = till.holds()
        assert not holds, "the Qt thread was held: " + "; ".join(holds)


def close_while_it_books(till: Till, when: str) -> None:
    """F9, and the cross while the platform takes its time ``when`` ("before" or "after") it books:
    the window stays until the answer is there, then for its cash, and goes when it is closed again.
    """
    till.platform.fault("2207", when, "delay", seconds=_STALL)
    till.press("F9")
    till.sees("请稍候")
    asked = time.monotonic()
    till.ask_to_close()
    till.sees(SETTLED)
    till.says("窗口没有关")
    assert till.close() == 0
    assert time.monotonic() - asked > _STALL / 3, "the answer was not waited for"


def is_settled_as(visit: VisitRecord, booked: Mapping[str, Any]) -> bool:
    """Whether the journal knows of what the platform booked."""
    settlement = visit.settlement
    return (
        visit.state is State.SETTLED
        and settlement is not None
        and settlement.setl_id == booked["setl_id"]
    )


def records(profile: Path) -> list[VisitRecord]:
    """What the journal of a profile that nobody holds has of its visits, newest first."""
    home = Profile(profile)
    key = bytes.fromhex(home.practice_key_file.read_text("ascii").strip())
    journal = Journal.open(home.journal_file, key)
    try:
        entries = [journal.entries(visit) for visit in journal.visits()]
        return [replay(tuple(recorded.entry for recorded in visit)) for visit in entries]
    finally:
        journal.close()
