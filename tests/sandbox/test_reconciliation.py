"""3201, 3202 with its files (9101, 9102), 5201 and 5203 on the pure core (visit.md B28, B38, B44)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.nhsa.messages.detail_file import pack, unpack
from desktop.nhsa.messages.reconciliation import DifferenceRow, OwnRow
from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.platform import read_envelope
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import HOSPITAL, Patient
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import refused

DAY = "2023-05-02"


def settled(bench: Bench, price: str = "400.00") -> tuple[Patient, dict[str, Any]]:
    patient = bench.patient().open()
    answer = patient.whole("P1", patient.row("P1", bench.item("A"), price), use="1")
    return patient, dict(answer["setlinfo"])


def own(info: dict[str, Any], **changes: Any) -> OwnRow:
    facts = {
        "setl_id": info["setl_id"],
        "mdtrt_id": info["mdtrt_id"],
        "psn_no": info["psn_no"],
        "medfee_sumamt": Money.parse(str(info["medfee_sumamt"])),
        "fund_pay_sumamt": Money.parse(str(info["fund_pay_sumamt"])),
        "acct_pay": Money.parse(str(info["acct_pay"])),
        "refd_setl_flag": "0",
        **changes,
    }
    return OwnRow(**facts)


def upload(bench: Bench, content: bytes, name: str = "own.zip", **changes: Any) -> Any:
    file = {"in": list(content), "filename": name, "fixmedins_code": HOSPITAL}
    return bench.desk.ask("9101", "", fsUploadIn={**file, **changes})


def detail(bench: Bench, number: str, **changes: Any) -> Any:
    data = {
        "setl_optins": "430100",
        "file_qury_no": number,
        "stmt_begndate": DAY,
        "stmt_enddate": DAY,
        "medfee_sumamt": 0,
        "fund_pay_sumamt": 0,
        "cash_payamt": 0,
        "fixmedins_setl_cnt": 0,
        "clr_type": "11",
        **changes,
    }
    return bench.desk.ask("3202", "", data=data)["fileinfo"]


def download(bench: Bench, file: Any, **changes: Any) -> bytes:
    asked = {
        "file_qury_no": file["file_qury_no"],
        "filename": file["filename"],
        "fixmedins_code": HOSPITAL,
        **changes,
    }
    envelope = bench.desk.envelope("9102", "", {"fsDownloadIn": asked})
    outcome = bench.platform.handle(
        read_envelope(json.dumps(envelope).encode()), bench.now, bench.real
    )
    assert outcome.file is not None
    assert bench.platform.answer(outcome, bench.real, bench.real) == outcome.file
    return outcome.file


def compared(bench: Bench, *rows: OwnRow, **changes: Any) -> tuple[DifferenceRow, ...]:
    number = upload(bench, pack("own.txt", rows))["file_qury_no"]
    return unpack(DifferenceRow, download(bench, detail(bench, number, **changes)))


def test_nothing_differs(bench: Bench) -> None:
    _, info = settled(bench)
    assert compared(bench, own(info)) == ()


@pytest.mark.req("S1-07")
def test_what_the_file_lacks_is_named_with_msgid_and_setl_id(bench: Bench) -> None:
    """The chain that finds a lost 2207."""
    patient, info = settled(bench)
    (row,) = compared(bench)
    assert (row.msgid, row.setl_id, row.mdtrt_id, row.psn_no) == (
        info["medins_setl_id"],
        info["setl_id"],
        patient.mdtrt_id,
        patient.psn_no,
    )
    assert (row.stmt_rslt, row.refd_setl_flag) == ("1", "0")
    assert row.medfee_sumamt == Money(40000)


def test_what_only_the_file_has_has_no_msgid(bench: Bench) -> None:
    _, info = settled(bench)
    (row,) = compared(bench, own(info), own(info, setl_id="S1"))
    assert (row.setl_id, row.msgid, row.stmt_rslt) == ("S1", None, "1")


@pytest.mark.parametrize("name", ["medfee_sumamt", "fund_pay_sumamt", "acct_pay"])
def test_an_amount_that_differs_by_a_fen(bench: Bench, name: str) -> None:
    _, info = settled(bench)
    true = own(info)
    (row,) = compared(bench, own(info, **{name: getattr(true, name) + Money(1)}))
    assert (row.setl_id, row.msgid) == (true.setl_id, info["medins_setl_id"])
    assert getattr(row, name) == getattr(true, name)


def test_a_refund_is_two_settlements_and_names_the_negative_one(bench: Bench) -> None:
    """B38: a lost 2208 is found here, under its own msgid."""
    patient, info = settled(bench)
    negative = patient.cancel(info["setl_id"])["setlinfo"]
    (row,) = compared(bench, own(info))
    assert (row.setl_id, row.msgid) == (negative["setl_id"], negative["medins_setl_id"])
    assert (row.refd_setl_flag, row.medfee_sumamt) == ("1", Money(-40000))
    assert compared(bench, own(info), own(negative, refd_setl_flag="1")) == ()


def test_what_was_reversed_never_was(bench: Bench) -> None:
    patient, info = settled(bench)
    patient.reverse(info["medins_setl_id"])
    assert compared(bench) == ()
    (row,) = compared(bench, own(info))
    assert row.msgid is None


def test_days_are_those_of_the_settlement(bench: Bench) -> None:
    bench.now = datetime(2023, 5, 3, 0, 0, 1)  # noqa: DTZ001 - +08:00 always
    settled(bench)
    assert compared(bench) == ()
    assert len(compared(bench, stmt_enddate="2023-05-03")) == 1
    bench.now = datetime(2023, 5, 2, 23, 59, 59)  # noqa: DTZ001 - +08:00 always
    settled(bench)
    assert len(compared(bench)) == 1


@pytest.mark.parametrize("other", [{"clr_type": "21"}, {"setl_optins": "430200"}])
def test_other_books_hold_nothing(bench: Bench, other: dict[str, str]) -> None:
    settled(bench)
    assert compared(bench, **other) == ()


def test_another_hospitals_settlements_are_not_named(bench: Bench) -> None:
    settled(bench)
    neighbour = bodies.InstitutionBody(name="邻院", area="430100", level=2)
    control.change_institution(bench.state, "H43010000002", neighbour)
    bench.desk.hospital = "H43010000002"
    number = upload(bench, pack("own.txt", ()), fixmedins_code="H43010000002")["file_qury_no"]
    file = detail(bench, number)
    assert unpack(DifferenceRow, download(bench, file, fixmedins_code="H43010000002")) == ()


@pytest.mark.parametrize(
    "content", [b"", b"S1\tM1", pack("own.txt", (DifferenceRow(stmt_rslt="1"),))]
)
def test_a_file_that_cannot_be_read_is_refused(bench: Bench, content: bytes) -> None:
    number = upload(bench, content or b"-")["file_qury_no"]
    with refused(bench, Reason.FILE_UNREADABLE):
        detail(bench, number)


def test_java_writes_the_upper_half_negative(bench: Bench) -> None:
    content = pack("own.txt", ())
    signed = [byte - 256 if byte > 127 else byte for byte in content]
    file = {"in": signed, "filename": "own.zip", "fixmedins_code": HOSPITAL}
    told = bench.desk.ask("9101", "", fsUploadIn=file)
    assert download(bench, told) == content


def test_files_are_the_institutions_own_and_end(bench: Bench) -> None:
    file = upload(bench, b"x")
    assert len(file["file_qury_no"]) > 30
    asked = {"file_qury_no": file["file_qury_no"], "filename": "own.zip"}
    for wrong in ({"file_qury_no": "fsi/plc/1"}, {"filename": "other.zip"}):
        with refused(bench, Reason.FILE_UNKNOWN):
            bench.desk.ask("9102", "", fsDownloadIn={**asked, "fixmedins_code": HOSPITAL, **wrong})
    with refused(bench, Reason.FILE_ELSEWHERE):
        bench.desk.ask("9102", "", fsDownloadIn={**asked, "fixmedins_code": "plc"})
    with refused(bench, Reason.FIELD_WRONG):
        bench.desk.ask("9102", "", fsDownloadIn={**asked, "fixmedins_code": "H43010000009"})
    bench.real += timedelta(days=7)
    with refused(bench, Reason.FILE_EXPIRED):
        bench.desk.ask("9102", "", fsDownloadIn={**asked, "fixmedins_code": HOSPITAL})


def totals(bench: Bench, **changes: Any) -> Any:
    data = {
        "insutype": "310",
        "clr_type": "11",
        "setl_optins": "430100",
        "stmt_begndate": DAY,
        "stmt_enddate": DAY,
        "medfee_sumamt": "400.00",
        "fund_pay_sumamt": "50.00",
        "acct_pay": "350.00",
        "fixmedins_setl_cnt": 1,
        **changes,
    }
    return bench.desk.ask("3201", "", data=data)["stmtinfo"]


@pytest.mark.req("S1-07")
def test_totals_are_equal_or_not(bench: Bench) -> None:
    _, info = settled(bench)
    assert (str(info["fund_pay_sumamt"]), str(info["acct_pay"])) == ("50.00", "350.00")
    assert totals(bench)["stmt_rslt"] == "0"
    for wrong in (
        {"medfee_sumamt": "400.01"},
        {"fund_pay_sumamt": "49.99"},
        {"acct_pay": "0.00"},
        {"fixmedins_setl_cnt": 2},
        {"insutype": "390"},
    ):
        verdict = totals(bench, **wrong)
        assert verdict["stmt_rslt"] == "1"
        assert "笔" in verdict["stmt_rslt_dscr"]


def test_totals_are_net_of_refunds_but_count_both(bench: Bench) -> None:
    patient, info = settled(bench)
    patient.cancel(info["setl_id"])
    nothing = {"medfee_sumamt": 0, "fund_pay_sumamt": 0, "acct_pay": 0, "fixmedins_setl_cnt": 2}
    assert totals(bench, **nothing)["stmt_rslt"] == "0"


@pytest.mark.parametrize("field", ["stmt_begndate", "stmt_enddate"])
def test_a_day_that_is_none(bench: Bench, field: str) -> None:
    with refused(bench, Reason.FIELD_WRONG):
        totals(bench, **{field: "2023-02-30"})


def test_5203_tells_what_2207_told(bench: Bench) -> None:
    patient, info = settled(bench)
    found = patient.find(info["setl_id"])
    renamed = {"psn_pay": "psn_part_amt", "cash_payamt": "psn_cash_pay"}
    assert {name: found[name] for name in renamed} == {
        name: info[theirs] for name, theirs in renamed.items()
    }
    same = set(info) & set(found) - {"psn_part_amt", "psn_cash_pay", "hosp_part_amt", "hifdm_pay"}
    assert {name: found[name] for name in same} == {name: info[name] for name in same}
    assert (found["refd_setl_flag"], found["hosp_part_amt"]) == ("0", None)


def test_5203_knows_of_a_2208(bench: Bench) -> None:
    patient, info = settled(bench)
    negative = patient.cancel(info["setl_id"])["setlinfo"]
    assert patient.find(info["setl_id"])["refd_setl_flag"] == "1"
    assert patient.find(info["setl_id"])["medins_setl_id"] == info["medins_setl_id"]
    turned = patient.find(negative["setl_id"])
    assert (turned["refd_setl_flag"], turned["medfee_sumamt"]) == ("1", -info["medfee_sumamt"])


def test_5203_does_not_know_what_was_reversed_or_is_anothers(bench: Bench) -> None:
    patient, info = settled(bench)
    for wrong in ({"mdtrt_id": "M"}, {"setl_id": "S"}, {"psn_no": "P"}):
        with refused(bench, Reason.SETTLEMENT_UNKNOWN):
            patient.find(**{"setl_id": info["setl_id"], **wrong})
    patient.reverse(info["medins_setl_id"])
    with refused(bench, Reason.SETTLEMENT_UNKNOWN):
        patient.find(info["setl_id"])


def visits(patient: Patient, **changes: Any) -> list[str]:
    data = {
        "psn_no": patient.psn_no,
        "begntime": f"{DAY} 00:00:00",
        "endtime": f"{DAY} 23:59:59",
        "med_type": "11",
        **changes,
    }
    return [row["mdtrt_id"] for row in patient.ask("5201", data=data)["mdtrtinfo"]]


def test_5201_finds_a_lost_registration(bench: Bench) -> None:
    patient = bench.patient()
    lost = patient.register()
    data = {
        "psn_no": patient.psn_no,
        "begntime": f"{DAY} 00:00:00",
        "endtime": f"{DAY} 23:59:59",
        "med_type": "11",
    }
    (row,) = patient.ask("5201", data=data)["mdtrtinfo"]
    assert (row["mdtrt_id"], row["ipt_otp_no"]) == (lost, patient.visit_no)
    assert row["med_type"] is None
    again = patient.register()
    assert visits(patient) == [lost, again]
    patient.withdraw()
    assert visits(patient) == [lost]


def test_5201_tells_apart_time_kind_and_person(bench: Bench) -> None:
    patient = bench.patient().open()
    assert visits(patient) == [patient.mdtrt_id]
    assert visits(patient, med_type="14") == []
    assert visits(patient, begntime=f"{DAY} 09:00:01") == []
    assert visits(patient, mdtrt_id="other") == []
    other = bench.patient(bench.put("990000199001010018"))
    assert visits(other) == []
