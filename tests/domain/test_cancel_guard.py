"""A refused 2208 leads back to where the visit stood, whatever the caller says (B31, B38)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain import events as e
from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.record import VisitRecord
from desktop.domain.visit import NotAllowed, State

SENT = e.CancelSubmitted(Msgid("m"), SetlId("s"))
REFUSALS = (e.CancelRefused("x"), e.CancelRefusedUnbalanced("x"), e.CancelRefusedAfterCash("x"))
RIGHT = {
    State.SETTLED: "CancelRefused",
    State.UNPAID: "CancelRefused",
    State.SETTLED_NEEDS_CHECK: "CancelRefusedUnbalanced",
    State.COLLECTED: "CancelRefusedAfterCash",
    State.PRINT_PENDING: "CancelRefusedAfterCash",
    State.PRINTED: "CancelRefusedAfterCash",
    State.CLOSED: "CancelRefusedAfterCash",
}


def _named(refusal: e.Fact) -> str:
    return type(refusal).__name__


@pytest.mark.parametrize("before", RIGHT)
def test_the_right_refusal_is_taken(before: State) -> None:
    reversing = replace(VisitRecord(), state=before).after(SENT)
    right = next(refusal for refusal in REFUSALS if _named(refusal) == RIGHT[before])
    assert reversing.after(right).state is not State.REVERSING


@pytest.mark.parametrize("before", RIGHT)
def test_no_other_refusal_is_taken(before: State) -> None:
    reversing = replace(VisitRecord(), state=before).after(SENT)
    for refusal in (refusal for refusal in REFUSALS if _named(refusal) != RIGHT[before]):
        with pytest.raises(NotAllowed):
            reversing.after(refusal)


def test_a_settlement_that_needs_its_check_still_needs_it() -> None:
    stands = replace(VisitRecord(), state=State.SETTLED_NEEDS_CHECK)
    after = stands.after(SENT).after(e.CancelRefusedUnbalanced("x"))
    assert after.state is State.SETTLED_NEEDS_CHECK
