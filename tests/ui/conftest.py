"""What holds for every window test: one application, nothing holds it, nothing goes wrong unseen.

Qt's own warnings go to the log, where ``tests/plugins/log_guard.py`` fails the test for them; an
exception in a slot fails the test too.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.money import Money
from tests.rig.slot_watch import SlotWatch, WatchedApplication
from ui.theme.stylesheet import STYLE, ThemeSwitch, apply
from ui.theme.tokens import Mode
from ui.widgets.line_table import LineTable
from ui.widgets.shown import LineShown

_LOG = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_OF_THE_PLATFORM = ("This plugin does not support",)
"""What the offscreen platform says of itself."""
PICTURES = Path(__file__).parents[2] / "out" / "screens"


def _tell(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    level = logging.DEBUG if message.startswith(_OF_THE_PLATFORM) else _LEVELS[kind]
    _LOG.log(level, message)


@pytest.fixture(scope="session")
def qt_app() -> Iterator[WatchedApplication]:
    """The one application, in the light theme, with its fonts already loaded."""
    qInstallMessageHandler(_tell)
    app = WatchedApplication(["window-tests", *STYLE])
    app.setQuitOnLastWindowClosed(False)
    with app.watch.off():
        apply(app, Mode.LIGHT)
        _warm_up()
    gc.collect()
    gc.freeze()  # what pytest and hypothesis hold is no work for the window's garbage collector
    yield app
    gc.unfreeze()
    app.closeAllWindows()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qInstallMessageHandler(None)


def _warm_up() -> None:
    """Fonts are loaded, and PySide makes its classes, at their first use: as a window starts."""
    label, table = QLabel("跨省直结 0123 ABC 𠀀"), LineTable()
    table.present((LineShown("0", "0", "0", Money(0)),))
    for warm in (label, table):
        warm.grab()
        warm.deleteLater()


@pytest.fixture
def theme(qt_app: WatchedApplication) -> Iterator[ThemeSwitch]:
    """To change the mode; light again afterwards."""
    switch = qt_app.findChild(ThemeSwitch)
    assert isinstance(switch, ThemeSwitch)
    yield switch
    with qt_app.watch.off():
        switch.choose(Mode.LIGHT)


@pytest.fixture
def watch(qt_app: WatchedApplication) -> SlotWatch:
    return qt_app.watch


@pytest.fixture(autouse=True)
def _nothing_holds_the_qt_thread(qt_app: WatchedApplication) -> Iterator[None]:
    """The watchdog: no event, and so no slot, takes over 50 ms (house rule 7)."""
    qt_app.watch.take()
    yield
    holds = qt_app.watch.take()
    assert not holds, "the Qt thread was held: " + "; ".join(map(str, holds))


@pytest.fixture(autouse=True)
def _no_exception_in_a_slot(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """PySide prints what a slot raises and goes on; here it fails the test."""
    raised: list[BaseException] = []

    def keep(_kind: type[BaseException], error: BaseException, _at: TracebackType | None) -> None:
        raised.append(error)

    monkeypatch.setattr(sys, "excepthook", keep)
    yield
    if raised:
        raise raised[0]


@pytest.fixture(autouse=True)
def _no_window_stays(qt_app: WatchedApplication) -> Iterator[None]:
    yield
    with qt_app.watch.off():
        for window in qt_app.topLevelWidgets():
            window.close()
            window.deleteLater()
        qt_app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


Wait = Callable[..., None]
Picture = Callable[[QWidget, str], Path]


@pytest.fixture
def wait_until(qt_app: WatchedApplication) -> Wait:
    """``wait_until(condition, seconds=5.0)``: runs the event loop until it holds."""

    def wait(condition: Callable[[], bool], seconds: float = 5.0) -> None:
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until, "waited in vain"
            qt_app.processEvents()
            time.sleep(0.001)

    return wait


@pytest.fixture
def picture(qt_app: WatchedApplication) -> Picture:
    """``picture(widget, name)``: what is on the widget now, as ``out/screens/<name>.png``."""

    def take(widget: QWidget, name: str) -> Path:
        PICTURES.mkdir(parents=True, exist_ok=True)
        file = PICTURES / f"{name}.png"
        with qt_app.watch.off():
            qt_app.processEvents()
            assert widget.grab().save(str(file)), file
        return file

    return take
