"""``python -m tests.crash N [SEED]``: N kills, each recovered from and judged.

Most of a run is waiting for answers that never come, so that several desks, each with a platform
of its own, share the kills. A run over :data:`WHOLE` kills or more must meet every named point that
a settlement or a refund passes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.campaign import KINDS, Campaign, Tally
from tests.crash.desk import crash_desk
from tests.crash.judge import Violation
from tests.crash.warm import warm
from tests.crash.window import kills as window_kills

WHOLE = 500
PARTS = 4
FOR_EACH_WINDOW = 25
"""Kills of verbs for one of a window, which takes a quarter of a minute."""
_JUDGED_EVERY = 50


def main(kills: int, seed: int) -> int:
    """Exit code: 0 when every invariant held after every kill."""
    print(f"seed {seed}, {kills} kills", flush=True)
    began = time.monotonic()
    warm()
    whole, bills, sound = Tally(), 0, True
    with get_context("fork").Pool(PARTS) as pool:
        for part, found, violation in pool.imap_unordered(_part, _shares(kills, seed)):
            whole.add(part)
            bills += found
            sound = sound and not violation
            print(violation or f"{whole.killed} kills, {bills} bills, all sound", flush=True)
    sound = _windows(kills // FOR_EACH_WINDOW, seed) and sound
    _show(whole, time.monotonic() - began)
    if sound:
        print(f"at most one effective settlement for each of {bills} bills; both sides agree")
    return 0 if sound and _is_complete(whole) else 1


def _windows(count: int, seed: int) -> bool:
    """The real window at a real screen, killed and opened again; False when one was not sound."""
    with TemporaryDirectory(prefix="kuasheng-crash-window-") as folder:
        try:
            for number, killed in enumerate(window_kills(Path(folder), count, seed), start=1):
                told = f"killed {killed.where}, point {killed.points}, sound"
                print(f"  window {number} of {count}: {told}", flush=True)
        except Violation as violation:
            print(f"FAILED, a window of seed {seed}: {violation}", flush=True)
            return False
    return True


Share = tuple[int, int, int]
"""Kills, seed, number of the part."""


def _shares(kills: int, seed: int) -> Iterator[Share]:
    for part in range(PARTS):
        yield kills // PARTS + (part < kills % PARTS), seed, part


def _part(share: Share) -> tuple[Tally, int, str]:
    """What one desk met, its bills, and the invariant that did not hold."""
    kills, seed, part = share
    with TemporaryDirectory(prefix="kuasheng-crash-") as folder, crash_desk(Path(folder)) as desk:
        campaign = Campaign(desk, seed, part, PARTS)
        try:
            return campaign.tally, _run(campaign, kills), ""
        except Violation as violation:
            return campaign.tally, campaign.bills, f"FAILED, seed {seed} part {part}: {violation}"


def _run(campaign: Campaign, kills: int) -> int:
    if not kills:
        return 0
    for number, kind in enumerate(cycle(KINDS), start=1):
        campaign.run(kind)
        if campaign.tally.killed >= kills:
            return campaign.judge_all()
        if number % _JUDGED_EVERY == 0:
            print(f"  {campaign.tally.killed} kills, {campaign.judge_all()} bills", flush=True)
    raise AssertionError


def _is_complete(tally: Tally) -> bool:
    missed = tally.never_killed_at()
    if missed:
        print("never killed at: " + ", ".join(missed))
    return not missed or tally.killed < WHOLE


def _show(tally: Tally, seconds: float) -> None:
    print(f"{tally.killed} kills, {sum(tally.runs.values())} runs in {seconds:.0f} s")
    for kind, runs in sorted(tally.runs.items()):
        print(f"  {kind:<16}{runs:>6} runs")
    for where, count in sorted(tally.kills.items()):
        print(f"  {where:<44}{count:>6} kills")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(given[0] if given else WHOLE, given[1] if len(given) > 1 else 1))
