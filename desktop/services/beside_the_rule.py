"""The platform's answer beside the known rule of the insured area (ideas 1, 2 and 18).

Nothing here is the truth, stops anything or takes the place of a figure: the window says it as
估算 while the patient still stands there. Where the rule, or a sum on which it depends, is not
known, nothing is said; nor of the limits and sums of the year, which other places move.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from desktop.domain.charges import EMERGENCY, CareVisit
from desktop.domain.identifiers import AreaCode
from desktop.domain.money import ZERO, Money
from desktop.domain.person import Filing, FilingGroup, Insurance, PersonGroup
from desktop.domain.quantities import Rate
from desktop.domain.record import VisitRecord
from desktop.domain.split import LineSplit, Split, first_pay
from desktop.services.deductible import Standard, standard_told
from desktop.services.explain import ROUNDING, alike, payable_before
from desktop.services.known_rule import FIRST_LEVEL, KnownRules, Terms
from desktop.services.outlook import Levels

ORDINARY = "11"
"""医疗类别 ``med_type`` 11 普通门诊."""

_LEVEL: Final = "统筹基金支付{0}元，是{1}级医院的算法；本院是{2}级，应为{3}元。请核对医院等级。"
_LEVEL_DEDUCTIBLE: Final = "起付标准{0}元是{1}级医院的；本院是{2}级，应为{3}元。请核对医院等级。"
_CLASS: Final = "统筹基金支付{0}元，按人员类别应为{1}元。请核对在职、退休等人员类别。"
_PAID: Final = "统筹基金支付{0}元，按起付和比例应为{1}元。请核对医院等级和人员类别。"
_DEDUCTIBLE: Final = "起付{0}元，最多应为{1}元。请核对医院等级。"
_FILING_LOST: Final = (
    "备案是长期居住，却先行自付了临时外出的{0}元。备案可能已失效或被改动，请向参保地核实。"
)
_FIRST_PAY: Final = "临时外出首先自付{0}元，最多应为{1}元。请向参保地核实。"
SENTENCES: Final = (
    _LEVEL,
    _LEVEL_DEDUCTIBLE,
    _CLASS,
    _PAID,
    _DEDUCTIBLE,
    _FILING_LOST,
    _FIRST_PAY,
)
"""Everything that a difference may say, with gaps; a window may say it otherwise."""

LEVELS: Final = MappingProxyType({"1": "一", "2": "二", "3": "三"})
"""As people name the levels of hospitals."""


class Differs(StrEnum):
    """The closed set of likely causes."""

    LEVEL = "level"
    PERSON_CLASS = "person-class"
    PAID = "paid"
    DEDUCTIBLE = "deductible"
    FILING_LOST = "filing-lost"
    FIRST_PAY = "first-pay"


class Difference(Struct, frozen=True):
    """One thing in which the answer is not what the rule yields."""

    differs: Differs
    said: str
    """One of :data:`SENTENCES`."""
    values: tuple[str, ...]
    """What its gaps hold; amounts in yuan."""

    @property
    def words(self) -> str:
        return self.said.format(*self.values)


class Answered(Struct, frozen=True):
    """What 2204 and 2206 answered, for whom."""

    split: Split
    lines: tuple[LineSplit, ...]
    visit: CareVisit
    insurance: Insurance
    filing: Filing | None
    """As 2001 told; None when it did not."""
    place: AreaCode
    """就医地."""


class Beside(Struct, frozen=True):
    """What is said beside an answer, all of it 估算."""

    standard: Standard | None = None
    """The deductible's standard, where the answer does not tell it."""
    differences: tuple[Difference, ...] = ()
    levels: Levels | None = None
    """What a hospital of the first level would have had of the fund (S4-24)."""


def beside_record(known: KnownRules, record: VisitRecord, split: Split, place: AreaCode) -> Beside:
    """As :func:`beside`, of a visit that has its bill and insurance; ``place`` is 就医地."""
    assert record.bill is not None
    assert record.insurance is not None
    care = record.bill.visit
    return beside(
        known, Answered(split, record.lines, care, record.insurance, record.filing, place)
    )


def beside(known: KnownRules, answered: Answered) -> Beside:
    """Nothing unless a rule of ordinary outpatient care is known for this person and hospital."""
    visit = answered.visit
    terms = known.terms(answered.insurance, visit.began.date())
    if terms is None or visit.kind not in (ORDINARY, EMERGENCY):
        return Beside()
    split = answered.split
    found = differences(terms, answered)
    levels = None if found or visit.kind != ORDINARY else levels_of(terms, split)
    return Beside(None if found else _standard(terms), found, levels)


def _standard(terms: Terms) -> Standard:
    return Standard(terms.standard, estimated=True, by_year=terms.by_year)


def differences(terms: Terms, answered: Answered) -> tuple[Difference, ...]:
    """In what the answer is not what the rule yields; a wrong level is said once."""
    split = answered.split
    of_level = _standard_told(terms, split) or _paid(terms, split) or _deductible(terms, split)
    found = (of_level, _first_pay(terms, answered))
    return tuple(difference for difference in found if difference)


# --- the ratio ------------------------------------------------------------------------------------


def _paid(terms: Terms, split: Split) -> Difference | None:
    """The pooled fund's money against the ratio; what a limit of the year may explain is right."""
    if split.in_scope is None or split.deductible is None or split.pooled_fund is None:
        return None
    paid, above = split.pooled_fund, split.in_scope - split.deductible
    due = terms.ratio.of(above)
    if alike(paid, due) or _may_be_the_limit(split, paid, due, above):
        return None
    return _by_level(terms, paid, above) or _by_class(terms, paid, above) or _other(paid, due)


def _may_be_the_limit(split: Split, paid: Money, due: Money, above: Money) -> bool:
    """Less than the ratio yields: all that was left, or nobody told what was left."""
    if paid > due:
        return False
    payable = payable_before(split)
    if payable is not None:
        return paid == payable
    told = split.pooled_rate
    return told is None or not alike(told.of(above), paid)


def _by_level(terms: Terms, paid: Money, above: Money) -> Difference | None:
    fits = [level for level in terms.levels if alike(terms.ratio_at(level).of(above), paid)]
    if len(fits) != 1:
        return None
    due = terms.ratio.of(above)
    values = (paid.yuan(), LEVELS[fits[0]], LEVELS[terms.level], due.yuan())
    return Difference(Differs.LEVEL, _LEVEL, values)


def _by_class(terms: Terms, paid: Money, above: Money) -> Difference | None:
    rates = (terms.rule.ratio(group, terms.level) for group in PersonGroup)
    if not any(rate is not None and alike(rate.of(above), paid) for rate in rates):
        return None
    values = (paid.yuan(), terms.ratio.of(above).yuan())
    return Difference(Differs.PERSON_CLASS, _CLASS, values)


def _other(paid: Money, due: Money) -> Difference:
    return Difference(Differs.PAID, _PAID, (paid.yuan(), due.yuan()))


# --- the deductible -------------------------------------------------------------------------------


def _standard_told(terms: Terms, split: Split) -> Difference | None:
    """The pool's own words are the surest sign of the level by which it was reckoned."""
    told = standard_told(split)
    if told is None or told == terms.standard:
        return None
    return _standard_differs(terms, told)


def _deductible(terms: Terms, split: Split) -> Difference | None:
    """Where nothing else tells: more was taken than the standard is."""
    taken = split.deductible
    if taken is None or taken <= terms.standard:
        return None
    return Difference(Differs.DEDUCTIBLE, _DEDUCTIBLE, (taken.yuan(), terms.standard.yuan()))


def _standard_differs(terms: Terms, told: Money) -> Difference:
    fits = [level for level in terms.levels if terms.rule.standard(level) == told]
    if len(fits) != 1:
        return Difference(Differs.DEDUCTIBLE, _DEDUCTIBLE, (told.yuan(), terms.standard.yuan()))
    level, here = LEVELS[fits[0]], LEVELS[terms.level]
    values = (told.yuan(), level, here, terms.standard.yuan())
    return Difference(Differs.LEVEL, _LEVEL_DEDUCTIBLE, values)


# --- the first pay --------------------------------------------------------------------------------


def _first_pay(terms: Terms, answered: Answered) -> Difference | None:
    """S2-23; only where 2001 told a filing that holds here and now."""
    split, visit, filing = answered.split, answered.visit, answered.filing
    paid = first_pay(split, answered.lines)
    if paid is None or split.in_scope is None:
        return None
    if filing is None or not filing.holds(answered.place, visit.began.date()):
        return None
    group = filing.kind.group
    if group is FilingGroup.LONG and visit.kind == EMERGENCY:
        return None
    return _beyond(group, paid, terms.first_pays(group), split.in_scope + paid)


def _beyond(group: FilingGroup, paid: Money, rate: Rate | None, base: Money) -> Difference | None:
    if rate is None or paid <= rate.of(base) + ROUNDING:
        return None
    if group is FilingGroup.LONG:
        return Difference(Differs.FILING_LOST, _FILING_LOST, (paid.yuan(),))
    return Difference(Differs.FIRST_PAY, _FIRST_PAY, (paid.yuan(), rate.of(base).yuan()))


# --- the first level ------------------------------------------------------------------------------


def levels_of(terms: Terms, split: Split) -> Levels | None:
    """「若今天在一级医院同样费用可报 x 元」; None where no more would be paid, or not all is told."""
    in_scope, taken, paid = split.in_scope, split.deductible, split.pooled_fund
    left = payable_before(split)
    if in_scope is None or taken is None or paid is None or left is None:
        return None
    most = _due_at_the_first_level(terms, in_scope, taken)
    there = min(left, terms.pays(FIRST_LEVEL, in_scope, most))
    if there <= paid:
        return None
    sure = taken < in_scope or not terms.standard
    return Levels(in_scope, paid, there, at_least=not sure)


def _due_at_the_first_level(terms: Terms, in_scope: Money, taken: Money) -> Money:
    """What was paid of the year's deductible shows where the bill went beyond what was due."""
    there = terms.rule.standard(FIRST_LEVEL)
    before = ZERO if taken >= in_scope else terms.standard - taken
    return max(ZERO, there - before)
