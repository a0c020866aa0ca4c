"""Durable commits of the journal per settlement, counted by the journal itself.

A record of the second file waits for the disk as a commit does, and counts as one. The msgid lease
is counted apart: it is a commit for a minute of msgids, whoever uses them, and one when the desk is
closed.
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
    own = [commits + syncs - leases for commits, syncs, leases in counted]
    first = sum(counted[0][:2])
    second = [syncs for _commits, syncs, _leases in counted]
    return (
        exactly("commits per settlement", own, TARGET, f"worst of {SETTLEMENTS}, without lease"),
        exactly("  of them in the second file", second, None, "before the intent of 2207"),
        exactly("  with the msgid lease", [first + 1], None, "one program, one settlement"),
    )


def _commits_of_one(counter: Counter) -> tuple[int, int, int]:
    """Commits of a settlement, records of the second file, and commits that moved the lease."""
    journal = counter.opened.journal
    commits, syncs, lease = journal.commits, journal.syncs, journal.high_water()
    counter.settle()
    leases = int(journal.high_water() != lease)
    return journal.commits - commits, journal.syncs - syncs, leases
