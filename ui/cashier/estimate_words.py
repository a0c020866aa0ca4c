"""What the window says of estimates (估算): before the bill, and beside the platform's answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.knowledge.benefits import Counts
from ui.cashier.amount_words import in_yuan
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge, Fact

if TYPE_CHECKING:
    from desktop.services.outlook import Due, Levels
    from ui.cashier.state import Quota, ViewState


def before(state: ViewState, quota: Quota) -> tuple[Fact, ...]:
    """What is left, what of the deductible is still due, and what a round sum would bring today."""
    facts = [_marked(tr("今年还可报"), in_yuan(quota.left))]
    found = state.outlook
    if found is not None and found.due is not None:
        facts.append(_due(found.due))
    if found is not None and found.example is not None:
        facts.extend(_example(found.example))
    return tuple(facts)


def differences(state: ViewState) -> str:
    """Where the amounts on offer are not what the known rule yields; "" where they are (idea 18)."""
    found = state.beside.differences if state.beside else ()
    if not found:
        return ""
    said = (tr(each.said).format(*map(tr, each.values)) for each in found)
    return "\n".join((tr("估算：与参保地公布的规定不一样，先问清再结算；金额以平台为准。"), *said))


def first_level(state: ViewState) -> str:
    """「若今天在一级医院同样费用可报 x 元」 (S4-24); "" where it would be no more."""
    levels = state.beside.levels if state.beside else None
    if levels is None or levels.first_level is None:
        return ""
    said = _AT_LEAST if levels.at_least else _THERE
    return tr(said).format(in_yuan(levels.first_level))


_THERE = "估算：同样费用今天在一级医院，统筹基金可支付{0}。"
_AT_LEAST = "估算：同样费用今天在一级医院，统筹基金至少可支付{0}。"


def _marked(label: str, value: str) -> Fact:
    return Fact(label, value, badge=Badge(tr("估算"), Tone.INFO), wide=True)


def _due(due: Due) -> Fact:
    """No transaction tells what was paid of it: at most the whole, where that may have been."""
    if due.counts is Counts.VISIT:
        return _marked(tr("每次就诊起付"), in_yuan(due.most))
    value = in_yuan(due.most)
    return _marked(tr("今年起付还差"), value if due.is_exact else tr("最多 {0}").format(value))


def _example(levels: Levels) -> Iterator[Fact]:
    """A round sum, here and at a hospital of the first level."""
    here = tr("范围内 {0}，本院至少报") if levels.at_least else tr("范围内 {0}，本院报")
    yield _marked(here.format(in_yuan(levels.of)), in_yuan(levels.here))
    if levels.first_level is not None:
        there = tr("同样费用，一级医院至少报") if levels.at_least else tr("同样费用，一级医院报")
        yield _marked(there, in_yuan(levels.first_level))
