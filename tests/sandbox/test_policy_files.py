"""The areas' files: what stands in them, and the README's example."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.money import Money
from desktop.domain.person import FilingKind
from desktop.domain.quantities import Rate
from desktop.sandbox.insured_place.areas import starting_areas
from desktop.sandbox.insured_place.benefit import Standing, Terms, compute
from desktop.sandbox.insured_place.funds import FundField
from desktop.sandbox.insured_place.policy import (
    BenefitRule,
    FirstPay,
    FirstPayMode,
    InsuredArea,
    PersonClass,
    Policies,
    Supplement,
    area_matches,
)
from desktop.sandbox.insured_place.policy_files import read_policies
from desktop.sandbox.platform import Platform
from desktop.sandbox.shares import LineShare
from desktop.sandbox.state import State
from tests.sandbox.conftest import POLICIES, Bench, new_bench
from tests.sandbox.policy_example import (
    EXAMPLE,
)

KINDS = (FilingKind.LONG_RESIDENT, FilingKind.REFERRED, FilingKind.OTHER)


# --- what the documents say ---------------------------------------------------------------------


def rule(area: str, insutype: str, day: date) -> BenefitRule:
    found = POLICIES.benefit(area, insutype, day, day)
    assert found is not None
    return found


@pytest.mark.req("S0-01", "S1-01", "S1-60", "S0-18", "S0-19", "S0-20", "S0-36")
def test_jining_employees_of_2021() -> None:
    for day in (date(2021, 4, 1), date(2022, 12, 31)):
        found = rule("370800", "310", day)
        assert found.id == "JN-EMP-2021"
        assert "济医保发〔2021〕4号" in found.source.document
        assert found.source.date == date(2021, 3, 12)
        assert found.deductible.mode == "per_visit"
        assert {money.yuan() for money in found.deductible.by_level.values()} == {"30.00"}
        assert {rate.text() for by in found.ratios.values() for rate in by.values()} == {"0.5000"}
        assert (found.cap.yuan(), found.cap_shared_with_local) == ("600.00", True)


@pytest.mark.req("S0-21", "S0-22", "S0-23", "S2-05")
def test_jining_residents() -> None:
    for day in (date(2021, 4, 1), date(2030, 1, 1)):
        found = rule("370811", "390", day)
        assert (found.deductible.mode, found.deductible.standard(1)) == ("none", Money(0))
        assert {rate.text() for by in found.ratios.values() for rate in by.values()} == {"0.5000"}
        assert (found.cap.yuan(), found.cap_shared_with_local) == ("200.00", True)


@pytest.mark.req("S4-04", "S4-05", "S4-06", "S4-07", "S4-09", "S4-10", "S2-07")
def test_jining_employees_since_2023() -> None:
    found = rule("370800", "310", date(2023, 1, 1))
    assert found.id == "JN-EMP-2023"
    assert found.period.last is None
    assert [found.deductible.standard(level).yuan() for level in (1, 2, 3)] == [
        *("100.00", "200.00", "300.00")
    ]
    told = {
        person: [rate.text() for rate in found.ratios[person].values()] for person in found.ratios
    }
    assert told == {
        PersonClass.ACTIVE: ["0.7000", "0.6000", "0.5000"],
        PersonClass.RETIRED: ["0.7500", "0.6500", "0.5500"],
    }
    assert found.cap.yuan() == "2000.00"


@pytest.mark.req("S0-04", "S2-30")
def test_before_its_day_nothing_pays_in_jining() -> None:
    day = date(2021, 3, 31)
    assert POLICIES.benefit("370800", "310", day, day) is None
    place = POLICIES.place("370811")
    assert place is not None
    assert (place.outpatient_from, place.chronic_from) == (date(2021, 4, 1), date(2022, 1, 1))


@pytest.mark.req("S2-01")
@pytest.mark.parametrize("area", ["379902", "379901"])
def test_an_insured_area_may_be_no_city(area: str) -> None:
    """省本级 and 胜利油田: their own rules, not those of a city or of the province."""
    place = POLICIES.place(area)
    assert place is not None
    assert place.areas == (area,)
    assert rule(area, "310", date(2023, 5, 2)).areas == (area,)


def test_invented_numbers_say_so() -> None:
    """Only Jining's stand in documents; every other rule has DEMO in title and source."""
    titled: tuple[BenefitRule | Supplement | InsuredArea, ...]
    titled = (*POLICIES.benefits, *POLICIES.chronic, *POLICIES.supplements, *POLICIES.places)
    for found in titled:
        assert found.source.demo is ("DEMO" in found.title) is ("3708xx" not in found.areas)


def test_there_is_an_area_of_every_kind() -> None:
    areas = dict(starting_areas(POLICIES))
    assert [code for code, area in areas.items() if not area.connected] == ["990400"]
    assert [code for code, area in areas.items() if not area.pooled] == ["990100"]
    real = {code for code, area in areas.items() if area.real_account}
    assert {"370800", "990500"} <= real
    assert {"430000", "990200"} <= areas.keys() - real
    minus = [r for r in POLICIES.first_pays if r.pay.mode is FirstPayMode.RATIO_MINUS]
    assert {area for found in minus for area in found.areas} == {"9903xx"}
    assert {each.field for each in POLICIES.supplements} == {*FundField} - {FundField.DISABLED}


@pytest.mark.req("S1-18")
def test_a_filing_names_hospitals_where_the_area_says_so() -> None:
    def designated(area: str, day: date) -> bool:
        found = POLICIES.filing(area, day)
        assert found is not None
        return found.designated_institution

    assert designated("430100", date(2023, 5, 13))
    assert not designated("430100", date(2023, 5, 14))
    assert designated("990200", date(2026, 1, 1))
    assert not designated("370800", date(2021, 4, 1))


@pytest.mark.req("S1-31")
def test_chronic_benefits_are_by_disease() -> None:
    """A disease of the national list that the area does not name is not covered."""
    day = date(2023, 5, 2)

    def found(disease: str) -> BenefitRule | None:
        return POLICIES.chronic_benefit("430100", "310", disease, day, day)

    pressure, dialysis = found("M03900"), found("M07801")
    assert pressure is not None
    assert dialysis is not None
    assert pressure.cap < dialysis.cap
    assert found("M00200") is None
    assert POLICIES.has_chronic("430100", "310")
    assert not POLICIES.has_chronic("370800", "310")


def test_the_most_precise_area_wins(tmp_path: Path) -> None:
    assert area_matches("3708xx", "370811")
    assert not area_matches("3708xx", "370900")
    finer = EXAMPLE.replace("9909xx", "990911").replace("XX-", "FINE-")
    (tmp_path / "coarse.toml").write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "fine.toml").write_text(finer, encoding="utf-8")
    policies = read_policies(tmp_path)
    day = date(2024, 8, 1)
    for area, name in (("990911", "FINE-EMP-2024"), ("990912", "XX-EMP-2024")):
        found = policies.benefit(area, "310", day, day)
        assert found is not None
        assert found.id == name


# --- the README's example -----------------------------------------------------------------------


@pytest.fixture
def example(tmp_path: Path) -> Policies:
    (tmp_path / "990900-example.toml").write_text(EXAMPLE, encoding="utf-8")
    return read_policies(tmp_path)


def bench_of(policies: Policies) -> Bench:
    return Bench(Platform(new_bench().state, policies))


@pytest.mark.req("S1-60")
def test_the_readme_shows_a_complete_new_area(example: Policies) -> None:
    """A new insured area is a new file, no code: the example of the README works as it stands."""
    day = date(2024, 8, 1)
    found = example.benefit("990922", "310", day, day)
    assert found is not None
    assert found.id == "XX-EMP-2024"
    assert example.benefit("990200", "310", day, day) is None
    assert [example.first_pay("990922", kind, day).rate for kind in KINDS] == [
        *(Rate.parse("0"), Rate.parse("0.10"), Rate.parse("0.20"))
    ]
    filing = example.filing("990922", day)
    assert filing is not None
    assert (filing.lock_months, filing.designated_institution) == (6, True)
    assert not dict(starting_areas(example))["990900"].real_account


def test_the_readme_area_settles(example: Policies) -> None:
    """1000.00 at level 3: 400.00 deductible, then 50 %; as TEMP 30 %; chronic 75 % of its own."""
    bench = bench_of(example)
    bench.now = bench.now.replace(year=2024, month=8)
    bench.item("A")
    for kind, disease, fund in (
        *(("LONG_RESIDENT", "", 300), ("OTHER", "", 180)),
        ("LONG_RESIDENT", "M03900", 750),
    ):
        filing = {"kind": kind, "area": "430100", "from": "2024-01-01"}
        chronic = [{"dise_codg": "M03900", "from": "2024-01-01"}]
        who = bench.put(insurance={"area": "990900"}, filings=[filing], chronic=chronic)
        med_type = "14" if disease else "11"
        patient = bench.patient(
            who, area="990900", disease=disease, med_type=med_type, began="2024-08-01 08:00:00"
        ).open()
        info = patient.whole("P1", patient.row("P1", "A", "1000.00"))["setlinfo"]
        assert info["fund_pay_sumamt"] == fund


def test_a_ratio_of_half_a_percent_is_told_whole(tmp_path: Path) -> None:
    text = EXAMPLE.replace('3 = "0.50"', '3 = "0.505"')
    (tmp_path / "X.toml").write_text(text.replace('0.50"\nannual_cap', '0.125"\nannual_cap'))
    bench = bench_of(read_policies(tmp_path))
    bench.now = bench.now.replace(year=2024, month=8)
    who = bench.put(
        insurance={"area": "990900"},
        filings=[{"kind": "LONG_RESIDENT", "area": "430100", "from": "2024-01-01"}],
        year={"2024": {"fund_used": "3500.00", "deductible_paid": "400.00"}},
    )
    patient = bench.patient(who, area="990900", began="2024-08-01 08:00:00").open()
    rows = patient.whole("P1", patient.row("P1", bench.item("A"), "1000.00"))["setldetail"]
    pool, large = (row["setl_proc_info"] for row in rows[:2])
    assert "支付比例50.5%" in pool
    assert "支付比例12.5%" in large


def test_ratio_minus_lowers_the_ratio_instead_of_a_first_pay() -> None:
    """A4: E24 as a reduction of ten points gives 280.00."""
    less = FirstPay(FirstPayMode.RATIO_MINUS, Rate.parse("0.10"))
    bill = LineShare(Money(100_000), Money(0), Money(0), Money(0), Money(100_000))
    terms = Terms(rule("370800", "310", date(2023, 5, 1)), PersonClass.ACTIVE, 3, less)
    got = compute(bill, terms, Standing())
    assert (got.pooled.yuan(), got.first_pay.yuan()) == ("280.00", "0.00")


def test_supplements_pay_in_the_order_of_the_funds() -> None:
    """大额/大病 before 公务员, then 医疗救助, whatever stands nowhere else at the end."""

    def fields(found: tuple[Supplement, ...]) -> list[str]:
        return [each.field.value for each in found]

    employee = POLICIES.supplements_of("990500", "310", date(2023, 5, 2))
    assert fields(employee) == ["hifob_pay", "cvlserv_pay", "maf_pay", "oth_pay"]
    resident = POLICIES.supplements_of("990500", "390", date(2023, 5, 2))
    assert fields(resident) == ["hifmi_pay", "maf_pay", "oth_pay"]


def test_old_states_know_no_areas() -> None:
    """A store of before holds no area rows: every area then behaves as it did."""
    assert State().area("990400").connected
