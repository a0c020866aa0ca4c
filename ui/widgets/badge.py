"""A state by colour, word and shape."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.theme.tokens import SPACE
from ui.widgets.basics import Tinted, hug, row, say, text
from ui.widgets.shapes import Mark
from ui.widgets.shown import Badge


class StateBadge(Tinted):
    """A pill: the tone's shape, then the word."""

    def __init__(self, badge: Badge | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Mark(14)
        self._word = text("tone")
        layout = row(spacing=6, margins=(SPACE.s, SPACE.hair, 10, SPACE.hair))
        layout.addWidget(self._mark)
        layout.addWidget(self._word)
        self.setLayout(layout)
        hug(self)
        self.present(badge or Badge(""))

    def present(self, badge: Badge) -> None:
        self._mark.set_tone(badge.tone)
        self._word.setText(badge.word)
        self.set_tone(badge.tone)
        say(self, badge.word)
