"""What a settled visit says on paper: the settlement slip (F1), the kiosk's (F6), the invoice block."""

from __future__ import annotations

from desktop.domain.record import VisitRecord
from desktop.domain.split import Split, first_pay
from desktop.services.beside_the_rule import beside_record
from desktop.services.deductible import standard_told
from desktop.services.explain import explain, remaining_quota
from desktop.services.filling import Filling
from printing.forms.f1_settlement_slip import SettlementSlip
from printing.forms.f6_kiosk_slip import KioskSlip
from printing.forms.f10_invoice_block import InvoiceBlock
from printing.words import INSURANCES, SEXES

_KINDS = {"一级": "一级医院", "二级": "二级医院", "三级": "三级医院"}


def is_settled(record: VisitRecord) -> bool:
    """A settlement stands, with everything that a slip of it needs."""
    return bool(record.effectively_settled and record.bill and record.credential)


def slip_of(filling: Filling) -> SettlementSlip:
    """Everything on the slip comes from the platform's answers and the hospital's bill, but for what
    is marked 估算.

    The record must hold a settlement, its bill, credential, person and insurance.
    """
    record = filling.record
    bill, settlement = record.bill, record.settlement
    assert bill is not None
    assert settlement is not None
    assert record.credential is not None
    assert record.person is not None
    assert record.insurance is not None
    return SettlementSlip(
        issue=filling.issue,
        person=record.person,
        insurance=record.insurance,
        credential=record.credential.kind,
        visit=bill.visit,
        lines=record.lines,
        uploaded=bill.total,
        settlement=settlement,
        filing=record.filing,
        receipt_no=bill.receipt_no,
        insured_area_name=filling.insured_area,
        stand_in=record.stand_in,
        explanation=_explanation(filling, settlement.split),
    )


def _explanation(filling: Filling, split: Split) -> tuple[str, ...]:
    """What the window says of the same answer, with the same 估算."""
    record, known = filling.record, None
    if standard_told(split) is None:
        known = beside_record(filling.rules, record, split, filling.issue.hospital.area).standard
    return explain(split, first_pay(split, record.lines), known=known)


def kiosk_slip_of(filling: Filling) -> KioskSlip:
    """As :func:`slip_of`, for 80 mm; what is left this year is the platform's own figure."""
    slip = slip_of(filling)
    return KioskSlip(
        issue=slip.issue,
        name=slip.person.name,
        insured_area=filling.insured_area,
        settlement=slip.settlement,
        uploaded=slip.uploaded,
        receipt_no=slip.receipt_no,
        left_this_year=remaining_quota(slip.settlement.split),
    )


def invoice_of(filling: Filling) -> InvoiceBlock:
    """As :func:`slip_of`; the serial is the bill's own number."""
    slip, record = slip_of(filling), filling.record
    assert record.bill is not None
    level = slip.issue.hospital.level
    return InvoiceBlock(
        issue=slip.issue,
        settlement=slip.settlement,
        uploaded=slip.uploaded,
        serial=record.bill.key.bill_no,
        visit_no=slip.visit.visit_no,
        day=slip.visit.began.date(),
        hospital_kind=_KINDS.get(level, level),
        sex=SEXES.get(slip.person.sex, slip.person.sex),
        insurance=INSURANCES.get(slip.insurance.kind, slip.insurance.kind),
        insurance_no=slip.person.psn_no,
        receipt_no=slip.receipt_no,
    )
