"""What the funds can still pay this year stands beside the amounts that it was told with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.money import Money
from tests.commands.careless import careless
from tests.rig.practice import Practice
from tests.rig.town import townsman
from tests.services.counter import TODAY
from tests.ui.cashier.booth import Booth, booth_at
from ui.cashier.state import Quota

ORDINARY = townsman(0)


class ToldOnce:
    """A centre that tells the limit with its first 2206 alone."""

    def __init__(self) -> None:
        self.answers = 0

    def __call__(self, tree: dict[str, Any]) -> None:
        self.answers += 1
        if self.answers > 1:
            for row in tree["output"]["setldetail"]:
                row.pop("crt_payb_lmt_amt", None)


@pytest.fixture
def told_once(running_platform: Practice, tmp_path: Path) -> Iterator[Booth]:
    running_platform.reset()
    running_platform.clock(TODAY.isoformat())
    with (
        careless(running_platform.url, "2206", ToldOnce()) as url,
        booth_at(running_platform, tmp_path / "profile", tmp_path, url) as booth,
    ):
        yield booth


def test_what_an_earlier_offer_told_is_not_said_of_this_one(told_once: Booth) -> None:
    """F7: other amounts, and this answer says nothing of the limit (B26)."""
    told_once.platform.elsewhere(ORDINARY["certno"], "2023-03-01", "150.00")
    told_once.to_offer(ORDINARY)
    first = told_once.state.quota
    assert first is not None
    assert not first.estimated
    told_once.presenter.change_account_use()
    told_once.work.run_all()
    assert told_once.state.quota == Quota(Money.parse("1850.00"), estimated=True)
