"""Charges that are being typed: one frozen value, judged by the rules of the charges file.

Nothing here knows a widget. Prices and quantities stay the texts that were typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from desktop.domain.charges import CHRONIC, EMERGENCY, Bill, BillKey, Diagnosis, Trauma
from desktop.domain.identifiers import BadIdentifier, IdNumber
from desktop.domain.money import Money
from desktop.domain.person import Person
from desktop.domain.problems import Problem, ProblemCode
from desktop.hospital.faults import HEAD, ChargesInvalid, Fault
from desktop.hospital.typed_bill import TypedLine, TypedPatient, TypedVisit, typed_bill, typed_sum
from desktop.services.catalogue import CatalogueItem
from desktop.services.eligibility import lacking

ORDINARY = "11"
"""医疗类别 ``med_type`` 11 普通门诊."""


_AT_THE_FIELD = {
    ProblemCode.EMERGENCY_MARK_NEEDED: ("visit.emergency", "请医生确认是急诊，再选医生已确认"),
    ProblemCode.TRAUMA_LETTER_NEEDED: ("visit.trauma_letter", "请患者先签承诺书，再填编号"),
}


class Shelf(StrEnum):
    """Whether the catalogue is at hand."""

    CLOSED = "closed"
    LOADING = "loading"
    OPEN = "open"
    FAILED = "failed"


class VisitDraft(Struct, frozen=True):
    """The visit's facts as typed."""

    bill_no: str
    visit_no: str = ""
    """门诊号; the bill's number when empty."""
    kind: str = ORDINARY
    emergency: bool = False
    disease: str = ""
    department_code: str = ""
    department: str = ""
    doctor_code: str = ""
    doctor_name: str = ""
    diagnosis_code: str = ""
    diagnosis: str = ""
    trauma: Trauma = Trauma.NONE
    trauma_letter: str = ""


class LineDraft(Struct, frozen=True):
    """An item with what was typed beside it."""

    item: CatalogueItem
    price: str
    quantity: str = "1"
    approved: bool = True
    """医院审批; asked for items of limited use only."""

    @property
    def amount(self) -> Money | None:
        """Price × quantity in fen, half up (A10); None while one of them is no number."""
        return typed_sum(self.price, self.quantity)


class Entry(Struct, frozen=True):
    """The line that is being typed: first a search, then the taken item."""

    query: str = ""
    found: tuple[CatalogueItem, ...] = ()
    line: LineDraft | None = None
    faults: tuple[Fault, ...] = ()


class Typing(Struct, frozen=True):
    """Everything on the page."""

    visit: VisitDraft
    shelf: Shelf = Shelf.CLOSED
    shelf_problem: Problem | None = None
    left_out: int = 0
    """Rows of the catalogue that have faults and cannot be charged."""
    entry: Entry = field(default_factory=Entry)
    lines: tuple[LineDraft, ...] = ()
    faults: tuple[Fault, ...] = ()
    """What keeps the bill from being handed over; empty before that was tried."""
    attempts: int = 0
    """How often the bill was to be handed over."""
    handed: Bill | None = None
    """The bill as it was handed over last; another content is another revision."""

    @property
    def total(self) -> Money:
        return Money.total(line.amount for line in self.lines if line.amount)

    def fault(self, *fields: str) -> str:
        """What is wrong with the first faulty one of these fields; "" when nothing is."""
        return next((fault.message for fault in self.faults if fault.field in fields), "")

    def line_faults(self, place: int) -> tuple[str, ...]:
        """What is wrong with the line, counted from 0."""
        return tuple(fault.message for fault in self.faults if fault.line == line_place(place))


def line_place(place: int) -> str:
    """How faults name the line, counted from 0."""
    return f"第{place + 1}条明细"


def bill_of(typing: Typing, person: Person, began: datetime, revision: int = 1) -> Bill:
    """The bill; raises ``ChargesInvalid`` with every fault, the window's own rules among them."""
    visit = typing.visit
    own = tuple(_unmarked(visit))
    try:
        bill = typed_bill(
            BillKey(visit.bill_no, revision),
            _patient(person),
            _visit(visit, began),
            [_line(line) for line in typing.lines],
        )
    except ChargesInvalid as invalid:
        raise ChargesInvalid((*map(_reworded, invalid.faults), *own)) from None
    if own:
        raise ChargesInvalid(own)
    return bill


def _reworded(fault: Fault) -> Fault:
    """A file lacks a list; the cashier has typed no line."""
    return Fault(HEAD, "lines", "还没有明细，请先加入收费项目") if fault.field == "lines" else fault


def _unmarked(visit: VisitDraft) -> Iterator[Fault]:
    """What would stop the visit at once, and can be put right in the form (B16, B17)."""
    for kind in lacking(visit):
        if kind in _AT_THE_FIELD:
            yield Fault(HEAD, *_AT_THE_FIELD[kind])


def _patient(person: Person) -> TypedPatient:
    return TypedPatient(
        person.name, _id_number(person), person.sex, person.birth, str(person.psn_no)
    )


def _id_number(person: Person) -> str:
    """ "" for who has another document: the credential names them."""
    try:
        return IdNumber.parse(person.cert_no).number
    except BadIdentifier:
        return ""


def _visit(visit: VisitDraft, began: datetime) -> TypedVisit:
    """What the form hides for this kind of visit is not said."""
    lettered = visit.trauma is Trauma.NO_THIRD_PARTY
    return TypedVisit(
        visit_no=visit.visit_no.strip() or visit.bill_no,
        began=began,
        department_code=visit.department_code,
        department=visit.department,
        doctor_code=visit.doctor_code,
        doctor_name=visit.doctor_name,
        diagnoses=(Diagnosis(visit.diagnosis_code, visit.diagnosis),),
        kind=visit.kind,
        disease=visit.disease.strip() if visit.kind == CHRONIC else "",
        emergency=visit.kind == EMERGENCY and visit.emergency,
        trauma=visit.trauma,
        trauma_letter=visit.trauma_letter.strip() if lettered else "",
    )


def _line(line: LineDraft) -> TypedLine:
    item = line.item
    return TypedLine(
        item.code, item.name, item.kind, line.price, line.quantity, approved=line.approved
    )
