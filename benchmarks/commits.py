"""Durable commits of the journal per settlement, counted by the journal itself.

The msgid lease is counted apart: it is a commit for a minute of msgids, whoever uses them, and one
when the desk is closed.
"""

from __future__ import annotations

from benchmarks.counter import Counter, open_counter
from benchmarks.measures import Measure, exactly

TARGET = 6
SETTLEMENTS = 10


def measure() -> tuple[Measure, ...]:
    """Commits without the lease, and all of a program that settles once."""
    with open_counter() as counter:
        counted = [_commits_of_one(counter) for _settlement in range(SETTLEMENTS)]
    own = [commits - leases for commits, leases in counted]
    first, _leases = counted[0]
    return (
        exactly("commits per settlement", own, TARGET, f"worst of {SETTLEMENTS}, without lease"),
        exactly("  with the msgid lease", [first + 1], None, "one program, one settlement"),
    )


def _commits_of_one(counter: Counter) -> tuple[int, int]:
    """All commits of a settlement, and those among them that only moved the lease."""
    journal = counter.opened.journal
    commits, lease = journal.commits, journal.high_water()
    counter.settle()
    return journal.commits - commits, int(journal.high_water() != lease)
