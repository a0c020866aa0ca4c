"""The names of the pictures in ``docs/screens``: made of the state, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from ui.cashier.paper_state import PaperAt
from ui.cashier.refund_state import RefundAt
from ui.cashier.state import Halt, Page, ViewState

STEPS = {Page.STOPPED: Halt, Page.REFUND: RefundAt, Page.DONE: PaperAt}
"""Pages on which a visit may be in several ways, and the enum that says in which."""


def names() -> Iterator[str]:
    """What the window may show: every page, and every step on a page of steps."""
    for page in Page:
        steps = STEPS.get(page)
        yield from (f"{page}-{step}" for step in steps) if steps else (page.value,)


def named(state: ViewState) -> str:
    """The one of :func:`names` that this is; a page that lies over it changes nothing."""
    if state.stop is not None:
        return f"{state.page}-{state.stop.halt}"
    if state.page is Page.REFUND and state.refund is not None:
        return f"{state.page}-{state.refund.at}"
    if state.page is Page.DONE:
        return f"{state.page}-{state.paper.at if state.paper else PaperAt.NONE}"
    return state.page.value


def picture(state: str, what: str) -> str:
    """The file of this state, of which ``what`` tells one look of several."""
    return (state if state.endswith(what) else f"{state}-{what}") + ".png"
