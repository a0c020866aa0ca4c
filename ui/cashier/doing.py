"""What a busy window is doing, as typed data; the words are in ``doing_wording``."""

from __future__ import annotations

from enum import Enum, auto


class Doing(Enum):
    """A step of the cashier that runs."""

    BEHIND = auto()
    """Nothing yet: a question that was given up is still being ended."""
    IDENTIFYING = auto()
    ELIGIBILITY = auto()
    ASKING_AGAIN = auto()
    CHECKING_BILL = auto()
    UPLOADING = auto()
    UPLOADING_AGAIN = auto()
    OFFERING_AGAIN = auto()
    REVISING = auto()
    TAKING_BACK = auto()
    LOOKING_AT_FACE = auto()
    READING_STAND_IN = auto()
    NOTING = auto()
    SETTLING = auto()
    TAKING_CASH = auto()
    PREPARING_SLIP = auto()
    PRINTING = auto()
    PRINTING_AGAIN = auto()
    OPENING = auto()
    FOUND_OUT = auto()
    CLEANING_UP = auto()
    RETRYING = auto()
    HANDING_OVER = auto()
    FINDING = auto()
    CANCELLING = auto()
    SETTLING_REST = auto()
    UNWINDING = auto()
    CASH_BACK = auto()
    EXCHANGING = auto()
    CLOSING = auto()
    """The window was closed; a step that must finish is waited for."""
    CLOSING_PRINTS = auto()
    """The same; only the printer is waited for, and what it brings."""


BOOKS = frozenset((Doing.SETTLING, Doing.SETTLING_REST, Doing.CANCELLING, Doing.CLOSING))
"""A settling transaction is on its way (2207, 2208, 2601): it has an end, never a giving up."""
CLOSES = frozenset((Doing.CLOSING, Doing.CLOSING_PRINTS))
"""Nothing new is begun: the window goes once this is over."""
