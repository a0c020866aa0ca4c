"""Choosing and searching by keyboard."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.widgets.conftest import Show, words
from ui.widgets.choices import ChoiceList, SearchBox
from ui.widgets.gallery import samples
from ui.widgets.shown import Choice

Key = Qt.Key
BLOOD, SCAN = Choice(0, "B1", "检验科"), Choice(1, "B2", "放射科")


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_a_choice_is_taken_by_keyboard(show: Show[QWidget], key: Key) -> None:
    taken: list[object] = []
    choices = ChoiceList(samples.CHOICES)
    choices.taken.connect(taken.append)
    show(choices)
    QTest.keyClick(choices, Key.Key_Down)
    QTest.keyClick(choices, key)
    assert taken == [2]


def test_what_cannot_be_chosen_is_not(show: Show[QWidget]) -> None:
    taken: list[object] = []
    choices = ChoiceList(samples.CHOICES[2:])
    choices.taken.connect(taken.append)
    show(choices)
    choices.take_current()
    assert taken == []


def test_search_is_asked_chosen_and_taken_from_the_field(show: Show[QWidget]) -> None:
    asked: list[str] = []
    taken: list[object] = []
    box = SearchBox("找项目", "拼音首字母、编码或名称")
    box.asked.connect(asked.append)
    box.taken.connect(taken.append)
    box.present(samples.FOUND)
    show(box)
    QTest.keyClicks(box.field, "am")
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Return):
        QTest.keyClick(box.field, key)
    assert asked == ["a", "am"]
    assert taken == ["b"]


def test_a_new_row_above_moves_no_choice(show: Show[QWidget]) -> None:
    """The folder is looked at every 0.7 s: Enter takes what the hand chose before."""
    taken: list[object] = []
    choices = ChoiceList((BLOOD, SCAN))
    choices.taken.connect(taken.append)
    show(choices)
    QTest.keyClick(choices, Key.Key_Down)
    choices.present((Choice(0, "B3", "放射科"), replace(BLOOD, intent=1), replace(SCAN, intent=2)))
    QTest.keyClick(choices, Key.Key_Return)
    choices.present((replace(SCAN, intent=0), BLOOD))
    QTest.keyClick(choices, Key.Key_Return)
    assert taken == [2, 0]


def test_what_is_found_anew_is_chosen_from_its_best(show: Show[QWidget]) -> None:
    taken: list[object] = []
    box = SearchBox("找项目")
    box.taken.connect(taken.append)
    box.present((BLOOD, SCAN))
    box.present((SCAN, BLOOD))
    show(box)
    QTest.keyClick(box.field, Key.Key_Return)
    assert taken == [SCAN.intent]


def test_nothing_found_is_said(show: Show[QWidget]) -> None:
    box = SearchBox("找项目")
    show(box)
    box.present((), "没有找到 “zzz”")
    assert words(box) == ["没有找到 “zzz”"]


def test_a_row_reads_as_a_whole(show: Show[QWidget]) -> None:
    choices = ChoiceList(samples.CHOICES)
    index = choices.model().index(0, 0)
    assert index.data() == "职工基本医疗保险 山东省济宁市 370800 正常参保"
