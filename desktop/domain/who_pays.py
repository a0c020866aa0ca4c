"""Who pays what of a bill, in the words of the slip: one place for paper, window and command.

The desk never computes a benefit (house rule 2): every amount is one that came back. Fund codes
are an open set, so an unknown one is shown raw (house rule 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from desktop.domain.money import ZERO, Money
from desktop.domain.split import FundShare, Split, all_told

FUNDS = MappingProxyType(
    {
        "310100": "职工医保统筹基金",
        "390100": "居民医保统筹基金",
        "330100": "职工大额医疗费用补助",
        "390200": "居民大病保险",
        "320100": "公务员医疗补助",
        "370100": "企业补充医疗保险",
        "610100": "医疗救助",
    }
)
"""``fund_pay_type``."""

TOTAL = "医疗费总额"
CASH = "个人现金支付"
PART = "其中 "
"""How the words of a row begin that explains the one above."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in fen with its name; None was not told."""

    words: str
    amount: Money | None

    @property
    def payer(self) -> str:
        """Who it is that pays, for the narrow key of a bar."""
        return self.words.removesuffix("支付")

    @property
    def is_part(self) -> bool:
        """Explains the row above it."""
        return self.words.startswith(PART)


@dataclass(frozen=True, slots=True)
class FundPaid:
    """What a fund of the insurance pays; never an account or the hospital."""

    words: str
    """The platform's name, else ours of its code, else the raw code."""
    paid: Money
    pooled: bool = False
    """统筹: the share that deductible and ratio are about."""


def funds(split: Split) -> tuple[FundPaid, ...]:
    """Every fund that pays; where none does, the first one with its 0.

    The platform's own rows when they add up to its fund total, else its fund fields.
    """
    shares = _fund_shares(split)
    if shares and split.fund_total == Money.total(share.paid for share in shares):
        rows = tuple(FundPaid(fund_name(share), share.paid, share.is_pooled) for share in shares)
    else:
        rows = _by_field(split)
    return tuple(row for row in rows if row.paid) or rows[:1]


def fund_name(share: FundShare) -> str:
    """As the platform names it; its code where nobody knows a name."""
    return share.name or FUNDS.get(share.fund, share.fund)


def equation(split: Split) -> tuple[Figure, ...]:
    """The total, then what others pay of it; the rest is the person's cash."""
    hospital = (Figure("医院负担", split.hospital_part),) if split.hospital_part else ()
    return (
        Figure(TOTAL, split.total),
        Figure("医保基金支付", split.fund_total),
        Figure("个人账户支付", split.account),
        *hospital,
    )


def is_equation(split: Split) -> bool:
    """True when these figures, as told, make the sum that their signs would claim."""
    told = all_told(figure.amount for figure in (*equation(split), Figure(CASH, split.cash)))
    return told is not None and told[0] == Money.total(told[1:])


def payment(split: Split) -> tuple[Figure, ...]:
    """The total and everybody who pays of it, each fund by its name, the cash last."""
    total, _funds, account, *hospital = equation(split)
    return (
        total,
        *(Figure(fund.words, fund.paid) for fund in funds(split)),
        account,
        *_told(Figure(f"{PART}家庭共济", split.family_account or None)),
        *hospital,
        Figure(CASH, split.cash),
    )


def division(
    split: Split, first_pay: Money | None, standard: Money | None = None
) -> tuple[Figure, ...]:
    """How the bill was divided: what the policy leaves out, what it covers, the deductible.

    ``first_pay`` is 首先自付 of temporary-out, a part of 先行自付 (a negative difference would be
    none); ``standard`` is 起付标准, where the area tells it.
    """
    first = first_pay if first_pay and first_pay > ZERO else None
    own = split.pre_self_pay - first if split.pre_self_pay and first else None
    return _told(
        Figure("全自费", split.full_self_pay),
        Figure("超限价", split.over_limit),
        Figure("先行自付", split.pre_self_pay),
        Figure(f"{PART}乙类先行自付", own),
        Figure(f"{PART}临时外出首先自付", first),
        Figure("符合政策范围", split.in_scope),
        Figure("起付标准", standard),
        Figure("本次起付", split.deductible),
    )


def _fund_shares(split: Split) -> tuple[FundShare, ...]:
    return tuple(row for row in split.shares if not (row.is_account or row.is_hospital))


def _by_field(split: Split) -> tuple[FundPaid, ...]:
    fields = (
        ("职工大额医疗费用补助", split.large_amount_fund),
        ("居民大病保险", split.critical_illness_fund),
        ("公务员医疗补助", split.civil_servant_fund),
        ("企业补充医疗保险", split.company_fund),
        ("伤残人员医疗保障", split.disabled_fund),
        ("医疗救助", split.medical_aid),
        ("其他基金", split.other_funds),
    )
    others = tuple(FundPaid(words, paid) for words, paid in fields if paid)
    if split.pooled_fund is None:
        return others
    return (FundPaid("统筹基金", split.pooled_fund, pooled=True), *others)


def _told(*figures: Figure) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure.amount is not None)
