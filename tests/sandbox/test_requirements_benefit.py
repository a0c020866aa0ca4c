"""What seeds 000, 002 and 004 say of Jining's benefit, sentence by sentence, by 2207."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.reasons import Reason
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import query, refused

ACTIVE, RETIRED, RESIDENT = "11", "12", "15"
TEMP = [{"kind": "OTHER", "area": "430100", "from": "2021-04-01"}]
SHENZHEN = "H44030000001"
Level = Literal[1, 2, 3]
LEVELS: tuple[Level, ...] = (1, 2, 3)
CLASSES_AND_LEVELS = [(kind, level) for kind in (ACTIVE, RETIRED) for level in LEVELS]


def employee(bench: Bench, psn_type: str = ACTIVE, **facts: Any) -> bodies.PersonBody:
    return bench.put(insurance={"psn_type": psn_type}, **facts)


def resident(bench: Bench, **facts: Any) -> bodies.PersonBody:
    return bench.put(insurance={"insutype": "390", "psn_type": RESIDENT}, **facts)


def used(year: int, fund: str, deductible: str = "0.00") -> dict[str, dict[str, str]]:
    return {str(year): {"fund_used": fund, "deductible_paid": deductible}}


def on(bench: Bench, day: str, level: Level = 3) -> None:
    """Business goes on that day, at a hospital of that level."""
    bench.now = datetime.fromisoformat(f"{day} 09:30:00")
    hospital = bodies.InstitutionBody(level=level)
    control.change_institution(bench.state, bench.desk.hospital, hospital)


def visit(bench: Bench, who: bodies.PersonBody, price: str) -> dict[str, Any]:
    """``setlinfo`` of a visit of its own with one line in scope; amounts as text."""
    bench.item("A")
    insutype = who.insured[0].insutype
    patient = bench.patient(who, insutype=insutype, began=f"{bench.now.date()} 09:00:00").open()
    info: Mapping[str, Any] = patient.whole("P1", patient.row("P1", "A", price))["setlinfo"]
    return {key: f"{v:.2f}" if key.endswith(AMOUNTS) else v for key, v in info.items()}


AMOUNTS = ("_pay", "_sumamt", "_amt", "_dedc")


def fund(info: Mapping[str, Any]) -> str:
    return str(info["hifp_pay"])


@pytest.mark.req("S0-18")
def test_the_first_30_yuan_of_each_visit_are_the_patients(bench: Bench) -> None:
    on(bench, "2021-06-10")
    who = employee(bench)
    assert [visit(bench, who, "100.00")["act_pay_dedc"] for _ in "12"] == ["30.00", "30.00"]
    assert visit(bench, who, "25.00")["act_pay_dedc"] == "25.00"


@pytest.mark.req("S0-19")
@pytest.mark.parametrize(("psn_type", "level"), CLASSES_AND_LEVELS)
def test_half_of_what_lies_above_whoever_and_wherever(
    bench: Bench, psn_type: str, level: Level
) -> None:
    on(bench, "2021-06-10", level)
    assert fund(visit(bench, employee(bench, psn_type), "100.00")) == "35.00"


@pytest.mark.req("S0-20", "S2-19")
@pytest.mark.parametrize(("before", "pays"), [("0.00", "600.00"), ("590.00", "10.00")])
def test_600_yuan_in_a_year_are_the_funds_limit(bench: Bench, before: str, pays: str) -> None:
    on(bench, "2021-11-02")
    assert fund(visit(bench, employee(bench, year=used(2021, before)), "5000.00")) == pays


@pytest.mark.req("S0-21")
def test_residents_pay_no_deductible(bench: Bench) -> None:
    on(bench, "2021-07-01", level=1)
    info = visit(bench, resident(bench), "86.40")
    assert (info["act_pay_dedc"], fund(info)) == ("0.00", "43.20")


@pytest.mark.req("S0-22", "S2-19")
def test_200_yuan_in_a_year_are_the_limit_of_residents(bench: Bench) -> None:
    on(bench, "2021-07-01")
    who = resident(bench)
    assert [fund(visit(bench, who, "300.00")) for _ in "123"] == ["150.00", "50.00", "0.00"]


@pytest.mark.req("S0-24")
def test_who_has_used_everything_up_is_settled_with_nothing(bench: Bench) -> None:
    on(bench, "2021-12-20")
    who = employee(bench, year=used(2021, "600.00"))
    info = visit(bench, who, "180.00")
    assert (fund(info), info["psn_cash_pay"]) == ("0.00", "180.00")
    (booked,) = control.settlements(bench.state, who.certno)
    assert booked["state"] == "effective"


@pytest.mark.req("S0-36", "S0-04")
def test_it_began_on_the_first_of_april_2021(bench: Bench) -> None:
    who = employee(bench, filings=[{**TEMP[0], "kind": "LONG_RESIDENT", "from": "2021-01-01"}])
    on(bench, "2021-03-31")
    patient = bench.patient(who, began="2021-03-31 09:00:00").open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    with refused(bench, Reason.AREA_NOT_OPEN):
        patient.preview("P1", "100.00")
    on(bench, "2021-04-01")
    assert fund(visit(bench, who, "100.00")) == "35.00"


@pytest.mark.req("S0-17")
def test_the_benefit_is_the_insured_places_wherever_the_patient_is_treated(bench: Bench) -> None:
    filings = [{"kind": "POSTED_WORKER", "area": area, "from": "2021-04-01"} for area in PLACES]
    who = employee(bench, filings=filings, year=used(2023, "0.00", "300.00"))
    on(bench, "2023-05-02")
    here = visit(bench, who, "100.00")
    away = bodies.InstitutionBody(name="深圳演练医院", area="440300", level=3)
    control.change_institution(bench.state, SHENZHEN, away)
    bench.desk.hospital, bench.desk.care_area = SHENZHEN, "440300"
    there = visit(bench, who, "100.00")
    assert fund(here) == fund(there) == "50.00"
    assert bench.person(who).year["2023"].fund_used == "100.00"


PLACES = ("430100", "440300")


@pytest.mark.req("S2-20")
def test_long_term_stays_pay_nothing_first(bench: Bench) -> None:
    on(bench, "2022-03-01")
    assert visit(bench, employee(bench), "100.00")["preselfpay_amt"] == "0.00"


@pytest.mark.req("S2-23", "S2-31")
@pytest.mark.parametrize(("day", "first"), [("2021-12-31", "0.00"), ("2022-01-01", "10.00")])
def test_temporary_stays_pay_a_tenth_first_since_2022(bench: Bench, day: str, first: str) -> None:
    on(bench, day)
    assert visit(bench, employee(bench, filings=TEMP), "100.00")["preselfpay_amt"] == first


@pytest.mark.req("S4-02", "S4-10")
def test_the_new_rule_is_for_employees_since_2023(bench: Bench) -> None:
    paid = []
    for day in ("2022-12-31", "2023-01-01"):
        on(bench, day)
        infos = visit(bench, employee(bench), "500.00"), visit(bench, resident(bench), "80.00")
        paid.append([(info["act_pay_dedc"], fund(info)) for info in infos])
    assert paid == [
        [("30.00", "235.00"), ("0.00", "40.00")],
        [("300.00", "100.00"), ("0.00", "40.00")],
    ]


@pytest.mark.req("S4-03")
def test_the_deductible_is_added_up_over_the_year(bench: Bench) -> None:
    on(bench, "2023-02-02")
    who = employee(bench)
    assert [visit(bench, who, p)["act_pay_dedc"] for p in ("260.00", "180.00", "100.00")] == [
        "260.00",
        "40.00",
        "0.00",
    ]
    assert bench.person(who).year["2023"].deductible_paid == "300.00"
    on(bench, "2024-01-02")
    assert visit(bench, who, "500.00")["act_pay_dedc"] == "300.00"


@pytest.mark.req("S4-04")
@pytest.mark.parametrize(("level", "standard"), [(1, "100.00"), (2, "200.00"), (3, "300.00")])
def test_the_deductible_goes_by_the_hospitals_level(
    bench: Bench, level: Level, standard: str
) -> None:
    on(bench, "2023-02-01", level)
    assert visit(bench, employee(bench), "500.00")["act_pay_dedc"] == standard


@pytest.mark.req("S4-05")
@pytest.mark.parametrize(
    ("levels", "taken"),
    [
        ((1, 2, 3), ["100.00", "100.00", "100.00"]),
        ((1, 3), ["100.00", "200.00"]),
        ((3, 1), ["300.00", "0.00"]),
    ],
)
def test_a_higher_level_takes_what_is_missing(
    bench: Bench, levels: tuple[Level, ...], taken: list[str]
) -> None:
    who = employee(bench)
    told = []
    for level in levels:
        on(bench, "2023-03-01", level)
        told.append(visit(bench, who, "500.00")["act_pay_dedc"])
    assert told == taken


@pytest.mark.parametrize(
    ("psn_type", "shares"),
    [
        pytest.param(ACTIVE, ["70.00", "60.00", "50.00"], marks=pytest.mark.req("S4-06")),
        pytest.param(RETIRED, ["75.00", "65.00", "55.00"], marks=pytest.mark.req("S4-07")),
    ],
)
def test_the_share_goes_by_class_and_level(bench: Bench, psn_type: str, shares: list[str]) -> None:
    told = []
    for level in LEVELS:
        on(bench, "2023-04-01", level)
        who = employee(bench, psn_type, year=used(2023, "0.00", "300.00"))
        told.append(fund(visit(bench, who, "100.00")))
    assert told == shares


@pytest.mark.req("S4-08")
def test_the_share_is_of_what_is_in_scope_above_the_deductible(bench: Bench) -> None:
    on(bench, "2023-04-01", level=2)
    patient = bench.patient(employee(bench), began="2023-04-01 09:00:00").open()
    bench.item("A")
    bench.item("C", **{"class": "03"})
    rows = [patient.row("P1", "A", "300.00"), patient.row("P1", "C", "80.00")]
    info = patient.whole("P1", *rows)["setlinfo"]
    assert (info["inscp_scp_amt"], info["act_pay_dedc"], info["hifp_pay"]) == (300, 200, 60)


@pytest.mark.req("S4-09", "S2-19")
def test_2000_yuan_in_a_year_are_the_funds_limit_since_2023(bench: Bench) -> None:
    on(bench, "2023-10-10")
    who = employee(bench, year=used(2023, "1900.00", "300.00"))
    assert [fund(visit(bench, who, "1000.00")) for _ in "12"] == ["100.00", "0.00"]
    assert bench.person(who).year["2023"].fund_used == "2000.00"


@pytest.mark.req("S4-14")
def test_who_retires_is_a_pensioner_from_the_next_month_on(bench: Bench) -> None:
    """One year, one person, two shares; 1101 tells the class of the day, 2207 the visit's."""
    who = bench.put(insurance={"retires": "2023-05-15"}, year=used(2023, "0.00", "300.00"))
    told = []
    for day in ("2023-05-02", "2023-05-31", "2023-06-01"):
        on(bench, day)
        (row,) = query(bench)["insuinfo"]
        info = visit(bench, who, "100.00")
        assert info["psn_type"] == row["psn_type"]
        told.append((row["psn_type"], fund(info)))
    assert told == [("11", "50.00"), ("11", "50.00"), ("12", "55.00")]
