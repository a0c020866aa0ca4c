"""What the cashier may do in a state: pure, so that keys and buttons cannot disagree."""

from __future__ import annotations

from ui.cashier.draft import Shelf
from ui.cashier.state import Halt, Intent, Page, ViewState

_BY_PAGE: dict[Page, frozenset[Intent]] = {
    Page.READY: frozenset(),
    Page.CHOOSE: frozenset((Intent.LEAVE,)),
    Page.PERSON: frozenset((Intent.LEAVE, Intent.TYPE_CHARGES)),
    Page.CHARGES: frozenset((Intent.BACK, Intent.HAND_OVER)),
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
    if state.shows_broken:
        return frozenset((Intent.HELP, Intent.BACK))
    here = _BY_PAGE[state.page] | _of_person(state) | _of_stop(state)
    return frozenset((Intent.HELP,)) | here | _of_files(state) | _of_typing(state)


def _of_files(state: ViewState) -> frozenset[Intent]:
    told = state.page in (Page.READY, Page.PERSON) and state.desk.broken_files
    return frozenset((Intent.BROKEN_FILES,)) if told else frozenset()


def _of_typing(state: ViewState) -> frozenset[Intent]:
    typing = state.typing
    if state.page is not Page.CHARGES or typing is None:
        return frozenset()
    removes = frozenset((Intent.REMOVE_LINE,)) if typing.lines else frozenset()
    reloads = typing.shelf is Shelf.FAILED
    return removes | (frozenset((Intent.RELOAD_CATALOGUE,)) if reloads else frozenset())


def _of_person(state: ViewState) -> frozenset[Intent]:
    if state.page not in (Page.CHOOSE, Page.PERSON, Page.CHARGES, Page.OFFER):
        return frozenset()
    unchecked = frozenset((Intent.CONFIRM_IDENTITY,)) if not state.checked_by else frozenset()
    account = state.insurance and state.insurance.account_balance and state.page is Page.OFFER
    return unchecked | (frozenset((Intent.ACCOUNT,)) if account else frozenset())


def _of_stop(state: ViewState) -> frozenset[Intent]:
    stop = state.stop
    if state.page is not Page.STOPPED or stop is None:
        return frozenset()
    asks = stop.halt in _ASKS_AGAIN and state.insurance is not None
    again = frozenset((Intent.ASK_AGAIN,)) if asks else frozenset()
    return again | (frozenset((Intent.TYPE_CHARGES,)) if state.may_retype else frozenset())
