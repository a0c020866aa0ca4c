"""The platform's split of a bill, and the identities that every answer must keep.

The desk never computes a benefit (house rule 2): it only checks that what came back adds up
(benefits.md C1–C7). A null amount means "not told", not zero: what cannot be checked is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from desktop.domain.identifiers import MdtrtId, Msgid, PsnNo, SetlId
from desktop.domain.money import ZERO, Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice


@dataclass(frozen=True, slots=True)
class LineSplit:
    """One row of 2204 ``result``: the care place's split of a fee line, amounts in fen."""

    line_no: str
    """``feedetl_sn``."""
    amount: Money
    quantity: Quantity | None
    price: UnitPrice | None
    price_limit: UnitPrice | None
    """定价上限 ``pric_uplmt_amt``."""
    self_pay_rate: Rate | None
    """``selfpay_prop``."""
    full_self_pay: Money | None
    """全自费 ``fulamt_ownpay_amt``."""
    over_limit: Money | None
    """超限价 ``overlmt_amt``."""
    pre_self_pay: Money | None
    """先行自付 ``preselfpay_amt``."""
    in_scope: Money | None
    """符合政策范围 ``inscp_scp_amt``."""
    item_class: str
    """``chrgitm_lv`` 01 甲 02 乙 03 丙; open set."""
    charge_kind: str
    """``med_chrgitm_type``."""
    note: str
    """``memo``: the platform's remark on the line."""


@dataclass(frozen=True, slots=True)
class FundShare:
    """One row of ``setldetail``: a fund, an account or the hospital, amounts in fen."""

    fund: str
    """``fund_pay_type``; open set, shown raw when unknown."""
    name: str
    """``fund_pay_type_name``; "" when not told."""
    paid: Money
    """``fund_payamt``."""
    in_scope: Money | None
    payable: Money | None
    """``crt_payb_lmt_amt``: what this fund could still pay before this payment."""
    process: str
    """``setl_proc_info``: how the area explains it; "" when not told."""

    @property
    def is_account(self) -> bool:
        """Personal account rows 3102xx and 3905xx (C7)."""
        return self.fund.startswith(("3102", "3905"))

    @property
    def is_hospital(self) -> bool:
        """医院垫付 999996."""
        return self.fund == "999996"


@dataclass(frozen=True, slots=True)
class Split:
    """``setlinfo`` of 2206, 2207 or 2208: who pays what, amounts in fen, None = not told."""

    total: Money | None
    """医疗费总额 ``medfee_sumamt``."""
    full_self_pay: Money | None
    """全自费 ``fulamt_ownpay_amt``."""
    over_limit: Money | None
    """超限价 ``overlmt_selfpay``."""
    pre_self_pay: Money | None
    """先行自付 ``preselfpay_amt``: 乙类 plus the first pay of temporary-out."""
    in_scope: Money | None
    """符合政策范围 ``inscp_scp_amt``."""
    deductible: Money | None
    """实际支付起付线 ``act_pay_dedc``."""
    pooled_fund: Money | None
    """统筹 ``hifp_pay``."""
    pooled_rate: Rate | None
    """``pool_prop_selfpay``."""
    civil_servant_fund: Money | None
    """公务员 ``cvlserv_pay``."""
    company_fund: Money | None
    """企业补充 ``hifes_pay``."""
    critical_illness_fund: Money | None
    """居民大病 ``hifmi_pay``."""
    large_amount_fund: Money | None
    """职工大额 ``hifob_pay``."""
    disabled_fund: Money | None
    """伤残 ``hifdm_pay``."""
    medical_aid: Money | None
    """医疗救助 ``maf_pay``."""
    other_funds: Money | None
    """其他 ``oth_pay``."""
    fund_total: Money | None
    """基金支付总额 ``fund_pay_sumamt``."""
    personal_part: Money | None
    """个人负担 ``psn_part_amt``."""
    account: Money | None
    """个人账户 ``acct_pay``, which includes the relative's."""
    family_account: Money | None
    """共济 ``acct_mulaid_pay``."""
    cash: Money | None
    """个人现金 ``psn_cash_pay``."""
    hospital_part: Money | None
    """医院负担 ``hosp_part_amt``."""
    account_balance: Money | None
    """余额 ``balc``, after this payment."""
    shares: tuple[FundShare, ...] = ()
    """``setldetail``."""

    @property
    def funds_by_field(self) -> tuple[Money | None, ...]:
        """The fund fields that C4 adds up."""
        return (
            self.pooled_fund,
            self.civil_servant_fund,
            self.company_fund,
            self.critical_illness_fund,
            self.large_amount_fund,
            self.disabled_fund,
            self.medical_aid,
            self.other_funds,
        )


AMOUNT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "total": "医疗费总额",
        "full_self_pay": "全自费",
        "over_limit": "超限价",
        "pre_self_pay": "先行自付",
        "in_scope": "符合政策范围",
        "deductible": "本次起付",
        "pooled_fund": "统筹基金",
        "civil_servant_fund": "公务员补助",
        "company_fund": "企业补充",
        "critical_illness_fund": "大病保险",
        "large_amount_fund": "大额补助",
        "disabled_fund": "伤残人员保障",
        "medical_aid": "医疗救助",
        "other_funds": "其他基金",
        "fund_total": "基金支付总额",
        "personal_part": "个人负担",
        "account": "个人账户",
        "family_account": "家庭共济",
        "cash": "个人现金",
        "hospital_part": "医院负担",
    }
)
"""Every amount of a split that is money of this bill, in the words of the slip."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """An answer of 2206 (``setl_id`` None), 2207 or 2208 with the names it carries."""

    split: Split
    psn_no: PsnNo | None
    mdtrt_id: MdtrtId | None
    setl_id: SetlId | None
    msgid: Msgid | None
    """``medins_setl_id``: the msgid that asked for it."""
    settled_at: datetime | None
    """``setl_time``, +08:00."""
    person_name: str = field(repr=False)
    insurance: str
    person_class: str
    care_kind: str
    """``med_type``."""
    clearing_agency: str
    """``clr_optins``."""


class Identity(StrEnum):
    """The checks of benefits.md 2.2; C4 and C7 only warn."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"

    @property
    def only_warns(self) -> bool:
        """Fund codes are an open set, so areas differ in C4 and C7."""
        return self in (Identity.C4, Identity.C7)

    @property
    def words(self) -> str:
        """The identity in the words of the receipt."""
        return _IDENTITY_WORDS[self]


_IDENTITY_WORDS = {
    Identity.C1: "总额 = 全自费 + 超限价 + 先行自付 + 符合政策范围",
    Identity.C2: "总额 = 基金支付 + 个人负担 + 医院负担",
    Identity.C3: "个人负担 = 个人账户 + 个人现金",
    Identity.C4: "基金支付 = 各项基金之和",
    Identity.C5: "总额 = 上传明细之和",
    Identity.C6: "起付线不超过符合政策范围，且没有负数",
    Identity.C7: "基金分项之和 = 基金支付 + 账户 + 医院负担",
}


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    UNTOLD = "untold"
    """An amount that the check needs was not told."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What the identities say of one answer."""

    verdicts: tuple[tuple[Identity, Verdict], ...]

    def _having(self, verdict: Verdict) -> tuple[Identity, ...]:
        return tuple(identity for identity, found in self.verdicts if found is verdict)

    @property
    def broken(self) -> tuple[Identity, ...]:
        """Failed identities that make a settlement SETTLED_NEEDS_CHECK."""
        return tuple(i for i in self._having(Verdict.FAILS) if not i.only_warns)

    @property
    def warnings(self) -> tuple[Identity, ...]:
        return tuple(i for i in self._having(Verdict.FAILS) if i.only_warns)

    @property
    def unchecked(self) -> tuple[Identity, ...]:
        return self._having(Verdict.UNTOLD)


def check(split: Split, uploaded: Money, *, reversed_: bool = False) -> Balance:
    """Check C1–C7 on one answer; ``uploaded`` is the sum of the lines sent.

    In a 2208 answer (``reversed_``) every amount is turned, the balance and ratios are not.
    """
    turned = -uploaded if reversed_ else uploaded
    return Balance(
        (
            (Identity.C1, _sums_to(split.total, _first_parts(split))),
            (
                Identity.C2,
                _sums_to(split.total, (split.fund_total, split.personal_part, split.hospital_part)),
            ),
            (Identity.C3, _sums_to(split.personal_part, (split.account, split.cash))),
            (Identity.C4, _funds_add_up(split)),
            (Identity.C5, _sums_to(split.total, (turned,))),
            (Identity.C6, _deductible_fits(split, reversed_)),
            (Identity.C7, _shares_add_up(split)),
        )
    )


def first_pay(split: Split, lines: Iterable[LineSplit]) -> Money | None:
    """首先自付 of temporary-out: what 2206 adds to the lines' 先行自付 (benefits.md 2.2).

    The national answer has no field of its own for it. None when an amount was not told.
    """
    told = _told(line.pre_self_pay for line in lines)
    if split.pre_self_pay is None or told is None:
        return None
    return split.pre_self_pay - Money.total(told)


def _first_parts(split: Split) -> tuple[Money | None, ...]:
    return (split.full_self_pay, split.over_limit, split.pre_self_pay, split.in_scope)


def _verdict(holds: bool) -> Verdict:
    return Verdict.HOLDS if holds else Verdict.FAILS


def _told(amounts: Iterable[Money | None]) -> tuple[Money, ...] | None:
    found = tuple(amounts)
    told = tuple(amount for amount in found if amount is not None)
    return told if len(told) == len(found) else None


def _sums_to(whole: Money | None, parts: tuple[Money | None, ...]) -> Verdict:
    told = _told((whole, *parts))
    if told is None:
        return Verdict.UNTOLD
    return _verdict(told[0] == Money.total(told[1:]))


def _funds_add_up(split: Split) -> Verdict:
    """C4, where a fund field that the area does not send counts as nothing."""
    if split.fund_total is None or split.pooled_fund is None:
        return Verdict.UNTOLD
    paid = Money.total(amount or ZERO for amount in split.funds_by_field)
    return _verdict(split.fund_total == paid)


def _deductible_fits(split: Split, reversed_: bool) -> Verdict:
    sign = -1 if reversed_ else 1
    amounts = (split.total, *_first_parts(split), split.deductible, *split.funds_by_field)
    personal = (split.fund_total, split.personal_part, split.account, split.family_account)
    every = (*amounts, *personal, split.cash, split.hospital_part)
    if any(amount is not None and amount.fen * sign < 0 for amount in every):
        return Verdict.FAILS
    if split.deductible is None or split.in_scope is None:
        return Verdict.UNTOLD
    return _verdict(split.deductible.fen * sign <= split.in_scope.fen * sign)


def _shares_add_up(split: Split) -> Verdict:
    if split.fund_total is None or (not split.shares and split.fund_total):
        return Verdict.UNTOLD
    funds = (s.paid for s in split.shares if not (s.is_account or s.is_hospital))
    accounts = Money.total(s.paid for s in split.shares if s.is_account)
    if Money.total(funds) != split.fund_total:
        return Verdict.FAILS
    if not accounts or split.account is None:
        return Verdict.HOLDS
    return _verdict(accounts == split.account)
