"""A character that no font has is shown with its number (names and fonts)."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tests.rig.qt_watch import WatchedApplication
from ui.widgets.fact_grid import FactGrid
from ui.widgets.glyphs import Readable, marked, readable
from ui.widgets.shown import Fact

NOWHERE = "\U0010fffd"


def nothing(_code: int) -> bool:
    return False


def test_a_missing_character_has_its_number_behind_it_each_time() -> None:
    told = marked("王𠮷三𠮷", nothing)
    assert told == Readable("王𠮷[U+20BB7]三𠮷[U+20BB7]", "𠮷")


@pytest.mark.parametrize("name", ["孔令和", "Ali 7·", "", "阿依古丽·买买提"])
def test_everyday_characters_are_asked_of_no_font(name: str) -> None:
    def asked(code: int) -> bool:
        raise AssertionError(hex(code))

    assert marked(name, asked) == Readable(name, "")


def test_the_private_area_of_old_tables_is_shown_as_the_standard_character() -> None:
    assert marked("赵\ue81e", lambda _code: True) == Readable("赵龴", "")


def test_qt_finds_rare_characters_in_the_fonts_it_falls_back_on(qt_app: WatchedApplication) -> None:
    with qt_app.watch.off():
        metrics = QLabel().fontMetrics()
        assert readable("䶮㼆彧龴𠮷𬀩𫖮", metrics).missing == ""
        assert readable(f"王{NOWHERE}", metrics).text == f"王{NOWHERE}[U+10FFFD]"


def test_the_names_of_the_problem_page_are_marked_too(qt_app: WatchedApplication) -> None:
    with qt_app.watch.off():
        shown = FactGrid((Fact("姓名", f"王{NOWHERE}"),))
        assert any("[U+10FFFD]" in label.text() for label in shown.findChildren(QLabel))
