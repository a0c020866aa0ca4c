"""What lies over a page; no Qt."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.cashier.state import ViewState


class Over(StrEnum):
    """A page that lies over another until Esc; of several the first of these is seen."""

    HALF_TYPED = "bill-half-typed"
    """The window is to be closed, and would take with it what was typed."""
    DOUBTS = "doubts"
    """人证不符: what does not fit (B08)."""
    REASONS = "reasons"
    """Why it is printed again (B37)."""
    FORMS = "forms"
    """Other papers of the visit."""
    STAND_IN = "stand-in-form"
    BROKEN = "faulty-file-list"
    """Charges files with faults."""
    SLIP = "slip-large"
    QUEUE = "queue"
    """What is not at rest."""


def overs(state: ViewState) -> tuple[Over, ...]:
    """Everything that lies there, the uppermost first."""
    lies = {
        Over.HALF_TYPED: state.asks_to_close,
        Over.DOUBTS: state.shows_doubts,
        Over.REASONS: state.shows_reasons,
        Over.FORMS: bool(state.forms),
        Over.STAND_IN: state.stand_in_draft is not None,
        Over.BROKEN: state.shows_broken,
        Over.SLIP: state.shows_slip,
        Over.QUEUE: state.shows_queue,
    }
    return tuple(over for over in Over if lies[over])


def over(state: ViewState) -> Over | None:
    """What is seen of it; None while the page itself is."""
    return next(iter(overs(state)), None)
