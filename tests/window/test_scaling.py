"""The real window on the smallest screen at every scaling of a desktop: all of it is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.journey.at_the_window import Surroundings
from tests.rig.screen import Screen
from tests.rig.town import townsman
from tests.window.scenes import drop, show
from tests.window.till import DONE, OFFER, SETTLED, Till, till_among

ORDINARY = townsman(0)
_SLOW = [pytest.param(percent, marks=pytest.mark.slow) for percent in (125, 150, 200)]


@pytest.mark.parametrize("percent", [175, *_SLOW])
def test_everything_is_on_the_smallest_screen(
    percent: int, around: Surroundings, profile: Path
) -> None:
    """1366 x 768: no word cut off, no key beyond its edge, from the first page to the slip."""
    with (
        Screen(1366, 768, percent) as screen,
        till_among(replace(around, screen=screen), profile) as till,
    ):
        screen.fill("跨省直结前台")
        whole(till)
        drop(till, ORDINARY)
        show(till, ORDINARY, OFFER)
        whole(till)
        till.press("F8", "F9")
        till.sees(SETTLED)
        whole(till)
        till.press("F10")
        till.sees(DONE)
        whole(till)


def whole(till: Till) -> None:
    """Once the layout has come to rest: it does so after the title has said what is shown."""
    till.booth.await_that("看不全", lambda: till.ask("cut") == [])
