"""Judges a whole charges file of version 1 and makes a bill of it (contracts: charges file)."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.charges import (
    CHRONIC,
    Bill,
    BillKey,
    CareVisit,
    ChargeLine,
    Diagnosis,
    Patient,
)
from desktop.domain.quantities import line_amount
from desktop.hospital import kinds as k
from desktop.hospital.faults import ChargesInvalid, Fault
from desktop.hospital.fields import Fields
from desktop.hospital.record import MAX_LINES, Record

_MAX_DIAGNOSES = 100


def read_bill(root: Record) -> Bill:
    """The bill of the file; raises :class:`ChargesInvalid` with every fault of it."""
    faults: list[Fault] = []
    bill = _bill(Fields(root, faults))
    if faults:
        raise ChargesInvalid(tuple(faults))
    return bill


def _bill(root: Fields) -> Bill:
    root.required("version", k.VERSION)
    patient = _patient(root.section("patient"))
    visit = _visit(root.section("visit"))
    bill = root.section("bill")
    return Bill(
        key=BillKey(bill.required("bill_no", k.CODE), bill.required("revision", k.REVISION)),
        receipt_no=bill.optional("receipt_no", k.SHORT_CODE, ""),
        patient=patient,
        visit=visit,
        lines=_lines(root.sections("lines", MAX_LINES)),
    )


def _patient(patient: Fields) -> Patient:
    """``id_number`` is "" for a person who has none; then a credential must name them."""
    return Patient(
        patient_no=patient.required("patient_no", k.CODE),
        name=patient.required("name", k.WORDS),
        id_number=patient.optional("id_number", k.ID_NUMBER, ""),
        sex=patient.required("sex", k.SEX),
        birth=patient.optional("birth", k.DATE, None),
    )


def _visit(visit: Fields) -> CareVisit:
    kind = visit.required("kind", k.CARE_KIND)
    return CareVisit(
        visit_no=visit.required("visit_no", k.CODE),
        kind=kind,
        began=visit.required("began", k.MOMENT),
        department_code=visit.required("department_code", k.CODE),
        department=visit.required("department", k.SHORT_WORDS),
        caty=visit.required("caty", k.DEPARTMENT),
        doctor_code=visit.required("doctor_code", k.CODE),
        doctor_name=visit.required("doctor_name", k.SHORT_WORDS),
        diagnoses=tuple(map(_diagnosis, visit.sections("diagnoses", _MAX_DIAGNOSES))),
        disease=_disease(visit, kind),
        emergency=visit.required("emergency", k.FLAG),
        trauma=visit.required("trauma", k.TRAUMA),
        trauma_letter=visit.optional("trauma_letter", k.CODE, ""),
    )


def _diagnosis(diagnosis: Fields) -> Diagnosis:
    return Diagnosis(
        code=diagnosis.required("code", k.SHORT_CODE),
        name=diagnosis.required("name", k.DIAGNOSIS),
    )


def _disease(visit: Fields, kind: str) -> str:
    """The chronic disease, which ``kind`` 14 must name and no other kind may (S1-15, S1-29)."""
    disease = visit.optional("dise_codg", k.CODE, "")
    if not visit.sound("kind", "dise_codg"):
        return disease
    if kind == CHRONIC and not disease:
        visit.fault("dise_codg", "慢特病（kind 14）要填病种编码，例如 M03900")
    if kind != CHRONIC and disease:
        visit.fault("dise_codg", "只有慢特病（kind 14）才填病种编码，请清空或改 kind")
    return disease


def _lines(lines: Iterable[Fields]) -> tuple[ChargeLine, ...]:
    first_with: dict[str, str] = {}
    return tuple(_line(line, first_with) for line in lines)


def _line(line: Fields, first_with: dict[str, str]) -> ChargeLine:
    read = ChargeLine(
        line_no=line.required("line_no", k.CODE),
        hospital_code=line.required("hospital_code", k.HOSPITAL_CODE),
        national_code=line.required("national_code", k.NATIONAL_CODE),
        name=line.required("name", k.WORDS),
        kind=line.required("kind", k.LINE_KIND),
        quantity=line.required("quantity", k.QUANTITY),
        price=line.required("price", k.PRICE),
        amount=line.required("amount", k.AMOUNT),
        time=line.required("time", k.MOMENT),
        approved=line.required("approved", k.FLAG),
        outside_prescription=line.required("outside_prescription", k.FLAG),
        trace_codes=line.texts("trace_codes", k.CODE),
    )
    _check_amount(line, read)
    _check_line_no(line, read.line_no, first_with)
    return read


def _check_amount(line: Fields, read: ChargeLine) -> None:
    expected = line_amount(read.price, read.quantity)
    if line.sound("price", "quantity", "amount") and read.amount != expected:
        line.fault("amount", f"不是单价 × 数量，应为 {expected}")


def _check_line_no(line: Fields, line_no: str, first_with: dict[str, str]) -> None:
    if not line.sound("line_no"):
        return
    first = first_with.setdefault(line_no, line.place)
    if first != line.place:
        line.fault("line_no", f"与{first}的行号相同，行号不能重复")
