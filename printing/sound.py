"""What may be printed at all: figures that add up and were told to the end (house rule 2)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from desktop.domain.balance import Identity, check
from desktop.domain.money import Money
from desktop.domain.split import Settlement
from desktop.domain.who_pays import CASH


class Untold(StrEnum):
    """What a paper cannot do without and the platform did not tell."""

    CASH = "cash"
    SETTLEMENT_NUMBER = "settlement-number"

    @property
    def words(self) -> str:
        """In the words of the slip."""
        return _UNTOLD_WORDS[self]


_UNTOLD_WORDS = {Untold.CASH: CASH, Untold.SETTLEMENT_NUMBER: "结算单号"}


class CannotPrint(Exception):
    """The normal paper must not be printed of this answer (benefits.md 2.2).

    ``broken`` are the identities that fail; ``untold`` is what is missing, without which the
    paper would be no receipt; ``where`` is the settlement of many that is meant. Its text is
    Chinese, for the person at the desk.
    """

    def __init__(
        self,
        broken: tuple[Identity, ...],
        untold: tuple[Untold, ...] = (),
        where: str = "",
    ) -> None:
        failed = (f"{identity}（{identity.words}）" for identity in broken)
        said = "；".join((*failed, *(f"没有{missing.words}" for missing in untold)))
        super().__init__("：".join(filter(None, (where, said))))
        self.broken = broken
        self.untold = untold
        self.where = where


class WrongSum(Exception):
    """Two figures of one paper contradict each other; its text is Chinese, with both figures."""

    def __init__(self, words: str, told: Money, reckoned: Money) -> None:
        super().__init__(f"{words}：给出 {told}，应为 {reckoned}")
        self.told = told
        self.reckoned = reckoned


def refuse_wrong_sum(words: str, told: Money, reckoned: Money) -> None:
    """Raise :class:`WrongSum` where the figures differ."""
    if told != reckoned:
        raise WrongSum(words, told, reckoned)


def refuse_unsound(
    settlement: Settlement, uploaded: Money, shown: Money, *, turned: bool = False
) -> None:
    """Raise :class:`CannotPrint` when the split does not add up or was not told to the end.

    ``uploaded`` is the bill's total by the hospital's own file, ``shown`` the total of the lines
    on the paper; ``turned`` is an answer of 2208, in which every amount is negative.
    """
    broken = _broken(settlement, uploaded, shown, turned)
    untold = tuple(_untold(settlement))
    if broken or untold:
        raise CannotPrint(broken, untold)


def _broken(
    settlement: Settlement, uploaded: Money, shown: Money, turned: bool
) -> tuple[Identity, ...]:
    """The failed identities; the table of the lines must show the bill's total, too."""
    failed = check(settlement.split, uploaded, reversed_=turned).broken
    table = (Identity.C5,) if shown != uploaded and Identity.C5 not in failed else ()
    return (*failed, *table)


def _untold(settlement: Settlement) -> Iterator[Untold]:
    if settlement.split.cash is None:
        yield Untold.CASH
    if not settlement.setl_id:
        yield Untold.SETTLEMENT_NUMBER
