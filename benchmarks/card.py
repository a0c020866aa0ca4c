"""A whole social security card through a real pcscd ÷ the fewest APDUs it can cost.

Counted at the chip, not by the reader's own word. Real T=0 cards need some 40 ms for each APDU, so
round trips are what a patient waits for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from benchmarks.measures import Measure, exactly, seconds, timed
from card_reader import CardSite, least_round_trips, read_card
from card_reader.psam import PsamSlot
from tests.rig.pcsc import PcscStack, VirtualCard
from tests.rig.town import townsman
from tests.rig.virtual_card import (
    ATR_T1,
    CardDescription,
    psam,
    social_security_card,
    third_generation_card,
)

TARGET = 1.1
READS = 15
SLOW_READS = 3
CHIP_SECONDS = 0.04
LEAST_OPENED = 19
"""SELECT and its FCI, 5 records, 4 random numbers, the card's proof (2), the module's, 5 records."""
_WAIT = 3.0
_PSAM = CardSite(PsamSlot("00 01", b"\x48\x01", b"\x48\x0a"), aside="00 01")


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
        opened = _opened(stack)
    return (
        exactly(
            "card round trips ÷ least",
            [n / least for n in usual],
            TARGET,
            f"T=0 {usual[0]}, T=1 {usual[1]} of {least} APDUs",
        ),
        exactly(
            "  3.0 card by PSAM ÷ least",
            [opened / LEAST_OPENED],
            TARGET,
            f"{opened} of {LEAST_OPENED} APDUs on T=0; the PSAM's own left out",
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


def _card(
    kind: Callable[..., CardDescription] = social_security_card, **behaviour: Any
) -> CardDescription:
    person = townsman(0)
    return kind(name=person["name"], id_number=person["certno"], **behaviour)


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


def _opened(stack: PcscStack) -> int:
    stack.insert(0, psam(), slot=1)
    card = _card(third_generation_card)
    inserted = stack.insert(0, card)
    try:
        _read(_PSAM)
        before = len(inserted.dialogue())
        _read(_PSAM)
        return len(inserted.dialogue()) - before
    finally:
        stack.remove_all()


def _read_times(stack: PcscStack, card: CardDescription, reads: int) -> list[float]:
    with _inserted(stack, card):
        return [seconds(_read) for _read_again in range(reads)]


def _read(site: CardSite | None = None) -> None:
    card = read_card(wait=_WAIT, site=site).card
    if card is None or card.partial or card.problems:
        raise NotRead(repr(card))
