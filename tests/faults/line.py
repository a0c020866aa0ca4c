"""A desk in this process whose line to the practice platform runs through the fault proxy."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from msgspec import structs

from desktop.domain.open_work import what_is_open
from desktop.domain.problems import Problem
from desktop.domain.record import VisitRecord
from desktop.ledger.journal import VisitId
from desktop.nhsa.questions.reconciliation import Period
from desktop.services.ports import Desk, SitePolicy
from desktop.services.queue import item_of, retry
from desktop.services.queue_items import Waiting
from desktop.services.reconcile import compare
from desktop.services.whole_settlement import Finished
from tests.rig.bills import BillOf
from tests.rig.fault_proxy import AT_THE_DOOR, Fault, FaultProxy
from tests.rig.practice import Practice
from tests.services.counter import TODAY, Counter, bill_of, counter_at

T = TypeVar("T")
CONNECT, READ = 0.3, 0.5
LONGEST = CONNECT + 2 * READ
"""Seconds after which one exchange has ended, however steadily its answer drips."""
_MARGIN = 3.0
_CHINESE = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class SpoiltLine:
    """One desk for many visits: each case has a bill and a 门诊号 of its own."""

    counter: Counter
    proxy: FaultProxy
    person: Mapping[str, Any]
    name: str
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def desk(self) -> Desk:
        """As the site is, but that nothing books late: two looks are enough."""
        return self.under(settle_horizon=timedelta(0))

    def under(self, **policy: Any) -> Desk:
        return structs.replace(self.counter.desk, policy=structs.replace(SitePolicy(), **policy))

    def bill(self) -> BillOf:
        number = f"{self.name}-{next(self._numbers)}"
        self.counter.wire.sent.clear()
        return bill_of(self.person, bill_no=number, visit_no=number)

    def arm(self, infno: str, fault: Fault) -> None:
        """The next exchange of this transaction meets the fault."""
        if fault in AT_THE_DOOR:
            shut = self.proxy.refuse if fault is Fault.REFUSED else self.proxy.hang_up_next
            self.counter.wire.before(infno, lambda _: self._once(infno, shut))
        else:
            self.proxy.spoil(infno, fault)

    def _once(self, infno: str, work: Callable[[], None]) -> None:
        self.counter.wire.before(infno, lambda _: None)
        work()

    def heal(self) -> None:
        self.counter.wire.before("*", lambda _: None)
        self.proxy.heal()

    def lost_settlement(self) -> Finished:
        """Booked, and its answer lost on the way."""
        self.proxy.spoil("2207", Fault.RESET_AFTER_REQUEST)
        return self.counter.settle(self.bill())

    def record(self, visit: str) -> VisitRecord:
        return self.counter.desk.record(VisitId(visit))

    def resolved(self, visit: str) -> VisitRecord:
        """What the queue makes of it when the line is well: two looks, then what is left there."""
        self.heal()
        for _ in range(4):
            if what_is_open(self.record(visit)) is not None:
                retry(self.desk, visit)
        return self.record(visit)


@contextmanager
def spoilt_line(
    platform: Practice, folder: Path, person: Mapping[str, Any], station: int
) -> Iterator[SpoiltLine]:
    """A desk with a station of its own, for two of one number would make the same msgids."""
    profile = folder / "profile"
    profile.mkdir()
    limits = f"[platform]\nconnect_timeout = {CONNECT}\nread_timeout = {READ}\n"
    hospital = f'[hospital]\nstation = "{station:02}"\n'
    (profile / "settings.toml").write_text(limits + hospital, encoding="utf-8")
    with FaultProxy(platform.url) as proxy:
        behind = replace(platform, url=proxy.url)
        with counter_at(behind, profile, folder) as counter:
            yield SpoiltLine(replace(counter, platform=platform), proxy, person, folder.name)


def ended_in_time(work: Callable[[], T]) -> T:
    """No wait without a visible end: one exchange's longest, and what the healthy ones take."""
    began = time.monotonic()
    done = work()
    assert time.monotonic() - began < LONGEST + _MARGIN
    return done


def worded(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What a person reads says in Chinese what happened and what to do next."""
    assert problems
    for problem in problems:
        assert _CHINESE.search(problem.message), problem
        assert _CHINESE.search(problem.next_step), problem
    return problems


def agree(line: SpoiltLine, visit: str) -> VisitRecord:
    """Desk and platform hold the same, to the fen, and nothing waits any more."""
    record = line.record(visit)
    asked = {sent.msgid for sent in line.counter.wire.of("2207")}
    booked = line.counter.platform.settlements(line.person["certno"])
    standing = [row for row in booked if row["medins_setl_id"] in asked]
    standing = [row for row in standing if row["state"] == "effective"]
    if record.effectively_settled:
        found = record.settlement
        assert found is not None
        (row,) = standing
        assert row["setl_id"] == found.setl_id
        assert row["psn_cash_pay"] == found.split.cash.yuan()  # type: ignore[union-attr]
        assert row["fund_pay_sumamt"] == found.split.fund_total.yuan()  # type: ignore[union-attr]
    else:
        assert standing == []
    assert what_is_open(record) is None
    if record.tried:
        assert item_of(line.counter.desk, visit).state is Waiting.DONE
    return record


def agree_on_the_day(line: SpoiltLine) -> None:
    """Rule 8: what the platform has of this desk's msgids is what the desk stands on (3202)."""
    days = Period(TODAY.date(), line.desk.clock().date())
    assert compare(line.desk, days).problem is None
    visits = line.counter.opened.journal.visits()
    assert [record for visit in visits if (record := line.record(visit)).strays] == []
