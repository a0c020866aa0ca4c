"""The voucher of a settlement that was taken back (F10)."""

from __future__ import annotations

from desktop.domain.money import ZERO
from desktop.services.filling import Filling
from desktop.services.taken_back import TakenBack, taken_back
from printing.forms.f10_money_back import MoneyBack

_AT_TILL = "现金是医院收费处收的，请到收费处退补。"


def money_back_of(filling: Filling) -> MoneyBack:
    """Of a visit of which :func:`taken_back` knows something."""
    back, record = taken_back(filling.told), filling.record
    assert back is not None
    assert record.person is not None
    new = (back.new.split.cash if back.new else None) or ZERO
    nothing = back.here and not back.paid
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
        paid=back.paid,
        back=ZERO if nothing else back.paid - new,
        reason=_reason(back),
        new=back.new,
        new_uploaded=back.new_bill.total if back.new_bill else ZERO,
        receipt_no=back.bill.receipt_no,
        reversal=nothing,
    )


def _reason(back: TakenBack) -> str:
    """Which lines went back, by their names, and where the cash is."""
    return _of_lines(back) if back.here else f"{_of_lines(back)}{_AT_TILL}"


def _of_lines(back: TakenBack) -> str:
    if not back.lines_back:
        unpaid = back.here and not back.paid
        return "整单冲正，患者未付现金。" if unpaid else "整单退回。"
    names = [line.name for line in back.bill.lines if line.line_no in back.lines_back]
    rest = "；其余项目已重新结算。" if back.new else "；其余项目未再结算，整单退回。"
    return f"退回 {len(back.lines_back)} 项：{'、'.join(names)}{rest}"
