"""A character that no font has is shown with its number (names and fonts)."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tests.rig.slot_watch import WatchedApplication
from ui.widgets.choices import ChoiceList
from ui.widgets.fact_grid import FactGrid
from ui.widgets.glyphs import Readable, marked, readable
from ui.widgets.problem_panel import ProblemPanel
from ui.widgets.shown import Choice, Fact, ProblemShown

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


def test_a_masked_name_in_a_list_is_marked_as_painted_and_as_spoken(
    qt_app: WatchedApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Queue and refunds: the family name of somebody whose character no font has."""
    with qt_app.watch.off():
        shown = ChoiceList((Choice(0, f"B0001  {NOWHERE}*", f"从 09:00  {NOWHERE}*"),))
        shown.resize(600, 120)
        told = f"{NOWHERE}[U+10FFFD]*"
        assert shown.model().index(0, 0).data() == f"B0001  {told} 从 09:00  {told}"
        painted = shown.grab().toImage()
        monkeypatch.setattr("ui.widgets.choices.readable", lambda text, _: Readable(text, ""))
        assert painted != shown.grab().toImage(), "the painter marks it too"


def test_a_name_in_the_details_of_a_problem_is_marked(qt_app: WatchedApplication) -> None:
    with qt_app.watch.off():
        panel = ProblemPanel()
        panel.present(ProblemShown("人证不符", "联系医保办", details=(f"姓名 {NOWHERE}*",)))
        assert f"姓名 {NOWHERE}[U+10FFFD]*" in [
            label.text() for label in panel.findChildren(QLabel)
        ]


def test_the_names_of_the_problem_page_are_marked_too(qt_app: WatchedApplication) -> None:
    with qt_app.watch.off():
        shown = FactGrid((Fact("姓名", f"王{NOWHERE}"),))
        assert any("[U+10FFFD]" in label.text() for label in shown.findChildren(QLabel))
