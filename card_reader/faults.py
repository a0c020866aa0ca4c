"""What can go wrong with a reader or a card: the card problems of the catalogue, as exceptions."""

from __future__ import annotations

from desktop.domain.problems import DeskError, Problem, ProblemCode


class CardError(DeskError):
    """Reading ended with exactly one problem.

    ``kind`` is one of READER_SERVICE_DOWN, NO_READER, READER_BUSY, NO_CARD, CARD_REMOVED,
    CARD_UNREADABLE, SEVERAL_CARDS, CARD_HUNG; ``detail`` names a reader or a PC/SC code, never a person.
    """

    def __init__(self, kind: ProblemCode, detail: str = "") -> None:
        super().__init__(Problem(kind, detail))
        self.kind = kind
        self.detail = detail
