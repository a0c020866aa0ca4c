"""F10: the block 其他信息 of the electronic invoice."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.money import ZERO, Money
from desktop.domain.split import Settlement, Split
from printing.document import Document, chosen, head_facts, shown
from printing.issue import Issue
from printing.layout import Layout
from printing.parts import Abreast, Fact, Facts, FigureList, Row
from printing.sound import refuse_unsound

LAYOUT = "f10_invoice_block"


class InvoiceBlock(Discreet, Struct, frozen=True):
    """What the invoice says of the insurance; amounts in fen."""

    said = ("issue",)

    issue: Issue
    settlement: Settlement
    uploaded: Money
    """The bill's total by the hospital's own file, which C5 holds against the platform's."""
    serial: str
    """业务流水号."""
    visit_no: str
    day: date
    hospital_kind: str
    """医疗机构类型."""
    sex: str
    insurance: str
    """医保类型, in words."""
    insurance_no: str
    """医保编号."""
    receipt_no: str = ""
    own_includes_over_limit: bool = True
    """个人自费 = 全自费 + 超限价, as by most areas; else 全自费 alone."""


def invoice_block(block: InvoiceBlock, layout: Layout) -> Document:
    """Raises :class:`printing.sound.CannotPrint`."""
    refuse_unsound(block.settlement, block.uploaded, block.uploaded)
    return Document(
        form="F10-invoice",
        title=layout.title,
        layout=layout,
        issue=block.issue,
        head=head_facts(block.issue, Fact("结算单号", block.settlement.setl_id or "")),
        running=f"结算单号 {block.settlement.setl_id}",
        parts=chosen(
            layout,
            {
                "facts": lambda: _facts(block, layout),
                "figures": lambda: Abreast((_paid(block), _own(block))),
            },
        ),
        code=block.settlement.msgid or "",
        fills=True,
    )


def _facts(block: InvoiceBlock, layout: Layout) -> Facts:
    return shown(
        layout,
        (
            Fact("业务流水号", block.serial, 4),
            Fact("门诊号", block.visit_no),
            Fact("就诊日期", block.day.isoformat(), 2),
            Fact("性别", block.sex, 2),
        ),
        (
            Fact("医疗机构类型", block.hospital_kind, 2),
            Fact("医保类型", block.insurance, 2),
            Fact("医保编号", block.insurance_no, 4),
            Fact("票据号", block.receipt_no),
        ),
    )


def _paid(block: InvoiceBlock) -> FigureList:
    split = block.settlement.split
    return FigureList(
        "支付",
        tuple(
            Row(words, amount.yuan())
            for words, amount in (
                ("医保统筹基金支付", split.pooled_fund),
                ("其他支付", _other(split)),
                ("个人账户支付", split.account),
                ("个人现金支付", split.cash),
            )
            if amount is not None
        ),
    )


def _other(split: Split) -> Money | None:
    """Every fund but the pooled one."""
    if split.fund_total is None or split.pooled_fund is None:
        return None
    return split.fund_total - split.pooled_fund


def _own(block: InvoiceBlock) -> FigureList:
    """个人自费 and the rest of the personal part; nothing where they were not told."""
    split = block.settlement.split
    if split.personal_part is None or split.full_self_pay is None:
        return FigureList("个人负担", ())
    over = (split.over_limit or ZERO) if block.own_includes_over_limit else ZERO
    own = split.full_self_pay + over
    return FigureList(
        "个人负担",
        (Row("个人自付", (split.personal_part - own).yuan()), Row("个人自费", own.yuan())),
    )
