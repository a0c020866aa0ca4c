"""How long a bill may wait for its settlement (visit.md 3.3)."""

from __future__ import annotations

from datetime import date, timedelta

LONGEST = timedelta(days=7)
"""Ours: the platform names no limit within the year."""


def settle_until(today: date, fee_day: date) -> date:
    """The last day on which it may be settled: within the limit, and in the year of its fees."""
    year_end = date(fee_day.year, 12, 31)
    return max(today, min(today + LONGEST, year_end))
