"""From a visit's batch to its benefit: gathers what the pure rules need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.money import ZERO, Money
from desktop.domain.person import FilingKind
from desktop.sandbox.benefit import (
    AccountUse,
    Benefit,
    LineShare,
    Standing,
    Terms,
    compute,
    sum_of,
)
from desktop.sandbox.calls import Call
from desktop.sandbox.eligibility import Case
from desktop.sandbox.model import Amounts, Batch, Visit, YearSums
from desktop.sandbox.policy import (
    AccountScope,
    BenefitRule,
    DeductibleMode,
    PersonClass,
    YearKey,
)
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import State, sums_key


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A benefit with what is needed to book it and to tell it."""

    benefit: Benefit
    rule: BenefitRule | None
    year: int

    @property
    def by_year(self) -> bool:
        """True when the deductible counts in the year's sums, not in the visit alone."""
        return counts_by_year(self.rule)

    @property
    def amounts(self) -> Amounts:
        found = self.benefit
        return Amounts(
            total=found.total,
            full_self_pay=found.full_self_pay,
            over_limit=found.over_limit,
            pre_self_pay=found.pre_self_pay,
            in_scope=found.in_scope,
            deductible=found.deductible,
            fund=found.fund,
            own_account=found.own_account,
            mutual_aid=found.mutual_aid,
            cash=found.cash,
            ratio=found.ratio,
            limit_before=found.limit_before,
        )

    @property
    def pool_note(self) -> str:
        """``setl_proc_info`` of the pooled fund; "" where there is no pool."""
        found = self.benefit
        if self.rule is None:
            return ""
        return (
            f"起付标准{found.standard}元，本次计入起付线{found.deductible}元，"
            f"支付比例{found.ratio.value * 100:.0f}%，超封顶线{found.over_cap}元"
        )


def counts_by_year(rule: BenefitRule | None) -> bool:
    return rule is not None and rule.deductible.mode is DeductibleMode.ANNUAL_TOP_UP


def reckon(
    call: Call, case: Case, kind: FilingKind, found: Visit, batch: Batch, use: AccountUse
) -> Reckoned:
    """The benefit of a batch now; nothing is booked. Raises :class:`Refused`."""
    rule = _rule(call, case)
    year = _year(case, rule, call.business_now)
    terms = Terms(
        rule,
        PersonClass.of(case.insured.psn_type),
        case.hospital.level,
        call.policies.first_pay(case.insured.area, kind, case.day),
        rule.account_scope if rule else AccountScope.IN_POLICY,
    )
    standing = _standing(call.state, case, found, rule, year, use)
    return Reckoned(compute(bill_of(batch), terms, standing), rule, year)


def bill_of(batch: Batch) -> LineShare:
    """The batch's lines as the care place split them."""
    return sum_of(
        LineShare(line.total, line.full_self_pay, line.over_limit, line.pre_self_pay, line.in_scope)
        for line in batch.lines
    )


def _rule(call: Call, case: Case) -> BenefitRule | None:
    """None where the area has no pool at all; an area with a pool must have its rules."""
    insured = case.insured
    if not call.state.area(insured.area).pooled:
        return None
    today = call.business_now.date()
    rule = call.policies.benefit(insured.area, insured.insutype, case.day, today)
    if rule is None:
        raise Refused(Reason.AREA_WITHOUT_RULES)
    return rule


def _year(case: Case, rule: BenefitRule | None, now: datetime) -> int:
    if rule is not None and rule.year_key is YearKey.SETL_TIME:
        return now.year
    return case.day.year


def _standing(
    state: State,
    case: Case,
    found: Visit,
    rule: BenefitRule | None,
    year: int,
    use: AccountUse,
) -> Standing:
    insured = case.insured
    sums = state.sums.get(sums_key(case.who.psn_no, insured.insutype, year)) or YearSums()
    return Standing(
        deductible_paid=sums.deductible if counts_by_year(rule) else found.deductible,
        fund_used=_fund_used(state, case, sums, rule, year),
        account=insured.account,
        mutual_aid=insured.mutual_aid,
        use=use,
    )


def _fund_used(
    state: State, case: Case, sums: YearSums, rule: BenefitRule | None, year: int
) -> Money:
    """What counts against the cap; what was used at home only where the cap is shared."""
    if rule is None or rule.cap_shared_with_local:
        return sums.fund
    owner = (case.who.psn_no, case.insured.insutype, year)
    home = (
        row.fund for row in state.elsewhere if (row.psn_no, row.insutype, row.day.year) == owner
    )
    return max(ZERO, sums.fund - Money.total(home))
