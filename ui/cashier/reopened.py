"""The window's state of a visit that is opened again, from what the journal holds of it."""

from __future__ import annotations

from desktop.domain import balance
from desktop.domain.account_use import AccountUse
from desktop.domain.credential import CredentialKind
from desktop.domain.open_work import is_to_be_exchanged, refund_step
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import first_pay
from desktop.domain.visit import State
from desktop.services.explain import remaining_quota
from desktop.services.other_amounts import other_amounts
from ui.cashier.state import Cash, Desk, Page, Quota, ShownBy, ViewState

CASH_DUE = frozenset((State.SETTLED, State.UNPAID, State.SETTLED_NEEDS_CHECK))
"""The patient has still to pay."""

_SHOWN_BY = {
    CredentialKind.VOUCHER: ShownBy.CODE,
    CredentialKind.ID_CARD: ShownBy.NUMBER,
    CredentialKind.SOCIAL_SECURITY_CARD: ShownBy.CARD,
}


def state_of(facts: Desk, record: VisitRecord, page: Page) -> ViewState:
    """Person, bill and split as they were; a settlement with its cash due."""
    settlement, agreed = record.settlement, record.agreed
    split = settlement.split if settlement else None
    return ViewState(
        facts,
        page=page,
        credential=shown_by(record.credential.kind) if record.credential else None,
        person=record.person,
        insurance=record.insurance,
        filing=record.filing,
        quota=Quota.of(remaining_quota(split) if split else None),
        checked_by=agreed.identity_checked_by if agreed else "",
        stand_in=record.stand_in,
        bill=record.bill,
        lines=record.lines,
        account_use=AccountUse(agreed.account_use) if agreed else AccountUse.NONE,
        first_pay=first_pay(split, record.lines) if split else None,
        settlement=settlement,
        other_amounts=other_amounts(record) if page is Page.SETTLED else (),
        others_agreed=record.others_agreed,
        cash=cash_of(record),
    )


def cash_of(record: VisitRecord) -> Cash | None:
    """The cash step: the patient's part, and what of it is held already; None: it was not told."""
    due = record.settlement.split.cash if record.settlement else None
    return Cash(due, held=record.cash_taken) if due is not None else None


def is_the_refunds(record: VisitRecord) -> bool:
    """Half-way through a refund, or its cash is still to change hands (B38, B39)."""
    half_way = record.state is State.REVERSED or bool(refund_step(record))
    is_rest = record.taken_back is not None
    return half_way or (is_rest and is_to_be_exchanged(record))


def doubts(record: VisitRecord) -> tuple[Problem, ...]:
    """Why no cash may be taken yet, although it is settled; empty where it may (B31)."""
    if record.state is State.SETTLED_NEEDS_CHECK:
        kinds = map(ProblemCode.of, record.problems)
        return tuple(Problem(kind, _figures(kind, record)) for kind in kinds if kind)
    settled = record.settlement if record.state in CASH_DUE else None
    untold = settled is not None and settled.split.cash is None
    return (Problem(ProblemCode.CASH_NOT_TOLD),) if untold else ()


def _figures(kind: ProblemCode, record: VisitRecord) -> str:
    if kind is not ProblemCode.SPLIT_DOES_NOT_ADD_UP:
        return ""
    assert record.settlement is not None
    assert record.bill is not None
    return "；".join(balance.doubts(record.settlement.split, record.bill.total))


def shown_by(kind: CredentialKind) -> ShownBy:
    """What a credential of this kind was."""
    return _SHOWN_BY[kind]
