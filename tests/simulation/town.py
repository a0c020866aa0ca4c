"""Who lives in a run's town, and what they are charged for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from desktop.domain.charges import Bill, BillKey, CareVisit, ChargeLine, Diagnosis, Patient
from desktop.domain.quantities import Quantity, UnitPrice, line_amount
from desktop.sandbox.control.surface import World, demonstration, reset
from desktop.sandbox.insured_place.policy import Policies
from desktop.sandbox.insured_place.policy_files import read_policies
from desktop.sandbox.model import Person, Repeat2207
from desktop.sandbox.state import State
from desktop.services.eligibility import ordinary_visit
from tests.simulation.chance import Chance

ORDINARY = (
    "990000198503121038",
    "990000195609301041",
    "990000199005201064",
    "990000197811021093",
    "990000198207151103",
    "990000198707071351",
    "990000195912121334",
    "990000199402141380",
)
_NEIGHBOURS = 29
"""Who comes in a run: the town's first people. The later ones, of other areas, each learn one no,
and would make the days too quiet."""
_UNKNOWN_CODE = "XZ99ZZZ999Z999010199999"


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    name: str
    price: UnitPrice


class Town:
    """The platform as every run finds it; made once for a worker."""

    def __init__(self) -> None:
        world: World = demonstration()
        self.policies: Policies = read_policies()
        self._start = State()
        reset(self._start, world, 0)
        self._start.change_settings(repeat_2207=Repeat2207.BOOK)
        _insure_here(self._start, "990000199306181562")
        self.people: tuple[Person, ...] = tuple(self._start.people)[:_NEIGHBOURS]
        self.ordinary = tuple(one for one in self.people if one.certno in ORDINARY)
        self.items = tuple(
            Item(item.code, item.name, UnitPrice.parse(price))
            for item, price in zip(world.items[:40:5], _PRICES, strict=True)
        )

    def fresh(self, seed: int) -> State:
        """The platform's state at the beginning of a run."""
        state = self._start.copied()
        state.change_settings(seed=seed)
        return state


def _insure_here(state: State, certno: str) -> None:
    """Somebody of this province, who belongs to another window."""
    who = state.person_by_certificate(certno)
    assert who is not None
    insured = tuple(msgspec.structs.replace(row, area="430200") for row in who.insured)
    state.people.put(who.psn_no, msgspec.structs.replace(who, insured=insured))


_PRICES = ("30.00", "12.35", "7.77", "128.40", "0.95", "66.60", "215.00", "18.01")


def bill_for(
    town: Town, chance: Chance, who: Person, number: int, visit_no: str, began: datetime
) -> Bill:
    """An invented bill of one to three lines; one in thirty has an item that nobody knows."""
    unknown = chance.happens(1 / 30)
    lines = tuple(
        _line(chance, order, chance.of(town.items), began) for order in range(1, _lines(chance))
    )
    if unknown:
        lines = (*lines[:-1], _changed(lines[-1]))
    return Bill(
        key=BillKey(f"B{number:04d}", 1),
        receipt_no=f"R{number:04d}",
        patient=patient_of(who),
        visit=_visit(visit_no, began),
        lines=lines,
    )


def corrected(bill: Bill) -> Bill:
    """The bill after the hospital put the line right."""
    good = "XJ01CAA001A001010100001"
    lines = tuple(
        replace(line, national_code=good) if line.national_code == _UNKNOWN_CODE else line
        for line in bill.lines
    )
    return replace(bill, lines=lines)


def revised(bill: Bill, *, own_receipt: bool) -> Bill:
    """The next revision, without the first line where there are more."""
    receipt = f"{bill.receipt_no}-2" if own_receipt else bill.receipt_no
    key = BillKey(bill.key.bill_no, bill.key.revision + 1)
    return replace(bill, key=key, receipt_no=receipt, lines=bill.lines[1:] or bill.lines)


def typed(bill: Bill, *, again: bool = False) -> Bill:
    """The same charges as a person types them at the desk, under a number of their own."""
    number = f"T{bill.key.bill_no}{'-2' if again else ''}"
    receipt = f"{bill.receipt_no}{'-2' if again else ''}"
    visit = replace(bill.visit, visit_no=number)
    key = BillKey(number, bill.key.revision)
    return replace(bill, key=key, receipt_no=receipt, visit=visit, typed=True)


def patient_of(who: Person) -> Patient:
    return Patient("P0001", who.name, who.certno, who.sex, who.birth)


def _lines(chance: Chance) -> int:
    return 2 + int(chance.roll() * 3)


def _changed(line: ChargeLine) -> ChargeLine:
    return replace(line, national_code=_UNKNOWN_CODE)


def _line(chance: Chance, order: int, item: Item, began: datetime) -> ChargeLine:
    quantity = Quantity.parse(str(1 + int(chance.roll() * 20)))
    return ChargeLine(
        line_no=str(order),
        hospital_code=f"H{order}",
        national_code=item.code,
        name=item.name,
        kind="09",
        quantity=quantity,
        price=item.price,
        amount=line_amount(item.price, quantity),
        time=began,
        approved=True,
        outside_prescription=False,
    )


def _visit(visit_no: str, began: datetime) -> CareVisit:
    return replace(
        ordinary_visit(began),
        visit_no=visit_no,
        department_code="A03",
        department="内科",
        caty="A03",
        doctor_code="D430102000001",
        doctor_name="演练医师",
        diagnoses=(Diagnosis("J06.900", "急性上呼吸道感染"),),
    )
