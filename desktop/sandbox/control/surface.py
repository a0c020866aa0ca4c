"""The control surface below HTTP: what lessons and tests may do to the platform; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import UNSET

from desktop.domain.money import Money
from desktop.domain.times import in_china
from desktop.sandbox.care_place.audit_files import read_audits
from desktop.sandbox.care_place.catalogue import read_catalogue
from desktop.sandbox.care_place.registry import read_institutions
from desktop.sandbox.catalogue_model import AuditRule, Item
from desktop.sandbox.control import bodies
from desktop.sandbox.control.bodies import Malformed
from desktop.sandbox.control.people import filing_of, find_person, put_person, show_person
from desktop.sandbox.control.town import HOSPITAL, town
from desktop.sandbox.insured_place.areas import starting_areas
from desktop.sandbox.insured_place.filing import holds
from desktop.sandbox.insured_place.new_filings import Word, audit, file_new, waiting_for
from desktop.sandbox.insured_place.policy import FilingRule, Policies
from desktop.sandbox.insured_place.policy_files import read_policies
from desktop.sandbox.model import (
    Area,
    Elsewhere,
    Filing,
    Institution,
    Person,
    Settings,
    Settlement,
    SettlementState,
    YearSums,
)
from desktop.sandbox.state import THE_ONE, State, serial_of, sums_key

_EVERY = "*"


@dataclass(frozen=True, slots=True)
class World:
    """What the platform starts with."""

    people: tuple[bodies.TownBody, ...]
    items: tuple[Item, ...]
    hospital: Institution
    neighbours: tuple[Institution, ...] = ()
    audits: tuple[AuditRule, ...] = ()
    areas: tuple[tuple[str, Area], ...] = ()
    """How insured areas behave, by code."""


def demonstration() -> World:
    """The demonstration town with its catalogue and hospital, read from their files."""
    areas = tuple(starting_areas(read_policies()))
    return World(town(), read_catalogue(), HOSPITAL, read_institutions(), read_audits(), areas)


def reset(state: State, world: World, seed: int) -> None:
    """Forget everything and start with the world; numbers come from the seed."""
    for _, table in state.tables():
        table.clear()
    state.settings.put(THE_ONE, Settings(seed=seed))
    for item in world.items:
        state.catalogue.put(item.code, item)
    for rule in world.audits:
        state.audits.put(rule.id, rule)
    for code, area in world.areas:
        state.areas.put(code, area)
    for institution in (world.hospital, *world.neighbours):
        state.institutions.put(institution.code, institution)
    for body in world.people:
        put_person(state, body.certno, body)


def change_clock(state: State, body: bodies.ClockBody) -> None:
    """Business time stands still where it is put; None lets it run with the real clock."""
    state.change_settings(business_now=_moment(body.now) if body.now else None)


def _moment(told: datetime) -> datetime:
    """+08:00 without zone."""
    try:
        return in_china(told).replace(tzinfo=None)
    except OverflowError as error:
        raise Malformed("now", "out of range") from error


def change_area(state: State, area: str, body: bodies.AreaBody) -> msgspec.Struct:
    return state.areas.put(area, msgspec.structs.replace(state.area(area), **_told(body)))


def change_institution(state: State, code: str, body: bodies.InstitutionBody) -> dict[str, object]:
    told = _told(body)
    before = state.institutions.get(code)
    if before is None:
        for field in ("name", "area", "level"):
            if field not in told:
                raise Malformed(field, "needed for a new institution")
        before = Institution(code=code, name="", area="", level=1)
    row = state.institutions.put(code, msgspec.structs.replace(before, **told))
    return {"fixmedins_code": code, **_told(bodies.InstitutionBody(**_but_code(row)))}


def _but_code(row: Institution) -> dict[str, Any]:
    return {k: v for k, v in msgspec.structs.asdict(row).items() if k != "code"}


def _told(body: msgspec.Struct) -> dict[str, Any]:
    return {key: v for key, v in msgspec.structs.asdict(body).items() if v is not UNSET}


def add_filing(
    state: State, policies: Policies, certno: str, body: bodies.FilingBody, today: date
) -> bodies.PersonBody:
    """One filing, as by telephone or app; raises ``FilingRefused`` of ``new_filings``."""
    who = find_person(state, certno)
    new, used = filing_of(body), _used(state, who)
    rule = _rule(policies, who, new, today)
    state.people.put(who.psn_no, file_new(who, new, today, rule, used))
    return show_person(state, certno)


def audit_filing(
    state: State, policies: Policies, certno: str, body: bodies.AuditBody, today: date
) -> bodies.PersonBody:
    """The insured area's word on a changed filing (S1-17); raises ``FilingRefused``."""
    who = find_person(state, certno)
    word, used = Word(body.version, body.approved), _used(state, who)
    rule = _rule(policies, who, waiting_for(who, word), today)
    state.people.put(who.psn_no, audit(who, word, today, rule, used))
    return show_person(state, certno)


def _rule(policies: Policies, who: Person, filing: Filing, today: date) -> FilingRule | None:
    home = who.home_for(filing.area) or who.first_insurance
    return policies.filing(home.area, today) if home else None


def _used(state: State, who: Person) -> list[Filing]:
    """The filings under which costs arose."""
    return [filing for filing in who.filings if _costs_arose(state, who, filing)]


def _costs_arose(state: State, who: Person, filing: Filing) -> bool:
    """True when a settlement is effective that fell under the filing."""
    for row in state.settlements.where("psn_no", who.psn_no):
        if row.state is SettlementState.EFFECTIVE:
            visit = state.visits[row.mdtrt_id]
            place = state.institutions[visit.institution].area
            if holds(filing, place, visit.begins.date()):
                return True
    return False


def use_elsewhere(state: State, certno: str, body: bodies.ElsewhereBody) -> bodies.PersonBody:
    """Benefit used at home meanwhile: moves the sums of the first active insurance."""
    who = find_person(state, certno)
    if who.first_insurance is None:
        raise Malformed("certno", "has no insurance")
    insutype = who.first_insurance.insutype
    key = sums_key(who.psn_no, insutype, body.day.year)
    sums = state.sums.get(key) or YearSums()
    fund, deductible = Money.parse(body.fund), Money.parse(body.deductible)
    moved = msgspec.structs.replace(
        sums, fund=sums.fund + fund, deductible=sums.deductible + deductible
    )
    state.sums.put(key, moved)
    row = Elsewhere(
        psn_no=who.psn_no, insutype=insutype, day=body.day, fund=fund, deductible=deductible
    )
    state.elsewhere.put(f"{state.next_serial():010d}", row)
    return show_person(state, certno)


def settlements(state: State, certno: str | None) -> list[dict[str, object]]:
    """The truth in booking order; of everybody when no certificate is named."""
    rows = _of_person(state, certno) if certno else state.settlements
    return [_settlement(row) for row in sorted(rows, key=lambda row: serial_of(row.setl_id))]


def _of_person(state: State, certno: str) -> Iterator[Settlement]:
    """Nothing for a certificate that nobody has."""
    who = state.person_by_certificate(certno.upper())
    return iter(state.settlements.where("psn_no", who.psn_no) if who else ())


def _settlement(row: Settlement) -> dict[str, object]:
    return {
        "setl_id": row.setl_id,
        "medins_setl_id": row.msgid,
        "mdtrt_id": row.mdtrt_id,
        "chrg_bchno": row.batch,
        "state": row.state,
        "medfee_sumamt": row.amounts.total.yuan(),
        "fund_pay_sumamt": row.amounts.fund.yuan(),
        "acct_pay": row.amounts.account.yuan(),
        "psn_cash_pay": row.amounts.cash.yuan(),
    }


def business_time(state: State, real_now: datetime) -> datetime:
    """Business time, +08:00 without zone."""
    return state.options.business_now or real_now
