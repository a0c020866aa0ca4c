"""A few words beside each other, one of them chosen: for what has two to four answers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QWidget

from ui.theme.tokens import SPACE
from ui.widgets.basics import row, say


class Segments(QFrame):
    """Left, Right and Space choose; Enter goes on to the window."""

    chosen = Signal(object)
    """The value that a person chose."""

    def __init__(
        self, name: str, values: Sequence[tuple[Hashable, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values = [value for value, _word in values]
        self._group = QButtonGroup(self)
        line = row(spacing=SPACE.hair, margins=(SPACE.hair,) * 4)
        for at, (_value, word) in enumerate(values):
            button = _Segment(word)
            say(button, f"{name} {word}")
            self._group.addButton(button, at)
            line.addWidget(button, 1)
        self.setLayout(line)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._values[at]))
        say(self, name)

    def present(self, value: Hashable) -> None:
        """The value that is chosen now; one that is not offered leaves none chosen."""
        self._group.setExclusive(False)
        for at, known in enumerate(self._values):
            self._group.button(at).setChecked(known == value)
        self._group.setExclusive(True)


class _Segment(QPushButton):
    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)
