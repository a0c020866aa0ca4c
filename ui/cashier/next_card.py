"""A card put in while somebody else is at the window: it is read when the window is free."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from desktop.domain.names import masked_name
from desktop.domain.person import Person
from ui.cashier.front import Front
from ui.cashier.news import News
from ui.cashier.stage import Stage
from ui.cashier.state import Halt, Page, Parting, ShownBy

_READ_ANEW = frozenset((Halt.REFUSED, Halt.NEEDS_FILING, Halt.FAILED))
"""Problems of which the patient's own card, put in once more, is another try."""


class CardIn(Struct, frozen=True):
    """A card that lies in a reader."""

    reader: str
    show: Callable[[], None]
    holder: str = ""
    """The ID number on it; "" where the card does not tell."""
    chip: str = ""
    """卡识别码, by which a 3.0 card that tells nothing else is known again."""


class NextCard:
    """Lives on the presenter's thread."""

    def __init__(self, stage: Stage, front: Front) -> None:
        self._stage = stage
        self._front = front
        self._waiting: CardIn | None = None
        self._chip = ""
        """The card that was shown for whoever is at the window now."""
        stage.cleared = self._take

    def put_in(self, card: CardIn) -> None:
        """Shown at once, or kept; the patient's own, while being served, is nobody's business.

        A page on which a patient waits for an answer, or for a choice of theirs, goes only by the
        cashier's own hand: whoever comes next has laid a card there, and decided nothing.
        """
        if self._stage.refuses():
            return
        if self._front.takes_stand_in:
            card.show()
        elif self._front.takes_credential and not self._comes_between(card):
            self._show(card)
        elif not self._is_patients(card):
            self._waiting = card
            self._stage.change(note=News.NEXT_CARD)

    def taken_out(self, reader: str) -> None:
        if self._waiting is not None and self._waiting.reader == reader:
            self._waiting = None

    def _comes_between(self, card: CardIn) -> bool:
        state = self._stage.state
        waits = state.page is Page.STOPPED and (state.person or state.lookup) is not None
        if not self._is_patients(card):
            return waits
        again = state.stop is not None and state.stop.halt in _READ_ANEW
        return state.page is Page.DONE or (waits and not again)

    def _is_patients(self, card: CardIn) -> bool:
        state = self._stage.state
        if card.chip and card.chip == self._chip:
            return state.credential is ShownBy.CARD
        return state.person is not None and card.holder == state.person.cert_no

    def _show(self, card: CardIn) -> None:
        self._chip = card.chip
        card.show()

    def _take(self, served: Person | None) -> None:
        """The card of who was just served is no next patient's: it was put in anew while read.

        What was decided about them nobody has read yet: it is told beside the next one.
        """
        waiting, chip, decided = self._waiting, self._chip, self._stage.state.note
        self._waiting, self._chip = None, ""
        if waiting is None or (chip and waiting.chip == chip):
            return
        if served is not None and waiting.holder == served.cert_no:
            return
        self._show(waiting)
        if served is not None and decided is not None:
            self._stage.change(parting=Parting(decided, masked_name(served.name)))
