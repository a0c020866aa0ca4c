"""What the presenter tells beside the keys, as typed data; the words are in ``news_wording``."""

from __future__ import annotations

from enum import Enum, auto


class News(Enum):
    """One line of news: what was just done, or why nothing was."""

    LEFT = auto()
    LEFT_BEHIND = auto()
    """The patient went; something of theirs is still at the platform."""
    GIVEN_UP = auto()
    """A question without its answer: nothing of it is booked."""
    GIVEN_UP_BEHIND = auto()
    """The same, with a registration at the platform that the queue takes back."""
    FACE_GIVEN_UP = auto()
    BOOKING_GOES_ON = auto()
    """A settling transaction can never be given up."""
    STEP_GOES_ON = auto()
    REVISED = auto()
    NEXT_CARD = auto()
    FINISH_FIRST = auto()
    """Another credential while a patient is at the window."""
    FINISH_BEFORE_THIS = auto()
    """The same for a row of the list."""
    CHECK_FIRST = auto()
    """人证核对 goes before the settlement (S4-18)."""
    CHECK_NOT_NOTED = auto()
    AGREE_FIRST = auto()
    """Other amounts are booked than the patient agreed to (visit.md rule 2)."""
    TOO_LITTLE_CASH = auto()
    COUNT_AGAIN = auto()
    """The change is as much as a whole note: said once, before the cash is written down."""
    NAME_SUPERVISOR = auto()
    FOUND_OUT = auto()
    LEFT_WAITING = auto()
    DEFERRED = auto()
    SELF_PAID = auto()
    SELF_PAID_OF_DEPOSIT = auto()
    UNPAID = auto()
    CANCELLED = auto()
    REFUND_STAYS = auto()
    ASK_TO_FINISH = auto()
    ASK_ANEW = auto()
    COPIED = auto()
    QUEUE_NOT_DONE = auto()
    FOLDER_BACK = auto()
    """The drop folder can be read again."""
    PAPER_LEFT = auto()
    """The slip of the patient before did not come out."""
    FORM_LEFT = auto()
    """Another paper did not."""
    NO_FORMS = auto()
    CLOSING = auto()
    """The window was closed and still waits for something: nothing new is begun."""
    NOT_CLOSED = auto()
    """It was closed in mid-step, and what the step brought nobody has seen yet: it stays."""
    SLIPPED = auto()
    """The program itself made a fault."""
