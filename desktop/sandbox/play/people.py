"""The people of a played month: invented, of every insured area that has rules, filed or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final
from zlib import crc32

import msgspec
from msgspec import UNSET

from desktop.domain.identifiers import id_check_digit
from desktop.domain.person import EMPLOYEE, RESIDENT, FilingKind
from desktop.sandbox.control.bodies import ChronicBody, FilingBody, InsuredBody, PersonBody
from desktop.sandbox.control.people import put_person
from desktop.sandbox.insured_place.diseases import CHRONIC
from desktop.sandbox.insured_place.policy import InsuredArea, Policies
from desktop.sandbox.model import FilingScope, Institution, Person
from desktop.sandbox.play.chance import Chance
from desktop.sandbox.play.wish import Wish
from desktop.sandbox.state import State

_SURNAMES: Final = (
    "孔孟颜曾李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈"
)
_GIVEN: Final = "安宁和平福康健顺文明志远海山秀英桂兰玉梅春华秋实冬青子涵雨晨思源立新建国"
_AREA_WITHOUT_RULES: Final = "990900"
_UNREACHABLE: Final = 0.12
_VISITS_EACH: Final = 3.2
"""How often a person comes in the month, about."""

FILED: Final = {
    "long": 0.63,
    "temporary": 0.29,
    "never": 0.045,
    "ended": 0.012,
    "elsewhere": 0.013,
    "later": 0.01,
}
_CONDITIONS: Final = {"well": 0.984, "stopped": 0.008, "suspended": 0.003, "inpatient": 0.005}
_LONG: Final = (
    FilingKind.LONG_RESIDENT,
    FilingKind.RETIRED_SETTLED,
    FilingKind.POSTED_WORKER,
)
_TEMPORARY: Final = (FilingKind.REFERRED, FilingKind.OTHER)
_OPEN_ENDED: Final = None
_TODAY: Final = date(2023, 7, 1)
"""When the people are as old as they are made."""


@dataclass(frozen=True, slots=True)
class Home:
    """An insured area of a person with an insurance that it has rules for."""

    area: str
    insutype: str
    weight: float
    """How many come from there, beside the others."""


def homes(policies: Policies, wish: Wish) -> tuple[Home, ...]:
    """Every area with the insurances that it pays for in the month; () when none pays.

    Areas that pay from the account alone, or that nobody reaches, send patients as well.
    """
    every = [
        (place, area, insutype)
        for place in policies.places
        for area in dict.fromkeys(pattern.replace("x", "0") for pattern in place.areas)
        for insutype in (EMPLOYEE, RESIDENT)
    ]
    paying = {row for row in every if policies.benefit(*row[1:], wish.first, wish.first)}
    bare = {row for row in every if row[2] == EMPLOYEE and _without_pool(row[0])}
    return tuple(
        Home(area, insutype, 1.0 if place.connected else _UNREACHABLE)
        for place, area, insutype in every
        if paying and (place, area, insutype) in paying | bare
    )


def _without_pool(place: InsuredArea) -> bool:
    return not (place.pooled and place.connected)


def settle_in(state: State, policies: Policies, wish: Wish) -> tuple[Person, ...]:
    """Put as many people into the platform as such a month sees; who is there already stays."""
    found = homes(policies, wish)
    every = places(state)
    numbers = range(max(1, round(wish.visits / _VISITS_EACH)))
    makers = (
        _Maker(found, every, policies, wish, Chance(wish.seed, f"person {number}"))
        for number in numbers
    )
    people = (_put(state, maker) for maker in makers)
    return tuple({who.psn_no: who for who in people}.values())


def places(state: State) -> tuple[Institution, ...]:
    """Where patients may go, always in the same order."""
    return tuple(sorted(state.institutions, key=lambda row: row.code))


def usual_place(every: Sequence[Institution], certno: str, area: str) -> Institution:
    """Where this person always goes: in another province than at home."""
    away = [row for row in every if row.area[:2] != area[:2]] or every
    return away[crc32(certno.encode()) % len(away)]


def _put(state: State, maker: _Maker) -> Person:
    born = maker.born()
    certno = maker.certno(born)
    known = state.person_by_certificate(certno)
    if known is not None:
        return known
    put_person(state, certno, maker.body(certno, born))
    return state.people.where("certno", certno)[0]


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes one person, the same one in every month of the same seed."""

    homes: tuple[Home, ...]
    places: tuple[Institution, ...]
    policies: Policies
    wish: Wish
    chance: Chance

    def born(self) -> date:
        """Half of those who come are old."""
        years = 55 + self.chance.number(0, 35) if self.chance.happens(0.5) else self._younger()
        return _TODAY - timedelta(days=years * 365 + self.chance.number(0, 364))

    def _younger(self) -> int:
        return self.chance.number(1, 54)

    def certno(self, born: date) -> str:
        first = f"990000{born:%Y%m%d}{self.chance.number(1, 999):03d}"
        return first + id_check_digit(first)

    def _home(self) -> Home:
        if self.chance.happens(0.01):
            return Home(_AREA_WITHOUT_RULES, EMPLOYEE, 1.0)
        return self.chance.weighed({home: home.weight for home in self.homes})

    def body(self, certno: str, born: date) -> PersonBody:
        home = self._home()
        condition = self.chance.weighed(_CONDITIONS)
        card = sha256(certno.encode()).hexdigest().upper()
        return PersonBody(
            name=self._name(),
            gend="1" if int(certno[16]) % 2 else "2",
            brdy=born,
            insured=(self._insured(home, born, stopped=condition == "stopped"),),
            filings=self._filings(home, usual_place(self.places, certno, home.area)),
            chronic=self._chronic(born, home),
            card_no=f"P{card[:11]}" if self.chance.happens(0.8) else None,
            card_sn=card[-32:],
            inpatient=condition == "inpatient",
            settlement_suspended=condition == "suspended",
        )

    def _name(self) -> str:
        given = "".join(self.chance.one_of(_GIVEN) for _ in range(self.chance.number(1, 2)))
        return self.chance.one_of(_SURNAMES) + given

    def _insured(self, home: Home, born: date, *, stopped: bool) -> InsuredBody:
        old = (self.wish.first - born).days > 60 * 365
        at_work = home.insutype == EMPLOYEE
        return InsuredBody(
            insutype=home.insutype,
            area=home.area,
            psn_type=("12" if old else "11") if at_work else "15",
            status="2" if stopped else "1",
            account=f"{self.chance.number(0, 6000)}.{self.chance.number(0, 99):02d}"
            if at_work
            else "0.00",
            mutual_aid="500.00" if at_work and self.chance.happens(0.1) else "0.00",
            official=at_work and self.chance.happens(0.08),
        )

    def _filings(self, home: Home, usual: Institution) -> tuple[FilingBody, ...]:
        """For where the person always goes; some areas want a filing for chronic care beside it."""
        how = self.chance.weighed(FILED)
        if how == "never":
            return ()
        kind = self.chance.one_of(_TEMPORARY if how == "temporary" else _LONG)
        begins = self.wish.first - timedelta(days=self.chance.number(20, 700))
        ends = self.wish.first - timedelta(days=2) if how == "ended" else _OPEN_ENDED
        if how == "later":
            begins = self.wish.after - timedelta(days=self.chance.number(0, 10))
        away = self._elsewhere(home) if how == "elsewhere" else self._care(usual)
        rule = self.policies.filing(home.area, self.wish.first)
        filing = FilingBody(
            kind=kind,
            area=away,
            begins=begins,
            ends=ends,
            institution=usual.code if rule and rule.designated_institution else UNSET,
        )
        if rule is None or not rule.chronic_filing or self.chance.happens(0.1):
            return (filing,)
        return (filing, msgspec.structs.replace(filing, scope=FilingScope.CHRONIC))

    def _care(self, usual: Institution) -> str:
        """Most people file for the whole province."""
        area = usual.area
        return f"{area[:2]}0000" if self.chance.happens(0.8) else f"{area[:4]}00"

    def _elsewhere(self, home: Home) -> str:
        provinces = {"110000", "310000", "440000"} - {f"{home.area[:2]}0000"}
        return self.chance.one_of(sorted(provinces))

    def _chronic(self, born: date, home: Home) -> tuple[ChronicBody, ...]:
        """Most have a disease that their area pays for abroad."""
        old = born.year < self.wish.first.year - 50
        covered = self._covered(home)
        if not self.chance.happens((0.4 if old else 0.06) * (1 if covered else 0.1)):
            return ()
        known = covered if covered and self.chance.happens(0.96) else sorted(CHRONIC)
        begins = self.wish.first - timedelta(days=400)
        return (ChronicBody(dise_codg=self.chance.one_of(known), begins=begins),)

    def _covered(self, home: Home) -> list[str]:
        """The diseases for which the area has a benefit in the month, open abroad by then."""
        day, place = self.wish.first, self.policies.place(home.area)
        opened = place.chronic_from if place else None
        if opened is None or opened > day:
            return []
        benefit = self.policies.chronic_benefit
        return [row for row in sorted(CHRONIC) if benefit(home.area, home.insutype, row, day, day)]
