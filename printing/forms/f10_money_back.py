"""F10: refund and reversal voucher: old and new amounts, money back, why, and who signed."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import masked_number
from desktop.domain.money import ZERO, Money
from desktop.domain.split import Settlement, Split
from printing.document import Document, chosen, head_facts, shown, signing
from printing.issue import Issue
from printing.layout import Layout
from printing.parts import (
    Abreast,
    Fact,
    Facts,
    FigureRow,
    FigureTable,
    Sentences,
    Signatures,
    Total,
)
from printing.sound import refuse_unsound, refuse_wrong_sum

LAYOUT = "f10_money_back"


class MoneyBack(Discreet, Struct, frozen=True):
    """A settlement that was taken back, whole or in part; amounts in fen."""

    said = ("issue", "number", "reversal")

    issue: Issue
    number: str
    name: str
    id_number: str
    """Printed masked."""
    insured_area: str
    visit_no: str
    old: Settlement
    old_uploaded: Money
    """The bill's total by the hospital's file, for C5."""
    cancelled: Settlement | None
    """The answer of 2208, its amounts turned; None where only the message was reversed (2601)."""
    paid: Money
    """What the patient had paid of it: the cash part, or what was held before it was taken."""
    back: Money
    """Cash handed back; negative: still paid, for a rest that costs more."""
    reason: str
    new: Settlement | None = None
    """What was settled anew; None when all went back."""
    new_uploaded: Money = ZERO
    receipt_no: str = ""
    reversal: bool = False
    """冲正 rather than 退费: the patient had paid nothing of it, so nothing goes back."""


def money_back(voucher: MoneyBack, layout: Layout) -> Document:
    """Raises :class:`printing.sound.CannotPrint` and :class:`printing.sound.WrongSum`."""
    _refuse(voucher)
    title = layout.texts["reversal"] if voucher.reversal else layout.title
    return Document(
        form="F10-money-back",
        title=title,
        layout=layout,
        issue=voucher.issue,
        head=head_facts(voucher.issue, Fact("单号", voucher.number)),
        running=f"单号 {voucher.number}    {voucher.name}",
        parts=chosen(
            layout,
            {
                "facts": lambda: _facts(voucher, layout),
                "figures": lambda: Abreast((_figures(voucher),)),
                "back": lambda: _back(voucher.back),
                "reason": lambda: Sentences("退费原因", (voucher.reason,)),
                "signatures": lambda: _signatures(voucher, layout),
            },
        ),
        code=voucher.old.msgid or "",
        fills=True,
    )


def _refuse(voucher: MoneyBack) -> None:
    """Each of the three answers adds up, and the money back is what they say."""
    old, new, cancelled = voucher.old, voucher.new, voucher.cancelled
    refuse_unsound(old, voucher.old_uploaded, voucher.old_uploaded)
    if new is not None:
        refuse_unsound(new, voucher.new_uploaded, voucher.new_uploaded)
    if cancelled is not None:
        refuse_unsound(cancelled, voucher.old_uploaded, voucher.old_uploaded, turned=True)
    if voucher.reversal:
        refuse_wrong_sum("冲正不退现金", voucher.back, ZERO)
        return
    kept = _cash(new.split) if new is not None else ZERO
    refuse_wrong_sum("退还现金 = 已付现金 − 新现金", voucher.back, voucher.paid - kept)


def _back(back: Money) -> Total:
    return Total("补收现金", -back) if back < ZERO else Total("退还现金", back)


def _cash(split: Split) -> Money:
    return split.cash or ZERO


def _facts(voucher: MoneyBack, layout: Layout) -> Facts:
    """What was paid is told where it is not the cash part, as a deposit."""
    new, cancelled = voucher.new, voucher.cancelled
    other = not voucher.reversal and voucher.paid != _cash(voucher.old.split)
    paid = (Fact("已付现金", f"{voucher.paid} 元"),) if other else ()
    return shown(
        layout,
        (
            Fact("姓名", voucher.name, strong=True),
            Fact("身份证号", masked_number(voucher.id_number)),
            Fact("参保地", voucher.insured_area),
            Fact("门诊号", voucher.visit_no),
        ),
        (
            Fact("原结算单号", voucher.old.setl_id or ""),
            Fact("冲销结算单号", (cancelled.setl_id or "") if cancelled else ""),
            Fact("新结算单号", (new.setl_id or "") if new else ""),
            Fact("原票据号", voucher.receipt_no),
            *paid,
        ),
    )


def _figures(voucher: MoneyBack) -> FigureTable:
    """Old, turned and new side by side; the last row is the cash."""
    answers = (("原结算", voucher.old), ("冲销", voucher.cancelled), ("重新结算", voucher.new))
    told = tuple((head, answer.split) for head, answer in answers if answer is not None)
    return FigureTable(
        "金额（元）",
        tuple(head for head, _split in told),
        (
            FigureRow("医疗费总额", tuple(split.total for _head, split in told)),
            FigureRow("基金支付", tuple(split.fund_total for _head, split in told)),
            FigureRow("个人账户", tuple(split.account for _head, split in told)),
        ),
        FigureRow("个人现金", tuple(split.cash for _head, split in told)),
    )


def _signatures(voucher: MoneyBack, layout: Layout) -> Signatures | None:
    """The second row of places only above the sum that the hospital has set."""
    above = voucher.back > Money(layout.second_signature_above * 100)
    rows = layout.signatures if above else layout.signatures[:1]
    return signing(replace(layout, signatures=rows), {"cashier": voucher.issue.operator})
