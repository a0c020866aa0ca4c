"""A patient who is quicker than the window's preparations loses nothing of what is shown."""

from __future__ import annotations

from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.standing import standing
from tests.ui.widgets.conftest import words
from ui.cashier.state import Page
from ui.widgets.ways import WayCard

ORDINARY, PAUSED, IN_PROVINCE = (townsman(place) for place in (0, 11, 39))


def test_no_empty_ways_stand_under_a_problem(qt_app: WatchedApplication, booth: Booth) -> None:
    """They were made ready for an outage while the page was already shown."""
    with standing(qt_app, booth) as window:
        booth.show(PAUSED)
        assert booth.on(Page.STOPPED)
        before = words(window)
        assert all(window.furnish())
        assert words(window) == before
        assert not [card for card in window.findChildren(WayCard) if card.isVisibleTo(window)]


def test_no_amount_of_an_offer_is_painted_over(qt_app: WatchedApplication, booth: Booth) -> None:
    with standing(qt_app, booth) as window:
        booth.to_offer(ORDINARY)
        before = words(window)
        assert all(window.furnish())
        assert words(window) == before


def test_where_somebody_is_insured_is_told_in_words(
    qt_app: WatchedApplication, booth: Booth
) -> None:
    """B07, B10: no code of ours as if somebody had said it."""
    with standing(qt_app, booth) as window:
        booth.show(PAUSED)
        told = words(window)
        assert "职工医保" in told
        assert "暂停参保" in told
        assert "山东省济宁市 370800" in told
        assert not any("状态2" in word for word in told)
        booth.presenter.next_patient()
        booth.show(IN_PROVINCE)
        assert "湖南省 430200" in words(window)
        assert "430200" not in words(window)
