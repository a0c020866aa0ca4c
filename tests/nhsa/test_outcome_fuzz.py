"""Whatever comes back, a settlement is never taken for booked by mistake."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.nhsa.messages import TRANSACTIONS
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


@given(st.data())
def test_an_answer_with_one_place_spoilt_is_never_a_wrong_yes(data: st.DataObject) -> None:
    """What is accepted is exactly what the platform wrote about this settlement."""
    name = data.draw(st.sampled_from(sorted(setlinfo())))
    value = data.draw(_scalars | st.lists(_scalars, max_size=2))
    outcome = told(settled(**{name: value}))
    if isinstance(outcome, Accepted):
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
