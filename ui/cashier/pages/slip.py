"""The slip over the whole of the window, as wide as it: to be read, and shown to the patient."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.cashier import money_words
from ui.cashier.state import ViewState
from ui.widgets.basics import Page, column
from ui.widgets.sheet_view import SheetView


class SlipPage(Page):
    """The arrows, PgUp and PgDn scroll; Esc is the window's."""

    room = Signal(int, int)
    """Dots of the screen that one page has."""

    def __init__(self) -> None:
        super().__init__()
        self._holds = False
        self._sheets = SheetView(by_width=True)
        self._sheets.room.connect(self.room)
        whole = column()
        whole.addWidget(self._sheets)
        self.setLayout(whole)

    def present(self, state: ViewState) -> None:
        self._holds = bool(state.large_slip)
        self._sheets.present(state.large_slip or (), money_words.slip_words(state.large_slip))

    def turned(self, shown: QWidget | None) -> None:
        """Another page is seen: nobody's slip waits behind it."""
        if self._holds and shown is not self:
            self._holds = False
            self._sheets.present((), "")

    def focus(self) -> None:
        """From the top, whichever slip was read before."""
        self._sheets.verticalScrollBar().setValue(0)
        self._sheets.setFocus()
