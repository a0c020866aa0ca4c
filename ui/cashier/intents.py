"""What the cashier may do in a state: pure, so that keys and buttons cannot disagree."""

from __future__ import annotations

from ui.cashier.state import Halt, Intent, Page, ViewState

_BY_PAGE: dict[Page, frozenset[Intent]] = {
    Page.READY: frozenset(),
    Page.CHOOSE: frozenset((Intent.LEAVE,)),
    Page.PERSON: frozenset((Intent.LEAVE, Intent.TYPE_CHARGES)),
    Page.OFFER: frozenset((Intent.LEAVE, Intent.SETTLE)),
    Page.SETTLED: frozenset((Intent.COLLECT,)),
    Page.DONE: frozenset((Intent.NEXT_PATIENT, Intent.PRINT_AGAIN)),
    Page.STOPPED: frozenset((Intent.NEXT_PATIENT,)),
}
_ASKS_AGAIN = frozenset((Halt.NEEDS_FILING, Halt.REFUSED, Halt.LINE_DOWN))


def intents_of(state: ViewState) -> frozenset[Intent]:
    """The intents that do something now; a busy window takes none but help."""
    if state.busy is not None:
        return frozenset((Intent.HELP,))
    return frozenset((Intent.HELP,)) | _BY_PAGE[state.page] | _of_person(state) | _of_stop(state)


def _of_person(state: ViewState) -> frozenset[Intent]:
    if state.page not in (Page.CHOOSE, Page.PERSON, Page.OFFER):
        return frozenset()
    unchecked = frozenset((Intent.CONFIRM_IDENTITY,)) if not state.checked_by else frozenset()
    account = state.insurance and state.insurance.account_balance and state.page is Page.OFFER
    return unchecked | (frozenset((Intent.ACCOUNT,)) if account else frozenset())


def _of_stop(state: ViewState) -> frozenset[Intent]:
    stop = state.stop
    if state.page is not Page.STOPPED or stop is None:
        return frozenset()
    asks = stop.halt in _ASKS_AGAIN and state.insurance is not None
    return frozenset((Intent.ASK_AGAIN,)) if asks else frozenset()
