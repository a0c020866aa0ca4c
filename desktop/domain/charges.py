"""The bill as the hospital's own system hands it over (contracts: charges file)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, UnitPrice


class Trauma(StrEnum):
    """外伤: none, without third party (F4 needed), or with one (not for direct settlement)."""

    NONE = "none"
    NO_THIRD_PARTY = "no-third-party"
    THIRD_PARTY = "third-party"


CHRONIC = "14"
"""医疗类别 ``med_type`` 14 门诊慢特病."""

EMERGENCY = "13"
"""医疗类别 ``med_type`` 13 急诊."""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who the hospital's system says the patient is."""

    patient_no: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    sex: str
    birth: date | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CareVisit:
    """One outpatient visit as the hospital knows it; times +08:00."""

    visit_no: str
    """门诊号 ``ipt_otp_no``, unique in the hospital."""
    kind: str
    """医疗类别 ``med_type``: 11 ordinary, 13 emergency, 14 chronic; open set."""
    began: datetime
    """``begntime``: its day is the day of the bill."""
    department_code: str
    department: str
    caty: str
    """科别."""
    doctor_code: str
    doctor_name: str
    diagnoses: tuple[Diagnosis, ...]
    disease: str
    """病种编码 ``dise_codg``; "" unless chronic."""
    emergency: bool
    trauma: Trauma
    trauma_letter: str
    """Number of the signed F4 letter; "" without one."""


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One line of the bill; ``amount`` in fen, price and quantity exact."""

    line_no: str
    hospital_code: str
    national_code: str
    name: str
    kind: str
    """医疗收费项目类别 ``med_chrgitm_type`` 01…14."""
    quantity: Quantity
    price: UnitPrice
    amount: Money
    time: datetime
    approved: bool
    """医院审批 ``hosp_appr_flag`` 1: a limited-use item may be paid by the funds."""
    outside_prescription: bool
    """外购处方 ``rx_circ_flag``."""
    trace_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BillKey:
    """One bill, one settlement: ``bill_no`` + ``revision`` (contracts)."""

    bill_no: str
    revision: int

    def __str__(self) -> str:
        return f"{self.bill_no}#{self.revision}"

    def revises(self, other: BillKey) -> bool:
        """Whether this is the same bill after a change (B26)."""
        return self.bill_no == other.bill_no and self.revision > other.revision


@dataclass(frozen=True, slots=True)
class Bill:
    """A whole charges file, every fault of which was found before this exists."""

    key: BillKey
    receipt_no: str
    """The hospital's own receipt or e-invoice number (``invono``); "" while it has none."""
    patient: Patient
    visit: CareVisit
    lines: tuple[ChargeLine, ...]
    typed: bool = False
    """A person typed it at the desk: its numbers are theirs, not the hospital's."""

    @property
    def total(self) -> Money:
        """Sum of the lines: what ``medfee_sumamt`` of 2206 must be (C5)."""
        return Money.total(line.amount for line in self.lines)
