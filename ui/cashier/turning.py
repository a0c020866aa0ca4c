"""Whether another page is shown than before, and whether anybody asked for it."""

from __future__ import annotations

from ui.cashier.news import News
from ui.cashier.over import overs
from ui.cashier.state import ViewState


def turned_by_itself(before: ViewState | None) -> bool:
    """What is looked for was found, or was not: the cashier did not ask just now."""
    return before is not None and before.lookup is not None and before.lookup.ruling is None


def other_sums(before: ViewState | None, state: ViewState) -> bool:
    """The hospital revised the bill, and its new sums stand there: they must be seen first (B26)."""
    if before is None or before.offer is None or state.offer is None:
        return False
    return state.note is News.REVISED and state.offer != before.offer


def turned(before: ViewState, state: ViewState) -> bool:
    """Whether another page is shown than before."""
    return on_top(before) != on_top(state)


def on_top(state: ViewState) -> tuple[object, ...]:
    """What tells one page from another."""
    return state.page, overs(state), state.refund and state.refund.at
