"""What the agency's people look at: the figures of the line, and what seems odd; pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from desktop.domain.money import Money
from desktop.sandbox.care_place.suspicion import suspected
from desktop.sandbox.exchange.hops import KEPT, Did, Message, MessageLog
from desktop.sandbox.model import Settlement
from desktop.sandbox.state import State

_UNANSWERED = (Did.LOST, Did.SPOILT)
_WENT_WELL = "answered"


def figures(state: State, log: MessageLog) -> dict[str, Any]:
    """How the remembered messages ended, and what stands booked (S1-56); money in yuan.

    A refusal is counted under its reason's name, everything else under what a party did.
    """
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    for message in log.latest(KEPT):
        ends[message.ask.infno][_end(message)] += 1
    booked: dict[str, list[Settlement]] = defaultdict(list)
    for row in state.settlements:
        booked[row.state].append(row)
    return {
        "messages": {infno: dict(count) for infno, count in sorted(ends.items())},
        "settlements": {kind: _sums(rows) for kind, rows in sorted(booked.items())},
    }


def _end(message: Message) -> str:
    for hop in message.hops:
        if hop.did is Did.REFUSED:
            return hop.note
        if hop.did in _UNANSWERED:
            return hop.did.value
    return _WENT_WELL


def _sums(rows: Iterable[Settlement]) -> dict[str, Any]:
    amounts = [row.amounts for row in rows]
    return {
        "count": len(amounts),
        "medfee_sumamt": Money.total(each.total for each in amounts).yuan(),
        "fund_pay_sumamt": Money.total(each.fund for each in amounts).yuan(),
    }


def suspicions(state: State) -> list[dict[str, Any]]:
    """Settlements that somebody should look at, in booking order, and why."""
    return [{"setl_id": row.setl_id, "suspicions": row.suspicions} for row in suspected(state)]
