"""A few ways to go on, each with its key and what it means for the patient."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import Tinted, column, row, say, text
from ui.widgets.keys import keycap
from ui.widgets.shown import Way


class WayList(QWidget):
    """Under each other, in the order that they are given; cards are kept for the next ways."""

    taken = Signal(object)
    """The intent of a way that was clicked; its key does the same."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[WayCard] = []
        self._ways = column(spacing=SPACE.s)
        self.setLayout(self._ways)

    def present(self, ways: tuple[Way, ...]) -> None:
        self.setVisible(bool(ways))
        while len(self._cards) < len(ways):
            self._add(ways[len(self._cards)])
        for card, way in zip(self._cards, ways, strict=False):
            card.present(way)
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(ways))

    def _add(self, way: Way) -> None:
        card = WayCard(way)
        card.taken.connect(self.taken)
        self._cards.append(card)
        self._ways.addWidget(card)


class WayCard(Tinted):
    """One way: key, name, meaning."""

    taken = Signal(object)

    def __init__(self, way: Way) -> None:
        super().__init__()
        self._key = keycap("")
        self._name = text("title")
        self._means = text("body", wrap=True)
        self.set_tone(Tone.NEUTRAL)
        line = row(spacing=SPACE.l, margins=(SPACE.l, SPACE.m, SPACE.l, SPACE.m))
        line.addWidget(self._key, 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=SPACE.hair)
        words.addWidget(self._name)
        words.addWidget(self._means)
        line.addLayout(words, 1)
        self.setLayout(line)
        self.present(way)

    def present(self, way: Way) -> None:
        self._way = way
        self._key.setText(way.key)
        self._name.setText(way.name)
        self._means.setText(way.means)
        say(self, f"{way.name} {way.key}", way.means)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.rect().contains(event.position().toPoint()):
            self.taken.emit(self._way.intent)
