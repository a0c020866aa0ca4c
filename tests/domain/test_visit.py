"""The table of a visit: what can happen, what cannot, and where money may move."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import product
from typing import get_args

import pytest

from desktop.domain import events as e
from desktop.domain.visit import (
    BLOCKS_NEW_SETTLEMENT,
    EFFECTIVELY_SETTLED,
    TABLE,
    Effect,
    NotAllowed,
    State,
    Transition,
    transition,
)

FACTS: tuple[type[e.Fact], ...] = get_args(e.Fact)
KNOWN = {(row.source, row.fact) for row in TABLE}
S = State


def happened(fact: type[e.Fact]) -> e.Fact:
    """A fact of which only the type counts: the table asks for nothing else."""
    return fact.__new__(fact)


def walk(state: State, *facts: type[e.Fact]) -> State:
    for fact in facts:
        state = transition(state, happened(fact)).target
    return state


def reachable(
    start: State,
    *,
    avoiding: Collection[State] = (),
    without: Collection[type[e.Fact]] = (),
) -> set[State]:
    """Every state that some sequence of facts leads to."""
    found, waiting = {start}, [start]
    while waiting:
        for row in leaving(waiting.pop()):
            if row.target not in found and row.target not in avoiding and row.fact not in without:
                found.add(row.target)
                waiting.append(row.target)
    return found


def leaving(state: State) -> list[Transition]:
    return [row for row in TABLE if row.source is state]


def entries_of(effect: Effect) -> set[tuple[State, type[e.Fact], State]]:
    return {(row.source, row.fact, row.target) for row in TABLE if effect in row.effects}


def row_id(row: Transition) -> str:
    return f"{row.source}-{row.fact.__name__}"


@pytest.mark.parametrize("row", TABLE, ids=row_id)
def test_every_row_is_taken(row: Transition) -> None:
    assert transition(row.source, happened(row.fact)) is row


def test_no_fact_leads_two_ways() -> None:
    assert len(KNOWN) == len(TABLE)


def test_what_is_not_in_the_table_cannot_happen() -> None:
    for state, fact in product(State, FACTS):
        if (state, fact) not in KNOWN:
            with pytest.raises(NotAllowed) as caught:
                transition(state, happened(fact))
            assert (caught.value.state, caught.value.fact) == (state, fact)
            assert fact.__name__ in str(caught.value)


def test_every_fact_can_happen_somewhere() -> None:
    assert {row.fact for row in TABLE} == set(FACTS)


def test_every_effect_is_asked_for_somewhere() -> None:
    assert {effect for row in TABLE for effect in row.effects} == set(Effect)


def test_every_state_can_be_reached() -> None:
    assert reachable(S.IDLE) == set(State)


def test_every_visit_can_be_brought_to_an_end() -> None:
    """No state without a way on: each leads to CLOSED, or back to IDLE where nothing happened."""
    for state in State:
        assert S.CLOSED in reachable(state)
        assert any(row.target is not state for row in leaving(state))


def test_branches_are_those_of_the_description() -> None:
    """B01 … B52 of visit.md 3.2, and no others."""
    named = {branch for row in TABLE for branch in re.findall(r"B\d+", row.branch)}
    assert named <= {f"B{number:02d}" for number in range(1, 53)}


UNCERTAIN = (S.SUBMITTED, S.UNKNOWN, S.DEFERRED_UNKNOWN)
DECIDED = {*EFFECTIVELY_SETTLED, S.REVERSED, S.CLOSED}


@pytest.mark.parametrize("state", [S.UNKNOWN, S.DEFERRED_UNKNOWN])
def test_unknown_is_never_sent_again_before_it_is_decided(state: State) -> None:
    """B28: never a second 2207 before "not booked" is proved, or the settlement is found."""
    ways = reachable(state, avoiding=DECIDED, without=(e.FoundNotBooked, e.Undone))
    assert ways <= {S.UNKNOWN, S.DEFERRED_UNKNOWN}


def test_a_submitted_visit_is_never_sent_again_before_an_answer() -> None:
    """B27, B28: only a refusal or a proof leads back."""
    undecided = (e.FoundNotBooked, e.Undone, e.SettlementRefused)
    ways = reachable(S.SUBMITTED, avoiding=DECIDED, without=undecided)
    assert ways <= set(UNCERTAIN)


def test_a_cancel_is_never_sent_twice_before_it_is_decided() -> None:
    """B38: never a second 2208 before a query."""
    decided = (
        e.Cancelled,
        e.CancelRefused,
        e.CancelRefusedUnbalanced,
        e.CancelRefusedAfterCash,
    )
    assert reachable(S.REVERSING, without=decided) == {S.REVERSING}


def test_a_refused_cancel_does_not_clear_a_settlement_that_needs_its_check() -> None:
    """B31: only a supervisor's acceptance does."""
    ways = reachable(S.REVERSING, without=(e.CancelRefused, e.CancelRefusedAfterCash, e.Accepted))
    assert S.SETTLED_NEEDS_CHECK in ways
    refused = [row for row in TABLE if row.fact is e.CancelRefusedUnbalanced]
    assert [row.target for row in refused] == [S.SETTLED_NEEDS_CHECK]


def test_a_settled_visit_is_never_settled_again_without_a_cancel() -> None:
    """One bill, one settlement (B39: a partial refund reverses first)."""
    for state in EFFECTIVELY_SETTLED:
        assert S.SUBMITTED not in reachable(state, without=(e.Cancelled,))


def test_2207_is_sent_for_a_confirmed_visit_only() -> None:
    """Rule 2 of visit.md 3.1: the patient saw the amounts and agreed."""
    assert entries_of(Effect.SETTLE) == {(S.CONFIRMED, e.Submitted, S.SUBMITTED)}
    assert S.SUBMITTED not in reachable(S.IDLE, without=(e.PatientAgreed,))
    assert S.CONFIRMED not in reachable(S.IDLE, without=(e.Previewed,))


def test_2208_is_sent_for_what_is_booked_only() -> None:
    """B33, B38."""
    sources = {source for source, _, _ in entries_of(Effect.CANCEL_SETTLEMENT)}
    assert sources == {*EFFECTIVELY_SETTLED, S.CLOSED}


def test_cash_is_taken_after_settled_only() -> None:
    """Rule 3 of visit.md 3.1: money is taken after SETTLED, never before."""
    assert {target for _, _, target in entries_of(Effect.TAKE_CASH)} == {S.SETTLED}
    assert {row.source for row in TABLE if row.fact is e.CashTaken} == {S.SETTLED, S.UNPAID}


def test_printing_never_moves_money() -> None:
    """B35, B36, B37: a failed print never causes a resend; rule 4 of visit.md 3.1."""
    for row in TABLE:
        if row.fact in (e.Printed, e.PrintFailed):
            assert row.effects == ()
            assert row.target in (row.source, S.PRINTED, S.PRINT_PENDING)


def test_no_receipt_while_the_sums_do_not_add_up() -> None:
    """B31: SETTLED_NEEDS_CHECK prints nothing and takes nothing."""
    assert {row.fact for row in leaving(S.SETTLED_NEEDS_CHECK)} == {e.Accepted, e.CancelSubmitted}


def test_sets_of_states() -> None:
    assert set(UNCERTAIN) | {S.REVERSING} == BLOCKS_NEW_SETTLEMENT
    assert BLOCKS_NEW_SETTLEMENT.isdisjoint(EFFECTIVELY_SETTLED)
    for state in BLOCKS_NEW_SETTLEMENT:
        assert e.Submitted not in {row.fact for row in leaving(state)}


def test_states_are_written_in_lower_case() -> None:
    """As `kuasheng visits` prints them (contracts)."""
    assert all(state.value == state.name.lower() for state in State)


TO_CHARGES = (
    e.BillTaken,
    e.CredentialRead,
    e.PersonIdentified,
    e.BenefitsConfirmed,
    e.Registered,
    e.LinesUploaded,
)
TO_SUBMITTED = (*TO_CHARGES, e.Previewed, e.PatientAgreed, e.Submitted)

JOURNEYS: dict[str, tuple[Iterable[type[e.Fact]], State]] = {
    "the whole way": ((*TO_SUBMITTED, e.Settled, e.CashTaken, e.Printed, e.Closed), S.CLOSED),
    "B01 a payment code": ((e.CredentialRefused,), S.IDLE),
    "B03 a used voucher": ((e.CredentialRead, e.CredentialRefused), S.IDLE),
    "B07 in the province": ((e.CredentialRead, e.BenefitsRefused), S.REFUSED),
    "B09 another patient": ((e.CredentialRead, e.IdentityDoubted), S.REFUSED),
    "B13 filed at the window": (
        (*TO_CHARGES[:3], e.FilingMissing, e.Requeried, e.BenefitsConfirmed),
        S.ELIGIBLE,
    ),
    "B13 pays alone": ((*TO_CHARGES[:3], e.FilingMissing, e.PaidBySelf, e.Closed), S.CLOSED),
    "B22 line down": ((*TO_CHARGES, e.Deferred, e.SettledAnew), S.CLOSED),
    "B23 a line refused": ((*TO_CHARGES[:5], e.LineRefused, e.LinesUploaded), S.CHARGES),
    "B25 says no": (
        (*TO_CHARGES, e.Previewed, e.PatientDeclined, e.LinesRemoved, e.RegistrationCancelled),
        S.ELIGIBLE,
    ),
    "B26 charges changed": (
        (*TO_CHARGES, e.Previewed, e.LinesRemoved, e.BillTaken, e.LinesUploaded, e.Previewed),
        S.PRESETTLED,
    ),
    "B27 refused": ((*TO_SUBMITTED, e.SettlementRefused), S.CHARGES),
    "B28 found booked": ((*TO_SUBMITTED, e.OutcomeUnknown, e.Settled), S.SETTLED),
    "B28 reversed": ((*TO_SUBMITTED, e.OutcomeUnknown, e.Undone), S.CHARGES),
    "B28 proved not booked": ((*TO_SUBMITTED, e.OutcomeUnknown, e.FoundNotBooked), S.CHARGES),
    "B29 still unknown": ((*TO_SUBMITTED, e.OutcomeUnknown, e.OutcomeUnknown), S.UNKNOWN),
    "B30 left, found later": (
        (*TO_SUBMITTED, e.OutcomeUnknown, e.PatientLeft, e.OutcomeUnknown, e.Settled),
        S.UNPAID,
    ),
    "B30 left, not booked": (
        (*TO_SUBMITTED, e.OutcomeUnknown, e.PatientLeft, e.FoundNotBooked),
        S.DEFERRED,
    ),
    "B31 accepted": ((*TO_SUBMITTED, e.SettledUnbalanced, e.Accepted), S.SETTLED),
    "B31 cancelled": (
        (*TO_SUBMITTED, e.SettledUnbalanced, e.CancelSubmitted, e.Cancelled),
        S.REVERSED,
    ),
    "B34 left unpaid, pays later": (
        (*TO_SUBMITTED, e.Settled, e.LeftUnpaid, e.CashTaken),
        S.COLLECTED,
    ),
    "B35 paper out": (
        (*TO_SUBMITTED, e.Settled, e.CashTaken, e.PrintFailed, e.PrintFailed, e.Printed),
        S.PRINTED,
    ),
    "B37 printed again": (
        (*TO_SUBMITTED, e.Settled, e.CashTaken, e.Printed, e.Closed, e.Printed),
        S.CLOSED,
    ),
    "B38 lost answer of the cancel": (
        (*TO_SUBMITTED, e.Settled, e.CancelSubmitted, e.CancelUnknown, e.Cancelled, e.Closed),
        S.CLOSED,
    ),
    "B38 refused before cash": (
        (*TO_SUBMITTED, e.Settled, e.CancelSubmitted, e.CancelRefused),
        S.SETTLED,
    ),
    "B39 the rest settled anew": (
        (
            *(*TO_SUBMITTED, e.Settled, e.CashTaken, e.CancelSubmitted, e.Cancelled),
            *(e.LinesRemoved, e.BillTaken, *TO_SUBMITTED[5:], e.Settled),
        ),
        S.SETTLED,
    ),
    "B40 refused after cash": (
        (*TO_SUBMITTED, e.Settled, e.CashTaken, e.CancelSubmitted, e.CancelRefusedAfterCash),
        S.COLLECTED,
    ),
    "B50 killed after submitting": ((*TO_SUBMITTED, e.OutcomeUnknown), S.UNKNOWN),
}


@pytest.mark.parametrize("name", JOURNEYS)
def test_journeys_of_the_branches(name: str) -> None:
    facts, end = JOURNEYS[name]
    assert walk(S.IDLE, *facts) is end
