"""F1: the settlement slip, A5 landscape or A4, for the patient and for the archive (S1-41)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from desktop.domain.charges import CareVisit
from desktop.domain.credential import CredentialKind
from desktop.domain.discreet import Discreet
from desktop.domain.identity import StandIn
from desktop.domain.money import ZERO, Money
from desktop.domain.person import Filing, Insurance, Person
from desktop.domain.split import LineSplit, Settlement, Split
from desktop.domain.who_pays import CASH, is_equation
from printing.document import Document, chosen, shown, signing
from printing.elements import A5_LANDSCAPE
from printing.forms.settlement_facts import fact_groups, slip_head
from printing.forms.settlement_figures import hero_rows, kind_table, payment_rows, scope_rows
from printing.issue import Issue
from printing.layout import Layout
from printing.parts import (
    Abreast,
    Equation,
    FigureList,
    Part,
    Sentences,
    Signatures,
    Together,
)
from printing.sound import refuse_unsound

LAYOUT = "f1_settlement_slip"


class YearFigure(Struct, frozen=True):
    """One sum of this year before this settlement (F1 block 3)."""

    label: str
    amount: Money
    estimated: bool = False
    """From knowledge data, no transaction told it (5206 tells sums of funds, costs and visits)."""


class SettlementSlip(Discreet, Struct, frozen=True):
    """One settlement on paper. What is None or "" has no source and is left out."""

    said = ("issue",)

    issue: Issue
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
    filing: Filing | None = None
    receipt_no: str = ""
    """票据号 ``invono``."""
    explanation: tuple[str, ...] = ()
    """Block 6: why the fund paid this sum, in plain words."""
    insured_area_name: str = ""
    disease_name: str = ""
    year: tuple[YearFigure, ...] = ()
    deductible_standard: Money | None = None
    """起付标准, from knowledge data: printed as 估算."""
    stand_in: StandIn | None = None
    """代办人: who came in the patient's place; None prints lines to write on."""


def settlement_slip(slip: SettlementSlip, layout: Layout) -> Document:
    """The slip as parts; raises :class:`printing.sound.CannotPrint`."""
    listed = Money.total(line.amount for line in slip.lines)
    refuse_unsound(slip.settlement, slip.uploaded, listed)
    settlement = slip.settlement
    return Document(
        form="F1",
        title=layout.title,
        layout=layout,
        issue=slip.issue,
        head=slip_head(slip),
        running=f"结算单号 {settlement.setl_id}    {slip.person.name}",
        parts=tuple(_parts(slip, layout)),
        code=settlement.msgid or "",
        fills=True,
    )


def _parts(slip: SettlementSlip, layout: Layout) -> Iterator[Part]:
    """As the layout orders them; the words at the end keep together at the foot."""
    split, table = slip.settlement.split, kind_table(slip.lines)
    scope = FigureList("费用划分", scope_rows(split, slip.lines, slip.deductible_standard))
    payment = FigureList("支付构成", payment_rows(split))
    wide = layout.size is A5_LANDSCAPE
    parts = chosen(
        layout,
        {
            "facts": lambda: shown(layout, *fact_groups(slip)),
            "equation": lambda: equation(split),
            "figures": lambda: Abreast((table, scope, payment) if wide else (table,)),
            "division": lambda: None if wide else Abreast((scope, payment)),
            "explanation": lambda: sentences(slip.explanation),
            "signatures": lambda: signing(layout, _known(slip)),
        },
    )
    if wide:
        yield from (part for part in parts if not isinstance(part, _TAIL))
        yield Together(tuple(part for part in parts if isinstance(part, _TAIL)))
    else:
        yield from parts


_TAIL = (Sentences, Signatures)


def sentences(lines: tuple[str, ...]) -> Sentences | None:
    """Why the fund paid this sum; None where nobody said why."""
    return Sentences("说明", lines) if lines else None


def equation(split: Split) -> Equation:
    """The bill in one line; the cash also in 大写."""
    return Equation(hero_rows(split), CASH, split.cash or ZERO, is_equation(split))


def _known(slip: SettlementSlip) -> dict[str, str]:
    """What stands on the places to sign already."""
    relation = slip.stand_in.relation.words if slip.stand_in else ""
    signer = "代办人" if slip.stand_in else "参保人（或家属）"
    return {"cashier": slip.issue.operator, "relation": relation, "signer": signer}
