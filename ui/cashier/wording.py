"""What the window says of a state: pure functions from the state to what the widgets show.

Chinese is the source; English comes from Qt's translation files under the context ``Cashier``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import structs

from desktop.domain import who_pays
from desktop.domain.account_use import AccountUse
from desktop.domain.identifiers import masked_number
from desktop.domain.money import Money, in_words
from desktop.domain.person import EMPLOYEE, RESIDENT
from desktop.domain.who_pays import CASH, Figure, is_equation
from ui.cashier import estimate_words
from ui.cashier.amount_words import in_yuan
from ui.cashier.line_words import item_class, plain, price
from ui.cashier.state import Halt, Page, ShownBy, Stop, ViewState
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
    from desktop.domain.charges import Bill, ChargeLine
    from desktop.domain.person import Insurance, Person
    from desktop.domain.split import LineSplit, Split
    from desktop.knowledge.areas import Areas

_INSURANCES = {EMPLOYEE: "职工医保", RESIDENT: "居民医保"}
_SHOWN_BY = {
    ShownBy.CARD: "社会保障卡",
    ShownBy.ID_CARD: "身份证",
    ShownBy.CODE: "医保码",
    ShownBy.NUMBER: "身份证号",
}
_SEXES = {"1": "男", "2": "女"}
_STATUS = {"1": "正常参保", "2": "暂停参保", "4": "终止参保"}
_ACCOUNT = {
    AccountUse.NONE: "不用个人账户",
    AccountUse.OWN: "用本人账户",
    AccountUse.FAMILY: "用本人和家人账户",
}


def person_facts(person: Person, shown_by: ShownBy | None) -> tuple[Fact, ...]:
    """What the cashier compares with the person at the window, and the credential."""
    about = "  ".join(part for part in (_sex(person), _age(person)) if part)
    return (
        Fact(tr("性别 / 年龄"), about),
        Fact(tr("就诊凭证"), tr(_SHOWN_BY[shown_by]) if shown_by else ""),
        Fact(tr("证件号"), masked_number(person.cert_no), wide=True),
    )


def insurance_facts(state: ViewState, areas: Areas) -> tuple[Fact, ...]:
    """Insurance, filing, and what is left this year; every insurance where none could be taken."""
    row = state.insurance
    if row is None:
        return tuple(fact for one in _not_taken(state) for fact in _insured(one, areas))
    facts = [
        _place(row, areas),
        Fact(tr("险种"), _insurance(row)),
        Fact(tr("账户余额"), _yuan(_balance(state, row))),
    ]
    if filing := _filing(state):
        facts.append(Fact(tr("备案"), filing, wide=True))
    return (*facts, *_quota(state))


def _not_taken(state: ViewState) -> tuple[Insurance, ...]:
    """B07, B10: of somebody who stands still before an insurance was chosen."""
    person = state.person
    return person.insurances if person is not None and state.stop is not None else ()


def _insured(row: Insurance, areas: Areas) -> tuple[Fact, ...]:
    tone = Tone.NEUTRAL if row.active else Tone.WARNING
    status = Badge(_status(row), tone)
    return (_place(row, areas), Fact(tr("险种"), _insurance(row), badge=status, wide=True))


def _place(row: Insurance, areas: Areas) -> Fact:
    return Fact(tr("参保地"), f"{areas.name(row.area)} {row.area}".strip(), wide=True)


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
    return tuple(_line(line, split.get(line.line_no)) for line in state.bill.lines)


def bill_title(bill: Bill) -> str:
    """Which bill it is, and how long."""
    return tr("单据 {0}，共 {1} 项").format(bill.key.bill_no, len(bill.lines))


def equation(split: Split) -> Equation:
    """total − what others pay = cash; without signs where that is no sum."""
    words = in_words(split.cash) if split.cash is not None else ""
    result = Sum(tr(CASH), split.cash, strong=True)
    return Equation(_sums(who_pays.equation(split)), result, words, holds=is_equation(split))


def payment(split: Split) -> tuple[Sum, ...]:
    """Who pays: every fund, the account, the person."""
    *others, cash = _sums(who_pays.payment(split))
    return (*others, structs.replace(cash, strong=True))


def parts(split: Split) -> tuple[Part, ...]:
    """The bar: the person's part first."""
    _total, *others = who_pays.equation(split)
    named = (Figure(CASH, split.cash), *others)
    return tuple(
        Part(tr(figure.payer), figure.amount) for figure in named if figure.amount is not None
    )


def division(split: Split, first_pay: Money | None) -> tuple[Sum, ...]:
    """How the care place divides the total."""
    return _sums(who_pays.division(split, first_pay))


def funds(split: Split) -> tuple[Sum, ...]:
    """Every fund that came back; an unknown one by its code."""
    return tuple(Sum(tr(fund.words), fund.paid) for fund in who_pays.funds(split))


def _sums(figures: Iterable[Figure]) -> tuple[Sum, ...]:
    return tuple(Sum(tr(figure.words), figure.amount) for figure in figures)


def account_words(use: AccountUse) -> str:
    """Which account pays, in words."""
    return tr(_ACCOUNT[use])


def _line(line: ChargeLine, split: LineSplit | None) -> LineShown:
    shown = LineShown(line.name, plain(line.quantity.value), price(line.price.value), line.amount)
    if split is None:
        return shown
    mark = _mark(split)
    return structs.replace(
        shown,
        item_class=item_class(split.item_class),
        full_self_pay=split.full_self_pay,
        over_limit=split.over_limit,
        pre_self_pay=split.pre_self_pay,
        note=split.note,
        tone=Tone.WARNING if mark else Tone.NEUTRAL,
        mark=mark,
    )


def _mark(split: LineSplit) -> str:
    """Why the patient pays for it alone, in a word (S4-21)."""
    if split.full_self_pay:
        return tr("自费")
    return tr("超限") if split.over_limit else ""


def _sex(person: Person) -> str:
    return sex_word(person.sex)


def sex_word(code: str) -> str:
    """The platform's code where it is another."""
    return tr(_SEXES.get(code, code))


def _age(person: Person) -> str:
    return tr("{0} 岁").format(person.age.removesuffix(".0")) if person.age else ""


def _insurance(row: Insurance) -> str:
    return tr(_INSURANCES[row.kind]) if row.kind in _INSURANCES else row.kind


def _status(row: Insurance) -> str:
    """``psn_insu_stas``; an unknown one by its code."""
    if not row.status:
        return tr("没有告知")
    return tr(_STATUS[row.status]) if row.status in _STATUS else row.status


def _balance(state: ViewState, row: Insurance) -> Money | None:
    """After the settlement, as the slip has it; what was told before it is no balance any more."""
    if state.settlement is None:
        return row.account_balance
    split = state.settlement.split
    return row.account_balance if _untouched(split) else split.account_balance


def _untouched(split: Split) -> bool:
    """Nothing was paid from the account, and no balance came back."""
    return split.account_balance is None and not split.account


def _quota(state: ViewState) -> tuple[Fact, ...]:
    """An estimate, or what the platform says will be left: no word of it once that is in doubt.

    Where 2001 says that the pool does not pay, there is nothing to estimate.
    """
    quota = state.quota
    if quota is None or (quota.estimated and state.benefit_notes):
        return ()
    if quota.estimated:
        return estimate_words.before(state, quota)
    if state.page is not Page.OFFER and state.settlement is None:
        return ()
    return (Fact(tr("结算后今年还可报"), _yuan(quota.left), wide=True),)


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
