"""Choosing and searching by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.widgets.conftest import Show, words
from ui.widgets.choices import ChoiceList, SearchBox
from ui.widgets.gallery import samples

Key = Qt.Key


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


def test_nothing_found_is_said(show: Show[QWidget]) -> None:
    box = SearchBox("找项目")
    show(box)
    box.present((), "没有找到 “zzz”")
    assert words(box) == ["没有找到 “zzz”"]


def test_a_row_reads_as_a_whole(show: Show[QWidget]) -> None:
    choices = ChoiceList(samples.CHOICES)
    index = choices.model().index(0, 0)
    assert index.data() == "职工基本医疗保险 山东省济宁市 370800 正常参保"
