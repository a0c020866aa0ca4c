"""Nothing here yet: what is waited for, and what can be done meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import CENTRE, column, say, text
from ui.widgets.shapes import Mark

_MARK = 44


class EmptyState(QWidget):
    """In the middle of what would otherwise be blank."""

    def __init__(self) -> None:
        super().__init__()
        mark = Mark(_MARK)
        mark.set_tone(Tone.INFO)
        self._title = text("heading", wrap=True)
        self._hint = text("muted", wrap=True)
        whole = column(spacing=SPACE.m)
        whole.addStretch(2)
        whole.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self._title, self._hint):
            words.setAlignment(CENTRE)
            whole.addWidget(words)
        whole.addStretch(3)
        self.setLayout(whole)

    def present(self, title: str, hint: str) -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        say(self, title, hint)
