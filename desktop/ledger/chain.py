"""The hash chain over all entries of the journal, from the first one on.

The hash of an entry is SHA-256 over :data:`TAG` and then six fields, each written as its length
in bytes (8 bytes, big-endian) and its bytes:

1. ``seq`` in decimal digits, 1 for the first entry
2. ``at``, ISO 8601 with six decimals and ``+08:00``
3. ``visit``
4. ``kind``
5. ``body``, the canonical JSON
6. ``prev``, the 32 bytes of the hash before; 32 zero bytes before the first

Texts are UTF-8. The chain shows damage and later editing of the file; against somebody who holds
the key and rewrites the whole chain it needs its head kept elsewhere (``ChainReport.head``).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from desktop.domain.times import in_china
from desktop.ledger.errors import JournalDamaged, JournalError

TAG = b"kuasheng-desk journal entry 1\n"
ORIGIN = bytes(32)
"""What the first entry follows."""


_LENGTH = struct.Struct(">Q").pack


class Link(Struct, frozen=True):
    """One row of ``entries`` as it is stored, its names and order included."""

    seq: int
    at: str
    visit: str
    kind: str
    body: bytes
    prev: bytes
    hash: bytes

    @classmethod
    def following(cls, after: Head, at: str, visit: str, kind: str, body: bytes) -> Link:
        """The link that follows ``after``."""
        seq = after.seq + 1
        return cls(
            seq, at, visit, kind, body, after.hash, _hash(seq, at, visit, kind, body, after.hash)
        )

    @property
    def as_head(self) -> Head:
        return Head(self.seq, self.hash)


class Head(Struct, frozen=True):
    """The last link: its number (0 for an empty chain) and hash (32 bytes)."""

    seq: int = 0
    hash: bytes = ORIGIN


class Fault(StrEnum):
    """What is wrong at the first link that does not hold."""

    MISSING = "missing"
    """A number is left out, or the end is cut off."""
    BROKEN = "broken"
    """``prev`` is not the hash of the link before."""
    CHANGED = "changed"
    """The content does not give the hash."""
    UNREADABLE = "unreadable"
    """The file cannot be read here."""


class ChainFault(Struct, frozen=True):
    seq: int
    fault: Fault


class ChainReport(Struct, frozen=True):
    """``entries`` links were sound, one after the other, up to ``head``."""

    entries: int
    first_fault: ChainFault | None
    head: Head

    @property
    def ok(self) -> bool:
        return self.first_fault is None


def follow(links: Iterable[Link], recorded_head: Callable[[], Head]) -> ChainReport:
    """Check link after link, up to the first fault or to the head that the file records."""
    checked = Head()
    try:
        for link in links:
            fault = _fault(link, checked)
            if fault is not None:
                return _report(checked, fault)
            checked = link.as_head
        return _report(checked, None if recorded_head() == checked else Fault.MISSING)
    except JournalError:
        return _report(checked, Fault.UNREADABLE)


def moment_text(at: datetime) -> str:
    """The time of an entry as it is stored and hashed, +08:00."""
    return in_china(at).isoformat(timespec="microseconds")


@lru_cache(maxsize=256)
def moment_of(text: str) -> datetime:
    """The time that :func:`moment_text` wrote; raises ``JournalDamaged`` for any other text."""
    try:
        return in_china(datetime.fromisoformat(text))
    except ValueError as fault:
        raise JournalDamaged("记录时间读不出来") from fault


def _report(checked: Head, fault: Fault | None) -> ChainReport:
    found = None if fault is None else ChainFault(checked.seq + 1, fault)
    return ChainReport(checked.seq, found, checked)


def _fault(link: Link, after: Head) -> Fault | None:
    if link.seq != after.seq + 1:
        return Fault.MISSING
    if link.prev != after.hash:
        return Fault.BROKEN
    content = _hash(link.seq, link.at, link.visit, link.kind, link.body, link.prev)
    return None if link.hash == content else Fault.CHANGED


def _hash(seq: int, at: str, visit: str, kind: str, body: bytes, prev: bytes) -> bytes:
    from hashlib import sha256  # OpenSSL, 4 MiB: not before something is written

    told = sha256(TAG)
    for field in (b"%d" % seq, at.encode(), visit.encode(), kind.encode(), body, prev):
        told.update(_LENGTH(len(field)) + field)
    return told.digest()
