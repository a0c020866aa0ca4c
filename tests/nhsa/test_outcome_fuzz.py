"""Whatever comes back, a settlement is never taken for booked by mistake."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.money import Money
from desktop.domain.quantities import Rate
from desktop.domain.split import Split
from desktop.nhsa.amounts import _FIELDS
from desktop.nhsa.messages.by_number import TRANSACTIONS
from desktop.nhsa.outcome import Accepted, Refused, Unknown, outcome_of_reply
from desktop.nhsa.transport import Reply
from tests.nhsa import samples
from tests.nhsa.samples import BATCH, MSGID, setlinfo, settled
from tests.nhsa.test_outcome import told


@given(st.binary(max_size=200))
def test_arbitrary_bytes_never_settle(body: bytes) -> None:
    assert isinstance(told(body), Unknown)


_scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("0")
_json = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("infcode", "output", "code", "data", "setlinfo", "setl_id", "x")),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_json, st.sampled_from((200, 200, 401, 500)))
def test_arbitrary_json_never_settles_and_never_raises(body: object, status: int) -> None:
    outcome = told(body, status=status)
    assert isinstance(outcome, Unknown | Refused)


SPLIT: Split = told(settled()).value.split
ATTRIBUTE = {**dict(_FIELDS), "pool_prop_selfpay": "pooled_rate"}
"""Field of the wire → field of the split."""


def _is_what_was_written(found: object, value: object) -> bool:
    """An amount or a ratio is the number that stood there; what is no number is not told."""
    if not isinstance(found, Money | Rate):
        return found is None
    amount = found.decimal_yuan() if isinstance(found, Money) else found.value
    return not isinstance(value, bool) and amount == Decimal(str(value))


@given(st.data())
def test_an_answer_with_one_place_spoilt_is_never_a_wrong_yes(data: st.DataObject) -> None:
    """What is accepted is exactly what the platform wrote about this settlement.

    Every amount but the spoilt one is as it was; that one is what was written, or not told.
    """
    name = data.draw(st.sampled_from(sorted(setlinfo())))
    value = data.draw(_scalars | st.lists(_scalars, max_size=2))
    outcome = told(settled(**{name: value}))
    if isinstance(outcome, Accepted):
        spoilt: dict[str, Any] = {ATTRIBUTE[name]: None} if name in ATTRIBUTE else {}
        assert replace(outcome.value.split, **spoilt) == replace(SPLIT, **spoilt)
        assert all(_is_what_was_written(getattr(outcome.value.split, a), value) for a in spoilt)
        assert outcome.value.setl_id
        assert outcome.value.msgid == MSGID
        assert (outcome.value.psn_no, outcome.value.mdtrt_id) == (
            samples.PERSON.psn_no,
            BATCH.mdtrt_id,
        )


@pytest.mark.parametrize("infno", sorted(TRANSACTIONS))
@settings(max_examples=25)
@given(body=_json)
def test_arbitrary_json_raises_in_no_transaction(infno: str, body: object) -> None:
    reply = Reply(200, {}, json.dumps(body).encode())
    outcome_of_reply(TRANSACTIONS[infno], reply, lambda _output: True)
