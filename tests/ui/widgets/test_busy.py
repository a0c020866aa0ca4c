"""Busy is seen after 300 ms and counted after 3 s; nothing flickers or jumps."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.rig.still_clock import StillClock
from tests.ui.widgets.conftest import Show, words
from ui.widgets.busy import BusyStrip
from ui.widgets.keys import KeyButton
from ui.widgets.shown import Busy, Offer

ASKING = Busy("正在查询参保地", 100.0, Offer("stop", "停下", "Esc"))


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def strip(clock: StillClock, show: Show[QWidget]) -> BusyStrip:
    made = BusyStrip(clock)
    made.resize(600, made.height())
    show(made)
    made.present(ASKING)
    return made


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.0, []),
        (0.29, []),
        (0.31, ["正在查询参保地", "Esc", "停下"]),
        (2.9, ["正在查询参保地", "Esc", "停下"]),
        (3.0, ["正在查询参保地", "已用 3 秒", "Esc", "停下"]),
        (61.9, ["正在查询参保地", "已用 61 秒", "Esc", "停下"]),
    ],
)
def test_what_is_said_when(
    strip: BusyStrip, clock: StillClock, seconds: float, expected: list[str]
) -> None:
    clock.now = 100.0 + seconds
    strip.refresh()
    assert sorted(words(strip)) == sorted(expected)


def test_something_moves(strip: BusyStrip, clock: StillClock) -> None:
    pictures: list[QImage] = []
    for now in (100.5, 100.7, 100.9):
        clock.now = now
        strip.refresh()
        pictures.append(strip.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def test_it_lies_over_nothing_while_nothing_is_busy(strip: BusyStrip, clock: StillClock) -> None:
    """It floats over the page: what is under it can be read and clicked again."""
    clock.now = 105.0
    strip.refresh()
    assert strip.isVisible()
    strip.present(None)
    assert not strip.isVisible()
    assert words(strip) == []


def test_nothing_shines_through_it(strip: BusyStrip, clock: StillClock) -> None:
    """The page under it would make its words unreadable."""
    clock.now = 105.0
    strip.refresh()
    seen = strip.grab().toImage()
    ground = strip.palette().color(strip.palette().ColorRole.Base)
    assert seen.pixelColor(8, 8) == seen.pixelColor(seen.width() - 8, 8) == ground


def test_it_can_be_broken_off(strip: BusyStrip, clock: StillClock) -> None:
    taken: list[object] = []
    strip.taken.connect(taken.append)
    clock.now = 101.0
    strip.refresh()
    button = strip.findChild(KeyButton)
    assert isinstance(button, KeyButton)
    button.click()
    assert taken == ["stop"]
