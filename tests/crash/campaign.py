"""Kills of every kind, one after the other at one desk, each recovered from and judged.

Kinds: at a named point of a settlement or a refund; at a random moment of the unmodified program;
while a request is in flight whose booking is before, after or later than the kill; and again while
the desk recovers from an earlier one.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.domain.money import Money
from tests.crash.desk import CrashDesk
from tests.crash.judge import Violation, judge, judge_all, judge_cash
from tests.crash.points import Passed
from tests.crash.process import ALIVE, Death, Ended
from tests.rig.bills import BillOf

SETTLE_POINTS = 30
"""Of a settlement of a desk in use; what is beyond ends without a kill."""
REFUND_POINTS = {True: 24, False: 38}
"""Of a whole refund, and of a partial one: exactly what a desk in use passes."""
TILL_POINTS = 3
"""Of a cash step, and one beyond."""
RECOVER_POINTS = 24
IN_FLIGHT = (("before", "delay"), ("after", "delay"), ("before", "late"), ("before", "reset"))
SETTLING = ("2201", "2204", "2207")
LOST = (("before", "drop"), ("after", "drop"), ("before", "late"), ("after", "truncate"))
_TO_THE_END = 4


@dataclass
class Tally:
    """What a campaign did."""

    runs: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    """Last point passed before a kill → how often."""
    passed: set[str] = field(default_factory=set)
    """Every named point that a settlement or a refund ever passed."""

    @property
    def killed(self) -> int:
        return sum(self.kills.values())

    def never_killed_at(self) -> list[str]:
        """Named points that were passed, and at which nobody ever died."""
        return sorted(self.passed - self.kills.keys())

    def add(self, other: Tally) -> None:
        self.runs += other.runs
        self.kills += other.kills
        self.passed |= other.passed


class Campaign:
    """``number`` of each run makes its bill; everything random comes from the seed.

    Of several that go on at the same time, ``part`` of ``parts`` takes its share of the points.
    """

    def __init__(self, desk: CrashDesk, seed: int, part: int = 0, parts: int = 1) -> None:
        self._desk = desk
        self._random = random.Random(f"{seed} {part}")  # noqa: S311 - repeatable
        self._part, self._parts = part, parts
        self._number = 0
        self._last_settled = 0.4
        self.tally = Tally()

    @property
    def bills(self) -> int:
        return self._number

    def run(self, kind: str) -> None:
        """One bill, killed in the way of ``kind``; raises :class:`Violation`."""
        self._number += 1
        bill = self._desk.bill(self._number)
        try:
            said = KINDS[kind](self, bill)
            self._desk.platform.clear_faults()
            self._goes_on(bill, said)
        except AssertionError as fault:
            raise Violation(f"run {self._number} ({kind}, {bill.bill_no}): {fault}") from fault
        self.tally.runs[kind] += 1

    def judge_all(self) -> int:
        return judge_all(self._desk)

    def settle_point(self, bill: BillOf) -> list[Passed]:
        death = Death(at_point=1 + self._turn("settle-point") % SETTLE_POINTS)
        return [self._at_point("settle", self._desk.settle(bill, death)).passed]

    def settle_moment(self, bill: BillOf) -> list[Passed]:
        """The program as it is, no point in it; every fourth time in an interpreter of its own."""
        fresh = self.tally.runs["settle-moment"] % 4 == 3
        longest = self._last_settled + (0.7 if fresh else 0.1)
        death = Death(after=self._random.uniform(0.02, longest), unwatched=True, fresh=fresh)
        ended = self._noted(self._desk.settle(bill, death), "random moment")
        if not ended.killed and not fresh:
            self._last_settled = (self._last_settled + ended.seconds) / 2
        return [ended.passed]

    def in_flight(self, bill: BillOf) -> list[Passed]:
        infno = self._random.choice(SETTLING)
        when, what = self._random.choice(IN_FLIGHT)
        self._desk.platform.fault(infno, when, what, seconds=0.4)
        death = Death(seen=f"before {infno}", after=self._random.uniform(0.0, 0.5))
        ended = self._desk.settle(bill, death)
        return [self._noted(ended, f"in flight {infno} {when} {what}").passed]

    def recovery_point(self, bill: BillOf) -> list[Passed]:
        """A 2207 without an answer; then the desk dies again while it finds out."""
        when, what = self._random.choice(LOST)
        self._desk.platform.fault("2207", when, what, seconds=0.8)
        first = self._desk.settle(bill, Death(seen="before 2207", after=0.05))
        said = [self._noted(first, f"in flight 2207 {when} {what}").passed]
        self._desk.platform.clear_faults()
        if self._random.random() < 0.5:
            self._desk.platform.fault("3202", "before", "http500", times=2)
        for item in self._desk.waiting():
            point = 1 + self._random.randrange(RECOVER_POINTS)
            retry = self._desk.verb("queue", "retry", item["id"], death=Death(at_point=point))
            said.append(self._noted(retry, f"recovery {retry.last_point}").passed)
        return said

    def refund_point(self, bill: BillOf) -> list[Passed]:
        """Two partial refunds for each whole one, for they have more points."""
        turn = self._turn("refund-point")
        whole = turn % 3 == 0
        number = turn // 3 if whole else turn // 3 * 2 + turn % 3 - 1
        death = Death(at_point=1 + number % REFUND_POINTS[whole])
        return self._refunded(bill, death, whole=whole)

    def refund_moment(self, bill: BillOf) -> list[Passed]:
        death = Death(after=self._random.uniform(0.02, 2 * self._last_settled), unwatched=True)
        return self._refunded(bill, death, whole=self._random.random() < 0.5)

    def cash_point(self, bill: BillOf) -> list[Passed]:
        """Cash is taken, and after a refund exchanged or given back; killed at any of these steps."""
        settled = self._desk.settle(bill)
        assert settled.exit == 0, f"{settled.exit} {settled.body}"
        setl_id: str = settled.body["setl_id"]
        turn = self._turn("cash-point")
        drawer = Drawer(lambda death: self._at_point("cash", self._desk.till(setl_id, death)))
        said = [settled.passed, *drawer.put_right(Death(at_point=1 + turn % TILL_POINTS))]
        judge_cash(self._desk, setl_id, drawer.content)
        whole = turn % 2 == 0
        death = Death(at_point=1 + self._random.randrange(REFUND_POINTS[whole]))
        said += self._given_back(setl_id, bill, death, whole=whole)
        said += drawer.put_right(Death(at_point=1 + turn // 2 % TILL_POINTS))
        judge_cash(self._desk, setl_id, drawer.content)
        return said

    def _refunded(self, bill: BillOf, death: Death, *, whole: bool) -> list[Passed]:
        """Killed while giving back; then the cashier goes on until it is through, or unwinds it."""
        settled = self._desk.settle(bill)
        assert settled.exit == 0, f"{settled.exit} {settled.body}"
        setl_id: str = settled.body["setl_id"]
        return [settled.passed, *self._given_back(setl_id, bill, death, whole=whole)]

    def _given_back(self, setl_id: str, bill: BillOf, death: Death, *, whole: bool) -> list[Passed]:
        lines: tuple[str, ...] = () if whole else ("--lines", "1")
        first = self._desk.refund(setl_id, bill, *lines, death=death)
        if death.unwatched:
            said = [self._noted(first, "random moment of a refund").passed]
        else:
            said = [self._at_point("refund", first).passed]
        if not whole and self._random.random() < 0.5:
            lines = ("--unwind",)
        for _ in range(_TO_THE_END):
            self._desk.recover()
            again = self._desk.refund(setl_id, bill, *lines)
            said.append(again.passed)
            if _is_through(again):
                return said
        raise Violation(f"the refund never ends: {again.exit} {again.body}")

    def _goes_on(self, bill: BillOf, said: list[Passed]) -> None:
        """Recovery, and the cashier who takes the bill up again."""
        self._desk.recover()
        judge(self._desk, bill.bill_no, bill.id_number, said)
        again = self._desk.settle(bill)
        self._desk.recover()
        judge(self._desk, bill.bill_no, bill.id_number, [*said, again.passed])
        assert again.exit == 0, f"settled anew: {again.exit} {again.body} {again.words}"

    def _turn(self, kind: str) -> int:
        """How many runs of this kind were before this one, those of the other parts among them."""
        return self.tally.runs[kind] * self._parts + self._part

    def _at_point(self, verb: str, ended: Ended) -> Ended:
        self.tally.passed.update(f"{verb} {point}" for point in ended.passed.points)
        return self._noted(ended, f"{verb} {ended.last_point}")

    def _noted(self, ended: Ended, where: str) -> Ended:
        if ended.killed:
            self.tally.kills[where] += 1
        return ended


class Drawer:
    """The cash of one bill as it lies there: it is moved when the desk has asked, and then written
    down; what was moved and not written down is asked for once more, and is not moved again.
    """

    def __init__(self, till: Callable[[Death], Ended]) -> None:
        self._till = till
        self.content = Money(0)

    def put_right(self, death: Death) -> list[Passed]:
        """Killed once, then until nothing is asked."""
        first, again, last = self._till(death), self._till(ALIVE), self._till(ALIVE)
        was_asked, is_asked = first.body.get("asked"), again.body["asked"]
        assert last.body["asked"] is None, f"asked a third time: {last.body}"
        if was_asked is not None and is_asked is not None:
            assert not first.passed.acknowledged, f"asked for what is written down: {is_asked}"
            assert is_asked == was_asked, f"asked for {is_asked}, before for {was_asked}"
        moved = first if was_asked is not None else again
        if moved.body["asked"] is not None:
            self.content += Money.parse(moved.body["drawer"])
        return [first.passed, again.passed]


def _is_through(ended: Ended) -> bool:
    """Done now, or done before and told so."""
    codes = {problem["code"] for problem in ended.body.get("problems", ())}
    return ended.exit == 0 or bool(codes & {"nothing-to-cancel", "line-not-in-bill"})


KINDS: Mapping[str, Callable[[Campaign, BillOf], list[Passed]]] = {
    "settle-point": Campaign.settle_point,
    "settle-moment": Campaign.settle_moment,
    "in-flight": Campaign.in_flight,
    "recovery-point": Campaign.recovery_point,
    "refund-point": Campaign.refund_point,
    "refund-moment": Campaign.refund_moment,
    "cash-point": Campaign.cash_point,
}
