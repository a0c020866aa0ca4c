"""The settlement slip of a settled visit (F1), from what the journal holds of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.domain.disk_faults import why_not_written
from desktop.domain.events import Printed
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import first_pay
from desktop.knowledge.areas import Areas
from desktop.services.explain import explain
from printing.forms.f1_settlement_slip import LAYOUT, SettlementSlip, settlement_slip
from printing.issue import Hospital, Issue, Reprint
from printing.layout import Layouts
from printing.sound import CannotPrint

if TYPE_CHECKING:
    from printing.fonts import Fonts


class Letterhead(Struct, frozen=True):
    """What of the desk stands on every slip."""

    hospital: Hospital
    operator: str
    practice: bool
    """True prints 「试运行 无效」."""
    areas: Areas


class OnPaper(Struct, frozen=True):
    """How far a document came: its file, then the printer."""

    place: str
    """Path of the PDF; "" when it was not written."""
    printer: str
    """The printer that took it; "" when there is none, or it did not."""
    problems: tuple[Problem, ...]


SETTLEMENT_SLIP = Printed("F1", 1)
ONE_COPY = ("",)
"""Until the print queue hands out both, the slip is a single sheet without a label."""
Printer = Callable[[Path], str]
"""Prints a PDF on the desk's printer; its name, "" where there is none.

Raises ``DeskError`` (printer-failed).
"""


def no_printer(_pdf: Path) -> str:
    """The document is kept as a file."""
    return ""


def on_paper(pdf: Path, printer: Printer, problems: tuple[Problem, ...]) -> OnPaper:
    """Hand a written document to the printer; ``problems`` are those of writing it."""
    try:
        return OnPaper(str(pdf), printer(pdf), problems)
    except DeskError as error:
        return OnPaper(str(pdf), "", (*error.problems, *problems))


def slip_of(record: VisitRecord, letterhead: Letterhead, at: datetime) -> SettlementSlip:
    """Everything on the slip comes from the platform's answers and the hospital's bill.

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
            Reprint(record.printed) if record.printed else None,
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


def write_slip(slip: SettlementSlip, fonts: Fonts, target: Path) -> tuple[Problem, ...]:
    """Write the slip; printing never changes money, so trouble is a problem, not a failure."""
    from printing.composer import to_pdf, write_whole

    try:
        rendered = to_pdf(settlement_slip(slip, Layouts().of(LAYOUT)), fonts, ONE_COPY)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, rendered.pdf)
    except CannotPrint as refusal:
        return (Problem(ProblemCode.RECEIPT_NOT_PRINTED, str(refusal)),)
    except OSError as error:
        return (Problem(ProblemCode.RECEIPT_NOT_PRINTED, why_not_written(error)),)
    missing = "、".join(f"U+{ord(character):04X}" for character in rendered.missing_characters)
    return (Problem(ProblemCode.GLYPH_MISSING, missing),) if missing else ()


_NO_PAPER = frozenset((ProblemCode.RECEIPT_NOT_PRINTED, ProblemCode.PRINTER_FAILED))


def not_printed(problems: tuple[Problem, ...]) -> bool:
    """No paper came out; anything less is told and the paper stands."""
    return any(problem.kind in _NO_PAPER for problem in problems)
