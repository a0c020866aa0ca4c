"""How much of a processor a visit of ``kuasheng practice --play`` takes.

A month of 12 000 visits is to stand in under two minutes: 10 ms for each.
"""

from __future__ import annotations

from statistics import median
from time import process_time

from benchmarks.measures import Measure, confidence
from desktop.sandbox.control.surface import demonstration, reset
from desktop.sandbox.insured_place.policy_files import read_policies
from desktop.sandbox.platform import Platform
from desktop.sandbox.play.month import play_month
from desktop.sandbox.play.wish import read_wish
from desktop.sandbox.state import State

ROUNDS = 5
VISITS = 300
MOST_MS = 120_000 / 12_000


def measure() -> tuple[Measure, ...]:
    """Processor time, so that a crowded machine tells the same."""
    taken = [_round(seed) for seed in range(ROUNDS)]
    low, high = confidence(taken)
    told = f"{VISITS} visits a round; 12,000 take {median(taken) * 12:.0f} s of a processor"
    return (Measure("play, for each visit", median(taken), low, high, " ms", MOST_MS, told),)


def _round(seed: int) -> float:
    """Milliseconds of the processor for each visit, people and catalogue included."""
    wish = read_wish(f"2023-11, {VISITS} visits, seed {seed}")
    platform = Platform(State(), read_policies())
    reset(platform.state, demonstration(), wish.seed)
    began = process_time()
    play_month(platform, wish, lambda _done: None)
    return (process_time() - began) / VISITS * 1000
