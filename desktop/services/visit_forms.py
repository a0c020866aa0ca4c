"""Which papers a visit can have, by the names of forms.md, and how each is drawn from the journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.times import in_china
from desktop.services import form_numbers as form
from desktop.services import receipt, unsettled_forms
from desktop.services.case_form import case_of_visit, has_case
from desktop.services.drawing import DrawnForm, Letterhead, Pen
from desktop.services.filling import Filling
from desktop.services.money_back_form import money_back_of
from desktop.services.paper_desk import Wanted
from desktop.services.taken_back import taken_back
from desktop.services.told import Told
from printing.forms import (
    f1_settlement_slip,
    f4_trauma_letter,
    f6_kiosk_slip,
    f7_not_settled,
    f8_deferred,
    f9_unconfirmed,
    f10_case,
    f10_filing,
    f10_invoice_block,
    f10_money_back,
    f10_self_pay_notice,
)
from printing.layout import Layout
from printing.thermal_slip import ThermalSlip

if TYPE_CHECKING:
    from desktop.knowledge.guidance import Guidance
    from desktop.services.known_rule import KnownRules
    from desktop.services.ports import Clock
    from printing.document import Document

Fits = Callable[[Told], bool]
Sheet = Callable[[Filling, Layout], "Document"]
Slip = Callable[[Filling, Layout], ThermalSlip]


class VisitForm(Struct, frozen=True):
    """One kind of paper."""

    form: str
    words: str
    """As people call it."""
    stem: str
    """Of its layout."""
    fits: Fits
    """The journal holds everything that it needs."""
    sheet: Sheet | None = None
    slip: Slip | None = None
    """For a roll of 80 mm, in place of sheets."""


VISIT_FORMS = (
    VisitForm(
        form.SETTLEMENT_SLIP,
        "结算单",
        f1_settlement_slip.LAYOUT,
        lambda told: receipt.is_settled(told.record),
        lambda f, layout: f1_settlement_slip.settlement_slip(receipt.slip_of(f), layout),
    ),
    VisitForm(
        form.KIOSK_SLIP,
        "结算小票",
        f6_kiosk_slip.LAYOUT,
        lambda told: receipt.is_settled(told.record),
        slip=lambda f, layout: f6_kiosk_slip.kiosk_slip(receipt.kiosk_slip_of(f), layout),
    ),
    VisitForm(
        form.INVOICE_BLOCK,
        "电子票据信息",
        f10_invoice_block.LAYOUT,
        lambda told: receipt.is_settled(told.record),
        lambda f, layout: f10_invoice_block.invoice_block(receipt.invoice_of(f), layout),
    ),
    VisitForm(
        form.MONEY_BACK,
        "退费凭证",
        f10_money_back.LAYOUT,
        lambda told: taken_back(told) is not None,
        lambda f, layout: f10_money_back.money_back(money_back_of(f), layout),
    ),
    VisitForm(
        form.SELF_PAY_NOTICE,
        "自费告知书",
        f10_self_pay_notice.LAYOUT,
        lambda told: unsettled_forms.has_self_pay(told.record),
        lambda f, layout: f10_self_pay_notice.self_pay_notice(
            unsettled_forms.self_pay_of(f), layout
        ),
    ),
    VisitForm(
        form.TRAUMA_LETTER,
        "外伤承诺书",
        f4_trauma_letter.LAYOUT,
        lambda told: unsettled_forms.wants_letter(told.record),
        lambda f, layout: f4_trauma_letter.trauma_letter(unsettled_forms.letter_of(f), layout),
    ),
    VisitForm(
        form.NOT_SETTLED,
        "未能结算说明",
        f7_not_settled.LAYOUT,
        lambda told: unsettled_forms.is_not_settled(told.record),
        lambda f, layout: f7_not_settled.not_settled(unsettled_forms.not_settled_of(f), layout),
    ),
    VisitForm(
        form.DEFERRED,
        "延后结算单",
        f8_deferred.LAYOUT,
        lambda told: unsettled_forms.is_deferred(told.record),
        lambda f, layout: f8_deferred.deferred_slip(unsettled_forms.waiting_of(f), layout),
    ),
    VisitForm(
        form.UNCONFIRMED,
        "待确认单",
        f9_unconfirmed.LAYOUT,
        lambda told: unsettled_forms.is_undecided(told.record),
        lambda f, layout: f9_unconfirmed.unconfirmed_slip(unsettled_forms.waiting_of(f), layout),
    ),
    VisitForm(
        form.FILING,
        "备案采集单",
        f10_filing.LAYOUT,
        lambda told: unsettled_forms.may_file(told.record),
        lambda f, layout: f10_filing.filing_sheet(unsettled_forms.filing_of(f), layout),
    ),
    VisitForm(
        form.CASE,
        "医保办交接单",
        f10_case.LAYOUT,
        has_case,
        lambda f, layout: f10_case.case_sheet(case_of_visit(f), layout),
    ),
)
"""In the order in which a window offers them."""


def forms_of(told: Told) -> tuple[VisitForm, ...]:
    """Those that can be drawn of the visit as it stands now."""
    return tuple(each for each in VISIT_FORMS if told.entries and each.fits(told))


class Draughts(Struct, frozen=True):
    """Draws every form of a visit."""

    letterhead: Letterhead
    pen: Pen
    clock: Clock
    guidance: Callable[[], Guidance]
    rules: KnownRules

    def draw(self, wanted: Wanted) -> DrawnForm:
        """Raises ``DeskError`` (no-such-form, receipt-not-printed, layout-unusable)."""
        kind = next((each for each in VISIT_FORMS if each.form == wanted.form), None)
        if kind is None or not kind.fits(wanted.told):
            raise desk_error(ProblemCode.NO_SUCH_FORM, kind.words if kind else wanted.form)
        issue = self.letterhead.issue(in_china(self.clock()), wanted.reprint)
        known = self.guidance()
        filled = Filling(wanted.told, self.letterhead, issue, wanted.about, known, self.rules)
        if kind.slip is not None:
            slip = kind.slip
            made = lambda layout: (slip(filled, layout), issue)  # noqa: E731
            return self.pen.slip(kind.form, kind.stem, made, wanted.copies)
        assert kind.sheet is not None
        sheet = kind.sheet
        return self.pen.sheet(
            kind.form, kind.stem, lambda layout: sheet(filled, layout), wanted.copies
        )
