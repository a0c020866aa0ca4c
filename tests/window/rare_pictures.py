"""Pictures of states that a real window seldom comes to: the same window, without a screen.

Their platform is the practice platform of every picture; the desk is real, its jobs run at once.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QWidget

from tests.rig.practice import Practice, practice
from tests.rig.slot_watch import WatchedApplication
from tests.ui.cashier.booth import Booth, booth_at
from tests.ui.cashier.cut_off import settle
from tests.ui.cashier.rare_states import WALKS, Walk
from tests.ui.cashier.standing import standing
from tests.window.camera import keep
from tests.window.naming import LOOKS, STEPS_OF_WORK, named, picture
from ui.cashier import doing_wording
from ui.cashier.doing import Doing
from ui.cashier.paper_state import PaperAt
from ui.cashier.state import Busy
from ui.cashier.window import CashierWindow
from ui.theme.stylesheet import STYLE, ThemeSwitch, apply
from ui.theme.tokens import Mode
from ui.widgets.basics import Page as Ground
from ui.widgets.busy import BusyStrip

_LONG, _COLUMNS = 12.0, 3
_SEEN = 0.4
"""Seconds after which a busy window says so."""
_RESTS = 0.2
"""Seconds after which a resized window asks for its slip."""


def photograph(sizes: Iterable[str], target: Path, only: frozenset[str]) -> None:
    """Every wanted walk of :data:`WALKS`, both themes, at each size, as ``1366x768``."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = WatchedApplication(["kuasheng", *STYLE])
    theme = apply(app, Mode.LIGHT)
    with practice() as platform, app.watch.off():
        if not only or "steps" in only:
            _photograph_steps(theme, tuple(sizes), target)
        for what, walk in WALKS.items():
            if not only or what in only:
                _photograph(theme, platform, (what, walk), tuple(sizes), target)


def _photograph(
    theme: ThemeSwitch,
    platform: Practice,
    scene: tuple[str, Walk],
    sizes: tuple[str, ...],
    target: Path,
) -> None:
    platform.reset()
    app = QApplication.instance()
    assert isinstance(app, WatchedApplication)
    what, walk = scene
    with (
        tempfile.TemporaryDirectory(prefix="kuasheng-") as folder,
        booth_at(platform, Path(folder) / "profile", Path(folder)) as booth,
        standing(app, booth, since_now()) as window,
    ):
        booth.began = booth.clock().replace(tzinfo=None, microsecond=0) - timedelta(hours=1)
        window.resize(_size(sizes[0]))
        walk(booth, window)
        time.sleep(_SEEN)
        assert window._state is not None
        name = picture(named(window._state), what if what in LOOKS else "")
        for size in sizes:
            for mode in (Mode.DARK, Mode.LIGHT):
                theme.choose(mode)
                window.resize(_size(size))
                settle(app)
                _show_slip(app, booth)
                keep(_seen(window), target / f"{size}-{mode.value}" / name)


def _photograph_steps(theme: ThemeSwitch, sizes: Iterable[str], target: Path) -> None:
    """Every step of the cashier that runs, as its strip: what is on its way is told on any page."""
    for size in sizes:
        for mode in (Mode.DARK, Mode.LIGHT):
            theme.choose(mode)
            sheet = steps_of_work()
            sheet.resize(_size(size))
            keep(_pixels(sheet), target / f"{size}-{mode.value}" / f"{STEPS_OF_WORK}.png")
            sheet.deleteLater()


def steps_of_work() -> QWidget:
    """A strip for each :class:`Doing`, some seconds old."""
    sheet, grid = Ground(), QGridLayout()
    for at, doing in enumerate(Doing):
        strip = BusyStrip(lambda: _LONG, sheet)
        strip.present(doing_wording.shown(Busy(doing, 0.0)))
        strip.setMinimumWidth(strip.wide)
        grid.addWidget(strip, at // _COLUMNS, at % _COLUMNS)
    sheet.setLayout(grid)
    return sheet


def _show_slip(app: QApplication, booth: Booth) -> None:
    """A slip beside what was paid is drawn for the room that it has; what prints goes on printing."""
    paper = booth.state.paper
    if paper is None or not paper.there or paper.at is PaperAt.PRINTING:
        return
    until = time.monotonic() + _RESTS
    while time.monotonic() < until:
        app.processEvents()
    booth.work.run_all()
    settle(app)


def since_now() -> Callable[[], float]:
    """The window's clock beside the booth's, which stands at nought: what runs has just begun."""
    began = time.monotonic()
    return lambda: time.monotonic() - began


def _size(size: str) -> QSize:
    return QSize(*(int(length) for length in size.split("x")))


def _pixels(widget: QWidget) -> tuple[int, int, bytes]:
    return _raw(widget.grab().toImage())


def _seen(window: CashierWindow) -> tuple[int, int, bytes]:
    """The window with what stands before it."""
    image = window.grab().toImage()
    with QPainter(image) as painter:
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                painter.drawPixmap((window.rect().center() - dialog.rect().center()), dialog.grab())
    return _raw(image)


def _raw(image: QImage) -> tuple[int, int, bytes]:
    """Width, height, and three bytes for each point."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    wide, line = plain.width() * 3, plain.bytesPerLine()
    rows = bytes(plain.constBits())
    return (
        plain.width(),
        plain.height(),
        b"".join(rows[at : at + wide] for at in range(0, line * plain.height(), line)),
    )
