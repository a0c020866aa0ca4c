"""A desk at work for the benchmarks: composed as the program composes it, its journal on disk.

The practice platform runs in a process of its own. Every bill is new, of one person, with the
eight lines of the journey.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.app import OpenDesk, open_desk
from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill, BillKey
from desktop.domain.times import CHINA
from desktop.hospital.charges_file import read_charges
from desktop.services.ending import Ending
from desktop.services.identify import from_id_number
from desktop.services.settle import Agreement
from desktop.services.whole_settlement import Finished, Order, settle_bill
from tests.journey.journey import BILL
from tests.rig.bills import BillOf
from tests.rig.practice import practice
from tests.rig.town import townsman

SEVEN = ("1101", "2001", "2201", "2203", "2204", "2206", "2207")
"""Transactions of a settlement, in their order."""


class NotSettled(RuntimeError):
    """A benchmark of something else than a settlement is worth nothing."""


@dataclass(frozen=True, slots=True)
class Counter:
    """An open desk, and a person whose bills never end."""

    opened: OpenDesk
    id_number: str
    sample: Bill
    numbers: Iterator[int]

    def settle(self) -> Finished:
        """Settle a new bill of a new visit; raises :class:`NotSettled`."""
        finished = settle_bill(self.opened.desk, self._order(self.next_bill()))
        if finished.ending is not Ending.SETTLED:
            raise NotSettled(f"{finished.ending}: {finished.problems}")
        return finished

    def next_bill(self) -> Bill:
        """A new bill of a new visit."""
        number = next(self.numbers)
        return replace(
            self.sample,
            key=BillKey(f"B{number:06d}", 1),
            visit=replace(self.sample.visit, visit_no=visit_number(number)),
        )

    def _order(self, bill: Bill) -> Order:
        agreement = Agreement(AccountUse.NONE, identity_checked_by="")
        return Order(bill, lambda: from_id_number(self.id_number), None, agreement)


def visit_number(number: int) -> str:
    return f"V{number:06d}"


@contextmanager
def open_counter(*, durable: bool = True) -> Iterator[Counter]:
    """Start the platform, open a fresh profile, take the sample bill over.

    A ``durable`` platform has every booking on disk before it answers, as the one that the desk
    starts itself; the other forgets everything.
    """
    person = townsman(0)
    with (
        TemporaryDirectory(prefix="kuasheng-bench-") as folder,
        practice(Path(folder, "platform") if durable else None) as platform,
        open_desk(str(Path(folder, "profile")), platform.url, "bench") as opened,
    ):
        bill = BillOf(person["name"], person["certno"], _this_morning(), BILL)
        sample = read_charges(bill.write(Path(folder, "charges.json")))
        yield Counter(opened, person["certno"], sample, count(1))


def _this_morning() -> datetime:
    now = datetime.now(CHINA).replace(tzinfo=None, microsecond=0)
    return max(now - timedelta(minutes=40), now.replace(hour=0, minute=0, second=0))
