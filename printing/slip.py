"""What a settlement slip shows (F1): only the platform's figures, in types of the domain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from desktop.domain.balance import Identity, check
from desktop.domain.charges import CareVisit
from desktop.domain.credential import CredentialKind
from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import AreaCode
from desktop.domain.identity import StandIn
from desktop.domain.money import Money
from desktop.domain.person import Filing, Insurance, Person
from desktop.domain.split import LineSplit, Settlement
from desktop.domain.who_pays import CASH


class Hospital(Struct, frozen=True):
    """The hospital at whose desk the slip is printed."""

    name: str
    code: str
    """定点医疗机构编码 ``fixmedins_code``."""
    level: str
    """In words, as the setting has it; "" when not told."""
    area: AreaCode
    """就医地."""
    area_name: str = ""


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


class Untold(StrEnum):
    """What a slip cannot do without and the platform did not tell."""

    CASH = "cash"
    SETTLEMENT_NUMBER = "settlement-number"

    @property
    def words(self) -> str:
        """In the words of the slip."""
        return _UNTOLD_WORDS[self]


_UNTOLD_WORDS = {Untold.CASH: CASH, Untold.SETTLEMENT_NUMBER: "结算单号"}


class CannotPrint(Exception):
    """The normal slip must not be printed of this answer (benefits.md 2.2).

    ``broken`` are the identities that fail; ``untold`` is what is missing, without which the
    slip would be no receipt. Its text is Chinese, for the person at the desk.
    """

    def __init__(self, broken: tuple[Identity, ...], untold: tuple[Untold, ...]) -> None:
        failed = (f"{identity}（{identity.words}）" for identity in broken)
        super().__init__("；".join((*failed, *(f"没有{missing.words}" for missing in untold))))
        self.broken = broken
        self.untold = untold


def refuse_unsound(slip: SettlementSlip) -> None:
    """Raise :class:`CannotPrint` when the split does not add up or was not told to the end."""
    broken, untold = _broken(slip), tuple(_untold(slip.settlement))
    if broken or untold:
        raise CannotPrint(broken, untold)


def _broken(slip: SettlementSlip) -> tuple[Identity, ...]:
    """The failed identities; the table of the lines must show the bill's total, too."""
    shown = Money.total(line.amount for line in slip.lines)
    failed = check(slip.settlement.split, slip.uploaded).broken
    table = (Identity.C5,) if shown != slip.uploaded and Identity.C5 not in failed else ()
    return (*failed, *table)


def _untold(settlement: Settlement) -> Iterator[Untold]:
    if settlement.split.cash is None:
        yield Untold.CASH
    if not settlement.setl_id:
        yield Untold.SETTLEMENT_NUMBER
