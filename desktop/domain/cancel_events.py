"""What can happen to the taking back of a settlement: one kind of journal entry each.

They are read as the other facts, from :mod:`desktop.domain.events`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.split import Settlement


@dataclass(frozen=True, slots=True)
class CancelSubmitted:
    """2208 is about to be sent (B38)."""

    msgid: Msgid
    setl_id: SetlId
    at: datetime | None = None
    """The PC's clock."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """2208 is through; ``negative`` carries its own, negative ``setl_id``."""

    negative: Settlement | None
    """None where the site answers no 3202 that would name it."""


@dataclass(frozen=True, slots=True)
class CancelUnknown:
    """2208 was sent and has no usable answer; never a second one before a query (B38)."""

    reason: str


@dataclass(frozen=True, slots=True)
class CancelRefused:
    """2208 was refused before the patient had paid."""

    text: str


@dataclass(frozen=True, slots=True)
class CancelRefusedUnbalanced:
    """2208 of a settlement that still needs its check was refused (B31)."""

    text: str


@dataclass(frozen=True, slots=True)
class CancelRefusedAfterCash:
    """2208 was refused; the patient's cash stays taken."""

    text: str


@dataclass(frozen=True, slots=True)
class RefundUnwound:
    """The rest of a partial refund is not settled anew: the whole settlement is taken back."""

    by: str
