"""A bill that a person typed at the desk, judged exactly as a charges file (contracts).

For a desk without a hospital system that drops files. The typed texts are put into the shape of
the file and read by the same reader: one set of rules, one set of words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.charges import Bill, BillKey, Diagnosis, Trauma
from desktop.domain.money import ZERO, Money
from desktop.domain.names import folded
from desktop.domain.quantities import line_amount
from desktop.domain.times import in_china
from desktop.hospital import kinds as k
from desktop.hospital.bill import read_bill
from desktop.hospital.faults import ChargesInvalid, Fault
from desktop.hospital.record import Number, Record

_DEPARTMENT = "visit.department_code"


class TypedPatient(Struct, frozen=True):
    """The patient as the credential and the person at the desk tell it."""

    name: str
    id_number: str
    sex: str
    birth: date | None
    patient_no: str


class TypedVisit(Struct, frozen=True):
    """The visit's facts; what a desk always has the same stands in its settings."""

    visit_no: str
    began: datetime
    department_code: str
    department: str
    doctor_code: str
    doctor_name: str
    diagnoses: tuple[Diagnosis, ...]
    kind: str = "11"
    caty: str = ""
    """科别; the department's code when empty."""
    disease: str = ""
    emergency: bool = False
    trauma: Trauma = Trauma.NONE
    trauma_letter: str = ""


class TypedLine(Struct, frozen=True):
    """One line: an item of the catalogue with the price and the quantity as they were typed."""

    national_code: str
    name: str
    kind: str
    """``med_chrgitm_type`` 01…14."""
    price: str
    quantity: str = "1"
    hospital_code: str = ""
    """The national code when empty."""
    approved: bool = True
    outside_prescription: bool = False
    trace_codes: tuple[str, ...] = ()


def typed_bill(
    key: BillKey,
    patient: TypedPatient,
    visit: TypedVisit,
    lines: Sequence[TypedLine],
    receipt_no: str = "",
) -> Bill:
    """The bill; lines are numbered from 1, amounts are price × quantity half up (A10).

    Raises :class:`~desktop.hospital.faults.ChargesInvalid` with every fault; that of a line
    stands under ``第N条明细``.
    """
    sections = {
        "version": Number("1"),
        "patient": _patient(patient),
        "visit": _visit(visit),
        "bill": _bill(key, receipt_no),
        "lines": [_line(line, n, visit) for n, line in enumerate(lines, 1)],
    }
    try:
        bill = read_bill(Record(sections))
    except ChargesInvalid as invalid:
        raise ChargesInvalid(tuple(_as_typed(invalid.faults, visit))) from None
    return dataclasses.replace(bill, typed=True)


def _as_typed(faults: Iterable[Fault], visit: TypedVisit) -> Iterator[Fault]:
    """A 科别 that nobody typed is the department's code: what is wrong with it is told once, there."""
    known = {fault.field for fault in faults}
    for fault in faults:
        if visit.caty or fault.field != "visit.caty":
            yield fault
        elif _DEPARTMENT not in known:
            yield replace(fault, field=_DEPARTMENT)


def _patient(patient: TypedPatient) -> Record:
    values = {
        "patient_no": patient.patient_no,
        "name": patient.name,
        "id_number": patient.id_number,
        "sex": patient.sex,
        "birth": patient.birth.isoformat() if patient.birth else None,
    }
    return Record(values, prefix="patient.")


def _visit(visit: TypedVisit) -> Record:
    values = {
        "visit_no": visit.visit_no,
        "kind": visit.kind,
        "began": _moment(visit.began),
        "department_code": visit.department_code,
        "department": visit.department,
        "caty": visit.caty or visit.department_code,
        "doctor_code": visit.doctor_code,
        "doctor_name": visit.doctor_name,
        "diagnoses": [_diagnosis(found, n) for n, found in enumerate(visit.diagnoses, 1)],
        "dise_codg": visit.disease,
        "emergency": visit.emergency,
        "trauma": visit.trauma.value,
        "trauma_letter": visit.trauma_letter,
    }
    return Record(values, prefix="visit.")


def _diagnosis(diagnosis: Diagnosis, number: int) -> Record:
    values = {"code": diagnosis.code, "name": diagnosis.name}
    return Record(values, prefix=f"visit.diagnoses[{number}].")


def _bill(key: BillKey, receipt_no: str) -> Record:
    values = {
        "bill_no": key.bill_no,
        "revision": Number(str(key.revision)),
        "receipt_no": receipt_no,
    }
    return Record(values, prefix="bill.")


def _line(line: TypedLine, number: int, visit: TypedVisit) -> Record:
    values = {
        "line_no": str(number),
        "hospital_code": line.hospital_code or line.national_code,
        "national_code": line.national_code,
        "name": line.name,
        "kind": line.kind,
        "quantity": _number(line.quantity),
        "price": _number(line.price),
        "amount": _amount(line),
        "time": _moment(visit.began),
        "approved": line.approved,
        "outside_prescription": line.outside_prescription,
        "trace_codes": list(line.trace_codes),
    }
    return Record(values, place=f"第{number}条明细")


def typed_sum(price: str, quantity: str) -> Money | None:
    """Price × quantity, half up (A10); None while one of them is none."""
    try:
        return line_amount(k.PRICE.read(_number(price)), k.QUANTITY.read(_number(quantity)))
    except k.Wrong:
        return None


def _amount(line: TypedLine) -> str:
    """A price or quantity that is none has a fault of its own; the amount then says nothing."""
    return (typed_sum(line.price, line.quantity) or ZERO).yuan()


def _number(text: str) -> str:
    """An input method makes digits and the point wide."""
    return folded(text)


def _moment(moment: datetime) -> str:
    """Whole seconds: the platform knows no less."""
    return in_china(moment).replace(microsecond=0, tzinfo=None).isoformat()
