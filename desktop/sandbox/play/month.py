"""A whole month: who comes when, where to, and who comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Final

from desktop.domain.credential import CredentialKind
from desktop.sandbox.control.bodies import ElsewhereBody
from desktop.sandbox.control.surface import use_elsewhere
from desktop.sandbox.model import Institution, Person
from desktop.sandbox.platform import Platform
from desktop.sandbox.play.bills import Shelf, shelf
from desktop.sandbox.play.care import todays_care
from desktop.sandbox.play.chance import Chance
from desktop.sandbox.play.counter import AtCounter, Shown, voucher
from desktop.sandbox.play.line import Line
from desktop.sandbox.play.people import homes, places, settle_in, usual_place
from desktop.sandbox.play.story import Refund, Story, give_back, later
from desktop.sandbox.play.tally import Tally
from desktop.sandbox.play.wish import Wish

_WEEK: Final = (1.25, 1.1, 1.0, 1.0, 1.0, 0.6, 0.45)
"""How many come on a Monday, … on a Sunday."""
_HOURS: Final = {8: 1.5, 9: 2.2, 10: 2.0, 11: 1.0, 14: 1.5, 15: 1.4, 16: 0.9, 19: 0.3}
OPENING: Final = time(8)
"""Business time on the day after the month."""


class NoRules(Exception):
    """No insured area has rules for the month."""


def play_month(platform: Platform, wish: Wish, told: Callable[[int], None]) -> Tally:
    """Fill the platform; ``told`` hears how many visits are done.

    Afterwards business time stands on the day after the month. Raises :class:`NoRules` before
    anything is done.
    """
    if not homes(platform.policies, wish):
        raise NoRules
    chance, tally = Chance(wish.seed), Tally()
    people = settle_in(platform.state, platform.policies, wish)
    tally.people = len(people)
    tally.areas.update(row.area for who in people for row in who.insured)
    goods = shelf(platform.state, chance)
    month = _Month(platform, wish, chance, tally, people, places(platform.state), goods)
    for _ in month.visits():
        tally.visits += 1
        told(tally.visits)
    platform.state.change_settings(business_now=datetime.combine(wish.after, OPENING))
    return tally


@dataclass(frozen=True, slots=True)
class _Month:
    platform: Platform
    wish: Wish
    chance: Chance
    tally: Tally
    people: tuple[Person, ...]
    places: tuple[Institution, ...]
    shelf: Shelf
    refunds: list[tuple[datetime, int, Refund]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def visits(self) -> Iterator[None]:
        """Everything in the order of time."""
        end = datetime.combine(self.wish.after, time())
        for arrival in self._arrivals():
            self._give_back_until(arrival)
            paid = Story(self._arrived(arrival), self.shelf).play()
            refund = later(paid, end) if paid else None
            if refund is not None:
                heappush(self.refunds, (refund.at, next(self.numbers), refund))
            yield
        self._give_back_until(end)

    def _give_back_until(self, moment: datetime) -> None:
        while self.refunds and self.refunds[0][0] <= moment:
            give_back(heappop(self.refunds)[2])

    def _arrivals(self) -> list[datetime]:
        first = datetime.combine(self.wish.first, time())
        days = [first + timedelta(days=number) for number in range(self.wish.days)]
        weights = {day: _WEEK[day.weekday()] for day in days}
        return sorted(self._arrival(weights) for _ in range(self.wish.visits))

    def _arrival(self, weights: dict[datetime, float]) -> datetime:
        """Not so late that a visit could end in the next month."""
        hour = self.chance.weighed(_HOURS)
        day = self.chance.weighed(weights)
        return day + timedelta(hours=hour, seconds=self.chance.number(0, 3599))

    def _arrived(self, at: datetime) -> AtCounter:
        who = self._patient()
        self._used_at_home(who, at)
        line = Line(self.platform, self.chance, self.tally, self._place(who), at)
        return AtCounter(
            line=line,
            who=who,
            insured=who.insured[0],
            care=todays_care(who, self.chance),
            shown=self._shown(who, line),
            visit_no=f"MZ{self.wish.first:%Y%m}{next(self.numbers):07d}",
            begins=at,
        )

    def _patient(self) -> Person:
        """Some come often."""
        return self.people[int(len(self.people) * self.chance.share() ** 1.6)]

    def _used_at_home(self, who: Person, at: datetime) -> None:
        """The year's sums are shared with what is used at home."""
        if self.chance.happens(0.01):
            fund, paid = self.chance.number(20, 300), self.chance.number(0, 80)
            body = ElsewhereBody(day=at.date(), fund=f"{fund}.00", deductible=f"{paid}.00")
            use_elsewhere(self.platform.state, who.certno, body)

    def _place(self, who: Person) -> Institution:
        """Most go where they always go, and outside their own province."""
        usual = usual_place(self.places, who.certno, who.insured[0].area)
        if self.chance.happens(0.82):
            return usual
        near = [row for row in self.places if row.area[:2] == usual.area[:2]]
        return self.chance.one_of(self.places if self.chance.happens(0.08) else near)

    def _shown(self, who: Person, line: Line) -> Shown:
        kind = self.chance.weighed({"voucher": 0.55, "card": 0.25, "id": 0.2})
        if kind == "voucher":
            return voucher(who, line)
        if kind == "card" and who.card_no is not None:
            return Shown(CredentialKind.SOCIAL_SECURITY_CARD, who.card_no, who.card_sn)
        return Shown(CredentialKind.ID_CARD, who.certno)
