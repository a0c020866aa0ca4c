"""Pages as they are printed, dot for dot on the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from printing.sheets import Sheet
from ui.pictures import image_of
from ui.theme.tokens import SPACE
from ui.widgets.basics import CENTRE, clear, column, say, text

_SETTLES_MS = 80
"""A window that is being dragged larger asks once, when it rests."""
_LONGEST = 20
"""How many times as high as the view a page may be that is scrolled."""
_EDGE = 2
"""The hairline around a page, on both sides."""


class SheetView(QScrollArea):
    """Shows sheets drawn for it: hear :attr:`room` and present what fits in there."""

    room = Signal(int, int)
    """Dots of the screen, across and down, that one page has here."""

    def __init__(self, parent: QWidget | None = None, *, by_width: bool = False) -> None:
        """``by_width``: a page is as wide as there is room; what is below is scrolled to."""
        super().__init__(parent)
        self._pages_high = _LONGEST if by_width else 1
        self._shown: tuple[Sheet, ...] | None = None
        self._stack: QVBoxLayout = column(spacing=SPACE.m)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLES_MS)
        self._timer.timeout.connect(self._tell_room)
        whole = QWidget()
        whole.setLayout(self._stack)
        self.setWidget(whole)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def present(self, sheets: tuple[Sheet, ...], name: str) -> None:
        """``name``: what a screen reader says of it, and what stands here without a sheet."""
        say(self, name)
        if sheets == self._shown and sheets:
            return
        self._shown = sheets
        clear(self._stack)
        for sheet in sheets:
            self._stack.addWidget(self._page(sheet), 0, Qt.AlignmentFlag.AlignHCenter)
        if not sheets:
            self._stack.addWidget(_instead(name))
        self._stack.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._timer.start()

    def event(self, event: QEvent) -> bool:
        """A window moved to another screen may have other dots."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._timer.start()
        return super().event(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(640, 460)

    def _tell_room(self) -> None:
        dots = self.devicePixelRatioF()
        bar = self.verticalScrollBar().sizeHint().width()
        across, down = self.width() - bar - _EDGE, self._pages_high * self.height() - _EDGE
        self.room.emit(max(int(across * dots), 1), max(int(down * dots), 1))

    def _page(self, sheet: Sheet) -> QLabel:
        page = text("body")
        page.setObjectName("sheet")
        page.setPixmap(self._pixmap(sheet))
        return page

    def _pixmap(self, sheet: Sheet) -> QPixmap:
        pixmap = QPixmap.fromImage(image_of(sheet))
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        return pixmap


def _instead(words: str) -> QLabel:
    label = text("muted", words, wrap=True)
    label.setAlignment(CENTRE)
    return label
