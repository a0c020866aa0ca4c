"""What holds for any bill of anybody of any insured area, through the platform's own door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.money import ZERO, Money
from desktop.sandbox.control import bodies
from desktop.sandbox.control import people as control_people
from desktop.sandbox.control import surface as control
from desktop.sandbox.insured_place.policy import BenefitRule
from desktop.sandbox.model import YearSums
from desktop.sandbox.state import State
from tests.sandbox.areas import (
    EMPLOYEE,
    RESIDENT,
    bench_abroad,
    check_identities,
    hospital_share,
    insured,
    visit,
)
from tests.sandbox.asking import No, Patient, amount, business
from tests.sandbox.conftest import POLICIES, Bench

EMPLOYEES = (
    "370800",
    "370811",
    "379901",
    "379902",
    "430100",
    "990100",
    "990200",
    "990300",
    "990500",
)
RESIDENTS = ("370800", "430100", "990200", "990300", "990500")
CHRONIC = ("370800", "379902", "430100", "990500")
Line = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Someone:
    """Whom the bills are of."""

    area: str
    insutype: str
    psn_type: str
    kind: str
    level: int
    account: str
    disease: str
    official: bool
    aided: bool

    def live(self, bench: Bench) -> bodies.PersonBody:
        base = EMPLOYEE if self.insutype == "310" else RESIDENT
        money = {"account": self.account, "mutual_aid": "20.00"} if base is EMPLOYEE else {}
        row = {**base, "psn_type": self.psn_type, "official": self.official, **money}
        identities = ["23"] if self.aided else []
        return insured(bench, self.area, self.kind, insurance=row, identities=identities)


@st.composite
def people(draw: Any, areas: tuple[str, ...] = EMPLOYEES, *, ordinary: bool = False) -> Someone:
    """Anybody of these areas; ``ordinary``: without a recognised disease."""
    resident = draw(st.booleans())
    area = draw(st.sampled_from([a for a in RESIDENTS if a in areas] if resident else areas))
    chronic = not ordinary and area in CHRONIC and draw(st.booleans())
    return Someone(
        area=area,
        insutype="390" if resident else "310",
        psn_type="15" if resident else draw(st.sampled_from(("11", "12"))),
        kind=draw(st.sampled_from(("LONG_RESIDENT", "REFERRED", "OTHER"))),
        level=draw(st.sampled_from((1, 2, 3))),
        account=draw(st.sampled_from(("0.00", "33.33", "5000.00"))),
        disease="M03900" if chronic else "",
        official=draw(st.booleans()),
        aided=draw(st.booleans()),
    )


lines = st.tuples(
    st.sampled_from(("A", "B", "C", "D", "R")),
    st.decimals(Decimal("0.01"), 3000, places=2).map(lambda price: f"{price:.2f}"),
    st.sampled_from(("1", "2", "3.5")),
    st.sampled_from(("0", "1", "2")),
)
bills = st.lists(lines, min_size=1, max_size=4)
uses = st.sampled_from(("0", "1", "2"))


def total(bill: list[Line]) -> Decimal:
    return sum((Decimal(amount(price, quantity)) for _, price, quantity, _ in bill), Decimal(0))


def upload(patient: Patient, batch: str, bill: list[Line]) -> Decimal:
    rows = [patient.row(batch, i, p, q, hosp_appr_flag=flag) for i, p, q, flag in bill]
    patient.upload(*rows)
    return total(bill)


def settle(patient: Patient, batch: str, bill: list[Line], use: str) -> Any:
    """2204, 2206, 2207; both answers keep the identities."""
    sent = upload(patient, batch, bill)
    shown = patient.preview(batch, f"{sent:.2f}", use)
    answer = patient.settle(shown, batch, use)
    for each in (shown, answer):
        check_identities(each, sent, share=share_of(patient))
    return answer


def share_of(patient: Patient) -> Decimal:
    day = date.fromisoformat(patient.began[:10])
    return hospital_share(patient.area, patient.insutype, patient.disease, day)


@pytest.mark.req("S1-34")
@settings(max_examples=60)
@given(people(), st.lists(bills, min_size=1, max_size=3), uses, st.randoms(use_true_random=False))
def test_the_identities_hold_and_undoing_leaves_no_trace(
    someone: Someone, many: list[list[Line]], use: str, chance: Any
) -> None:
    """C1–C7 on every answer; 2208 and 2601 in any order restore every sum and balance (A13)."""
    bench = bench_abroad(someone.level)
    who = someone.live(bench)
    before = [*bench.state.people.items()]
    patient = visit(bench, who, someone.disease)
    done = [
        (patient.cancel, answer["setlinfo"]["setl_id"])
        if chance.random() < 0.5
        else (patient.reverse, answer["setlinfo"]["medins_setl_id"])
        for answer in (settle(patient, f"P{n}", bill, use) for n, bill in enumerate(many))
    ]
    assert_caps_hold(bench.state, someone)
    chance.shuffle(done)
    for undo, number in done:
        undo(number)
    assert [*bench.state.people.items()] == before
    assert all(sums == YearSums() for sums in bench.state.sums)
    assert next(iter(bench.state.visits)).deductible == ZERO


def assert_caps_hold(state: State, someone: Someone) -> None:
    """No fund, no disease and no account pays more in a year than it may."""
    day = next(iter(state.visits)).begins.date()
    rule = POLICIES.benefit(someone.area, someone.insutype, day, day)
    supplements = POLICIES.supplements_of(someone.area, someone.insutype, day)
    caps = {rule.fund.code: rule.cap for rule in supplements}
    for sums in state.sums:
        assert sums.fund - at_home(state, rule) <= (rule.cap if rule else ZERO)
        for code, row in sums.funds.items():
            assert row.paid <= caps[code]
        for disease, row in sums.diseases.items():
            own = (someone.area, someone.insutype, disease)
            chronic = POLICIES.chronic_benefit(*own, day, day)
            assert chronic is not None
            assert row.paid <= chronic.cap
    for who in state.people:
        assert all(row.account >= ZERO and row.mutual_aid >= ZERO for row in who.insured)


def at_home(state: State, rule: BenefitRule | None) -> Money:
    """What was used at home and does not count against this cap."""
    shared = rule is None or rule.cap_shared_with_local
    return ZERO if shared else Money.total(row.fund for row in state.elsewhere)


@pytest.mark.req("S0-20", "S0-24", "S2-19")
@settings(max_examples=40)
@given(
    people(), st.lists(st.tuples(st.integers(1, 900_000), st.booleans()), min_size=2, max_size=5)
)
def test_the_cap_is_never_exceeded(someone: Someone, bills: list[tuple[int, bool]]) -> None:
    """Whatever was used at home meanwhile; a settlement after the cap is still one."""
    bench = bench_abroad(someone.level)
    who = someone.live(bench)
    for fen, home in bills:
        patient = visit(bench, who, someone.disease)
        settle(patient, "P1", [("A", Money(fen).yuan(), "1", "1")], "0")
        assert_caps_hold(bench.state, someone)
        if home:
            use_at_home(bench, who, "1.00")


def use_at_home(bench: Bench, who: bodies.PersonBody, fund: str) -> None:
    """Benefit used at home, as far as the pool has it left."""
    body = bodies.ElsewhereBody(day=bench.now.date(), fund=fund, deductible="50.00")
    row = who.insured[0]
    rule = POLICIES.benefit(row.area, row.insutype, body.day, body.day)
    used = Decimal(bench.person(who).year.get("2023", bodies.YearBody()).fund_used)
    if rule is not None and used + Decimal(fund) <= rule.cap.decimal_yuan():
        control.use_elsewhere(bench.state, who.certno, body)


@pytest.mark.req("S0-23")
@settings(max_examples=60)
@given(people(), bills, uses, st.sampled_from(("nothing", "home", "another", "own")))
def test_2207_is_as_the_2206_before_it_unless_sums_moved(
    someone: Someone, bill: list[Line], use: str, meanwhile: str
) -> None:
    """Where they moved it is as a 2206 would be now; somebody else's sums move nothing."""
    bench = bench_abroad(someone.level)
    who = someone.live(bench)
    patient = visit(bench, who, someone.disease)
    sent = f"{upload(patient, 'P1', bill):.2f}"
    shown = patient.preview("P1", sent, use)
    if meanwhile == "home":
        use_at_home(bench, who, "30.00")
    elif meanwhile == "own":
        settle(visit(bench, who, someone.disease), "P1", [("A", "700.00", "1", "1")], use)
    elif meanwhile == "another":
        other = bench.put("990000199001010024", insurance={"area": someone.area}, filings=[])
        use_at_home(bench, other, "30.00")
    now = patient.preview("P1", sent, use)
    if meanwhile in ("nothing", "another"):
        assert money(shown) == money(now)
    answer = patient.settle(shown, "P1", use)
    assert money(answer) == money(now)
    check_identities(answer, Decimal(sent), share=share_of(patient))


def money(answer: Any) -> Any:
    """Every amount, and every row."""
    amounts = {k: v for k, v in answer["setlinfo"].items() if isinstance(v, Decimal | int)}
    amounts.pop("age", None)
    return amounts, answer["setldetail"]


DAYS = ("2021-05-02", "2021-12-01", "2022-02-01", "2023-05-02")


@pytest.mark.req("S1-31", "S0-04", "S2-30")
@settings(max_examples=80)
@given(
    st.sampled_from((*EMPLOYEES, *RESIDENTS)),
    st.booleans(),
    st.sampled_from(("", "M03900", "M07801", "M00200")),
    st.sampled_from(DAYS),
    st.sampled_from(("filed", "unfiled", "paused")),
)
def test_2001_says_yes_exactly_where_2206_does(
    area: str, resident: bool, disease: str, day: str, how: str
) -> None:
    """Of everybody whose area has a pool all rows agree; without one the account alone pays."""
    bench = bench_abroad()
    bench.now = bench.real = business(f"{day}T09:30:00")
    row = RESIDENT if resident and area in RESIDENTS else EMPLOYEE
    state = "2" if how == "paused" else "1"
    who = insured(bench, area, insurance={**row, "status": state})
    if how == "unfiled":
        control_people.put_person(bench.state, who.certno, msgspec.structs.replace(who, filings=()))
    told = flags_of(bench, who, disease, day)
    pool, *others = told
    assert len(set(others if area == "990100" else told)) == 1
    assert ("1" in told) == previews(bench, who, disease, day)
    assert pool == "0" or area != "990100"


def flags_of(bench: Bench, who: bodies.PersonBody, disease: str, day: str) -> list[str]:
    """``trt_enjymnt_flag`` of every row of 2001, the pool's first."""
    row = who.insured[0]
    asked = {
        "psn_no": who.psn_no,
        "insutype": row.insutype,
        "fixmedins_code": bench.desk.hospital,
        "med_type": "14" if disease else "11",
        "dise_codg": disease,
        "begntime": f"{day} 09:00:00",
    }
    answer = bench.desk.ask("2001", row.area, data=asked)
    return [each["trt_enjymnt_flag"] for each in answer["trtinfo"]]


def previews(bench: Bench, who: bodies.PersonBody, disease: str, day: str) -> bool:
    """False when 2206, or a step before it, is refused."""
    try:
        patient = visit(bench, who, disease, began=f"{day} 09:00:00")
        patient.upload(patient.row("P1", "A", "100.00"))
        patient.preview("P1", "100.00")
    except No:
        return False
    return True
