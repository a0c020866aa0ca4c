"""msgid: hospital code (12) + yyyyMMddHHmmss + station digits + counter, never used twice.

Windows of a hospital differ by their station digits. Within one, (second, counter) only ever
grows: a clock that was set back, or a restart, steps over what may have been used. The store
keeps a mark that is written before anything up to it is used (a lease), so that a query costs no
commit of its own; an orderly end gives the rest of the lease back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from msgspec import Struct

from desktop.domain.identifiers import Msgid
from desktop.domain.times import CHINA, in_china

LEASE: Final = timedelta(seconds=60)
_NOT_DIGITS: Final = str.maketrans("", "", "-T:")
_SECOND_LENGTH: Final = 14
_COUNTER_AND_STATION: Final = 4


class MsgidStore(Protocol):
    """Where the mark outlives the process; a mark is ``yyyyMMddHHmmss`` and the counter."""

    def high_water(self) -> str | None:
        """The last mark reserved; None on a new profile."""
        ...

    def reserve(self, up_to: str) -> None:
        """Keep ``up_to`` durably before returning."""
        ...


class NotAMark(ValueError):
    """The store holds something else than a mark."""


def _second_of(text: str) -> datetime:
    """Raises ``ValueError`` for anything but fourteen digits that are a moment."""
    if not (len(text) == _SECOND_LENGTH and text.isascii() and text.isdigit()):
        raise ValueError(text)
    return datetime.fromisoformat(f"{text[:8]}T{text[8:]}").replace(tzinfo=CHINA)


def _digits_of(second: datetime) -> str:
    """``yyyyMMddHHmmss``."""
    return second.isoformat()[:19].translate(_NOT_DIGITS)


class Mark(Struct, frozen=True, order=True):
    """A place in the sequence of a station: a second (+08:00) and a count within it."""

    second: datetime
    count: int

    @classmethod
    def parse(cls, text: str) -> Mark:
        """Raises :class:`NotAMark`."""
        second, count = text[:_SECOND_LENGTH], text[_SECOND_LENGTH:]
        try:
            return cls(_second_of(second), int(count))
        except ValueError as error:
            raise NotAMark from error

    def text(self, digits: int) -> str:
        return f"{_digits_of(self.second)}{self.count:0{digits}d}"


def mark_after(last: Mark | None, now: datetime, capacity: int) -> Mark:
    """The first free mark: of this second, or, when that is taken, the next after ``last``.

    ``capacity`` marks fit into a second.
    """
    second = in_china(now).replace(microsecond=0)
    if last is None or second > last.second:
        return Mark(second, 0)
    if last.count + 1 < capacity:
        return Mark(last.second, last.count + 1)
    return Mark(last.second + timedelta(seconds=1), 0)


class Station(Struct, frozen=True):
    """This window among the hospital's: ``digits`` of the last four are its number."""

    fixmedins_code: str
    number: int
    digits: int = 2

    def __post_init__(self) -> None:
        if self.digits not in (2, 3) or not 0 <= self.number < 10**self.digits:
            raise ValueError("a station number has 2 or 3 digits")
        if len(self.fixmedins_code) != 12:
            raise ValueError("an institution code has 12 characters")

    @property
    def counter_digits(self) -> int:
        return _COUNTER_AND_STATION - self.digits

    @property
    def capacity(self) -> int:
        """Marks in a second: 100, in large hospitals 10."""
        return int(10**self.counter_digits)

    def msgid(self, mark: Mark) -> Msgid:
        second = _digits_of(mark.second)
        counter = f"{mark.count:0{self.counter_digits}d}"
        return Msgid(f"{self.fixmedins_code}{second}{self.number:0{self.digits}d}{counter}")


class MsgidSource:
    """Gives out msgids; safe to ask from several threads, never for two stations at once."""

    def __init__(
        self,
        station: Station,
        store: MsgidStore,
        clock: Callable[[], datetime],
        lease: timedelta = LEASE,
    ) -> None:
        self._station = station
        self._store = store
        self._clock = clock
        self._lease = lease
        self._lock = threading.Lock()
        stored = store.high_water()
        self._last = None if stored is None else Mark.parse(stored)
        self._reserved = self._last

    def next(self) -> Msgid:
        """A msgid that never was before; whatever the store raises goes through."""
        with self._lock:
            mark = mark_after(self._last, self._clock(), self._station.capacity)
            self._reserve(mark)
            self._last = mark
            return self._station.msgid(mark)

    def release(self) -> None:
        """At an orderly end: the rest of the lease may be used by the next process."""
        with self._lock:
            if self._last is not None and self._last != self._reserved:
                self._keep(self._last)

    def _reserve(self, mark: Mark) -> None:
        if self._reserved is None or mark > self._reserved:
            self._keep(Mark(mark.second + self._lease, self._station.capacity - 1))

    def _keep(self, mark: Mark) -> None:
        self._store.reserve(mark.text(self._station.counter_digits))
        self._reserved = mark
