"""What the window says of a state: pure functions from the state to what the widgets show.

Chinese is the source; English comes from Qt's translation files under the context ``Cashier``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.account_use import AccountUse
from desktop.domain.identifiers import masked_number
from desktop.domain.money import Money, in_words
from desktop.domain.person import EMPLOYEE, RESIDENT
from ui.cashier.amount_words import in_yuan
from ui.cashier.state import Halt, Stop, ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import (
    Badge,
    Choice,
    Equation,
    Fact,
    LineShown,
    Part,
    Sum,
)

if TYPE_CHECKING:
    from desktop.domain.charges import Bill
    from desktop.domain.person import Insurance, Person
    from desktop.domain.split import FundShare, LineSplit, Split
    from desktop.knowledge.areas import Areas

_INSURANCES = {EMPLOYEE: "职工医保", RESIDENT: "居民医保"}
_SEXES = {"1": "男", "2": "女"}
_STATUS = {"1": "正常参保", "2": "暂停参保", "4": "终止参保"}
_CLASSES = {"01": "甲", "02": "乙", "03": "丙"}
_ACCOUNT = {
    AccountUse.NONE: "不用个人账户",
    AccountUse.OWN: "用本人账户",
    AccountUse.FAMILY: "用本人和家人账户",
}


def person_facts(person: Person, shown_by: str) -> tuple[Fact, ...]:
    """What the cashier compares with the person at the window, and the credential."""
    about = "  ".join(part for part in (_sex(person), _age(person)) if part)
    return (
        Fact(tr("性别 / 年龄"), about),
        Fact(tr("就诊凭证"), shown_by),
        Fact(tr("证件号"), masked_number(person.cert_no), wide=True),
    )


def insurance_facts(state: ViewState, areas: Areas) -> tuple[Fact, ...]:
    """Insurance, filing, and what is left this year."""
    row = state.insurance
    if row is None:
        return ()
    place = areas.name(row.area)
    facts = [
        Fact(tr("参保地"), f"{place} {row.area}".strip(), wide=True),
        Fact(tr("险种"), _insurance(row)),
        Fact(tr("账户余额"), _yuan(row.account_balance)),
    ]
    if filing := _filing(state):
        facts.append(Fact(tr("备案"), filing, wide=True))
    if state.quota is not None:
        mark = Badge(tr("估算"), Tone.INFO) if state.quota.estimated else None
        label = tr("今年还可报") if state.quota.estimated else tr("结算后今年还可报")
        facts.append(Fact(label, _yuan(state.quota.left), badge=mark, wide=True))
    return tuple(facts)


def insurance_choices(state: ViewState, areas: Areas) -> tuple[Choice, ...]:
    """B06: every insurance with its status; only what is active can be taken."""
    return tuple(
        Choice(
            place,
            _insurance(row),
            areas.name(row.area) or str(row.area),
            str(row.area),
            Badge(_status(row), Tone.POSITIVE if row.active else Tone.WARNING),
            enabled=row.active,
        )
        for place, row in enumerate(state.choices)
    )


def bill_choices(state: ViewState) -> tuple[Choice, ...]:
    """The bills of this person that wait in the drop folder."""
    return tuple(
        Choice(
            place,
            bill.key.bill_no,
            f"{bill.visit.department}  {bill.visit.began:%m-%d %H:%M}",
            in_yuan(bill.total),
        )
        for place, bill in enumerate(state.bills)
    )


def lines(state: ViewState) -> tuple[LineShown, ...]:
    """The bill, with the platform's split beside each line once it is known."""
    if state.bill is None:
        return ()
    split = {line.line_no: line for line in state.lines}
    return tuple(
        _line(
            line.name, line.quantity.value, line.price.value, line.amount, split.get(line.line_no)
        )
        for line in state.bill.lines
    )


def bill_title(bill: Bill) -> str:
    """Which bill it is, and how long."""
    return tr("单据 {0}，共 {1} 项").format(bill.key.bill_no, len(bill.lines))


def equation(split: Split) -> Equation:
    """total − funds − account = cash."""
    terms = (
        Sum(tr("医疗费总额"), split.total),
        Sum(tr("医保基金支付"), split.fund_total),
        Sum(tr("个人账户支付"), split.account),
    )
    words = in_words(split.cash) if split.cash is not None else ""
    return Equation(terms, Sum(tr("个人现金支付"), split.cash, strong=True), words)


def payment(split: Split) -> tuple[Sum, ...]:
    """Who pays: every fund, the account, the person."""
    return (
        Sum(tr("医疗费总额"), split.total),
        *funds(split),
        Sum(tr("个人账户支付"), split.account),
        Sum(tr("个人现金支付"), split.cash, strong=True),
    )


def parts(split: Split) -> tuple[Part, ...]:
    """The bar: the person's part first."""
    named = (
        (tr("个人现金"), split.cash),
        (tr("医保基金"), split.fund_total),
        (tr("个人账户"), split.account),
        (tr("医院负担"), split.hospital_part),
    )
    return tuple(Part(label, amount) for label, amount in named if amount is not None)


def division(split: Split, first_pay: Money | None) -> tuple[Sum, ...]:
    """How the care place divides the total."""
    rows = [
        Sum(tr("全自费"), split.full_self_pay),
        Sum(tr("超限价"), split.over_limit),
        Sum(tr("先行自付"), split.pre_self_pay),
    ]
    if first_pay:
        rows.append(Sum(tr("其中 临时外出首先自付"), first_pay))
    rows += [Sum(tr("符合政策范围"), split.in_scope), Sum(tr("本次起付"), split.deductible)]
    return tuple(row for row in rows if row.amount is not None)


def funds(split: Split) -> tuple[Sum, ...]:
    """Every fund that came back; an unknown one by its code."""
    paid = tuple(_fund(share) for share in split.shares if share.paid)
    return paid or (Sum(tr("统筹基金"), split.pooled_fund),)


def account_words(use: AccountUse) -> str:
    """Which account pays, in words."""
    return tr(_ACCOUNT[use])


def _line(
    name: str, quantity: object, price: object, amount: Money, split: LineSplit | None
) -> LineShown:
    shown = LineShown(name, _plain(quantity), _price(price), amount)
    if split is None:
        return shown
    return LineShown(
        name,
        _plain(quantity),
        _price(price),
        amount,
        tr(_CLASSES.get(split.item_class, split.item_class)),
        split.full_self_pay,
        split.over_limit,
        split.pre_self_pay,
        split.note,
        Tone.WARNING if split.full_self_pay or split.over_limit else Tone.NEUTRAL,
    )


def _plain(number: object) -> str:
    """``2``, not ``2.0000``; ``12.50``, not ``12.500000``."""
    text = f"{number:f}"
    if "." not in text:
        return text
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals:0<2}" if decimals else whole


def _price(number: object) -> str:
    """At least two decimals, so that prices stand under each other: ``1,025.00``, ``0.0125``."""
    whole, _, decimals = _plain(number).partition(".")
    return f"{int(whole):,}.{decimals or '00'}"


def _fund(share: FundShare) -> Sum:
    return Sum(share.name or share.fund, share.paid)


def _sex(person: Person) -> str:
    return tr(_SEXES.get(person.sex, person.sex))


def _age(person: Person) -> str:
    return tr("{0} 岁").format(person.age.removesuffix(".0")) if person.age else ""


def _insurance(row: Insurance) -> str:
    return tr(_INSURANCES[row.kind]) if row.kind in _INSURANCES else row.kind


def _status(row: Insurance) -> str:
    """``psn_insu_stas``; an unknown one by its code."""
    if not row.status:
        return tr("没有告知")
    return tr(_STATUS[row.status]) if row.status in _STATUS else row.status


def _filing(state: ViewState) -> str:
    filing = state.filing
    if filing is None:
        return _no_filing(state.stop)
    return tr("{0}，{1} 起").format(tr(filing.kind.words), filing.begins.isoformat())


def _no_filing(stop: Stop | None) -> str:
    """ "" where the visit stopped before anybody was asked."""
    if stop is None:
        return tr("平台没有告知")
    return tr("没有有效备案") if stop.halt is Halt.NEEDS_FILING else ""


def _yuan(amount: Money | None) -> str:
    return tr("没有告知") if amount is None else in_yuan(amount)
