"""What is refused of lines, settlements, accounts and tokens; a refusal changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desktop.sandbox.control import bodies, people
from desktop.sandbox.control import faults as control_faults
from desktop.sandbox.control import surface as control
from desktop.sandbox.exchange.vouchers import decode, issue
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import benefits, presettled, refused, says

LINES: list[tuple[dict[str, Any], Reason]] = [
    ({"med_list_codg": "nothing"}, Reason.ITEM_UNKNOWN),
    ({"fee_ocur_time": "2023-05-02 08:59:59"}, Reason.LINE_BEFORE_VISIT),
    ({"fee_ocur_time": "2024-01-01 00:00:00"}, Reason.LINE_OTHER_YEAR),
    ({"fee_ocur_time": "yesterday"}, Reason.FIELD_WRONG),
    ({"det_item_fee_sumamt": "99.99"}, Reason.LINE_AMOUNT_WRONG),
    ({"det_item_fee_sumamt": "99.999"}, Reason.FIELD_WRONG),
    ({"cnt": "0", "det_item_fee_sumamt": "0"}, Reason.LINE_QUANTITY_WRONG),
    ({"chrg_bchno": "0000"}, Reason.BATCH_RESERVED),
    ({"mdtrt_id": ""}, Reason.FIELD_MISSING),
    ({"hosp_appr_flag": None}, Reason.FIELD_MISSING),
]


@pytest.mark.req("S4-20")
@pytest.mark.parametrize(("changes", "reason"), LINES)
def test_a_bad_line_takes_the_others_with_it(
    bench: Bench, changes: dict[str, Any], reason: Reason
) -> None:
    patient = bench.patient().open()
    good = patient.row("P1", bench.item("A"), "100.00")
    with refused(bench, reason):
        patient.upload(good, patient.row("P1", "A", "100.00", **changes))


def test_lines_are_named_once_in_a_visit(bench: Bench) -> None:
    patient = bench.patient().open()
    row = patient.row("P1", bench.item("A"), "100.00")
    with refused(bench, Reason.LINE_REPEATED):
        patient.upload(row, row)
    patient.upload(row)
    with refused(bench, Reason.LINE_REPEATED):
        patient.upload(row)
    with refused(bench, Reason.LINE_REPEATED):
        patient.upload({**row, "chrg_bchno": "P2"})
    with refused(bench, Reason.BATCH_REPEATED):
        patient.upload(patient.row("P1", "A", "5.00"))


def test_no_lines_and_mixed_diseases(bench: Bench) -> None:
    patient = bench.patient().open()
    with refused(bench, Reason.FIELD_MISSING):
        patient.upload()
    rows = (
        patient.row("P1", bench.item("A"), "1.00", dise_codg="M1"),
        patient.row("P1", "A", "1.00", dise_codg="M2"),
    )
    with refused(bench, Reason.DISEASES_DIFFER):
        patient.upload(*rows)


def test_2205_of_a_settled_batch(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.settle(shown, "P1")
    with refused(bench, Reason.BATCH_SETTLED):
        patient.remove("P1")
    with refused(bench, Reason.BATCH_SETTLED):
        patient.upload(patient.row("P1", "A", "1.00"))
    with refused(bench, Reason.BATCH_UNKNOWN):
        patient.remove("P2")


def test_0000_removes_whatever_is_unsettled(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.settle(shown, "P1")
    patient.upload(patient.row("P2", "A", "1.00"), patient.row("P3", "A", "1.00"))
    patient.remove("0000")
    patient.remove("0000")
    assert [batch.number for batch in bench.state.batches] == ["P1"]


def test_the_total_is_the_lines_sum(bench: Bench) -> None:
    patient, _ = presettled(bench)
    with refused(bench, Reason.TOTAL_WRONG):
        patient.preview("P1", "100.01")
    with refused(bench, Reason.BATCH_UNKNOWN):
        patient.preview("P2", "100.00")
    with refused(bench, Reason.FIELD_WRONG):
        patient.preview("P1", "100.00", use="3")


@pytest.mark.parametrize(
    "field", ["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"]
)
def test_2207_repeats_the_amounts_of_the_last_2206(bench: Bench, field: str) -> None:
    patient, shown = presettled(bench)
    with refused(bench, Reason.AMOUNTS_DIFFER):
        patient.settle(shown, "P1", **{field: "0.01"})


def test_2207_needs_a_2206_of_the_present_lines(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.remove("P1")
    patient.upload(patient.row("P1", "A", "100.00"))
    with refused(bench, Reason.PREVIEW_MISSING):
        patient.settle(shown, "P1")


def test_a_second_2207_of_one_batch(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.settle(shown, "P1")
    with refused(bench, Reason.BATCH_SETTLED):
        patient.settle(shown, "P1")


def test_a_careless_platform_books_the_double(bench: Bench) -> None:
    control_faults.change_options(bench.state, bodies.OptionsBody(repeat_2207=_book()))
    patient, shown = presettled(bench)
    first = patient.settle(shown, "P1")["setlinfo"]["setl_id"]
    second = patient.settle(shown, "P1")["setlinfo"]["setl_id"]
    states = [row["state"] for row in control.settlements(bench.state, patient.certno)]
    assert (first != second, states) == (True, ["effective", "effective"])
    assert bench.person(bench.put()).year == {}


def _book() -> Any:
    return bodies.read_body(bodies.OptionsBody, b'{"repeat_2207":"book"}').repeat_2207


def test_2208_once(bench: Bench) -> None:
    patient, shown = presettled(bench)
    setl_id = patient.settle(shown, "P1")["setlinfo"]["setl_id"]
    with refused(bench, Reason.SETTLEMENT_UNKNOWN):
        patient.cancel("1")
    negative = patient.cancel(setl_id)["setlinfo"]["setl_id"]
    for number in (setl_id, negative):
        with refused(bench, Reason.SETTLEMENT_UNDONE):
            patient.cancel(number)
    with refused(bench, Reason.PREVIEW_MISSING):
        patient.settle(shown, "P1")


def area(bench: Bench, **behaviour: bool) -> None:
    control.change_area(bench.state, "370800", bodies.AreaBody(**behaviour))


def with_account(bench: Bench) -> tuple[Patient, Any]:
    patient = bench.patient().open()
    patient.upload(patient.row("P1", bench.item("A"), "500.00"))
    return patient, patient.preview("P1", "500.00", "1")


@pytest.mark.parametrize("real", [False, True])
def test_an_account_fails_by_itself(bench: Bench, real: bool) -> None:
    """S2-08, B32: the pool's part is booked, the account's goes to cash."""
    area(bench, real_account=real, account_fails=True)
    patient, shown = with_account(bench)
    assert shown["setlinfo"]["acct_pay"] == 400
    answer = patient.settle(shown, "P1", "1")
    info = answer["setlinfo"]
    assert (info["fund_pay_sumamt"], info["acct_pay"], info["psn_cash_pay"]) == (100, 0, 400)
    account = answer["setldetail"][1]
    assert (account["fund_pay_type"], account["fund_payamt"]) == ("310200", 0)
    assert "个人账户扣款失败" in account["setl_proc_info"]
    assert info["balc"] == 1500
    patient.cancel(info["setl_id"])
    (insured,) = people.show_person(bench.state, patient.certno).insured
    assert insured.account == "1500.00"


@pytest.mark.req("S2-04")
def test_an_area_without_a_pool_pays_from_the_account_alone(bench: Bench) -> None:
    area(bench, pooled=False)
    rows = benefits(bench, bench.put())
    assert [row["trt_enjymnt_flag"] for row in rows] == ["0", "1"]
    assert says(rows[0]["trt_chk_rslt"], Reason.POOL_MISSING)
    patient, shown = with_account(bench)
    info = patient.settle(shown, "P1", "1")["setlinfo"]
    assert (info["fund_pay_sumamt"], info["acct_pay"], info["psn_cash_pay"]) == (0, 500, 0)
    assert [row["fund_pay_type"] for row in shown["setldetail"]] == ["310200"]


def test_an_area_without_rules(bench: Bench) -> None:
    who = bench.put(insurance={"area": "320100"})
    patient = bench.patient(who, area="320100").open()
    patient.upload(patient.row("P1", bench.item("A"), "1.00"))
    with refused(bench, Reason.AREA_WITHOUT_RULES):
        patient.preview("P1", "1.00")


def token(bench: Bench, certno: str) -> str:
    who = people.find_person(bench.state, certno)
    qr = issue(bench.state, who, bench.real).qr
    return decode(bench.state, bench.desk.hospital, qr, bench.real).token


@pytest.mark.req("S0-29", "S1-23")
def test_a_token_serves_until_the_settlement(bench: Bench) -> None:
    patient = bench.patient()
    patient.credential = ("01", token(bench, patient.certno))
    patient.open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    shown = patient.preview("P1", "100.00")
    setl_id = patient.settle(shown, "P1")["setlinfo"]["setl_id"]
    patient.cancel(setl_id)
    with refused(bench, Reason.TOKEN_USED):
        patient.preview("P1", "100.00")


def with_token(bench: Bench) -> Patient:
    """Opened with a token, and with lines of two batches."""
    patient = bench.patient()
    patient.credential = ("01", token(bench, patient.certno))
    patient.open()
    bench.item("A")
    patient.upload(patient.row("P1", "A", "100.00"))
    patient.upload(patient.row("P2", "A", "100.00"))
    return patient


def test_a_used_token_books_the_double_of_its_own_batch(bench: Bench) -> None:
    control_faults.change_options(bench.state, bodies.OptionsBody(repeat_2207=_book()))
    patient = with_token(bench)
    shown = patient.preview("P1", "100.00")
    other = patient.preview("P2", "100.00")
    patient.settle(shown, "P1")
    patient.settle(shown, "P1")
    states = [row["state"] for row in control.settlements(bench.state, patient.certno)]
    assert states == ["effective", "effective"]
    with refused(bench, Reason.TOKEN_USED):
        patient.settle(other, "P2")
    bench.real += timedelta(minutes=30)
    with refused(bench, Reason.TOKEN_EXPIRED):
        patient.settle(shown, "P1")


def test_a_careful_platform_takes_a_used_token_for_nothing(bench: Bench) -> None:
    patient = with_token(bench)
    shown = patient.preview("P1", "100.00")
    patient.settle(shown, "P1")
    with refused(bench, Reason.TOKEN_USED):
        patient.settle(shown, "P1")


def test_a_token_serves_half_an_hour_of_the_real_clock(bench: Bench) -> None:
    patient = bench.patient()
    patient.credential = ("01", token(bench, patient.certno))
    bench.now += timedelta(days=1)
    patient.register()
    bench.real += timedelta(minutes=30)
    patient.visit_no = ""
    with refused(bench, Reason.TOKEN_EXPIRED):
        patient.register()
    patient.credential = ("01", "370000ec")
    with refused(bench, Reason.TOKEN_UNKNOWN):
        patient.register()
