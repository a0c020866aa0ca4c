"""``python -m tests.crash N [SEED]``: N kills, each recovered from and judged."""

from __future__ import annotations

import sys
import time
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.campaign import KINDS, Campaign, Tally
from tests.crash.desk import crash_desk
from tests.crash.judge import Violation
from tests.crash.warm import warm

_JUDGED_EVERY = 50


def main(kills: int, seed: int) -> int:
    """Exit code: 0 when every invariant held after every kill."""
    print(f"seed {seed}, {kills} kills", flush=True)
    began = time.monotonic()
    with TemporaryDirectory(prefix="kuasheng-crash-") as folder, crash_desk(Path(folder)) as desk:
        warm()
        campaign = Campaign(desk, seed)
        try:
            bills = _run(campaign, kills)
        except Violation as violation:
            print(f"FAILED, seed {seed}: {violation}")
            return 1
    _show(campaign.tally, bills, time.monotonic() - began)
    return 0


def _run(campaign: Campaign, kills: int) -> int:
    for number, kind in enumerate(cycle(KINDS), start=1):
        campaign.run(kind)
        if number % _JUDGED_EVERY == 0:
            bills = campaign.judge_all()
            print(f"{campaign.tally.killed} kills, {bills} bills, all sound", flush=True)
        if campaign.tally.killed >= kills:
            return campaign.judge_all()
    raise AssertionError


def _show(tally: Tally, bills: int, seconds: float) -> None:
    print(f"{tally.killed} kills, {sum(tally.runs.values())} runs in {seconds:.0f} s")
    for kind, runs in sorted(tally.runs.items()):
        print(f"  {kind:<16}{runs:>6} runs")
    for where, count in sorted(tally.kills.items()):
        print(f"  {where:<44}{count:>6} kills")
    print(f"at most one effective settlement for each of {bills} bills; desk and platform agree")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(given[0] if given else 500, given[1] if len(given) > 1 else 1))
