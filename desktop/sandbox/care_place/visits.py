"""Visits and their charge batches as the care place keeps them."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.sandbox.calls import Call
from desktop.sandbox.model import Batch, SettlementState, Visit
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import State


def visit(call: Call, mdtrt_id: str, psn_no: str) -> Visit:
    """The visit, of this person and this institution and not withdrawn."""
    found = call.state.visits.get(mdtrt_id)
    if found is None:
        raise Refused(Reason.VISIT_UNKNOWN, mdtrt_id=mdtrt_id)
    if found.psn_no != psn_no or found.institution != call.head.fixmedins_code:
        raise Refused(Reason.VISIT_OF_ANOTHER)
    if found.withdrawn:
        raise Refused(Reason.VISIT_WITHDRAWN)
    return found


def is_settled(state: State, batch: Batch) -> bool:
    """True while a settlement of the batch is effective."""
    effective = SettlementState.EFFECTIVE
    return any(state.settlements[number].state is effective for number in batch.settlements)


def any_settled(state: State, batches: Iterable[Batch]) -> bool:
    return any(is_settled(state, batch) for batch in batches)
