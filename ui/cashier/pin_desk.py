"""Cards whose PIN the site demands: on the reader's keys, or behind a mask (visit.md B04)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from card_reader import CardReading
from desktop.domain.credential import Credential
from desktop.services.card import ConfirmedCard
from ui.cashier.pin_prompt import PinPrompt
from ui.lanes import Post

Confirm = Callable[[CardReading, str | None], None]
"""Has the card compare its PIN: digits, or None for the reader's keys. Raises ``CardError``."""


class PinDesk(QObject):
    """Between the card that was read and the credential that it becomes."""

    ready = Signal(object)
    """The credential as a job; it is for another thread, and asks the card once only."""
    says = Signal(str)
    """What the cashier does meanwhile; "" when it is done."""

    def __init__(
        self, window: QWidget, confirm: Confirm, prompt: PinPrompt, post: Post, *, typed: bool
    ) -> None:
        """``post``: has a call made on the window's thread, from the job's."""
        super().__init__(window)
        self._confirm = confirm
        self._post = post
        self._typed = typed
        self._prompt = prompt
        self._prompt.entered.connect(self._entered)
        self._waiting: tuple[CardReading, date] | None = None

    def read(self, reading: CardReading, today: date) -> None:
        """A card was read; its holder enters the PIN."""
        if self._typed and not reading.pin_pad:
            self._waiting = (reading, today)
            self._prompt.ask()
        else:
            self.says.emit(self.tr("请患者在读卡器的键盘上输入密码"))
            self._hand_over(reading, today, None)

    def removed(self, reader: str = "") -> None:
        """The card of that reader is out, or any's with "": nobody types its PIN any more."""
        if reader and self._waiting is not None and self._waiting[0].reader != reader:
            return
        self._waiting = None
        self._prompt.reject()

    def _entered(self, digits: str) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._hand_over(*waiting, digits)

    def _hand_over(self, reading: CardReading, today: date, digits: str | None) -> None:
        card = ConfirmedCard(reading, today, lambda: self._confirm(reading, digits))

        def credential() -> Credential:
            try:
                return card.credential()
            finally:
                self._post(lambda: self.says.emit(""))

        self.ready.emit(credential)
