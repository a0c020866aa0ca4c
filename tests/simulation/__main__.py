"""``python -m tests.simulation``: many seeds on every core, or one of them in plain words.

A run over :data:`WHOLE` seeds or more must meet every state, every transition and every fault.
Whoever interrupts it is told what was played until then.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context

from tests.simulation.report import headline, missing_faults, missing_states, missing_steps, report
from tests.simulation.runs import Tally, play
from tests.simulation.world import new_kit

WHOLE = 5000
_CHUNK = 50
_TOLD = 5000
"""Seeds between two words of how it goes."""


def main() -> int:
    """0 when every rule held everywhere."""
    asked = _arguments()
    logging.disable(logging.WARNING)
    logging.getLogger().addHandler(logging.NullHandler())
    return _replay(asked.seed) if asked.seed is not None else _many(asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many (default %(default)s)")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, help="replay this one")
    return parser.parse_args()


def _replay(seed: int) -> int:
    tally = Tally()
    world = play(seed, new_kit(), tally, told=True)
    print("\n".join(world.story.lines))
    print(f"seed {seed}: {tally.failures[0][1] if tally.failures else 'every rule held'}")
    return 1 if tally.failures else 0


def _many(asked: argparse.Namespace) -> int:
    start = time.monotonic()
    whole = Tally()
    with suppress(KeyboardInterrupt):
        for part in _parts(range(asked.first, asked.first + asked.seeds), asked.workers):
            whole.add(part)
            for seed, reason in part.failures:
                print(f"seed {seed}: {reason}", flush=True)
            if whole.seeds % _TOLD == 0:
                print(headline(whole, time.monotonic() - start), flush=True)
    print("\n".join(report(whole, time.monotonic() - start)))
    lacking = missing_states(whole) + missing_steps(whole) + missing_faults(whole)
    return 1 if whole.failures or (lacking and whole.seeds >= WHOLE) else 0


def _parts(seeds: range, workers: int) -> Iterator[Tally]:
    chunks = [seeds[at : at + _CHUNK] for at in range(0, len(seeds), _CHUNK)]
    if workers == 1:
        kit = new_kit()
        look_up_seldom()
        yield from (_played(chunk, kit) for chunk in chunks)
        return
    with get_context("fork").Pool(workers, _prepare) as pool:
        yield from pool.imap_unordered(_chunk, chunks)


def _prepare() -> None:
    """Each worker has a kit of its own; who interrupts, interrupts the one that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _chunk.kit = new_kit()  # type: ignore[attr-defined]
    look_up_seldom()


def look_up_seldom() -> None:
    """What is loaded by now stays; what a chunk of days leaves is collected when it is over."""
    gc.collect()
    gc.freeze()
    gc.disable()


def _chunk(seeds: range) -> Tally:
    return _played(seeds, _chunk.kit)  # type: ignore[attr-defined]


def _played(seeds: range, kit: object) -> Tally:
    tally, start = Tally(), time.process_time()
    for seed in seeds:
        play(seed, kit, tally)  # type: ignore[arg-type]
    gc.collect()
    tally.seconds = time.process_time() - start
    return tally


if __name__ == "__main__":
    sys.exit(main())
