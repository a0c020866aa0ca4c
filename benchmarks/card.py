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
from card_reader import CardSite, least_round_trips, read_card
from card_reader.psam import PsamSlot
from tests.rig.card_costs import VERSIONS, Version
from tests.rig.pcsc import PcscStack, VirtualCard
from tests.rig.town import townsman
from tests.rig.virtual_card import CardDescription, psam, social_security_card

TARGET = 1.1
READS = 15
SLOW_READS = 3
CHIP_SECONDS = 0.04
_WAIT = 3.0
_PSAM = CardSite(PsamSlot("00 01", b"\x48\x01", b"\x48\x0a"), aside="00 01")


class NotRead(RuntimeError):
    """The card was not read whole."""


def measure() -> tuple[Measure, ...]:
    """Round trips of every usual kind of card, and the time of a whole read.

    Raises :class:`tests.rig.pcsc.PcscUnavailable`.
    """
    with PcscStack(readers=1) as stack, patch.dict(os.environ, stack.environment):
        stack.insert(0, psam(), slot=1)
        costs = [(version, _round_trips(stack, version)) for version in VERSIONS]
        stack.remove_all()
        quick = _read_times(stack, _card(), READS)
        slow = _read_times(stack, _card(delay=CHIP_SECONDS), SLOW_READS)
    worst, most = max(costs, key=lambda cost: cost[1] / cost[0].least)
    return (
        exactly(
            "card round trips ÷ least",
            [trips / version.least for version, trips in costs],
            TARGET,
            f"worst of {len(costs)} versions: {worst.name}, {most} of {worst.least} APDUs",
        ),
        *(
            exactly(f"  {version.name}", [trips / version.least], TARGET, f"{trips} APDUs")
            for version, trips in costs
        ),
        timed("  whole read, instant chip", quick, "PC/SC context, connection and thread included"),
        timed(
            "  whole read, 40 ms an APDU",
            slow,
            f"the chip itself takes {least_round_trips() * CHIP_SECONDS * 1000:.0f} ms",
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


def _round_trips(stack: PcscStack, version: Version) -> int:
    """Of a second read: the service has seen the card by then."""
    site = _PSAM if version.module else None
    person = townsman(0)
    inserted = stack.insert(0, version.card(name=person["name"], id_number=person["certno"]))
    try:
        _read(site, partial=not version.module)
        before = len(inserted.dialogue())
        _read(site, partial=not version.module)
        return len(inserted.dialogue()) - before
    finally:
        stack.remove(0)


def _read_times(stack: PcscStack, card: CardDescription, reads: int) -> list[float]:
    with _inserted(stack, card):
        return [seconds(_read) for _read_again in range(reads)]


def _read(site: CardSite | None = None, *, partial: bool = False) -> None:
    """Of the card in the first slot; ``partial``: the holder's file may stay closed."""
    card = read_card("00 00", wait=_WAIT, site=site).card
    if card is None or card.problems or (card.partial and not partial):
        raise NotRead(repr(card))
