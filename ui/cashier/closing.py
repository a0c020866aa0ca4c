"""The window's cross while something must finish: it is waited for, and nobody is left standing; no Qt.

The cashier did not see the page that the answer brought. Where somebody is owed something on it, cash
or their yes, a paper, an outcome, the window stays; pressed again it closes, and the next start asks.
"""

from __future__ import annotations

from desktop.domain.open_work import CASH_OPEN
from ui.cashier.news import News
from ui.cashier.paper_state import PaperAt
from ui.cashier.refund_desk import RefundDesk
from ui.cashier.refund_state import RefundAt
from ui.cashier.stage import Stage
from ui.cashier.state import Halt, Page

_NOT_OUT = frozenset((PaperAt.NONE, PaperAt.TROUBLE, PaperAt.DOUBTED))
_BOOKED_OR_MAY_BE = frozenset((Halt.UNKNOWN, Halt.NEEDS_CHECK))


class Closing:
    """Lives on the presenter's thread."""

    def __init__(self, stage: Stage, refund: RefundDesk) -> None:
        self._stage = stage
        self._refund = refund
        self._seen = False

    def begins(self, *, waits: bool) -> None:
        """The cross was pressed; ``waits``: something has to finish before the window goes."""
        if not self._stage.closing:
            self._seen = self._stage.state.busy is None and self._owes
            self._stage.closes(waits=waits)

    @property
    def stays(self) -> bool:
        """What was waited for is over, and it brought what only a person ends."""
        return self._stage.closing and not self._seen and self._owes

    def stay(self) -> None:
        """The window is the cashier's again, and says why it did not go."""
        self._stage.opens_again()
        self._refund.stand()
        self._stage.change(note=News.NOT_CLOSED)

    @property
    def _owes(self) -> bool:
        """Whoever stands at the window is owed something on the page that lies there."""
        state, visit = self._stage.state, self._stage.visit
        match state.page:
            case Page.SETTLED:
                return True
            case Page.STOPPED:
                unpaid = visit is not None and visit.record.state in CASH_OPEN
                return unpaid or (state.stop is not None and state.stop.halt in _BOOKED_OR_MAY_BE)
            case Page.DONE:
                return state.paper is not None and state.paper.at in _NOT_OUT
            case Page.REFUND:
                refund = state.refund
                cash = refund is not None and refund.at is RefundAt.CASH
                return cash or (refund is not None and bool(refund.next_step))
            case _:
                return False
