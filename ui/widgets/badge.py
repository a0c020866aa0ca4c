"""A state by colour, word and shape."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QLabel, QWidget

from ui.theme.tokens import SPACE
from ui.widgets.basics import Tinted, hug, row, say, text
from ui.widgets.shapes import Mark
from ui.widgets.shown import Badge


class StateBadge(Tinted):
    """A pill: the tone's shape, then the word; empty until it has one to say."""

    def __init__(self, badge: Badge | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hug(self)
        if badge is not None:
            self.present(badge)

    def present(self, badge: Badge) -> None:
        self._mark.set_tone(badge.tone)
        self._word.setText(badge.word)
        self.set_tone(badge.tone)
        say(self, badge.word)
        if self.layout() is None:
            self._arrange()

    def _arrange(self) -> None:
        """Both are seen at once in a badge that is."""
        layout = row(spacing=6, margins=(SPACE.s, SPACE.hair, 10, SPACE.hair))
        for part in (self._mark, self._word):
            layout.addWidget(part)
        self.setLayout(layout)
        for part in (self._mark, self._word):
            part.show()

    @cached_property
    def _mark(self) -> Mark:
        return Mark(14)

    @cached_property
    def _word(self) -> QLabel:
        return text("tone")
