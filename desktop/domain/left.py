"""What is left to do for a visit that is not at rest, as people name it."""

from __future__ import annotations

from enum import StrEnum


class Left(StrEnum):
    """A closed set; a visit has one of them at a time."""

    UNKNOWN = "unknown"
    """A 2207 whose outcome nobody knows."""
    CANCEL = "cancel"
    """A 2208 whose outcome nobody knows."""
    HALF_REFUND = "half-refund"
    CHECK = "check"
    """Booked, and the sums do not add up (B31)."""
    STRAY = "stray"
    """Booked at the platform beside what the visit stands on."""
    UNPAID = "unpaid"
    """Settled, and the cash is not taken (B33, B34)."""
    CASH_BACK = "cash-back"
    """Taken back at the platform, wholly or in part; cash of the patient is still here."""
    PAPER = "paper"
    DEFERRED = "deferred"
    """A bill that a cashier settles later, with the patient (B22)."""
    FAULT = "fault"
    """What the journal holds of it cannot be followed: IT must look, and nobody settles it."""
    UPLOAD = "upload"
    """A registration or lines that the queue takes back by itself."""


UNKNOWN_OUTCOME = frozenset((Left.UNKNOWN, Left.CANCEL))
