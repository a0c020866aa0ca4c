"""A card put in while somebody else is at the window: it is read when the window is free."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from ui.cashier.front import Front
from ui.cashier.news import News
from ui.cashier.stage import Stage


class CardIn(Struct, frozen=True):
    """A card that lies in a reader."""

    reader: str
    show: Callable[[], None]
    holder: str = ""
    """The ID number on it; "" where the card does not tell."""


class NextCard:
    """Lives on the presenter's thread."""

    def __init__(self, stage: Stage, front: Front) -> None:
        self._stage = stage
        self._front = front
        self._waiting: CardIn | None = None
        stage.cleared = self._take

    def put_in(self, card: CardIn) -> None:
        """Shown at once, or kept; the patient's own, while being served, is nobody's business."""
        person = self._stage.state.person
        if self._front.takes_credential:
            card.show()
        elif person is None or card.holder != person.cert_no:
            self._waiting = card
            self._stage.change(note=News.NEXT_CARD)

    def taken_out(self, reader: str) -> None:
        if self._waiting is not None and self._waiting.reader == reader:
            self._waiting = None

    def _take(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.show()
