"""A few ways to go on, each with its key and what it means for the patient."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import Tinted, clear, column, row, say, text
from ui.widgets.keys import keycap
from ui.widgets.shown import Way


class WayList(QWidget):
    """Under each other, in the order that they are given."""

    taken = Signal(object)
    """The intent of a way that was clicked; its key does the same."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Way, ...] = ()
        self._ways = column(spacing=SPACE.s)
        self.setLayout(self._ways)

    def present(self, ways: tuple[Way, ...]) -> None:
        self.setVisible(bool(ways))
        if ways == self._shown:
            return
        self._shown = ways
        clear(self._ways)
        for way in ways:
            card = WayCard(way)
            card.taken.connect(self.taken)
            self._ways.addWidget(card)


class WayCard(Tinted):
    """One way: key, name, meaning."""

    taken = Signal(object)

    def __init__(self, way: Way) -> None:
        super().__init__()
        self._way = way
        self.set_tone(Tone.NEUTRAL)
        line = row(spacing=SPACE.l, margins=(SPACE.l, SPACE.m, SPACE.l, SPACE.m))
        line.addWidget(keycap(way.key), 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=SPACE.hair)
        words.addWidget(text("title", way.name))
        words.addWidget(text("body", way.means, wrap=True))
        line.addLayout(words, 1)
        self.setLayout(line)
        say(self, f"{way.name} {way.key}", way.means)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.rect().contains(event.position().toPoint()):
            self.taken.emit(self._way.intent)
