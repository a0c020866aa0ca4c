"""The control surface over HTTP: what it takes, what it gives, how it refuses."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.rig.practice import Practice
from tests.sandbox.asking import HOSPITAL, Desk, No, Patient
from tests.sandbox.http_side import http_desk

CERTNO = "990000198001010017"
INSURED = {
    "insutype": "310",
    "area": "370800",
    "psn_type": "11",
    "status": "1",
    "account": "1500.00",
    "mutual_aid": "0.00",
    "official": False,
}
PERSON: dict[str, Any] = {
    "name": "孔试验",
    "gend": "1",
    "brdy": "1970-01-01",
    "naty": "01",
    "insured": [INSURED],
    "filings": [{"kind": "LONG_RESIDENT", "area": "430100", "from": "2023-01-01", "to": None}],
    "chronic": [{"dise_codg": "M03900", "from": "2023-01-01", "to": None}],
    "year": {"2023": {"deductible_paid": "0.00", "fund_used": "0.00"}},
    "card_no": "A00000001",
    "card_sn": "00112233445566778899AABBCCDDEEFF",
    "inpatient": False,
    "settlement_suspended": False,
}


@pytest.fixture
def desk(running: Practice) -> Desk:
    return http_desk(running)


def test_a_person_comes_back_as_put(running: Practice) -> None:
    answer = running.put_person(CERTNO, PERSON)
    assert answer["psn_no"]
    assert CERTNO not in answer["psn_no"]
    assert {name: answer[name] for name in PERSON} == PERSON
    assert running.person(CERTNO) == answer
    assert running.put_person(CERTNO, answer) == answer


def wrong(running: Practice, method: str, path: str, body: object) -> tuple[int, str]:
    with pytest.raises(httpx.HTTPStatusError) as error:
        running.call(method, path, body)
    answer = error.value.response
    return answer.status_code, answer.json()["field"]


BAD_PEOPLE = [
    ({"name": None}, "name"),
    ({"gend": "3"}, "gend"),
    ({"brdy": "1970-13-01"}, "brdy"),
    ({"insured": [{**INSURED, "account": "12,50"}]}, "insured[0].account"),
    ({"insured": [{**INSURED, "account": 12.5}]}, "insured[0].account"),
    ({"insured": [{**INSURED, "area": "37"}]}, "insured[0].area"),
    ({"filings": [{"kind": "FOREVER", "area": "430100", "from": "2023-01-01"}]}, "filings[0].kind"),
    ({"filings": [{"kind": "OTHER", "area": "430100"}]}, "filings[0].from"),
    ({"insured": [{**INSURED, "account": "1500"}]}, "insured[0].account"),
    ({"insured": [{**INSURED, "account": "1500.0"}]}, "insured[0].account"),
    ({"insured": [{**INSURED, "account": "１５00.00"}]}, "insured[0].account"),
    ({"insured": [{**INSURED, "mutual_aid": "1.00\n"}]}, "insured[0].mutual_aid"),
    ({"year": {"2023": {"fund_used": "x"}}}, "year[...].fund_used"),
    ({"year": {"2023": {"deductible_paid": "300"}}}, "year[...].deductible_paid"),
    ({"year": {"23": {}}}, "year"),
    ({"year": {"2023\n": {}}}, "year"),
    ({"year": {"２０２３": {}}}, "year"),
    ({"year": {"": {"fund_used": "0.00"}}}, "year"),
    ({"card_sn": "12"}, "card_sn"),
    ({"colour": "red"}, "colour"),
]


@pytest.mark.parametrize(("change", "field"), BAD_PEOPLE)
def test_a_malformed_person(running: Practice, change: dict[str, Any], field: str) -> None:
    assert wrong(running, "PUT", f"people/{CERTNO}", {**PERSON, **change}) == (422, field)
    assert wrong(running, "GET", f"people/{CERTNO}", None)[0] == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("PUT", "options", {"repeat_2207": "maybe"}, "repeat_2207"),
        ("PUT", "options", {"seed": "one"}, "seed"),
        ("PUT", "options", [], "body"),
        ("PUT", "options", {"seed": 10**30}, "seed"),
        ("PUT", "clock", {"now": "today"}, "now"),
        ("PUT", "clock", {"now": "0001-01-01T00:00:00+14:00"}, "now"),
        ("PUT", "clock", {}, "now"),
        ("PUT", "areas/37", {}, "area"),
        ("PUT", "areas/370800", {"delay_ms": -1}, "delay_ms"),
        ("PUT", "areas/370800", {"delay_ms": 10**18}, "delay_ms"),
        ("PUT", "areas/370800", {"loss_there": 1.01}, "loss_there"),
        ("PUT", "areas/370800", {"loss_back": -0.1}, "loss_back"),
        ("PUT", "options", {"random_faults": {}}, "random_faults.share"),
        ("PUT", "options", {"random_faults": {"share": 2}}, "random_faults.share"),
        ("PUT", "options", {"random_faults": {"share": 1, "what": []}}, "random_faults.what"),
        (
            "PUT",
            "options",
            {"random_faults": {"share": 1, "infno": ["*", "9999"]}},
            "random_faults.infno[1]",
        ),
        (
            "PUT",
            "options",
            {"random_faults": {"share": 1, "what": ["late"], "when": ["after"]}},
            "random_faults.when",
        ),
        ("PUT", "institutions/H1", {}, "fixmedins_code"),
        ("PUT", f"institutions/{HOSPITAL}", {"level": 4}, "level"),
        ("PUT", "institutions/H43010000077", {"name": "新", "level": 1}, "area"),
        ("PUT", "catalogue/A", {"name": "A", "class": "04", "kind": "09"}, "class"),
        (
            "PUT",
            "catalogue/A",
            {"name": "A", "class": "02", "kind": "09", "selfpay": "1.5"},
            "selfpay",
        ),
        ("POST", "vouchers", {"certno": 5}, "certno"),
        ("POST", "faults", {"infno": "2207", "when": "before", "what": "explode"}, "what"),
        ("POST", "faults", {"infno": "x", "when": "before", "what": "drop"}, "infno"),
        ("POST", "faults", {"infno": "9999", "what": "drop"}, "infno"),
        ("POST", "faults", {"infno": "2207\n", "what": "drop"}, "infno"),
        ("POST", "faults", {"infno": "2207", "what": "drop", "times": 0}, "times"),
        ("POST", "faults", {"infno": "2207", "what": "drop", "times": 10**30}, "times"),
        ("POST", f"people/{CERTNO}/elsewhere", {"date": "2023-05-01", "fund": "x"}, "fund"),
        ("POST", f"people/{CERTNO}/elsewhere", {"date": "2023-05-01", "fund": "190"}, "fund"),
        ("GET", "people/?", None, "certno"),
    ],
)
def test_malformed_calls_name_the_field(
    running: Practice, method: str, path: str, body: object, field: str
) -> None:
    path = path.replace("?", "%20")
    assert wrong(running, method, path, body) == (422, field)


def test_a_malformed_question_of_the_log(running: Practice) -> None:
    assert wrong(running, "GET", "log?limit=none", None) == (422, "limit")


def test_the_catalogue_is_listed_whole_and_as_put(running: Practice) -> None:
    before = running.call("GET", "catalogue")
    assert len(before) > 200
    item = {"name": "乙", "class": "02", "kind": "09", "selfpay": "0.1000", "limit": "32.000000"}
    running.catalogue("B", {**item, "restricted": True})
    after = running.call("GET", "catalogue")
    assert [row for row in after if row not in before] == [
        {"med_list_codg": "B", **item, "restricted": True}
    ]
    assert {"med_list_codg": "A", "name": "甲", "class": "01", "kind": "09"}.items() <= next(
        row for row in after if row["med_list_codg"] == "A"
    ).items()


@pytest.mark.parametrize("infno", ["*", "ec.query", "2207", "2601", "2207A", "9101"])
def test_a_fault_for_everything_known(running: Practice, infno: str) -> None:
    running.fault(infno, "before", "http500")
    assert [row["infno"] for row in running.call("GET", "faults")["faults"]] == [infno]


def test_rates_and_limits_as_documented(running: Practice) -> None:
    item = {"name": "乙", "class": "02", "kind": "09", "restricted": False}
    for selfpay, limit in (("0.10", "32.00"), ("0", "32"), ("1.0000", "0.123456"), ("0.05", None)):
        told = running.catalogue("B", {**item, "selfpay": selfpay, "limit": limit})
        assert (told["selfpay"], told["limit"]) == (selfpay, limit)


def test_nobody_gets_no_voucher(running: Practice) -> None:
    assert wrong(running, "POST", "vouchers", {"certno": CERTNO}) == (404, "certno")


def test_keys_left_out_stay_unchanged(running: Practice) -> None:
    running.area("370800", pooled=False)
    assert running.area("370800", delay_ms=1) == {
        "connected": True,
        "pooled": False,
        "real_account": True,
        "account_fails": False,
        "filing_extension": True,
        "reversal_2601": True,
        "delay_ms": 1,
        "loss_there": 0.0,
        "loss_back": 0.0,
    }
    assert running.institution(HOSPITAL, level=1)["name"] == "演练医院"
    running.options(seed=5)
    assert running.options(require_sign_in=True) == {
        "require_sign_in": True,
        "repeat_2207": "refuse",
        "voucher_data_as_text": False,
        "seed": 5,
        "random_faults": None,
    }


@pytest.mark.parametrize(("level", "wire"), [(1, "8"), (2, "5"), (3, "2")])
def test_hospital_level_on_the_wire(running: Practice, desk: Desk, level: int, wire: str) -> None:
    running.institution(HOSPITAL, level=level)
    asked = {"fixmedins_type": "1", "fixmedins_code": HOSPITAL}
    rows = desk.ask("1201", "", medinsinfo=asked)["medinsinfo"]
    assert [(row["fixmedins_name"], row["hosp_lv"]) for row in rows] == [("演练医院", wire)]


def settle(running: Practice, desk: Desk, psn_no: str, price: str = "100.00") -> Patient:
    patient = Patient(desk, psn_no, CERTNO).open()
    patient.whole("P1", patient.row("P1", "A", price))
    return patient


def filing(kind: str, begins: str, area: str = "430100") -> dict[str, Any]:
    return {"kind": kind, "area": area, "from": begins, "to": None}


def refusal(running: Practice, new: dict[str, Any]) -> str:
    with pytest.raises(httpx.HTTPStatusError) as error:
        running.file(CERTNO, new)
    assert error.value.response.status_code == 409
    return str(error.value.response.json()["reason"])


@pytest.mark.req("S1-20", "S2-28")
def test_a_filing_is_visible_at_once(running: Practice, desk: Desk) -> None:
    psn_no = running.put_person(CERTNO, {**PERSON, "filings": []})["psn_no"]
    with pytest.raises(No):
        settle(running, desk, psn_no)
    running.file(CERTNO, filing("OTHER", "2023-05-02"))
    settle(running, desk, psn_no)


@pytest.mark.req("S3-10", "S3-11")
def test_a_late_long_filing_goes_back_five_days(running: Practice) -> None:
    """S3-10, S3-11: five days for LONG, any day for TEMP."""
    running.put_person(CERTNO, {**PERSON, "filings": []})
    assert "2023-04-27" in refusal(running, filing("POSTED_WORKER", "2023-04-26"))
    running.file(CERTNO, filing("OTHER", "2022-01-01"))
    after = running.file(CERTNO, filing("POSTED_WORKER", "2023-04-27"))
    assert [row["kind"] for row in after["filings"]] == ["OTHER", "POSTED_WORKER"]


@pytest.mark.req("S3-08")
def test_six_months_lock_after_costs(running: Practice, desk: Desk) -> None:
    """S3-08, counted from the filing's start (A14)."""
    psn_no = running.put_person(CERTNO, PERSON)["psn_no"]
    settle(running, desk, psn_no)
    new = filing("LONG_RESIDENT", "2023-06-30", "440300")
    running.clock("2023-06-30T23:59:59")
    assert "2023-07-01" in refusal(running, new)
    running.clock("2023-07-01T00:00:00")
    filings = running.file(CERTNO, new)["filings"]
    assert [(row["area"], row["to"]) for row in filings] == [
        ("430100", "2023-06-29"),
        ("440300", None),
    ]


def test_no_lock_without_costs_or_after_they_were_undone(running: Practice, desk: Desk) -> None:
    psn_no = running.put_person(CERTNO, PERSON)["psn_no"]
    patient = settle(running, desk, psn_no)
    setl_id = running.settlements(CERTNO)[0]["setl_id"]
    refusal(running, filing("LONG_RESIDENT", "2023-05-02", "440300"))
    patient.cancel(setl_id)
    running.file(CERTNO, filing("LONG_RESIDENT", "2023-05-02", "440300"))


@pytest.mark.req("S0-23", "S2-05")
def test_benefit_used_elsewhere_counts_at_once(running: Practice, desk: Desk) -> None:
    """E04 in the 2023 rule: quota used at home between 2206 and 2207."""
    year = {"2023": {"deductible_paid": "300.00", "fund_used": "0.00"}}
    psn_no = running.put_person(CERTNO, {**PERSON, "year": year})["psn_no"]
    patient = Patient(desk, psn_no, CERTNO).open()
    patient.upload(patient.row("P1", "A", "100.00"))
    shown = patient.preview("P1", "100.00")
    assert shown["setlinfo"]["fund_pay_sumamt"] == 50
    running.elsewhere(CERTNO, "2023-05-01", "1990.00")
    info = patient.settle(shown, "P1")["setlinfo"]
    assert (info["fund_pay_sumamt"], info["psn_cash_pay"]) == (10, 90)
    assert running.person(CERTNO)["year"]["2023"]["fund_used"] == "2000.00"


def test_per_visit_deductibles_stay_out_of_the_year(running: Practice, desk: Desk) -> None:
    running.clock("2022-05-02T09:30:00")
    filings = [filing("LONG_RESIDENT", "2021-04-01")]
    psn_no = running.put_person(CERTNO, {**PERSON, "filings": filings, "year": {}})["psn_no"]
    patient = Patient(desk, psn_no, CERTNO, began="2022-05-02 09:00:00").open()
    info = patient.whole("P1", patient.row("P1", "A", "100.00"))["setlinfo"]
    assert info["act_pay_dedc"] == 30
    year = running.person(CERTNO)["year"]["2022"]
    assert year == {"deductible_paid": "0.00", "fund_used": "35.00"}


def test_the_same_seed_gives_the_same_numbers(running: Practice, desk: Desk) -> None:
    numbers = []
    for _ in range(2):
        running.reset()
        running.options(seed=11)
        numbers.append(running.voucher("990000198503121038"))
    running.reset()
    running.options(seed=12)
    assert numbers[0] == numbers[1] != running.voucher("990000198503121038")


def test_settlements_of_everybody(running: Practice, desk: Desk) -> None:
    settle(running, desk, running.put_person(CERTNO, PERSON)["psn_no"])
    assert len(running.settlements()) == 1
    assert running.settlements("990000198503121038") == []
    assert running.settlements("990000190001010010") == []
