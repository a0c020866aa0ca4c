"""2001 人员待遇享受检查, 5206 人员累计信息查询."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from desktop.domain.charges import CHRONIC
from desktop.domain.money import Money
from desktop.domain.person import EMPLOYEE
from desktop.nhsa.messages.benefit_check import BenefitInput, BenefitOutput, BenefitRow
from desktop.nhsa.messages.wire import JsonText
from desktop.nhsa.messages.year_sums import YearSumRow, YearSumsInput, YearSumsOutput
from desktop.sandbox.calls import Call, wire_time
from desktop.sandbox.care_place.institutions import institution, settling_institution
from desktop.sandbox.exchange.routing import person
from desktop.sandbox.insured_place.cover import Cover, cover
from desktop.sandbox.insured_place.eligibility import (
    Case,
    care_of,
    check_case,
    filing_text,
    is_emergency,
    pay_of,
)
from desktop.sandbox.insured_place.filing import told_filing
from desktop.sandbox.insured_place.funds import Fund, account_fund, pooled_fund, sum_code
from desktop.sandbox.insured_place.insurances import insurance
from desktop.sandbox.insured_place.saying import say
from desktop.sandbox.insured_place.sums import THERE, moved
from desktop.sandbox.model import Person, SettlementState, YearSums
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import sums_key

FUND_CHECK = "01"
"""``trt_chk_type`` 基金项检查."""


def check_benefits(call: Call, asked: BenefitInput) -> BenefitOutput:
    """A row for the pool, one for each fund that may pay after it, one for an account.

    What 2206 would refuse bars every row; where only the pool is missing, the account pays alone.
    """
    case = _case(call, asked)
    found = _bar(call, case) or _cover(call, case)
    rows = list(_fund_rows(call, case, found))
    if case.insured.insutype == EMPLOYEE:
        barred = found if isinstance(found, Refused) else None
        rows.append(_row(call, case, account_fund(case.insured.insutype), barred))
    return BenefitOutput(trtinfo=tuple(rows))


def _fund_rows(call: Call, case: Case, found: Cover | Refused) -> Iterator[BenefitRow]:
    """Where the pool does not pay, nothing pays after it."""
    pool = pooled_fund(case.insured.insutype)
    if isinstance(found, Refused):
        yield _row(call, case, pool, found)
        return
    missing = None if found.rule else Refused(Reason.POOL_MISSING)
    yield _row(call, case, found.rule.fund if found.rule else pool, missing)
    for supplement in found.supplements:
        yield _row(call, case, supplement.fund, None)


def _case(call: Call, asked: BenefitInput) -> Case:
    query = asked.data
    who = person(call, query.psn_no)
    return Case(
        who,
        insurance(call, who, query.insutype),
        institution(call),
        wire_time(query.begntime).date(),
        query.med_type,
        query.dise_codg or "",
        is_emergency(query.med_type),
    )


def _bar(call: Call, case: Case) -> Refused | None:
    try:
        settling_institution(call, case.med_type)
        check_case(call, case)
    except Refused as refused:
        return refused
    return None


def _cover(call: Call, case: Case) -> Cover | Refused:
    try:
        return cover(call, case)
    except Refused as refused:
        return refused


def _row(call: Call, case: Case, fund: Fund, barred: Refused | None) -> BenefitRow:
    return BenefitRow(
        psn_no=case.who.psn_no,
        trt_chk_type=FUND_CHECK,
        fund_pay_type=fund.code,
        trt_enjymnt_flag="0" if barred else "1",
        begndate=case.day.isoformat(),
        trt_chk_rslt=_said(call, case, barred) if barred else None,
        exp_content=_extension(call, case),
    )


def _said(call: Call, case: Case, barred: Refused) -> str:
    return say(call.policies, barred, call.head.msgid, case.insured.area)


def _extension(call: Call, case: Case) -> JsonText | None:
    rule = call.policies.filing(case.insured.area, case.day)
    filing = told_filing(case.who, care_of(call, case), pay_of(call, case), rule)
    if filing is None or not call.state.area(case.insured.area).filing_extension:
        return None
    return JsonText(filing_text(filing))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A whole year, or one month of it (``cum_ym``)."""

    year: int
    month: int | None

    @property
    def text(self) -> str:
        return f"{self.year}{self.month:02d}" if self.month else f"{self.year}12"


def query_sums(call: Call, asked: YearSumsInput) -> YearSumsOutput:
    """The sums of every insurance of the person; without ``cum_ym`` of the present year."""
    who = person(call, asked.data.psn_no)
    span = _asked(call, asked.data.cum_ym)
    kinds = dict.fromkeys(row.insutype for row in who.insured)
    rows = (row for kind in kinds for row in _sum_rows(kind, span, _sums(call, who, kind, span)))
    return YearSumsOutput(cuminfo=tuple(rows))


def _asked(call: Call, cum_ym: str | None) -> _Asked:
    if not cum_ym:
        return _Asked(call.business_now.year, None)
    good = cum_ym.isdecimal() and len(cum_ym) == 6 and 1 <= int(cum_ym[4:]) <= 12
    if not good:
        raise Refused(Reason.FIELD_WRONG, field="cum_ym")
    return _Asked(int(cum_ym[:4]), int(cum_ym[4:]))


def _sums(call: Call, who: Person, insutype: str, span: _Asked) -> YearSums:
    if span.month is None:
        key = sums_key(who.psn_no, insutype, span.year)
        return call.state.sums.get(key) or YearSums()
    return _month_sums(call, who, insutype, span)


def _month_sums(call: Call, who: Person, insutype: str, span: _Asked) -> YearSums:
    """From the effective settlements by their fee date, and what was used at home."""
    owner, month = (who.psn_no, insutype), (span.year, span.month)
    booked = [
        row
        for row in call.state.settlements.where("psn_no", who.psn_no)
        if row.state is SettlementState.EFFECTIVE and (row.psn_no, row.insutype) == owner
    ]
    days = {row.setl_id: call.state.visits[row.mdtrt_id].begins for row in booked}
    mine = [row for row in booked if (days[row.setl_id].year, days[row.setl_id].month) == month]
    home = [
        row.fund
        for row in call.state.elsewhere.where("psn_no", who.psn_no)
        if (row.psn_no, row.insutype) == owner and (row.day.year, row.day.month) == month
    ]
    sums = YearSums(
        fund=Money.total(home),
        account=Money.total(row.amounts.account for row in mine),
        visits=len({row.mdtrt_id for row in mine}),
    )
    return reduce(lambda found, row: moved(found, row, THERE), mine, sums)


def _chronic_sums(insutype: str, sums: YearSums) -> dict[str, Money]:
    """What the pool paid under caps of chronic diseases, told with its ``med_type``."""
    code = f"{sum_code(pooled_fund(insutype).code)}_{CHRONIC}"
    return {code: Money.total(row.paid for row in sums.diseases.values())} if sums.diseases else {}


def _sum_rows(insutype: str, span: _Asked, sums: YearSums) -> Iterator[YearSumRow]:
    values = {
        sum_code(pooled_fund(insutype).code): sums.fund,
        sum_code(account_fund(insutype).code): sums.account,
        **{sum_code(code): row.paid for code, row in sums.funds.items()},
        **_chronic_sums(insutype, sums),
        "F0000_11": sums.costs,
        "C0000_11": Money(sums.visits * 100),
    }
    for code, value in values.items():
        yield YearSumRow(
            insutype=insutype,
            year=str(span.year),
            cum_ym=span.text,
            cum_type_code=code,
            cum=value,
        )
