"""Ways to go on: each with its key and meaning; a click takes one, and only one that is there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.widgets.problem_panel import ProblemPanel
from ui.widgets.shown import ProblemShown, Way
from ui.widgets.ways import WayCard, WayList

WAYS = (Way("wait", "F5", "等待", "患者等线路恢复"), Way("sign", "F7", "签字", "现在不付钱"))


def test_a_click_takes_the_way() -> None:
    taken: list[object] = []
    ways = WayList()
    ways.taken.connect(taken.append)
    ways.present(WAYS)
    _first, second = ways.findChildren(WayCard)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert taken == ["sign"]


def test_a_screen_reader_says_what_a_way_means() -> None:
    card = WayCard(WAYS[0])
    assert (card.accessibleName(), card.accessibleDescription()) == ("等待 F5", "患者等线路恢复")


def test_without_ways_nothing_is_there() -> None:
    ways = WayList()
    ways.present(WAYS)
    ways.present(())
    assert ways.isHidden()


def test_other_ways_stand_on_the_cards_of_before() -> None:
    """Making a card takes milliseconds; a click takes the way that stands there now."""
    taken: list[object] = []
    ways = WayList()
    ways.taken.connect(taken.append)
    ways.present(WAYS)
    before = ways.findChildren(WayCard)
    ways.present(WAYS[1:])
    assert ways.findChildren(WayCard) == before
    assert [card.isHidden() for card in before] == [False, True]
    QTest.mouseClick(before[0], Qt.MouseButton.LeftButton)
    assert taken == ["sign"]


def test_details_that_change_keep_their_labels() -> None:
    """A count-down changes words, not widgets."""
    panel = ProblemPanel()
    panel.present(ProblemShown("待确认", "请等", details=("3 秒后再查", "没有回答")))
    before = list(panel._told)
    panel.present(ProblemShown("待确认", "请等", details=("2 秒后再查", "没有回答")))
    assert panel._told == before
    assert [label.text() for label in before] == ["2 秒后再查", "没有回答"]
