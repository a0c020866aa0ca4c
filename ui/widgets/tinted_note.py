"""Words on the pale colour of a warning; not there while there is nothing to say."""

from __future__ import annotations

from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import Tinted, column, text


class TintedNote(Tinted):
    """What somebody must read although everything goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._words = text("tone", wrap=True, selectable=True)
        lines = column(margins=(SPACE.m, SPACE.s, SPACE.m, SPACE.s))
        lines.addWidget(self._words)
        self.setLayout(lines)
        self.set_tone(Tone.WARNING)
        self.hide()

    def present(self, words: str) -> None:
        """ "" hides it."""
        self._words.setText(words)
        self.setVisible(bool(words))
