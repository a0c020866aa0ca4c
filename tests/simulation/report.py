"""What many runs met, in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from desktop.domain.visit import TABLE, State
from tests.simulation.faults import EVERY_FAULT
from tests.simulation.runs import Tally

_EXAMPLES = 5


def missing_states(tally: Tally) -> list[str]:
    """States that no visit of any run was in."""
    return [state.value for state in State if not reached(tally, state)]


def missing_steps(tally: Tally) -> list[str]:
    """Rows of the table that no visit of any run took."""
    return [
        f"{row.source.value} + {row.fact.__name__} → {row.target.value}"
        for row in TABLE
        if not tally.steps[row.source, row.fact]
    ]


def missing_faults(tally: Tally) -> list[str]:
    """Faults that were never injected."""
    return [str(fault) for fault in EVERY_FAULT if not tally.faults[fault]]


def reached(tally: Tally, state: State) -> int:
    """How often a visit came into the state (every visit begins in the first)."""
    if state is State.IDLE:
        return tally.visits
    return sum(tally.steps[r.source, r.fact] for r in TABLE if r.target is state)


def report(tally: Tally, seconds: float) -> Iterator[str]:
    """The lines of the whole report; ``seconds`` of wall clock."""
    yield headline(tally, seconds)
    yield from _counts("faults injected", {str(f): tally.faults[f] for f in EVERY_FAULT})
    yield from _counts("requests", dict(sorted(tally.sent.items())))
    yield from _counts("states reached", {s.value: reached(tally, s) for s in State})
    taken = {f"{r.source.value} + {r.fact.__name__}": tally.steps[r.source, r.fact] for r in TABLE}
    yield from _counts("transitions taken", taken)
    yield from _counts("identities of what is settled", dict(sorted(tally.identities.items())))
    yield from _counts("reconciliations", dict(sorted(tally.compared.items())))
    yield from _missing(tally)
    yield from _failing(tally)


def headline(tally: Tally, seconds: float) -> str:
    """How much, and how fast: by the clock, and by what the processors gave it."""
    return (
        f"{tally.seeds} seeds, {tally.visits} visits, {tally.lives} lives of the program in "
        f"{seconds:.1f} s: {tally.seeds / seconds:.0f} seeds/s, {tally.visits / seconds:.0f} "
        f"visits/s; {tally.visits / tally.seconds:.0f} visits per second of processor time; "
        f"{len(tally.failures)} failing"
    )


def _counts(title: str, counts: dict[str, int]) -> Iterator[str]:
    yield ""
    yield f"{title}:"
    for name, count in counts.items():
        yield f"  {count:>9}  {name}"


def _missing(tally: Tally) -> Iterator[str]:
    yield ""
    yield _rarest(tally)
    found = missing_states(tally), missing_steps(tally), missing_faults(tally)
    for title, missing in zip(("states", "transitions", "faults"), found, strict=True):
        if missing:
            yield ""
            yield f"{len(missing)} {title} never met: {'; '.join(missing)}"


def _rarest(tally: Tally) -> str:
    row = min(TABLE, key=lambda row: tally.steps[row.source, row.fact])
    met = len(TABLE) - len(missing_steps(tally))
    return (
        f"{met} of {len(TABLE)} transitions were met; the rarest, {row.source.value} + "
        f"{row.fact.__name__}, {tally.steps[row.source, row.fact]} times"
    )


def _failing(tally: Tally) -> Iterator[str]:
    by_reason: dict[str, list[int]] = defaultdict(list)
    for seed, reason in tally.failures:
        by_reason[reason].append(seed)
    yield ""
    yield f"{len(tally.failures)} failing seeds"
    for reason, seeds in sorted(by_reason.items(), key=lambda each: -len(each[1])):
        yield f"  {len(seeds):>6}  {reason}  (seeds {str(sorted(seeds)[:_EXAMPLES])[1:-1]})"
