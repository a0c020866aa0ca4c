"""kill -9 of the window itself, in the middle of its work (B50); a slice of ``make crash``."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.crash.judge import Violation
from tests.crash.window import judge_window, kills

KILLS = 6


@pytest.mark.slow
def test_the_next_window_ends_what_the_killed_one_began(tmp_path: Path) -> None:
    """Nothing is settled twice or lost, and the cash is written down once."""
    killed = list(kills(tmp_path, KILLS, seed=7))
    assert len(killed) == KILLS
    assert len({each.points for each in killed}) > KILLS // 2
    cash = "150.00"
    row = {"state": "effective", "setl_id": "another", "psn_cash_pay": cash}
    profile = tmp_path / f"window-{random.Random(1).randrange(KILLS)}" / "profile"  # noqa: S311
    for booked in ([], [row], [row, row]):
        with pytest.raises(Violation):
            judge_window(profile, booked)
