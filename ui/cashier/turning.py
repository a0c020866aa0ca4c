"""Whether another page is shown than before, and whether anybody asked for it."""

from __future__ import annotations

from ui.cashier.state import ViewState


def turned_by_itself(before: ViewState | None) -> bool:
    """What is looked for was found, or was not: the cashier did not ask just now."""
    return before is not None and before.lookup is not None and before.lookup.ruling is None


def turned(before: ViewState, state: ViewState) -> bool:
    """Whether another page is shown than before."""
    return _on_top(before) != _on_top(state)


def _on_top(state: ViewState) -> tuple[object, ...]:
    over = (
        *(state.shows_broken, state.shows_queue, state.shows_doubts, state.shows_reasons),
        *(bool(state.stand_in_draft), bool(state.forms)),
    )
    return state.page, state.shows_slip, *over, state.refund and state.refund.at
