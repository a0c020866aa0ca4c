"""「为什么我的个人账户少了」: which sentence of the insured area took over when (S4-11…S4-14).

Knowledge and the person alone: no platform is asked, and no figure is guessed. Money in fen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from desktop.domain.account_credit import Credit, CreditRules, Holder
from desktop.domain.money import ZERO, Money
from desktop.domain.person import EMPLOYEE, Insurance, Person

RETIRED: Final = "12"
"""``psn_type`` of who has retired, with every sub-code."""
_LONG_SINCE: Final = date(1900, 1, 1)
"""When somebody retired of whom the platform only tells that they have."""


class CreditStep(Struct, frozen=True):
    """One sentence that took over."""

    since: date
    """The first of the month."""
    credit: Credit
    less: Money | None
    """What comes less each month than by the sentence before; None where that is not known."""


class AccountChange(Struct, frozen=True):
    """The steps, oldest first, and what is said to the patient, in Chinese."""

    steps: tuple[CreditStep, ...]
    says: tuple[str, ...]


def account_change(holder: Holder, month: date, rules: CreditRules) -> AccountChange:
    """Why what comes into the account in ``month`` is another sum than before."""
    steps = tuple(_steps(holder, month.replace(day=1), rules))
    if not steps:
        return AccountChange((), ("这里没有该参保地的个人账户计入办法，请问参保地经办机构。",))
    known = steps[-1].credit.total is not None
    asked = () if known else ("金额要看缴费基数、养老金等，以参保地经办机构的数字为准。",)
    return AccountChange(steps, (*(_said(step) for step in steps), *asked))


def change_for(
    person: Person, insurance: Insurance, month: date, rules: CreditRules
) -> AccountChange:
    """The same for somebody as 1101 tells of them: class, area and birth, never an amount."""
    if insurance.kind != EMPLOYEE:
        return AccountChange((), ("居民医保没有个人账户。",))
    if person.birth is None:
        return AccountChange((), ("参保地没有告诉出生日期，请问参保地经办机构。",))
    retired = _LONG_SINCE if insurance.person_class.startswith(RETIRED) else None
    return account_change(Holder(insurance.area, person.birth, retired), month, rules)


def _steps(holder: Holder, month: date, rules: CreditRules) -> Iterator[CreditStep]:
    before: Credit | None = None
    for each in _months_to(month, rules):
        credit = rules.credit(holder, each)
        if credit is not None and (before is None or credit.rule != before.rule):
            yield CreditStep(each, credit, _less(before, credit))
        before = credit or before


def _months_to(month: date, rules: CreditRules) -> Iterator[date]:
    """From the first month of which a document tells."""
    first = min((rule.begins for rule in rules.known), default=month)
    for number in range(first.year * 12 + first.month - 1, month.year * 12 + month.month):
        yield date(number // 12, number % 12 + 1, 1)


def _less(before: Credit | None, now: Credit) -> Money | None:
    if before is None or before.total is None or now.total is None:
        return None
    return max(ZERO, before.total - now.total)


def _said(step: CreditStep) -> str:
    credit = step.credit
    since = "" if credit.rule.derived else f"{step.since.year}年{step.since.month}月起："
    return (
        f"{since}{credit.rule.words}{_figures(credit)}{_fewer(step.less)}。（{credit.rule.source}）"
    )


def _figures(credit: Credit) -> str:
    if credit.own is None or credit.added is None:
        return ""
    total = (credit.own + credit.added).yuan()
    if not credit.rule.own_contribution:
        return f"，每月划入{total}元"
    return f"，每月计入{total}元（个人缴费{credit.own.yuan()}元，另划入{credit.added.yuan()}元）"


def _fewer(less: Money | None) -> str:
    return f"，比以前每月少{less.yuan()}元" if less else ""
