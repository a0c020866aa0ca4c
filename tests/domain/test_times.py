"""Times are +08:00, whatever the PC says (house rule 10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.times import CHINA, CLOCK_TOLERANCE, clock_is_wrong, in_china

NOON = datetime(2023, 5, 2, 12, tzinfo=CHINA)


def test_a_naive_time_is_chinese_already() -> None:
    assert in_china(datetime(2023, 5, 2, 12)) == NOON  # noqa: DTZ001


def test_another_zone_is_turned() -> None:
    turned = in_china(datetime(2022, 12, 31, 16, tzinfo=UTC))
    assert turned.isoformat() == "2023-01-01T00:00:00+08:00"


@pytest.mark.parametrize("sign", [1, -1])
def test_two_minutes_are_borne_and_not_a_second_more(sign: int) -> None:
    """B48: a clock that is off by more than two minutes blocks settlement."""
    assert timedelta(minutes=2) == CLOCK_TOLERANCE
    assert not clock_is_wrong(NOON, NOON + sign * CLOCK_TOLERANCE)
    assert clock_is_wrong(NOON, NOON + sign * (CLOCK_TOLERANCE + timedelta(seconds=1)))


def test_clocks_are_compared_across_zones() -> None:
    assert not clock_is_wrong(NOON, NOON.astimezone(UTC))
