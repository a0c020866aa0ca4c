"""The funds after the pool, each a row of its own; chronic diseases with benefits of their own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from desktop.sandbox.reasons import Reason
from tests.sandbox.areas import (
    RESIDENT,
    bench_abroad,
    check_identities,
    insured,
    paid,
    visit,
)
from tests.sandbox.asking import No
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import says

EVERY_FUND = "990500"


@pytest.fixture
def abroad() -> Bench:
    return bench_abroad()


def settled(
    bench: Bench, who: Any, price: str, disease: str = "", use: str = "0", **facts: Any
) -> Any:
    patient = visit(bench, who, disease, **facts)
    answer = patient.whole("P1", patient.row("P1", "A", price), use=use)
    check_identities(answer, Decimal(price))
    return answer


@pytest.mark.req("S1-34")
def test_e28_with_a_large_amount_fund(abroad: Bench) -> None:
    """benefits.md 2.2: 大额 pays half of the over-cap 400.00 → 100 + 200 + 700 = 1000."""
    year = {"2023": {"deductible_paid": "300.00", "fund_used": "1900.00"}}
    answer = settled(abroad, insured(abroad, EVERY_FUND, year=year), "1000.00")
    assert paid(answer) == {"310100": 100, "330100": 200}
    info = answer["setlinfo"]
    assert (info["hifp_pay"], info["hifob_pay"], info["fund_pay_sumamt"]) == (100, 200, 300)
    assert info["psn_part_amt"] == 700


@pytest.mark.req("S1-34")
def test_every_fund_pays_from_what_those_before_it_left(abroad: Bench) -> None:
    """1000.00 at level 3 after the cap: 500 due, nothing pooled; 大额 half of it, 公务员 60 % of
    the 750 − 50 left, 救助 70 % of the 330 − 100 left, and a fund without a name 10 % of the rest.
    """
    who = insured(
        abroad,
        EVERY_FUND,
        insurance={"insutype": "310", "psn_type": "11", "official": True},
        identities=["23"],
        year={"2023": {"deductible_paid": "300.00", "fund_used": "2000.00"}},
    )
    answer = settled(abroad, who, "1000.00", use="1")
    assert paid(answer) == {
        "310100": 0,
        "330100": 250,
        "320100": 420,
        "610100": 161,
        "910100": Decimal("16.90"),
        "310200": Decimal("152.10"),
    }
    info = answer["setlinfo"]
    fields = ("hifob_pay", "cvlserv_pay", "maf_pay", "oth_pay", "hifmi_pay", "hifes_pay")
    assert [info[name] for name in fields] == [250, 420, 161, Decimal("16.90"), 0, 0]
    assert (info["cvlserv_flag"], info["psn_cash_pay"]) == ("1", 0)


@pytest.mark.req("S1-34")
def test_a_fund_of_no_dictionary_comes_raw(abroad: Bench) -> None:
    """910100 without a name, 980155 with one that nobody knows."""
    resident = settled(abroad, insured(abroad, EVERY_FUND, insurance=RESIDENT), "300.00")
    rows = {row["fund_pay_type"]: row for row in resident["setldetail"]}
    assert rows["980155"]["fund_pay_type_name"] == "演练惠民补充保障"
    aided = insured(abroad, EVERY_FUND, identities=["2303"])
    rows = {row["fund_pay_type"]: row for row in settled(abroad, aided, "300.00")["setldetail"]}
    assert rows["910100"]["fund_pay_type_name"] is None
    assert "演示数据" in rows["910100"]["setl_proc_info"]


def test_who_is_entitled(abroad: Bench) -> None:
    plain = settled(abroad, insured(abroad, EVERY_FUND), "1000.00")
    assert paid(plain) == {"310100": 350}


def test_a_threshold_counts_over_the_year(abroad: Bench) -> None:
    """居民大病 60 % of what is borne above 800.00 in a year; 2208 gives it back."""
    who = insured(abroad, EVERY_FUND, insurance=RESIDENT)
    patient = visit(abroad, who)
    first = patient.whole("P1", patient.row("P1", "A", "1000.00"))
    assert first["setlinfo"]["hifmi_pay"] == 0
    second = patient.whole("P2", patient.row("P2", "A", "1000.00"))
    borne = 1000 - second["setlinfo"]["hifp_pay"]
    over = (1000 - first["setlinfo"]["hifp_pay"]) + borne - 800
    assert second["setlinfo"]["hifmi_pay"] == over * Decimal("0.6")
    row = next(r for r in second["setldetail"] if r["fund_pay_type"] == "390200")
    assert row["crt_payb_lmt_amt"] == 40000
    back = patient.cancel(second["setlinfo"]["setl_id"])
    check_identities(back, Decimal(1000), -1)
    assert back["setlinfo"]["hifmi_pay"] == -second["setlinfo"]["hifmi_pay"]
    again = patient.whole("P3", patient.row("P3", "A", "1000.00"))
    assert again["setlinfo"]["hifmi_pay"] == second["setlinfo"]["hifmi_pay"]


def test_a_fund_has_a_cap_of_its_own(abroad: Bench) -> None:
    """The invented 980155 pays 100.00 a year and no more."""
    who = insured(abroad, EVERY_FUND, insurance=RESIDENT)
    answers = [settled(abroad, who, "5000.00") for _ in range(2)]
    assert [paid(answer).get("980155") for answer in answers] == [100, None]


def test_the_pool_may_have_a_code_of_its_own(abroad: Bench) -> None:
    """990200 pays from 310102 职工门诊统筹基金; it stands under hifp_pay all the same."""
    answer = settled(abroad, insured(abroad, "990200"), "100.00")
    assert paid(answer) == {"310102": 30}
    assert answer["setldetail"][0]["fund_pay_type_name"] == "职工门诊统筹基金"
    assert answer["setlinfo"]["hifp_pay"] == 30


def test_5203_tells_the_same_funds(abroad: Bench) -> None:
    patient = visit(abroad, insured(abroad, EVERY_FUND, identities=["23"]))
    answer = patient.whole("P1", patient.row("P1", "A", "1000.00"))
    data = {
        "psn_no": patient.psn_no,
        "setl_id": answer["setlinfo"]["setl_id"],
        "mdtrt_id": patient.mdtrt_id,
    }
    assert paid(patient.ask("5203", data=data)) == paid(answer)


# --- 2001, 5206 -----------------------------------------------------------------------------------


def test_2001_has_a_row_for_every_fund(abroad: Bench) -> None:
    who = insured(abroad, EVERY_FUND, identities=["23"])
    rows = benefits(abroad, who)
    assert [(row["fund_pay_type"], row["trt_enjymnt_flag"]) for row in rows] == [
        *(("310100", "1"), ("330100", "1"), ("610100", "1"), ("910100", "1"), ("310200", "1"))
    ]


def benefits(bench: Bench, who: Any, disease: str = "") -> Any:
    row = who.insured[0]
    data = {
        "psn_no": who.psn_no,
        "insutype": row.insutype,
        "fixmedins_code": bench.desk.hospital,
        "med_type": "14" if disease else "11",
        "begntime": "2023-05-02 09:00:00",
        "dise_codg": disease,
    }
    return bench.desk.ask("2001", row.area, data=data)["trtinfo"]


@pytest.mark.parametrize("month", ["", "202305"])
def test_5206_tells_every_fund(abroad: Bench, month: str) -> None:
    who = insured(abroad, EVERY_FUND, identities=["23"])
    answer = settled(abroad, who, "1000.00", use="1")
    settled(abroad, who, "1000.00", "M03900")
    data = {"psn_no": who.psn_no, "cum_ym": month}
    rows = abroad.desk.ask("5206", EVERY_FUND, data=data)["cuminfo"]
    sums: dict[str, Any] = {row["cum_type_code"]: row["cum"] for row in rows}
    told = paid(answer)
    assert sums["D310101"] == told["310100"]
    assert sums["D310201"] == told["310200"]
    assert sums["D310101_14"] == 600
    assert sums["D610101"] > told["610100"]
    assert [sums[code] for code in ("F0000_11", "C0000_11")] == [2000, 2]


@pytest.mark.parametrize("month", ["2023", "202313", "2023-5", "二〇二三"])
def test_5206_refuses_what_is_no_month(abroad: Bench, month: str) -> None:
    data = {"psn_no": insured(abroad, EVERY_FUND).psn_no, "cum_ym": month}
    with pytest.raises(No) as no:
        abroad.desk.ask("5206", EVERY_FUND, data=data)
    assert says(no.value.text, Reason.FIELD_WRONG)


def test_1101_tells_who_is_aided(abroad: Bench) -> None:
    who = insured(abroad, EVERY_FUND, identities=["23"])
    data = {"mdtrt_cert_type": "02", "mdtrt_cert_no": who.certno, "psn_cert_type": "01"}
    answer = abroad.desk.ask("1101", EVERY_FUND, data=data)
    assert [row["psn_idet_type"] for row in answer["idetinfo"]] == ["23"]


# --- chronic diseases -----------------------------------------------------------------------------


@pytest.mark.req("S1-15", "S1-31")
def test_a_disease_has_a_ratio_and_a_cap_of_its_own(abroad: Bench) -> None:
    """Hunan (DEMO) at level 3: 高血压 70 % up to 3600.00, 透析 90 % up to 80000.00."""
    who = insured(abroad, "430100")
    assert paid(settled(abroad, who, "5000.00", "M03900")) == {"310100": 3500}
    assert paid(settled(abroad, who, "1000.00", "M03900"))["310100"] == 100
    assert paid(settled(abroad, who, "1000.00", "M07801")) == {"310100": 900}
    ordinary = settled(abroad, who, "1000.00")
    assert paid(ordinary) == {"310100": 480}
    assert ordinary["setlinfo"]["act_pay_dedc"] == 200
    assert abroad.person(who).year["2023"].fund_used == "480.00"


@pytest.mark.req("S1-31")
def test_a_disease_of_the_national_list_may_not_be_covered(abroad: Bench) -> None:
    who = insured(abroad, "430100")
    (pool, _account) = benefits(abroad, who, "M00200")
    assert (pool["trt_enjymnt_flag"]) == "0"
    assert says(pool["trt_chk_rslt"], Reason.DISEASE_NOT_COVERED)
    with pytest.raises(No) as no:
        settled(abroad, who, "100.00", "M00200")
    assert says(no.value.text, Reason.DISEASE_NOT_COVERED)


@pytest.mark.req("S2-30")
def test_chronic_care_settles_from_a_day_on(abroad: Bench) -> None:
    """Shandong from 2022-01-01; 990300 not at all yet."""
    abroad.now = abroad.now.replace(year=2021, month=12, day=31)
    late = insured(abroad, "370800")
    with pytest.raises(No) as no:
        settled(abroad, late, "100.00", "M03900", began="2021-12-31 08:00:00")
    assert says(no.value.text, Reason.CHRONIC_NOT_OPEN)
    abroad.now = abroad.now.replace(year=2022, month=1, day=1)
    opened = settled(abroad, late, "100.00", "M03900", began="2022-01-01 08:00:00")
    assert paid(opened) == {"310100": 35}
    abroad.now = abroad.now.replace(year=2023, month=5, day=2)
    with pytest.raises(No) as no:
        settled(abroad, insured(abroad, "990300"), "100.00", "M03900")
    assert says(no.value.text, Reason.CHRONIC_NOT_OPEN)


@pytest.mark.req("S0-04", "S0-36")
def test_outpatients_settle_from_a_day_on(abroad: Bench) -> None:
    abroad.now = abroad.now.replace(year=2021, month=5, day=13)
    who = insured(abroad, "430100")
    with pytest.raises(No) as no:
        settled(abroad, who, "100.00", began="2021-05-13 08:00:00")
    assert says(no.value.text, Reason.AREA_NOT_OPEN)
    abroad.now = abroad.now.replace(day=14)
    assert "310100" in paid(settled(abroad, who, "100.00", began="2021-05-14 08:00:00"))


def test_a_chronic_deductible_counts_for_its_disease(abroad: Bench) -> None:
    """990500 (DEMO): 200.00 a year for each disease, then 75 %."""
    who = insured(abroad, EVERY_FUND)
    first, second = (settled(abroad, who, "150.00", "M03900") for _ in range(2))
    assert [paid(answer)["310100"] for answer in (first, second)] == [0, 75]
    assert second["setlinfo"]["act_pay_dedc"] == 50


@pytest.mark.req("S0-04")
def test_an_area_that_is_not_connected(abroad: Bench) -> None:
    with pytest.raises(No) as no:
        visit(abroad, insured(abroad, "990400"))
    assert says(no.value.text, Reason.AREA_NOT_CONNECTED)


@pytest.mark.req("S2-04")
def test_an_area_without_a_pool(abroad: Bench) -> None:
    who = insured(abroad, "990100")
    pool, account = benefits(abroad, who)
    assert says(pool["trt_chk_rslt"], Reason.POOL_MISSING)
    assert account["trt_enjymnt_flag"] == "1"
    answer = settled(abroad, who, "500.00", use="1")
    assert paid(answer) == {"310200": 500}


@pytest.mark.parametrize(
    ("kind", "fund"), [("LONG_RESIDENT", 300), ("REFERRED", 240), ("OTHER", 180)]
)
def test_an_area_that_lowers_the_ratio(abroad: Bench, kind: str, fund: int) -> None:
    """990300 (DEMO), A4: 400.00 deductible, then 50, 40 or 30 % of 600.00; nothing paid first."""
    answer = settled(abroad, insured(abroad, "990300", kind), "1000.00")
    info = answer["setlinfo"]
    assert (info["hifp_pay"], info["preselfpay_amt"]) == (fund, 0)
    assert info["pool_prop_selfpay"] * 600 == fund


@pytest.mark.req("S1-18")
def test_a_filing_for_another_hospital_is_refused(abroad: Bench) -> None:
    filing = {"kind": "LONG_RESIDENT", "area": "440300", "from": "2021-04-01"}
    elsewhere = {**filing, "institution": "H44030000001"}
    who = abroad.put(insurance={"area": "990200"}, filings=[elsewhere])
    with pytest.raises(No) as no:
        settled(abroad, who, "100.00")
    assert says(no.value.text, Reason.FILED_INSTITUTION)
    here = {**filing, "institution": abroad.desk.hospital}
    who = abroad.put(insurance={"area": "990200"}, filings=[here])
    assert paid(settled(abroad, who, "100.00")) == {"310102": 30}


@pytest.mark.parametrize(("use", "account", "cash"), [("0", 0, "405.50"), ("1", "400.00", "5.50")])
def test_what_the_hospital_bears_is_no_fund_and_nobodys_part(
    abroad: Bench, use: str, account: Any, cash: str
) -> None:
    """990500 (DEMO): half of what lies above a price limit, C2 and C7 with the hospital in them.

    500.00 in scope and 11.00 above the limit: 100 pooled, 5.50 the hospital's; the account pays
    what is within the policy only.
    """
    abroad.item("L", limit="489.00")
    patient = visit(abroad, insured(abroad, EVERY_FUND))
    rows = [patient.row("P1", "A", "11.00"), patient.row("P1", "L", "500.00")]
    answer = patient.whole("P1", *rows, use=use)
    half = Decimal("0.50")
    check_identities(answer, Decimal("511.00"), share=half)
    info = answer["setlinfo"]
    assert (info["overlmt_selfpay"], info["hosp_part_amt"]) == (11, Decimal("5.50"))
    assert (info["fund_pay_sumamt"], info["acct_pay"]) == (100, Decimal(account))
    assert info["psn_cash_pay"] == Decimal(cash)
    assert answer["setldetail"][-1]["fund_pay_type"] == "999996"
    named = {"psn_no": patient.psn_no, "mdtrt_id": patient.mdtrt_id}
    found = patient.ask("5203", data={**named, "setl_id": info["setl_id"]})
    assert paid(found)["999996"] == Decimal("5.50")
    check_identities(patient.cancel(info["setl_id"]), Decimal("511.00"), -1, half)
