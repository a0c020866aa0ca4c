"""The platform's split of a bill: amounts in fen; None means "not told", not zero.

The desk never computes a benefit (house rule 2); ``desktop.domain.balance`` checks what came back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from desktop.domain.fund_codes import is_account, is_hospital, is_pooled
from desktop.domain.identifiers import MdtrtId, Msgid, PsnNo, SetlId
from desktop.domain.money import Money
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
    def is_pooled(self) -> bool:
        return is_pooled(self.fund)

    @property
    def is_account(self) -> bool:
        return is_account(self.fund)

    @property
    def is_hospital(self) -> bool:
        return is_hospital(self.fund)


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


def first_pay(split: Split, lines: Iterable[LineSplit]) -> Money | None:
    """首先自付 of temporary-out: what 2206 adds to the lines' 先行自付 (benefits.md 2.2).

    The national answer has no field of its own for it. None when an amount was not told.
    """
    told = all_told(line.pre_self_pay for line in lines)
    if split.pre_self_pay is None or told is None:
        return None
    return split.pre_self_pay - Money.total(told)


def all_told(amounts: Iterable[Money | None]) -> tuple[Money, ...] | None:
    """The amounts, None when one of them was not told."""
    found = tuple(amounts)
    told = tuple(amount for amount in found if amount is not None)
    return told if len(told) == len(found) else None


@dataclass(frozen=True, slots=True)
class OtherAmount:
    """One amount of the split that is booked otherwise than the patient had agreed to, in fen."""

    name: str
    """Its field of :class:`Split`."""
    agreed: Money
    booked: Money

    @property
    def words(self) -> str:
        """As on the slip."""
        return AMOUNT_WORDS[self.name]
