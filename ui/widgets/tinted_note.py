"""Words on the pale colour of their tone; not there while there is nothing to say."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QLabel

from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import Tinted, column, text


class TintedNote(Tinted):
    """What somebody must read although everything goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()

    def present(self, words: str, tone: Tone = Tone.WARNING) -> None:
        """ "" hides it."""
        if words:
            self.set_tone(tone)
            self._words.setText(words)
        self.setVisible(bool(words))

    @cached_property
    def _words(self) -> QLabel:
        words = text("tone", wrap=True, selectable=True)
        lines = column(margins=(SPACE.m, SPACE.s, SPACE.m, SPACE.s))
        lines.addWidget(words)
        self.setLayout(lines)
        words.show()
        return words
