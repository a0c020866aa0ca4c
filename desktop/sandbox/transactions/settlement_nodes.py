"""``setlinfo`` and ``setldetail`` of 2206, 2207, 2208 and 5203."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.domain.money import Money
from desktop.nhsa.messages.lookup import FoundInfo
from desktop.nhsa.messages.settlement import CancelledInfo, FundRow, PreviewInfo, SettledInfo
from desktop.sandbox.calls import Call, time_text
from desktop.sandbox.fund_model import Amounts
from desktop.sandbox.insured_place.account import balance
from desktop.sandbox.insured_place.credentials import ID_CERTIFICATE
from desktop.sandbox.insured_place.funds import (
    HOSPITAL,
    Fund,
    FundField,
    account_fund,
    pooled_fund,
)
from desktop.sandbox.model import Insured, Person, Settlement, SettlementState
from desktop.sandbox.transactions.people import age_text

BY_ITEM = "1"
"""``clr_way`` 按项目."""
OUTPATIENT = "11"
"""``clr_type`` 门诊."""
OTHER_PROVINCE = "4"
"""``pay_loc`` 跨省异地."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a settlement answer repeats of the person and the question."""

    who: Person
    insured: Insured
    cert_type: str
    med_type: str
    today: datetime

    def fields(self) -> dict[str, Any]:
        return {
            "psn_name": self.who.name,
            "psn_cert_type": ID_CERTIFICATE,
            "certno": self.who.certno,
            "gend": self.who.sex,
            "naty": self.who.nation,
            "brdy": self.who.birth.isoformat(),
            "age": age_text(self.who, self.today),
            "insutype": self.insured.insutype,
            "psn_type": self.insured.psn_type,
            "cvlserv_flag": "1" if self.insured.official else "0",
            "mdtrt_cert_type": self.cert_type,
            "med_type": self.med_type,
            "clr_type": OUTPATIENT,
        }


def _money(amounts: Amounts, balc: Money) -> dict[str, Any]:
    """Every amount of ``setlinfo`` but the ones that 2208 leaves out."""
    return {
        "medfee_sumamt": amounts.total,
        "fulamt_ownpay_amt": amounts.full_self_pay,
        "overlmt_selfpay": amounts.over_limit,
        "preselfpay_amt": amounts.pre_self_pay,
        "inscp_scp_amt": amounts.in_scope,
        "act_pay_dedc": amounts.deductible,
        "hifp_pay": amounts.pooled,
        **_after_pool(amounts),
        "fund_pay_sumamt": amounts.fund,
        "acct_pay": amounts.account,
        "acct_mulaid_pay": amounts.mutual_aid,
        "psn_cash_pay": amounts.cash,
        "balc": balc,
    }


def _after_pool(amounts: Amounts) -> dict[str, Money]:
    """Each field of C4 but the pool's; several funds may share one."""
    return {
        field.value: Money.total(each.paid for each in amounts.extras if each.field == field)
        for field in FundField
    }


def preview_info(named: Named, mdtrt_id: str, amounts: Amounts, msgid: str) -> PreviewInfo:
    """``balc`` already shows what the account will hold afterwards; no time, no number yet."""
    after = named.insured.account - amounts.own_account
    return PreviewInfo(
        mdtrt_id=mdtrt_id,
        psn_no=named.who.psn_no,
        medins_setl_id=msgid,
        pool_prop_selfpay=amounts.ratio,
        psn_part_amt=amounts.personal,
        hosp_part_amt=amounts.hospital,
        **named.fields(),
        **_money(amounts, after),
    )


def _booked(call: Call, row: Settlement) -> dict[str, Any]:
    """What names a settlement that is booked, in every answer about it."""
    return {
        "mdtrt_id": row.mdtrt_id,
        "setl_id": row.setl_id,
        "psn_no": row.psn_no,
        "medins_setl_id": row.msgid,
        "setl_time": time_text(row.at),
        "clr_optins": call.head.mdtrtarea_admvs,
        "clr_way": BY_ITEM,
        "pool_prop_selfpay": row.amounts.ratio,
    }


def settled_info(call: Call, named: Named, row: Settlement) -> SettledInfo:
    return SettledInfo(
        **_booked(call, row),
        psn_part_amt=row.amounts.personal,
        hosp_part_amt=row.amounts.hospital,
        **named.fields(),
        **_money(row.amounts, balance(call.state.people[row.psn_no], row)),
    )


def cancelled_info(call: Call, named: Named, row: Settlement) -> CancelledInfo:
    """As genuine answers are: signs turned, the personal and the hospital's part untold."""
    return CancelledInfo(
        **_booked(call, row),
        **named.fields(),
        **_money(row.amounts, balance(call.state.people[row.psn_no], row)),
    )


def found_info(call: Call, named: Named, row: Settlement) -> FoundInfo:
    """5203's own names for the personal part and the cash; the hospital's part is not told."""
    money = _money(row.amounts, balance(call.state.people[row.psn_no], row))
    cash = money.pop("psn_cash_pay")
    found = call.state.visits[row.mdtrt_id]
    return FoundInfo(
        **_booked(call, row),
        psn_pay=row.amounts.personal,
        cash_payamt=cash,
        invono=row.invoice or None,
        refd_setl_flag=refund_flag(row),
        year=str(row.year),
        begndate=found.begins.date().isoformat(),
        enddate=found.begins.date().isoformat(),
        pay_loc=OTHER_PROVINCE,
        fixmedins_code=found.institution,
        fixmedins_name=call.state.institutions[found.institution].name,
        **named.fields(),
        **money,
    )


def refund_flag(row: Settlement) -> str:
    """退费结算标志: both halves of a refund carry it."""
    return "0" if row.state is SettlementState.EFFECTIVE else "1"


def fund_rows(row: Settlement) -> tuple[FundRow, ...]:
    """The pool where there is one, what paid after it, the account where it was asked.

    What the hospital bears comes last, where it bears anything.

    ``crt_payb_lmt_amt`` is what the fund may pay before this payment.
    """
    amounts = row.amounts
    pool = _fund_row(amounts, _pool(row), amounts.limit_before, amounts.pooled, row.pool_note)
    account = _fund_row(
        amounts, account_fund(row.insutype), amounts.account, amounts.account, row.account_note
    )
    extras = (
        _fund_row(amounts, Fund(extra.code, extra.name), extra.limit, extra.paid, extra.note)
        for extra in amounts.extras
        if extra.paid
    )
    return (
        *((pool,) if row.pool_note else ()),
        *extras,
        *((account,) if row.account_note else ()),
        *_hospital(amounts),
    )


def _hospital(amounts: Amounts) -> Iterator[FundRow]:
    if borne := amounts.hospital:
        yield _fund_row(amounts, HOSPITAL, borne, borne, "医院负担的超限价费用")


def _pool(row: Settlement) -> Fund:
    return Fund(row.pool_code, row.pool_name) if row.pool_code else pooled_fund(row.insutype)


def _fund_row(amounts: Amounts, fund: Fund, limit: Money, paid: Money, note: str) -> FundRow:
    return FundRow(
        fund_pay_type=fund.code,
        inscp_scp_amt=amounts.in_scope,
        crt_payb_lmt_amt=limit,
        fund_payamt=paid,
        fund_pay_type_name=fund.name or None,
        setl_proc_info=note,
    )
