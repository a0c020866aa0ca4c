"""The control surface below HTTP: what lessons and tests may do to the platform; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import UNSET

from desktop.domain.money import Money
from desktop.domain.quantities import Rate, UnitPrice
from desktop.domain.times import in_china
from desktop.sandbox import control_bodies as bodies
from desktop.sandbox.catalogue import read_catalogue
from desktop.sandbox.control_bodies import Malformed
from desktop.sandbox.filing import covers, file_new, in_force
from desktop.sandbox.model import (
    Elsewhere,
    Fault,
    Filing,
    Institution,
    Insured,
    Item,
    Person,
    Recognition,
    Settings,
    Settlement,
    SettlementState,
    YearSums,
)
from desktop.sandbox.policy import Policies
from desktop.sandbox.state import THE_ONE, State, sums_key
from desktop.sandbox.town import HOSPITAL, town


class NotThere(Exception):
    """Nobody of that number is known (HTTP 404)."""


@dataclass(frozen=True, slots=True)
class World:
    """What the platform starts with."""

    people: tuple[bodies.TownBody, ...]
    items: tuple[Item, ...]
    hospital: Institution


def demonstration() -> World:
    """The demonstration town with its catalogue and hospital, read from their files."""
    return World(town(), read_catalogue(), HOSPITAL)


def reset(state: State, world: World, seed: int) -> None:
    """Forget everything and start with the world; numbers come from the seed."""
    for _, table in state.tables():
        table.clear()
    state.settings.put(THE_ONE, Settings(seed=seed))
    for item in world.items:
        state.catalogue.put(item.code, item)
    state.institutions.put(world.hospital.code, world.hospital)
    for body in world.people:
        put_person(state, body.certno, body)


def change_options(state: State, body: bodies.OptionsBody) -> bodies.OptionsBody:
    """Returns all options as they are now."""
    now = state.change_settings(**_told(body))
    return bodies.OptionsBody(
        require_sign_in=now.require_sign_in,
        repeat_2207=now.repeat_2207,
        voucher_data_as_text=now.voucher_data_as_text,
        seed=now.seed,
    )


def change_clock(state: State, body: bodies.ClockBody) -> None:
    """Business time stands still where it is put; None lets it run with the real clock."""
    now = in_china(body.now).replace(tzinfo=None) if body.now else None
    state.change_settings(business_now=now)


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


def put_item(state: State, code: str, body: bodies.ItemBody) -> bodies.ItemBody:
    item = Item(
        code=code,
        name=body.name,
        item_class=body.item_class,
        kind=body.kind,
        selfpay=Rate.parse(body.selfpay),
        limit=UnitPrice.parse(body.limit) if body.limit else None,
        restricted=body.restricted,
    )
    state.catalogue.put(code, item)
    return body


def put_person(state: State, certno: str, body: bodies.PersonBody) -> bodies.PersonBody:
    """Replaces the person and every sum of theirs; their settlements stay booked.

    The control surface knows one sum for each year: it is the first insurance's.
    """
    certno = certno.upper()
    before = state.person_by_certificate(certno)
    psn_no = before.psn_no if before else _psn_no(certno, body)
    state.people.put(psn_no, _person(psn_no, certno, body))
    _forget_sums(state, psn_no)
    for year, sums in body.year.items():
        if body.insured:
            state.sums.put(
                sums_key(psn_no, body.insured[0].insutype, int(year)),
                _year_sums(sums),
            )
    return show_person(state, certno)


def _psn_no(certno: str, body: bodies.PersonBody) -> str:
    """The same number for the same certificate in every run, telling nothing of it."""
    area = body.insured[0].area if body.insured else "000000"
    return f"{area}{int(sha256(certno.encode()).hexdigest(), 16) % 10**16:016d}"


def _person(psn_no: str, certno: str, body: bodies.PersonBody) -> Person:
    return Person(
        psn_no=psn_no,
        certno=certno,
        name=body.name,
        sex=body.gend,
        birth=body.brdy,
        nation=body.naty,
        insured=tuple(_insured(row) for row in body.insured),
        filings=tuple(_filing(row) for row in body.filings),
        chronic=tuple(
            Recognition(disease=row.dise_codg, begins=row.begins, ends=row.ends)
            for row in body.chronic
        ),
        card_no=body.card_no,
        card_sn=body.card_sn,
        inpatient=body.inpatient,
        settlement_suspended=body.settlement_suspended,
    )


def _insured(body: bodies.InsuredBody) -> Insured:
    return Insured(
        insutype=body.insutype,
        area=body.area,
        psn_type=body.psn_type,
        status=body.status,
        account=Money.parse(body.account),
        mutual_aid=Money.parse(body.mutual_aid),
        official=body.official,
    )


def _insured_body(row: Insured) -> bodies.InsuredBody:
    return bodies.InsuredBody(
        insutype=row.insutype,
        area=row.area,
        psn_type=row.psn_type,
        status=row.status,  # type: ignore[arg-type]
        account=row.account.yuan(),
        mutual_aid=row.mutual_aid.yuan(),
        official=row.official,
    )


def _year_sums(body: bodies.YearBody) -> YearSums:
    return YearSums(deductible=Money.parse(body.deductible_paid), fund=Money.parse(body.fund_used))


def _filing(body: bodies.FilingBody) -> Filing:
    return Filing(kind=body.kind, area=body.area, begins=body.begins, ends=body.ends)


def _forget_sums(state: State, psn_no: str) -> None:
    for key in state.sums.keys_under(f"{psn_no}/"):
        state.sums.drop(key)
    for key, row in state.elsewhere.items():
        if row.psn_no == psn_no:
            state.elsewhere.drop(key)


def find_person(state: State, certno: str) -> Person:
    who = state.person_by_certificate(certno.upper())
    if who is None:
        raise NotThere(certno)
    return who


def show_person(state: State, certno: str) -> bodies.PersonBody:
    """The person with present sums (of all insurances together) and balances."""
    who = find_person(state, certno)
    return bodies.PersonBody(
        certno=who.certno,
        psn_no=who.psn_no,
        name=who.name,
        gend=who.sex,  # type: ignore[arg-type]
        brdy=who.birth,
        naty=who.nation,
        insured=tuple(_insured_body(row) for row in who.insured),
        filings=tuple(bodies.FilingBody(**msgspec.structs.asdict(row)) for row in who.filings),
        chronic=tuple(
            bodies.ChronicBody(dise_codg=row.disease, begins=row.begins, ends=row.ends)
            for row in who.chronic
        ),
        year=_years(state, who.psn_no),
        card_no=who.card_no,
        card_sn=who.card_sn,
        inpatient=who.inpatient,
        settlement_suspended=who.settlement_suspended,
    )


def _years(state: State, psn_no: str) -> dict[str, bodies.YearBody]:
    years: dict[str, YearSums] = {}
    for key, sums in sorted(state.sums.items()):
        owner, _, year = key.split("/")
        if owner == psn_no:
            before = years.get(year, YearSums())
            years[year] = YearSums(
                deductible=before.deductible + sums.deductible, fund=before.fund + sums.fund
            )
    return {
        year: bodies.YearBody(deductible_paid=sums.deductible.yuan(), fund_used=sums.fund.yuan())
        for year, sums in years.items()
    }


def add_filing(
    state: State, policies: Policies, certno: str, body: bodies.FilingBody, today: date
) -> bodies.PersonBody:
    """One filing, as by telephone or app; raises :class:`~desktop.sandbox.filing.FilingRefused`."""
    who = find_person(state, certno)
    area = who.insured[0].area if who.insured else ""
    rule = policies.filing(area, today)
    used = [filing for filing in who.filings if _costs_arose(state, who, filing)]
    state.people.put(who.psn_no, file_new(who, _filing(body), today, rule, used))
    return show_person(state, certno)


def _costs_arose(state: State, who: Person, filing: Filing) -> bool:
    """True when a settlement is effective that fell under the filing."""
    for row in state.settlements:
        if row.psn_no == who.psn_no and row.state is SettlementState.EFFECTIVE:
            visit = state.visits[row.mdtrt_id]
            place = state.institutions[visit.institution].area
            if covers(filing, place) and in_force(filing, visit.begins.date()):
                return True
    return False


def use_elsewhere(state: State, certno: str, body: bodies.ElsewhereBody) -> bodies.PersonBody:
    """Benefit used at home meanwhile: moves the sums of the first insurance."""
    who = find_person(state, certno)
    if not who.insured:
        raise Malformed("certno", "has no insurance")
    insutype = who.insured[0].insutype
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


def add_fault(state: State, body: bodies.FaultBody) -> list[Fault]:
    """Queue a fault; first in, first used."""
    if body.what == "late" and body.when != "before":
        raise Malformed("when", "late is a fault before booking")
    state.faults.put(f"{state.next_serial():010d}", Fault(**msgspec.structs.asdict(body)))
    return waiting_faults(state)


def waiting_faults(state: State) -> list[Fault]:
    return [fault for _, fault in sorted(state.faults.items())]


def take_fault(state: State, infno: str) -> Fault | None:
    """The first fault waiting for this transaction, used once more."""
    for key, fault in sorted(state.faults.items()):
        if fault.infno in ("*", infno):
            _use_fault(state, key, fault)
            return fault
    return None


def _use_fault(state: State, key: str, fault: Fault) -> None:
    if fault.times == 1:
        state.faults.drop(key)
    else:
        state.faults.put(key, msgspec.structs.replace(fault, times=fault.times - 1))


def settlements(state: State, certno: str | None) -> list[dict[str, object]]:
    """The truth, oldest first; of everybody when no certificate is named."""
    psn_no = find_person(state, certno).psn_no if certno else None
    rows: Iterable[Settlement] = state.settlements
    return [_settlement(row) for row in rows if psn_no in (None, row.psn_no)]


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
