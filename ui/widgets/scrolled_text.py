"""Text that is as high as its lines where there is room, and is scrolled where there is none."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from ui.widgets.basics import text

_LEAST_LINES = 5


class ScrolledText(QScrollArea):
    """A wrapped text; a scroll area alone does not know how high its text is at its width."""

    def __init__(self) -> None:
        super().__init__()
        self._words = text("body", wrap=True, selectable=True)
        self._whole = False
        self.setWidget(self._words)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)

    def present(self, words: str) -> None:
        self._words.setText(words)
        self.updateGeometry()

    def show_whole(self, *, whole: bool) -> None:
        """Within something that is scrolled itself there is room for all of it."""
        self._whole = whole
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._words.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        if self._whole:
            return self.sizeHint()
        least = _LEAST_LINES * self._words.fontMetrics().lineSpacing()
        return QSize(0, min(least, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
