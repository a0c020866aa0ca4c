"""What the index tables remember of an entry, written in the entry's own transaction.

An intent stands ``unanswered`` from before its request leaves until its answer is written down;
``unknown`` when the request went out and no usable answer came; ``ended`` by a definite one.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.charges import BillKey
from desktop.domain.identifiers import SetlId
from desktop.domain.person import Person
from desktop.ledger.chain import Link

Execute = Callable[..., object]


class Standing(StrEnum):
    """How the intent of a request stands."""

    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"
    ENDED = "ended"


_OUTCOMES: dict[type[e.Entry], tuple[type[e.Entry], Standing]] = {
    e.Settled: (e.Submitted, Standing.ENDED),
    e.SettledUnbalanced: (e.Submitted, Standing.ENDED),
    e.SettlementRefused: (e.Submitted, Standing.ENDED),
    e.FoundNotBooked: (e.Submitted, Standing.ENDED),
    e.Undone: (e.Submitted, Standing.ENDED),
    e.OutcomeUnknown: (e.Submitted, Standing.UNKNOWN),
    e.Cancelled: (e.CancelSubmitted, Standing.ENDED),
    e.CancelRefused: (e.CancelSubmitted, Standing.ENDED),
    e.CancelRefusedUnbalanced: (e.CancelSubmitted, Standing.ENDED),
    e.CancelRefusedAfterCash: (e.CancelSubmitted, Standing.ENDED),
    e.CancelUnknown: (e.CancelSubmitted, Standing.UNKNOWN),
}
"""Fact → the intent of the same visit that it answers."""


REVERSAL = "2601"


def settles(entry: e.Entry) -> bool:
    """Does this intent book, or take back what is booked: its loss could cost money."""
    match entry:
        case e.Submitted() | e.CancelSubmitted() | notes.Torn():
            return True
        case notes.RequestIntended(infno):
            return infno == REVERSAL
        case _:
            return False


def remember_visit(execute: Execute, first: Link) -> None:
    """Bring the visits up to date with the first of some entries of one visit; it is open."""
    execute(
        "INSERT INTO visits VALUES (?, ?, ?) ON CONFLICT (visit) DO NOTHING",
        (first.visit, first.seq, first.at[:10]),
    )
    execute("INSERT INTO open_visits VALUES (?) ON CONFLICT (visit) DO NOTHING", (first.visit,))


def remember(execute: Execute, link: Link, entry: e.Entry) -> None:
    """Bring every other index up to date with one entry that was just written."""
    match entry:
        case e.BillTaken(bill):
            _remember_numbers(execute, link, bill.key, bill.visit.visit_no)
        case e.PersonIdentified(person):
            _remember_person(execute, link, person)
        case notes.RequestIntended() | e.Submitted() | e.CancelSubmitted():
            _remember_intent(execute, link, entry.msgid, Standing.UNANSWERED)
        case notes.Torn():
            _remember_torn(execute, link, entry)
        case notes.TornJudged():
            for kind in _INTENTS:
                execute(_END, (Standing.ENDED, link.visit, kind.__name__))
        case notes.RequestAnswered():
            _remember_answer(execute, link.visit, entry)
        case e.Settled(settlement) | e.SettledUnbalanced(settlement):
            _remember_settlement(execute, link, settlement.setl_id)
            _remember_outcome(execute, link.visit, entry)
        case _:
            _remember_outcome(execute, link.visit, entry)


def _remember_numbers(execute: Execute, link: Link, key: BillKey, visit_no: str) -> None:
    execute(
        "INSERT INTO bills VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (key.bill_no, key.revision, link.visit, link.seq),
    )
    execute(
        "INSERT INTO visit_numbers VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (visit_no, link.visit, link.seq),
    )


def _remember_person(execute: Execute, link: Link, person: Person) -> None:
    """By either number: 1101 may name the same person under another 人员编号."""
    for number in filter(None, (person.psn_no, person.cert_no)):
        execute(
            "INSERT INTO persons VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (number, link.visit, link.seq),
        )


def _remember_torn(execute: Execute, link: Link, torn: notes.Torn) -> None:
    """Among the visits of its bill and its 门诊号, and among those that nobody knows the outcome of."""
    if torn.bill_no:
        _remember_numbers(execute, link, BillKey(torn.bill_no, torn.revision), torn.visit_no)
    _remember_settlement(execute, link, torn.setl_id)
    _remember_intent(execute, link, torn.msgid or "", Standing.UNKNOWN)


def _remember_intent(execute: Execute, link: Link, msgid: str, standing: Standing) -> None:
    execute(
        "INSERT INTO intents VALUES (?, ?, ?, ?, ?)",
        (link.seq, link.visit, link.kind, msgid, standing),
    )


def _remember_settlement(execute: Execute, link: Link, setl_id: SetlId | None) -> None:
    if setl_id is not None:
        execute(
            "INSERT INTO settlements VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (setl_id, link.visit, link.seq),
        )


def _remember_answer(execute: Execute, visit: str, answer: notes.RequestAnswered) -> None:
    unknown = answer.outcome == notes.UNKNOWN
    execute(
        "UPDATE intents SET standing = ? WHERE visit = ? AND kind = ? AND msgid = ? "
        "AND standing <> 'ended'",
        (
            Standing.UNKNOWN if unknown else Standing.ENDED,
            visit,
            notes.RequestIntended.__name__,
            answer.msgid,
        ),
    )


def _remember_outcome(execute: Execute, visit: str, fact: e.Entry) -> None:
    outcome = _OUTCOMES.get(type(fact))
    if outcome is None:
        return
    intent, standing = outcome
    execute(_END, (standing, visit, intent.__name__))


_END = "UPDATE intents SET standing = ? WHERE visit = ? AND kind = ? AND standing <> 'ended'"
_INTENTS = (e.Submitted, e.CancelSubmitted, notes.RequestIntended, notes.Torn)
