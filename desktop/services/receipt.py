"""The settlement slip of a settled visit (F1), from what the journal holds of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.problems import Problem, ProblemCode, desk_error
from desktop.domain.record import VisitRecord
from desktop.domain.split import first_pay
from desktop.knowledge.areas import Areas
from desktop.services.explain import explain
from printing.forms.f1_settlement_slip import LAYOUT, SettlementSlip, settlement_slip
from printing.issue import Hospital, Issue, Reprint
from printing.layout import Layouts
from printing.sound import CannotPrint
from printing.thermal_slip import ThermalSlip

if TYPE_CHECKING:
    from printing.fonts import Fonts


class Letterhead(Struct, frozen=True):
    """What of the desk stands on every slip."""

    hospital: Hospital
    operator: str
    practice: bool
    """True prints 「试运行 无效」."""
    areas: Areas


class Document(Discreet, Struct, frozen=True):
    """A form ready for paper."""

    said = ("form", "copies")

    form: str
    """Of forms.md."""
    title: str
    pdf: bytes
    copies: int
    pages: int = 0
    """Of one copy, where ``pdf`` has pages for each copy; 0: every copy is the whole of it."""
    slip: ThermalSlip | None = None
    """The same for a roll of 80 mm, where the form has one."""
    problems: tuple[Problem, ...] = ()
    """What is amiss with it, and does not keep it from being printed."""


SETTLEMENT_SLIP = "F1"
_COPIES = 2
"""One for the patient, one for the archive (forms.md F1)."""
_UNLABELLED = ("",)
"""Both copies are the same sheet, printed twice."""


def slip_of(
    record: VisitRecord, letterhead: Letterhead, at: datetime, reprint: int
) -> SettlementSlip:
    """Everything on the slip comes from the platform's answers and the hospital's bill.

    ``reprint`` is which 补打 it is, 0 for the original.
    ``record`` must hold a settlement, its bill, credential, person and insurance.
    """
    bill, settlement = record.bill, record.settlement
    assert bill is not None
    assert settlement is not None
    assert record.credential is not None
    assert record.person is not None
    assert record.insurance is not None
    return SettlementSlip(
        issue=Issue(
            letterhead.hospital,
            letterhead.operator,
            at,
            letterhead.practice,
            Reprint(reprint) if reprint else None,
        ),
        person=record.person,
        insurance=record.insurance,
        credential=record.credential.kind,
        visit=bill.visit,
        lines=record.lines,
        uploaded=bill.total,
        settlement=settlement,
        filing=record.filing,
        receipt_no=bill.receipt_no,
        insured_area_name=letterhead.areas.name(record.insurance.area),
        stand_in=record.stand_in,
        explanation=explain(settlement.split, first_pay(settlement.split, record.lines)),
    )


def drawn_slip(slip: SettlementSlip, fonts: Fonts) -> Document:
    """Raises ``DeskError`` (receipt-not-printed) for sums that do not add up."""
    from printing.composer import to_pdf

    layout = Layouts().of(LAYOUT)
    try:
        rendered = to_pdf(settlement_slip(slip, layout), fonts, _UNLABELLED)
    except CannotPrint as refusal:
        raise desk_error(ProblemCode.RECEIPT_NOT_PRINTED, str(refusal)) from refusal
    missing = "、".join(f"U+{ord(character):04X}" for character in rendered.missing_characters)
    problems = (Problem(ProblemCode.GLYPH_MISSING, missing),) if missing else ()
    return Document(SETTLEMENT_SLIP, layout.title, rendered.pdf, _COPIES, problems=problems)
