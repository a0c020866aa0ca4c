"""The voucher of a settlement that was taken back (F10)."""

from __future__ import annotations

from desktop.domain.money import ZERO
from desktop.services.filling import Filling
from desktop.services.taken_back import TakenBack, taken_back
from printing.forms.f10_money_back import MoneyBack


def money_back_of(filling: Filling) -> MoneyBack:
    """Of a visit of which :func:`taken_back` knows something."""
    back, record = taken_back(filling.told), filling.record
    assert back is not None
    assert record.person is not None
    old, new = back.old.split.cash or ZERO, (back.new.split.cash if back.new else None) or ZERO
    return MoneyBack(
        issue=filling.issue,
        number=f"TF{back.name}",
        name=record.person.name,
        id_number=record.person.cert_no,
        insured_area=filling.insured_area,
        visit_no=back.bill.visit.visit_no,
        old=back.old,
        old_uploaded=back.bill.total,
        cancelled=back.negative,
        back=old - new if back.paid else ZERO,
        reason=_reason(back),
        new=back.new,
        new_uploaded=back.new_bill.total if back.new_bill else ZERO,
        receipt_no=back.bill.receipt_no,
        reversal=not back.paid,
    )


def _reason(back: TakenBack) -> str:
    """Which lines went back, by their names."""
    if not back.lines_back:
        return "整单退回。" if back.paid else "整单冲正，患者未付现金。"
    names = [line.name for line in back.bill.lines if line.line_no in back.lines_back]
    rest = "；其余项目已重新结算。" if back.new else "；其余项目未再结算，整单退回。"
    return f"退回 {len(back.lines_back)} 项：{'、'.join(names)}{rest}"
