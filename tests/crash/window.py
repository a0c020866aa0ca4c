"""kill -9 of the real window, at any point of its journal and its line, or at any moment.

A cashier works at a real screen until the window dies; the next window begins with what the first
one left, and the cashier ends it. Then the bill is settled once, its cash was written down once, and
it is the platform's cash part.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.domain.events import CashTaken
from desktop.domain.record import VisitRecord, replay
from desktop.ledger.journal import Journal
from desktop.profile import Profile
from tests.crash.judge import Violation
from tests.crash.points import passed
from tests.journey.at_the_window import (
    PDF_PRINTER,
    SEEN_AFTER,
    Booth,
    Surroundings,
    surroundings,
    window_among,
)
from tests.journey.journey import JourneyFailed
from tests.rig.town import townsman
from tests.window.later_scenes import LIST
from tests.window.till import DONE, OFFER, READY, SETTLED

POINTS = 60
"""More than a whole settlement at the window passes: beyond them it is killed when all is done."""
PEOPLE = 4
_PATIENCE = 60.0
_SETTINGS = "[platform]\nsettle_horizon = 1\n"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Killed:
    """Where a window died, and what it had passed."""

    where: str
    points: int


def kills(folder: Path, count: int, seed: int) -> Iterator[Killed]:
    """So many windows, each killed once and judged; raises :class:`Violation`."""
    dice = random.Random(f"{seed} window")  # noqa: S311 - repeatable
    with surroundings() as around:
        around.platform.options(repeat_2207="book")
        for number in range(count):
            home = folder / f"window-{number}"
            home.mkdir()
            yield killed_once(around, home, number, dice)
            around.platform.clear_faults()


def killed_once(around: Surroundings, home: Path, number: int, dice: random.Random) -> Killed:
    """One bill of one of the town: settled at a window that dies, and ended at the next one."""
    person, profile = townsman(number % PEOPLE), home / "profile"
    profile.mkdir()
    printer = PDF_PRINTER.format(profile / "slips")
    (profile / "settings.toml").write_text(_SETTINGS + printer, encoding="utf-8")
    before = [row["setl_id"] for row in around.platform.settlements(person["certno"])]
    point = dice.randint(1, POINTS) if dice.random() < 0.7 else 0
    seconds = None if point else dice.uniform(0.5, 9.0)
    if dice.random() < 0.3:
        around.platform.fault("2207", dice.choice(("before", "after")), "reset")
    report = home / "points"
    _worked_at(around, profile, person, (report, point), seconds)
    around.platform.clear_faults()
    points = passed(report).points
    _worked_at(around, profile, person, (home / "again", 0), None)
    booked = around.platform.settlements(person["certno"])
    judge_window(profile, [row for row in booked if row["setl_id"] not in before])
    where = "at a random moment" if not point else points[-1] if points else "at the start"
    return Killed(where, len(points))


def _worked_at(
    around: Surroundings,
    profile: Path,
    person: Row,
    dies: tuple[Path, int],
    seconds: float | None,
) -> None:
    """Until the patient has paid, or the window is gone."""
    began = time.monotonic()

    def program(*options: str | Path) -> list[str]:
        words = [sys.executable, "-m", "tests.crash.window_desk", *map(str, dies)]
        return [*words, *map(str, options)]

    try:
        with window_among(around, profile, program) as booth:
            _Cashier(booth, person, None if seconds is None else began + seconds).works()
    except JourneyFailed:
        if seconds is None and not dies[1]:
            raise


class _Cashier:
    """Does what the window's title asks for."""

    def __init__(self, booth: Booth, person: Row, until: float | None) -> None:
        self._booth, self._person, self._until = booth, person, until
        self._dropped = False

    def works(self) -> None:
        """Ends with everything done, or with the window; raises :class:`Violation`."""
        last = time.monotonic() + _PATIENCE
        while self._booth.process.poll() is None:
            if self._until is not None and time.monotonic() > self._until:
                break
            if time.monotonic() > last:
                raise Violation("the window comes to no end")
            if self._is_done():
                break
            time.sleep(0.05)
        self._booth.process.kill()
        self._booth.process.wait(10)

    def _is_done(self) -> bool:
        for title, work in self._WORK.items():
            if self._booth.screen.windows(title):
                return work(self)
        return False

    def _begins(self) -> bool:
        """The patient who is not settled yet shows the ID card once; nothing is left on the list."""
        if not self._dropped:
            self._booth.drop(self._person, bill_no="W0001", visit_no="W0001")
            self._dropped = True
            time.sleep(SEEN_AFTER)
            return False
        self._booth.screen.scan(self._person["certno"])
        self._waits(READY)
        return False

    def _press(self, title: str, *keys: str) -> bool:
        self._booth.screen.press(*keys)
        self._waits(title)
        return False

    def _waits(self, title: str) -> None:
        """Until the window leaves that page, for a while."""
        until = time.monotonic() + 3
        while self._booth.screen.windows(title) and time.monotonic() < until:
            if self._booth.process.poll() is not None:
                return
            time.sleep(0.05)

    _WORK: Mapping[str, Callable[[_Cashier], bool]] = {
        LIST: lambda self: self._press(LIST, "Return"),
        OFFER: lambda self: self._press(OFFER, "F8", "F9"),
        SETTLED: lambda self: self._press(SETTLED, "F10"),
        DONE: lambda _self: True,
        READY: lambda self: self._begins(),
    }


def judge_window(profile: Path, booked: Sequence[Row]) -> None:
    """One settlement on both sides, its cash once in the journal, and the platform's own."""
    standing = [row for row in booked if row["state"] == "effective"]
    if len(standing) != 1:
        raise Violation(f"effective there: {standing}")
    settled = [each for each in _visits(profile) if each[0].effectively_settled]
    if len(settled) != 1:
        raise Violation(f"settled here: {[each[0].state for each in settled]}")
    ((record, cash),) = settled
    assert record.settlement is not None
    if record.settlement.setl_id != standing[0]["setl_id"]:
        raise Violation("another settlement here than there")
    told = [amount.cash.yuan() for amount in cash]
    if told != [standing[0]["psn_cash_pay"]]:
        raise Violation(f"cash written down {told}, due {standing[0]['psn_cash_pay']}")


def _visits(profile: Path) -> list[tuple[VisitRecord, list[CashTaken]]]:
    home = Profile(profile)
    key = bytes.fromhex(home.practice_key_file.read_text("ascii").strip())
    journal = Journal.open(home.journal_file, key)
    try:
        each = [[row.entry for row in journal.entries(visit)] for visit in journal.visits()]
    finally:
        journal.close()
    return [
        (replay(entries), [entry for entry in entries if isinstance(entry, CashTaken)])
        for entries in each
    ]
