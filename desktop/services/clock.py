"""The PC's clock against the platform's: fee dates and tokens hang on it (visit.md B48)."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.problems import ProblemCode
from desktop.domain.times import clock_is_wrong
from desktop.services.ending import Ending, stopped
from desktop.services.ports import Desk


def clock_agrees(desk: Desk, platform_time: datetime | None) -> None:
    """Raises :class:`Stopped` when the clocks are over two minutes apart."""
    if platform_time and clock_is_wrong(desk.clock(), platform_time):
        raise stopped(Ending.FAILED, ProblemCode.CLOCK_WRONG)
