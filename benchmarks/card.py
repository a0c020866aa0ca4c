"""A whole social security card through a real pcscd ÷ the fewest APDUs it can cost.

Counted at the chip, not by the reader's own word. Real T=0 cards need some 40 ms for each APDU, so
round trips are what a patient waits for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from benchmarks.measures import Measure, exactly, seconds, timed
from card_reader import least_round_trips, read_card
from tests.rig.pcsc import PcscStack, VirtualCard
from tests.rig.town import townsman
from tests.rig.virtual_card import ATR_T1, CardDescription, social_security_card

TARGET = 1.1
READS = 15
SLOW_READS = 3
CHIP_SECONDS = 0.04
_WAIT = 3.0


class NotRead(RuntimeError):
    """The card was not read whole."""


def measure() -> tuple[Measure, ...]:
    """Round trips of every usual kind of card, and the time of a whole read.

    Raises :class:`tests.rig.pcsc.PcscUnavailable`.
    """
    least = least_round_trips()
    with PcscStack(readers=1) as stack, patch.dict(os.environ, stack.environment):
        usual = [_round_trips(stack, card) for card in (_card(), _card(t0=False, atr=ATR_T1))]
        awkward = _round_trips(stack, _card(short_ids=False))
        quick = _read_times(stack, _card(), READS)
        slow = _read_times(stack, _card(delay=CHIP_SECONDS), SLOW_READS)
    return (
        exactly(
            "card round trips ÷ least",
            [n / least for n in usual],
            TARGET,
            f"T=0 {usual[0]}, T=1 {usual[1]} of {least} APDUs",
        ),
        exactly(
            "  without short file ids", [awkward], None, f"APDUs; such a card needs {least + 2}"
        ),
        timed("  whole read, instant chip", quick, "PC/SC context, connection and thread included"),
        timed(
            "  whole read, 40 ms an APDU",
            slow,
            f"the chip itself takes {least * CHIP_SECONDS * 1000:.0f} ms",
        ),
    )


def _card(**behaviour: Any) -> CardDescription:
    person = townsman(0)
    return social_security_card(name=person["name"], id_number=person["certno"], **behaviour)


@contextmanager
def _inserted(stack: PcscStack, card: CardDescription) -> Iterator[VirtualCard]:
    """The card in the slot, and read once, so that the service has seen it."""
    inserted = stack.insert(0, card)
    try:
        _read()
        yield inserted
    finally:
        stack.remove(0)


def _round_trips(stack: PcscStack, card: CardDescription) -> int:
    with _inserted(stack, card) as inserted:
        before = len(inserted.dialogue())
        _read()
        return len(inserted.dialogue()) - before


def _read_times(stack: PcscStack, card: CardDescription, reads: int) -> list[float]:
    with _inserted(stack, card):
        return [seconds(_read) for _read_again in range(reads)]


def _read() -> None:
    card = read_card(wait=_WAIT).card
    if card is None or card.partial or card.problems:
        raise NotRead(repr(card))
