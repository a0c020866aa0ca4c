"""What a settlement slip shows (F1): only the platform's figures, in types of the domain."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.domain.charges import CareVisit
from desktop.domain.credential import CredentialKind
from desktop.domain.discreet import Discreet
from desktop.domain.identity import StandIn
from desktop.domain.money import Money
from desktop.domain.person import Filing, Insurance, Person
from desktop.domain.split import LineSplit, Settlement
from printing.issue import Hospital


class YearFigure(Struct, frozen=True):
    """One sum of this year before this settlement (F1 block 3), from 5206."""

    label: str
    amount: Money


class SettlementSlip(Discreet, Struct, frozen=True):
    """One settlement on paper. What is None or "" has no source and is left out."""

    said = ("printed_at", "practice", "reprint")

    hospital: Hospital
    person: Person
    insurance: Insurance
    credential: CredentialKind
    visit: CareVisit
    lines: tuple[LineSplit, ...]
    """2204 ``result``: the care place's split, line by line."""
    uploaded: Money
    """The bill's total by the hospital's own file, which C5 holds against the platform's."""
    settlement: Settlement
    """The answer of 2207."""
    operator: str
    printed_at: datetime
    """+08:00; also the date of the PDF."""
    practice: bool
    """True prints 「试运行 无效」 across every page."""
    filing: Filing | None = None
    receipt_no: str = ""
    """票据号 ``invono``."""
    explanation: tuple[str, ...] = ()
    """Block 6: why the fund paid this sum, in plain words."""
    insured_area_name: str = ""
    disease_name: str = ""
    year: tuple[YearFigure, ...] = ()
    deductible_standard: Money | None = None
    """起付标准 ``dedc_std``, where the area tells it."""
    complaints: str = ""
    """Telephone for questions and complaints."""
    reprint: bool = False
    """True prints the 补打 mark."""
    stand_in: StandIn | None = None
    """代办人: who came in the patient's place; None prints lines to write on."""
