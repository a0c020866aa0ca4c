"""How long a deferred bill may wait: a week, and never beyond the year of its fees (3.3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.deferral import LONGEST, settle_until

DAYS = st.dates(date(2021, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("today", "fee_day", "until"),
    [
        ("2023-05-02", "2023-05-02", "2023-05-09"),
        ("2023-12-28", "2023-12-28", "2023-12-31"),
        ("2023-12-31", "2023-12-31", "2023-12-31"),
        ("2024-01-03", "2023-12-30", "2024-01-03"),
        ("2024-01-01", "2024-01-01", "2024-01-08"),
    ],
)
def test_the_last_day(today: str, fee_day: str, until: str) -> None:
    days = date.fromisoformat(today), date.fromisoformat(fee_day)
    assert settle_until(*days) == date.fromisoformat(until)


@given(DAYS, DAYS)
def test_it_is_never_in_the_past_and_never_longer_than_the_limit(
    today: date, fee_day: date
) -> None:
    until = settle_until(today, fee_day)
    assert today <= until <= today + LONGEST
    assert until == today or until.year <= fee_day.year


@given(DAYS, st.integers(0, 400))
def test_who_defers_later_never_waits_shorter_than_until_today(today: date, days: int) -> None:
    later = today + timedelta(days=days)
    assert settle_until(later, today) >= later
