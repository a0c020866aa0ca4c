"""Seven transactions of a settlement through our services ÷ the same seven by bare httpx.

Ours is everything from the credential to the booked settlement in the journal, its durable commits
included. The bare side keeps one connection for all seven, although the desk must open a new one
for 2207 (no dead connection may make a settlement doubtful): that rule is a price of ours, so it
counts against us. The platform is the one that the desk starts itself, with its bookings on disk.
"""

from __future__ import annotations

from itertools import count
from statistics import median

import httpx

from benchmarks.bare_httpx import BareSettlement, all_accepted, record
from benchmarks.counter import SEVEN, open_counter
from benchmarks.measures import Measure, Pairs, alternately

TARGET = 1.3
ROUNDS = 60
STALL_SECONDS = 0.04
"""What Nagle's algorithm against a delayed acknowledgement costs each transaction on Linux."""
_FRESH = httpx.Limits(max_keepalive_connections=0)
_FIRST_BARE_VISIT = 500_000
_SIDES = ("our services", "bare httpx")


class PlatformStalls(RuntimeError):
    """The platform only waits: beside that any overhead looks small, so nothing is measured."""


def measure() -> tuple[Measure, ...]:
    """The ratio that has a target, and what other choices would show.

    Raises :class:`PlatformStalls`.
    """
    return (
        _compare().ratio("settlement ÷ bare httpx", TARGET, _SIDES),
        _compare(fresh=True).ratio("  2207 afresh on both sides", None, _SIDES),
        _compare(durable=False).ratio("  platform without a disk", None, _SIDES),
    )


def _compare(*, fresh: bool = False, durable: bool = True) -> Pairs:
    answers: list[list[bytes]] = []
    with (
        open_counter(durable=durable) as counter,
        httpx.Client(trust_env=False) as client,
        httpx.Client(trust_env=False, limits=_FRESH) as fresh_client,
    ):
        settling = fresh_client if fresh else client
        bare = BareSettlement(record(counter), client, settling, count(_FIRST_BARE_VISIT))
        pairs = alternately(counter.settle, lambda: answers.append(bare.play()), ROUNDS)
    for played in answers:
        all_accepted(played)
    _refuse_stalls(pairs)
    return pairs


def _refuse_stalls(pairs: Pairs) -> None:
    """Six transactions travel over a kept connection, where each would stall."""
    each = median(pairs.theirs) / len(SEVEN)
    if each > STALL_SECONDS * (len(SEVEN) - 1) / len(SEVEN):
        raise PlatformStalls(f"{each * 1000:.0f} ms for each bare transaction: is TCP_NODELAY set?")
