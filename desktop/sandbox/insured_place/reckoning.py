"""From a visit's batch to its benefit: gathers what the pure rules need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.money import ZERO, Money
from desktop.domain.person import FilingKind
from desktop.sandbox.calls import Call
from desktop.sandbox.fund_model import Amounts, FundPaid, FundSums
from desktop.sandbox.insured_place.benefit import AccountUse, Benefit, Standing, Terms, compute
from desktop.sandbox.insured_place.cover import Cover, cover
from desktop.sandbox.insured_place.eligibility import Case
from desktop.sandbox.insured_place.funds import Fund
from desktop.sandbox.insured_place.policy import AccountScope, BenefitRule, PersonClass, YearKey
from desktop.sandbox.insured_place.supplements import Counted, Extra
from desktop.sandbox.model import Batch, Visit, YearSums
from desktop.sandbox.shares import LineShare, sum_of
from desktop.sandbox.state import State, sums_key

DEMO_NOTE = "（演示数据）"
"""Said of every payment that follows invented numbers."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A benefit with what is needed to book it and to tell it."""

    benefit: Benefit
    rule: BenefitRule | None
    year: int
    disease: str
    """The chronic disease whose own sums it moves; "" when it moves the ordinary ones."""

    @property
    def by_year(self) -> bool:
        """True when the deductible counts in the year's sums, not in the visit alone."""
        return counts_by_year(self.rule)

    @property
    def pool(self) -> Fund | None:
        return self.rule.fund if self.rule else None

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
            hospital=found.hospital,
            own_account=found.own_account,
            mutual_aid=found.mutual_aid,
            cash=found.cash,
            ratio=found.ratio,
            limit_before=found.limit_before,
            extras=tuple(_paid(extra) for extra in found.extras),
        )

    @property
    def pool_note(self) -> str:
        """``setl_proc_info`` of the pooled fund; "" where there is no pool."""
        found = self.benefit
        if self.rule is None:
            return ""
        return (
            f"起付标准{found.standard}元，本次计入起付线{found.deductible}元，"
            f"支付比例{found.ratio.percent()}，超封顶线{found.over_cap}元"
            f"{DEMO_NOTE if self.rule.source.demo else ''}"
        )


def _paid(extra: Extra) -> FundPaid:
    rule = extra.rule
    return FundPaid(
        code=rule.fund.code,
        name=rule.fund.name,
        field=rule.field,
        counted=extra.base,
        paid=extra.paid,
        limit=extra.limit_before,
        note=(
            f"计入{extra.base}元，起付{extra.threshold}元，支付比例{rule.ratio.percent()}"
            f"{DEMO_NOTE if rule.source.demo else ''}"
        ),
    )


def counts_by_year(rule: BenefitRule | None) -> bool:
    return rule is not None and rule.counts_by_year


def reckon(
    call: Call, case: Case, kind: FilingKind, found: Visit, batch: Batch, use: AccountUse
) -> Reckoned:
    """The benefit of a batch now; nothing is booked. Raises ``Refused``."""
    covered = cover(call, case)
    rule = covered.rule
    year = _year(case, rule, call.business_now)
    terms = Terms(
        rule,
        PersonClass.of(case.insured.psn_type),
        case.hospital.level,
        call.policies.first_pay(case.insured.area, kind, case.day),
        rule.account_scope if rule else AccountScope.IN_POLICY,
        covered.supplements,
    )
    standing = _standing(call.state, case, found, covered, year, use)
    disease = case.disease if rule and rule.diseases else ""
    return Reckoned(compute(bill_of(batch), terms, standing), rule, year, disease)


def bill_of(batch: Batch) -> LineShare:
    """The batch's lines as the care place split them."""
    return sum_of(
        LineShare(line.total, line.full_self_pay, line.over_limit, line.pre_self_pay, line.in_scope)
        for line in batch.lines
    )


def _year(case: Case, rule: BenefitRule | None, now: datetime) -> int:
    if rule is not None and rule.year_key is YearKey.SETL_TIME:
        return now.year
    return case.day.year


def _standing(
    state: State, case: Case, found: Visit, covered: Cover, year: int, use: AccountUse
) -> Standing:
    insured, rule = case.insured, covered.rule
    sums = state.sums.get(sums_key(case.who.psn_no, insured.insutype, year)) or YearSums()
    mine = sums
    if rule is not None and rule.diseases:
        own = sums.diseases.get(case.disease, FundSums())
        mine = YearSums(deductible=own.counted, fund=own.paid)
    return Standing(
        deductible_paid=mine.deductible if counts_by_year(rule) else found.deductible,
        fund_used=_fund_used(state, case, mine, rule, year),
        account=insured.account,
        mutual_aid=insured.mutual_aid,
        use=use,
        supplements={code: Counted(row.counted, row.paid) for code, row in sums.funds.items()},
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
