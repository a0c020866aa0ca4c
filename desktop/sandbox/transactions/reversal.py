"""2601 冲正交易: undo what a msgid booked, whether or not its answer arrived."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.nhsa.messages.reversal import ReversalData, ReversalInput
from desktop.sandbox.calls import Call
from desktop.sandbox.exchange.routing import person
from desktop.sandbox.model import Settlement, SettlementState
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.transactions.booking import unbook

SETTLE: Final = "2207"
NOT_OFFERED: Final = frozenset(("2102", "2207A", "2304", "2401"))
"""Reversible by the interface, but transactions that this platform does not have."""
_BOOKED: Final = frozenset(
    (SettlementState.EFFECTIVE, SettlementState.CANCELLED, SettlementState.REVERSED)
)


def reverse(call: Call, asked: ReversalInput) -> None:
    """Undoes every effective settlement of the msgid, two where it was booked twice.

    A msgid never seen is refused, and may be booked afterwards all the same: its request can
    still be on its way.
    """
    data = asked.data
    _check_kind(data.oinfno)
    person(call, data.psn_no)
    _check_area(call)
    booked = _booked_by(call, data)
    effective = [row for row in booked if row.state is SettlementState.EFFECTIVE]
    if not effective:
        raise Refused(_why_not(booked), omsgid=data.omsgid)
    for row in effective:
        unbook(call, row, SettlementState.REVERSED)


def _check_kind(infno: str) -> None:
    if infno in NOT_OFFERED:
        raise Refused(Reason.NOT_OFFERED, infno=infno)
    if infno != SETTLE:
        raise Refused(Reason.REVERSAL_NOT_POSSIBLE, infno=infno)


def _check_area(call: Call) -> None:
    area = call.head.insuplc_admdvs or ""
    if not call.state.area(area).reversal_2601:
        raise Refused(Reason.REVERSAL_NOT_OPEN, area=area)


def _booked_by(call: Call, data: ReversalData) -> tuple[Settlement, ...]:
    """What a 2207 of this msgid booked for this person here; never a 2208's own row."""
    return tuple(
        row
        for row in call.state.settlements.where("msgid", data.omsgid)
        if row.psn_no == data.psn_no
        and row.state in _BOOKED
        and call.state.visits[row.mdtrt_id].institution == call.head.fixmedins_code
    )


def _why_not(booked: Iterable[Settlement]) -> Reason:
    states = {row.state for row in booked}
    if SettlementState.CANCELLED in states:
        return Reason.REVERSAL_REFUNDED
    if SettlementState.REVERSED in states:
        return Reason.REVERSAL_REPEATED
    return Reason.REVERSAL_UNKNOWN
