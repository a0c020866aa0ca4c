"""Every kind of entry survives its bytes exactly."""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain import cancel_events, notes, prints
from desktop.domain import events as e
from desktop.domain.problems import ProblemCode
from desktop.domain.quantities import Quantity
from desktop.ledger.codec import KINDS, decode, encode, kind_of
from desktop.ledger.errors import JournalDamaged, JournalFromNewerProgram
from tests.ledger.samples import any_value, bill


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=20)
@given(st.data())
def test_an_entry_comes_back_as_it_was(kind: str, data: st.DataObject) -> None:
    entry = data.draw(any_value(KINDS[kind]))
    body = encode(entry)
    back = decode(kind_of(entry), body)
    assert back == entry
    assert type(back) is KINDS[kind]
    assert encode(back) == body


def test_every_event_of_the_domain_is_a_kind() -> None:
    homes = (e, cancel_events, notes)
    of_paper = set(get_args(prints.PrintNote))
    here = {
        kind
        for home in homes
        for kind in vars(home).values()
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == home.__name__
    }
    assert here | of_paper == set(KINDS.values())


def test_decimals_keep_their_scale() -> None:
    back = decode("BillTaken", encode(e.BillTaken(bill())))
    assert isinstance(back, e.BillTaken)
    assert back.bill.lines[0].quantity == Quantity(Decimal(2))
    assert str(back.bill.lines[0].price.value) == "12.500000"


def test_the_body_is_canonical() -> None:
    assert encode(e.SettlementRefused("refused", "不予")) == (
        '{"problem":"refused","text":"不予"}'.encode()
    )


def test_half_a_character_makes_the_body_ascii() -> None:
    """UTF-8 cannot hold it, and what came must be written down all the same."""
    entry = e.SettlementRefused("不", "\ud842")
    assert encode(entry) == rb'{"problem":"\u4e0d","text":"\ud842"}'
    assert decode("SettlementRefused", encode(entry)) == entry


FROZEN: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "frozen_bodies.json").read_text()
)
"""Bodies as versions of this program wrote them. Only ever add: journals like these exist."""


def _holds(now: Any, then: Any) -> bool:
    """What was told then is told now; a field that is new since has its default."""
    if isinstance(then, dict):
        return all(name in now and _holds(now[name], then[name]) for name in then)
    if isinstance(then, list):
        return len(now) == len(then) and all(map(_holds, now, then))
    return bool(now == then)


@pytest.mark.parametrize("kind", sorted(FROZEN))
def test_what_was_ever_written_stays_readable(kind: str) -> None:
    for body in FROZEN[kind]:
        assert _holds(json.loads(encode(decode(kind, body.encode()))), json.loads(body))


def test_every_kind_has_a_frozen_body() -> None:
    """A new kind: add what :func:`tests.ledger.samples.full` makes of it."""
    assert set(FROZEN) == set(KINDS)


def test_a_kind_of_a_newer_program_is_named() -> None:
    with pytest.raises(JournalFromNewerProgram) as caught:
        decode("Teleported", b"{}")
    assert caught.value.what == "Teleported"
    assert "Teleported" in caught.value.problems[0].detail


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"problem":1,"text":"x"}', b"\xff"])
def test_a_body_not_of_its_kind_is_damage(body: bytes) -> None:
    with pytest.raises(JournalDamaged) as caught:
        decode("SettlementRefused", body)
    assert caught.value.problems[0].kind is ProblemCode.JOURNAL_DAMAGED
