"""What the cashier may do in a state: pure, so that keys and buttons cannot disagree."""

from __future__ import annotations

from desktop.domain.left import Left
from desktop.domain.money import ZERO
from desktop.domain.notes import Open
from desktop.domain.problems import ProblemCode
from ui.cashier.draft import Shelf
from ui.cashier.paper_state import PaperAt, PaperShown
from ui.cashier.refund_state import RefundAt
from ui.cashier.state import Halt, Intent, Page, Stop, ViewState

_BY_PAGE: dict[Page, frozenset[Intent]] = {
    Page.READY: frozenset((Intent.REFUND,)),
    Page.CHOOSE: frozenset((Intent.LEAVE,)),
    Page.PERSON: frozenset((Intent.LEAVE,)),
    Page.CHARGES: frozenset((Intent.BACK, Intent.HAND_OVER)),
    Page.OFFER: frozenset((Intent.LEAVE, Intent.SETTLE)),
    Page.SETTLED: frozenset((Intent.LEAVE_UNPAID, Intent.CANCEL_SETTLEMENT)),
    Page.DONE: frozenset((Intent.NEXT_PATIENT, Intent.REFUND)),
    Page.STOPPED: frozenset((Intent.NEXT_PATIENT,)),
    Page.REFUND: frozenset((Intent.BACK,)),
}
_BY_REFUND: dict[RefundAt, frozenset[Intent]] = {
    RefundAt.CHOOSE: frozenset((Intent.DAY_BEFORE, Intent.DAY_AFTER)),
    RefundAt.PLAN: frozenset((Intent.REFUND_AGREED,)),
    RefundAt.CREDENTIAL: frozenset(),
    RefundAt.AGREE: frozenset((Intent.REFUND_AGREED, Intent.UNWIND)),
    RefundAt.HALF_DONE: frozenset((Intent.REFUND_GOES_ON, Intent.UNWIND)),
    RefundAt.CASH: frozenset((Intent.CASH_GIVEN_BACK,)),
}
DECIDED_HERE = frozenset((ProblemCode.PAID_BY_SELF, ProblemCode.SETTLED_ALIKE))
"""What stands beside a bill, of that which a cashier judges."""
_ASKS_AGAIN = frozenset((Halt.NEEDS_FILING, Halt.REFUSED, Halt.LINE_DOWN))
_MENDED = frozenset((*_ASKS_AGAIN, Halt.NEEDS_PERSON))
"""What a person can put right elsewhere; then it is tried again."""
_AT_OFFICE = frozenset(
    (
        *(Left.UNKNOWN, Left.CANCEL, Left.HALF_REFUND, Left.UPLOAD),
        *(Left.CHECK, Left.STRAY),
    )
)
"""What of the list the insurance office may be asked about."""
_TRIED_BY_ITSELF = frozenset((Left.UNKNOWN, Left.CANCEL, Left.UPLOAD))
_NOT_FINISHED_HERE = frozenset((Left.UPLOAD, Left.STRAY, Left.FAULT))


def intents_of(state: ViewState) -> frozenset[Intent]:
    """The intents that do something now; what a busy one cannot give up it says in words."""
    if state.busy is not None:
        return frozenset((Intent.HELP, Intent.GIVE_UP))
    if state.asks_to_close:
        return frozenset((Intent.HELP, Intent.BACK, Intent.CLOSE_ANYWAY))
    if state.shows_doubts:
        return frozenset((Intent.HELP, Intent.BACK))
    if state.stand_in_draft is not None:
        return _of_stand_in(state)
    if state.shows_broken or state.shows_reasons or state.forms:
        return frozenset((Intent.HELP, Intent.BACK))
    if state.shows_slip:
        done = frozenset((Intent.NEXT_PATIENT,)) if state.page is Page.DONE else frozenset()
        return frozenset((Intent.HELP, Intent.BACK)) | done
    if state.shows_queue:
        return frozenset((Intent.HELP, Intent.BACK)) | _of_row(state)
    here = _BY_PAGE[state.page] | _of_person(state) | _of_stop(state) | _of_refund(state)
    files = _of_files(state) | _of_typing(state) | _of_forms(state)
    return _ALWAYS | here | files | _of_errand(state) | _of_cash(state) | _of_slip(state)


_ALWAYS = frozenset((Intent.HELP, Intent.QUEUE))


def _of_row(state: ViewState) -> frozenset[Intent]:
    """What can be done about the chosen row of the list."""
    row = next((row for row in state.desk.open_visits if row.visit == state.queue_at), None)
    if row is None:
        return frozenset()
    able = (
        (Intent.RETRY, row.left in _TRIED_BY_ITSELF),
        (Intent.HAND_TO_OFFICE, row.left in _AT_OFFICE),
        (Intent.COPY_CASE, state.case is not None),
        (Intent.FINISH, row.left not in _NOT_FINISHED_HERE and not row.too_old),
        (Intent.SELF_PAY, row.left is Left.DEFERRED),
        (Intent.GIVE_UP_PAPER, row.left is Left.PAPER and row.has_paper),
    )
    return frozenset(intent for intent, can in able if can)


def _of_errand(state: ViewState) -> frozenset[Intent]:
    """The patient of the errand may go again; a bill is typed only where none is given."""
    if state.page is Page.READY and state.errand is not None:
        return frozenset((Intent.LEAVE,))
    types = state.page is Page.PERSON and state.errand is None
    return frozenset((Intent.TYPE_CHARGES,)) if types else frozenset()


def _of_cash(state: ViewState) -> frozenset[Intent]:
    """Nothing is taken where the platform did not tell how much."""
    due = state.page is Page.SETTLED and state.cash is not None
    asks = frozenset((Intent.AMOUNTS_AGREED,)) if state.awaits_yes else frozenset()
    return asks | frozenset((Intent.COLLECT, Intent.PREVIEW)) if due else frozenset()


def _of_slip(state: ViewState) -> frozenset[Intent]:
    """A slip that can be drawn small can be drawn large."""
    if state.page is not Page.DONE:
        return frozenset()
    drawn = frozenset((Intent.ENLARGE,)) if state.slip else frozenset()
    return drawn | _of_paper(state.paper)


def _of_paper(paper: PaperShown | None) -> frozenset[Intent]:
    """What came out is printed again; what did not, goes on; what may have, somebody looks at."""
    match paper.at if paper else PaperAt.OUT:
        case PaperAt.OUT | PaperAt.KEPT | PaperAt.OVER:
            return frozenset((Intent.PRINT_AGAIN,))
        case PaperAt.NONE | PaperAt.TROUBLE:
            return frozenset((Intent.PRINT_REST,))
        case PaperAt.DOUBTED:
            several = paper is not None and paper.doubted > 1
            one = frozenset((Intent.PAPER_CAME_ONE,)) if several else frozenset()
            return one | frozenset((Intent.PAPER_CAME, Intent.PAPER_DID_NOT_COME))
        case PaperAt.PRINTING:
            return frozenset()


def _of_refund(state: ViewState) -> frozenset[Intent]:
    if state.page is not Page.REFUND or state.refund is None:
        return frozenset()
    asks = (Intent.AMOUNTS_AGREED, Intent.CANCEL_SETTLEMENT) if state.awaits_yes else ()
    return _BY_REFUND[state.refund.at].union(asks)


def _of_files(state: ViewState) -> frozenset[Intent]:
    told = state.page in (Page.READY, Page.PERSON) and state.desk.broken_files
    return frozenset((Intent.BROKEN_FILES,)) if told else frozenset()


_HAS_FORMS = frozenset((Page.PERSON, Page.OFFER, Page.SETTLED, Page.DONE, Page.STOPPED))


def _of_forms(state: ViewState) -> frozenset[Intent]:
    """Papers of whoever is at the window; which ones, the journal tells when it is asked."""
    known = state.person is not None or state.bill is not None or state.lookup is not None
    able = known and state.page in _HAS_FORMS
    return frozenset((Intent.FORMS,)) if able else frozenset()


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
    account = state.insurance and state.insurance.account_balance and state.page is Page.OFFER
    looked = frozenset((Intent.ACCOUNT,)) if account else frozenset()
    return looked | _of_check(state)


def _of_check(state: ViewState) -> frozenset[Intent]:
    """人证核对: the ordinary way on every page of a person, the others where nothing is typed."""
    free = state.page is not Page.CHARGES
    able = (
        (Intent.CONFIRM_IDENTITY, not state.checked_by),
        (Intent.FACE_CHECK, not state.checked_by and state.desk.face_terminal and free),
        (Intent.STAND_IN, free),
        (Intent.DOUBT, free),
    )
    return frozenset(intent for intent, can in able if can)


def _of_stand_in(state: ViewState) -> frozenset[Intent]:
    """Who stands in is being typed."""
    there = frozenset((Intent.NO_STAND_IN,)) if state.stand_in else frozenset()
    return frozenset((Intent.HELP, Intent.BACK, Intent.STAND_IN_DONE)) | there


def _of_stop(state: ViewState) -> frozenset[Intent]:
    stop = state.stop
    if state.page is not Page.STOPPED or stop is None:
        return frozenset()
    able = (
        (Intent.ASK_AGAIN, _asks_again(state)),
        (Intent.TYPE_CHARGES, state.may_retype),
        (Intent.DEFER_DEPOSIT, _defers(state) and _asks_for_deposit(state)),
        (Intent.DEFER_SIGNED, _defers(state)),
        (Intent.SELF_PAY, _pays_self(state)),
        (Intent.ACCEPT, _can_be_accepted(stop)),
        (Intent.CANCEL_SETTLEMENT, stop.halt is Halt.NEEDS_CHECK),
        (Intent.SETTLE_BESIDE, _decides_beside(stop)),
    )
    return frozenset(intent for intent, can in able if can) | _of_lookup(state)


def _decides_beside(stop: Stop) -> bool:
    """What stands beside the bill is a cashier's to judge; another revision is refunded first."""
    only = all(problem.kind in DECIDED_HERE for problem in stop.problems)
    return stop.halt is Halt.NEEDS_PERSON and only


def _can_be_accepted(stop: Stop) -> bool:
    """A sum that nobody was told cannot be found right (B31)."""
    untold = any(problem.kind is ProblemCode.CASH_NOT_TOLD for problem in stop.problems)
    return stop.halt is Halt.NEEDS_CHECK and not untold


def _asks_again(state: ViewState) -> bool:
    """The line may be back whoever stands there; otherwise the insured area is asked.

    Never for somebody who was found not to be the person of the credential (B08).
    """
    assert state.stop is not None
    if any(problem.kind is ProblemCode.IDENTITY_DOUBTED for problem in state.stop.problems):
        return False
    known = state.insurance is not None or state.stop.halt is Halt.LINE_DOWN
    return known and state.stop.halt in _MENDED and state.settlement is None


def _defers(state: ViewState) -> bool:
    down = state.stop is not None and state.stop.halt is Halt.LINE_DOWN
    return down and state.outage is not None and state.outage.may_defer


def _asks_for_deposit(state: ViewState) -> bool:
    """What the journal holds for the bill already is not asked for again."""
    return state.outage is not None and state.outage.asked != ZERO


def _pays_self(state: ViewState) -> bool:
    """A patient whom the funds do not pay for, or not now (B10, B13, B22)."""
    able = state.outage is not None and state.outage.may_pay_self
    if not able or state.stop is None:
        return False
    return state.stop.halt in _ASKS_AGAIN or _decides_beside(state.stop)


def _of_lookup(state: ViewState) -> frozenset[Intent]:
    """An unknown settlement: the patient may leave; one that is not booked is settled anew."""
    lookup = state.lookup
    if lookup is None or lookup.what is not Open.SETTLEMENT:
        return frozenset()
    return frozenset((Intent.NOT_WAITING if lookup.ruling is None else Intent.SETTLE_ANEW,))
