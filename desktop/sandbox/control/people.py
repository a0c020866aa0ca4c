"""People as the control surface puts and shows them; pure."""

from __future__ import annotations

from hashlib import sha256

import msgspec
from msgspec import UNSET

from desktop.domain.money import Money
from desktop.sandbox.control import bodies
from desktop.sandbox.model import Filing, Insured, Person, Recognition, YearSums
from desktop.sandbox.state import State, sums_key


class NotThere(Exception):
    """Nobody of that number is known (HTTP 404)."""


def put_person(state: State, certno: str, body: bodies.PersonBody) -> bodies.PersonBody:
    """Replaces the person and every sum of theirs; their settlements stay booked.

    The control surface knows one sum for each year: it is the first active insurance's.
    """
    certno = certno.upper()
    before = state.person_by_certificate(certno)
    psn_no = before.psn_no if before else _psn_no(certno, body)
    who = state.people.put(psn_no, _person(psn_no, certno, body))
    _forget_sums(state, psn_no)
    if who.first_insurance is not None:
        for year, sums in body.year.items():
            key = sums_key(psn_no, who.first_insurance.insutype, int(year))
            state.sums.put(key, _year_sums(sums))
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
        filings=tuple(filing_of(row) for row in body.filings),
        chronic=tuple(
            Recognition(disease=row.dise_codg, begins=row.begins, ends=row.ends)
            for row in body.chronic
        ),
        card_no=body.card_no,
        card_sn=body.card_sn,
        inpatient=body.inpatient,
        settlement_suspended=body.settlement_suspended,
        identities=body.identities or (),
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
        benefits_from=body.benefits_from or None,
        retires=body.retires or None,
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
        benefits_from=row.benefits_from or UNSET,
        retires=row.retires or UNSET,
    )


def _year_sums(body: bodies.YearBody) -> YearSums:
    return YearSums(deductible=Money.parse(body.deductible_paid), fund=Money.parse(body.fund_used))


def filing_of(body: bodies.FilingBody) -> Filing:
    """The filing; what the body leaves out is as in a plain filing."""
    told = {key: v for key, v in msgspec.structs.asdict(body).items() if v is not UNSET}
    return Filing(**told)


def _filing_body(row: Filing) -> bodies.FilingBody:
    """Keys that a plain filing does not need are left out."""
    plain = Filing(kind=row.kind, area=row.area, begins=row.begins, ends=row.ends)
    usual = msgspec.structs.asdict(plain)
    shown = msgspec.structs.asdict(row)
    more = {key: value for key, value in shown.items() if value != usual[key]}
    return bodies.FilingBody(kind=row.kind, area=row.area, begins=row.begins, ends=row.ends, **more)


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
        filings=tuple(_filing_body(row) for row in who.filings),
        chronic=tuple(
            bodies.ChronicBody(dise_codg=row.disease, begins=row.begins, ends=row.ends)
            for row in who.chronic
        ),
        year=_years(state, who.psn_no),
        card_no=who.card_no,
        card_sn=who.card_sn,
        inpatient=who.inpatient,
        settlement_suspended=who.settlement_suspended,
        identities=who.identities or UNSET,
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
