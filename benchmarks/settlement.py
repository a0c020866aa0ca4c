"""Seven transactions of a settlement through our services ÷ the same seven by bare httpx.

Ours is everything from the credential to the booked settlement in the journal: the four durable
commits included. The bare side keeps one connection for all seven, although the desk must open a
new one for 2207 (no dead connection may make a settlement doubtful): that rule is a price of
ours, so it counts against us. With a fresh connection on both sides the ratio is told as well.
"""

from __future__ import annotations

from itertools import count

import httpx

from benchmarks.bare_httpx import BareSettlement, all_accepted, record
from benchmarks.counter import open_counter
from benchmarks.measures import Measure, Pairs, alternately

TARGET = 1.3
ROUNDS = 60
_FRESH = httpx.Limits(max_keepalive_connections=0)
_FIRST_BARE_VISIT = 500_000
_SIDES = ("our services", "bare httpx")


def measure() -> tuple[Measure, ...]:
    """The ratio that has a target, and the same with a fresh connection for both."""
    kept = _compare(fresh=False).ratio("settlement ÷ bare httpx", TARGET, _SIDES)
    fresh = _compare(fresh=True).ratio("  2207 afresh on both sides", None, _SIDES)
    return kept, fresh


def _compare(*, fresh: bool) -> Pairs:
    answers: list[list[bytes]] = []
    with (
        open_counter() as counter,
        httpx.Client(trust_env=False) as client,
        httpx.Client(trust_env=False, limits=_FRESH) as fresh_client,
    ):
        settling = fresh_client if fresh else client
        bare = BareSettlement(record(counter), client, settling, count(_FIRST_BARE_VISIT))
        pairs = alternately(counter.settle, lambda: answers.append(bare.play()), ROUNDS)
    for played in answers:
        all_accepted(played)
    return pairs
