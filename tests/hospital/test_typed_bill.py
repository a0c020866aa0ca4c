"""A bill typed at the desk is judged exactly as a charges file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from desktop.domain.charges import BillKey, Diagnosis, Trauma
from desktop.domain.quantities import Quantity, UnitPrice, line_amount
from desktop.domain.times import CHINA
from desktop.hospital.faults import ChargesInvalid, Fault
from desktop.hospital.json_format import parse_json
from desktop.hospital.typed_bill import TypedLine, TypedPatient, TypedVisit, typed_bill
from tests.hospital.samples import example

KEY = BillKey("T20230502001", 1)
PATIENT = TypedPatient("张三", "990000197001010018", "1", date(1970, 1, 1), "P1")
VISIT = TypedVisit(
    visit_no="V1",
    began=datetime(2023, 5, 2, 9, 0, 0, 5, tzinfo=CHINA),
    department_code="A03",
    department="内科",
    doctor_code="D1",
    doctor_name="王医生",
    diagnoses=(Diagnosis("J06.900", "急性上呼吸道感染"),),
)
LINE = TypedLine("XJ01CAA001A001010100001", "阿莫西林胶囊", "09", "12.5", "2")


def faults(
    key: BillKey = KEY,
    patient: TypedPatient = PATIENT,
    visit: TypedVisit = VISIT,
    lines: tuple[TypedLine, ...] = (LINE,),
) -> list[tuple[str, str]]:
    with pytest.raises(ChargesInvalid) as caught:
        typed_bill(key, patient, visit, lines)
    return [(fault.line, fault.field) for fault in caught.value.faults]


def test_a_typed_bill() -> None:
    bill = typed_bill(KEY, PATIENT, VISIT, (LINE, structs.replace(LINE, quantity="1")), "R7")
    assert (bill.key, bill.receipt_no, bill.total.yuan()) == (KEY, "R7", "37.50")
    assert bill.patient.id_number == PATIENT.id_number
    assert bill.visit.began == datetime(2023, 5, 2, 9, 0, tzinfo=CHINA)
    assert (bill.visit.caty, bill.visit.trauma, bill.visit.disease) == ("A03", Trauma.NONE, "")
    assert [line.line_no for line in bill.lines] == ["1", "2"]
    assert bill.lines[0].hospital_code == LINE.national_code
    assert bill.lines[0].time == bill.visit.began


def test_a_moment_elsewhere_becomes_time_of_china() -> None:
    visit = structs.replace(VISIT, began=datetime(2023, 5, 1, 17, 0, tzinfo=UTC))
    assert typed_bill(KEY, PATIENT, visit, (LINE,)).visit.began.isoformat() == (
        "2023-05-02T01:00:00+08:00"
    )


def test_what_a_file_says_can_be_typed() -> None:
    """The documented example, typed in, is the same bill."""
    wanted = parse_json(example("json").encode())
    visit, patient = wanted.visit, wanted.patient
    typed = typed_bill(
        wanted.key,
        TypedPatient(
            patient.name, patient.id_number, patient.sex, patient.birth, patient.patient_no
        ),
        TypedVisit(
            visit.visit_no,
            visit.began,
            visit.department_code,
            visit.department,
            visit.doctor_code,
            visit.doctor_name,
            visit.diagnoses,
            visit.kind,
            visit.caty,
            visit.disease,
            visit.emergency,
            visit.trauma,
            visit.trauma_letter,
        ),
        [
            TypedLine(
                line.national_code,
                line.name,
                line.kind,
                line.price.text(),
                line.quantity.text(),
                line.hospital_code,
                line.approved,
                line.outside_prescription,
                line.trace_codes,
            )
            for line in wanted.lines
        ],
        wanted.receipt_no,
    )
    times = tuple(line.time for line in wanted.lines)
    lines = tuple(replace(line, time=t) for line, t in zip(typed.lines, times, strict=True))
    assert replace(typed, lines=lines) == replace(wanted, typed=True)


def test_every_fault_at_once() -> None:
    found = faults(
        replace(KEY, bill_no=""),
        structs.replace(PATIENT, id_number="990000197001010010", sex="男"),
        structs.replace(VISIT, kind="14", diagnoses=()),
        (structs.replace(LINE, price="-1"), structs.replace(LINE, quantity="0", kind="99")),
    )
    assert found == [
        ("文件头", "patient.id_number"),
        ("文件头", "patient.sex"),
        ("文件头", "visit.diagnoses"),
        ("文件头", "visit.dise_codg"),
        ("文件头", "bill.bill_no"),
        ("第1条明细", "price"),
        ("第2条明细", "kind"),
        ("第2条明细", "quantity"),
    ]


def test_a_bill_needs_a_line() -> None:
    assert faults(lines=()) == [("文件头", "lines")]


@pytest.mark.parametrize("price", ["", "abc", "1.2345678", "1e3", "十二"])
def test_a_wrong_price_is_one_fault(price: str) -> None:
    assert faults(lines=(structs.replace(LINE, price=price),)) == [("第1条明细", "price")]


def test_digits_made_wide_by_an_input_method() -> None:
    bill = typed_bill(
        KEY, PATIENT, VISIT, (structs.replace(LINE, price="１２．５", quantity="３"),)
    )
    assert bill.total.yuan() == "37.50"


@given(st.integers(0, 10**9), st.integers(1, 10**8))
def test_the_amount_is_price_times_quantity(price: int, quantity: int) -> None:
    """A10: half a fen rounded up, as the judge of the file wants it."""
    prices, quantities = f"{price / 10**6:.6f}", f"{quantity / 10**4:.4f}"
    bill = typed_bill(
        KEY, PATIENT, VISIT, (structs.replace(LINE, price=prices, quantity=quantities),)
    )
    assert bill.total == line_amount(UnitPrice.parse(prices), Quantity.parse(quantities))


def test_faults_never_repeat_what_was_typed() -> None:
    with pytest.raises(ChargesInvalid) as caught:
        typed_bill(KEY, structs.replace(PATIENT, id_number="990000197001010010"), VISIT, (LINE,))
    told: tuple[Fault, ...] = caught.value.faults
    assert not any("9900001970" in fault.message for fault in told)


@pytest.mark.parametrize("code", ["", "0301", "内科"])
def test_a_department_that_is_not_national_is_told_once_where_it_was_typed(code: str) -> None:
    """2201 takes national codes of 诊疗科目 only (caty); the cashier typed one code for both."""
    visit = structs.replace(VISIT, department_code=code)
    assert faults(visit=visit) == [("文件头", "visit.department_code")]
    own = typed_bill(
        KEY, PATIENT, structs.replace(visit, department_code="NK1", caty="A03"), (LINE,)
    )
    assert (own.visit.department_code, own.visit.caty) == ("NK1", "A03")
    wrong = structs.replace(visit, department_code="NK1", caty="NK1")
    assert faults(visit=wrong) == [("文件头", "visit.caty")]
