"""The window stands before its desk is open, and nothing that was shown to it meanwhile is lost."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.domain.problems import DeskError
from desktop.domain.scanned import ScannedKind
from desktop.knowledge.areas import load_areas
from desktop.profile import Profile, held
from desktop.window import Opening
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.test_charges_page import press
from ui.cashier.doorway import Doorway
from ui.input.wedge import Scan
from ui.widgets.key_card import KeyCard

NUMBER = str(townsman(0)["certno"])


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def doorway(qt_app: WatchedApplication, told: list[str]) -> Iterator[Doorway]:
    with qt_app.watch.off():
        opened = Doorway(load_areas, lambda: told.append("gone"))
        opened.show(lambda: told.append("stands"))
        opened.window.activateWindow()
        for _moment in range(200):
            if told:
                break
            QTest.qWait(5)
    yield opened
    with qt_app.watch.off():
        opened.window.let_close()


def test_it_stands_once_and_says_that_it_is_being_opened(doorway: Doorway, told: list[str]) -> None:
    QTest.qWait(1100)
    assert told == ["stands"]
    assert "正在打开" in doorway.window.windowTitle()


def test_on_a_screen_that_is_too_small_it_takes_all_of_it(
    doorway: Doorway, qt_app: WatchedApplication
) -> None:
    """Its keys would lie below the edge; on a larger screen it keeps its size."""
    with qt_app.watch.off():
        assert doorway.window.isMaximized()
        doorway.window.hide()
        doorway.window.showNormal()
        doorway.window.hide()
        doorway.window.setMinimumSize(0, 0)
        doorway.window.resize(doorway.window.screen().availableSize() / 2)
        doorway.show(lambda: None)
        assert not doorway.window.isMaximized()


def test_the_card_of_keys_is_there_already(doorway: Doorway) -> None:
    card = doorway.window.findChild(KeyCard)
    assert isinstance(card, KeyCard)
    assert not card.isVisible()
    press(Qt.Key.Key_F1)
    assert card.isVisible()


def test_what_was_typed_is_kept_for_the_desk(doorway: Doorway) -> None:
    field = doorway.window.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(NUMBER)
    field.returnPressed.emit()
    assert doorway.leave() == NUMBER


def test_what_was_scanned_is_kept_for_the_desk(doorway: Doorway) -> None:
    doorway.listen("")
    scan(doorway, NUMBER)
    early = doorway.leave()
    assert isinstance(early, Scan)
    assert (early.kind, early.text) == (ScannedKind.ID_NUMBER, NUMBER)


@pytest.fixture
def opening(qt_app: WatchedApplication, tmp_path: Path) -> Iterator[Opening]:
    """Of a desk whose scanners send ``~`` first, and that another process holds."""
    (tmp_path / "settings.toml").write_text("[desk]\nscanner_prefix = '~'\n", encoding="utf-8")
    switch = sys.getswitchinterval()
    with held(Profile(tmp_path), "test"), qt_app.watch.off():
        made = Opening(qt_app, Namespace(profile=str(tmp_path), platform=None))
        made.doorway.window.show()
        made.begin()
        yield made
        made.doorway.window.let_close()
    sys.setswitchinterval(switch)


def test_the_prefix_of_the_scanners_is_known_before_the_desk_is_open(
    opening: Opening, qt_app: WatchedApplication
) -> None:
    """A scan in the first second is told as a credential, not as a foreign code."""
    with pytest.raises(DeskError):
        opening.close()
    qt_app.processEvents()
    scan(opening.doorway, f"~{NUMBER}")
    early = opening.doorway.leave()
    assert isinstance(early, Scan)
    assert (early.kind, early.text) == (ScannedKind.ID_NUMBER, NUMBER)


def scan(doorway: Doorway, code: str) -> None:
    """As a scanner does it: every character, then Enter."""
    handle = doorway.window.windowHandle()
    for key, character in (*((ord(sign), sign) for sign in code), (Qt.Key.Key_Return, "\r")):
        pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
        QCoreApplication.sendEvent(handle, pressed)


def test_nothing_shown_is_nothing_kept(doorway: Doorway) -> None:
    assert doorway.leave() == ""


def test_closing_it_lets_the_program_go(doorway: Doorway, told: list[str]) -> None:
    doorway.window.close()
    assert told == ["stands", "gone"]
    assert not doorway.window.isVisible()
