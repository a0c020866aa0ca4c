"""One POST to the platform, and the two ways in which it can fail.

The whole difference: was anything sent? :class:`NotSentError` is certain that nothing was;
:class:`LostError` is everything after a connection existed (design: unknown outcome).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from desktop.domain.discreet import Discreet


class WhyNotSent(StrEnum):
    """Why nothing reached the platform, for certain."""

    NOT_CONNECTED = "not-connected"
    CONNECT_TIMEOUT = "connect-timeout"
    BAD_ADDRESS = "bad-address"
    """An address or a header of the settings that HTTP cannot carry."""
    GIVEN_UP = "given-up"
    """Ours: the cashier gave the step up before this question of it was asked."""
    OUT_OF_TIME = "out-of-time"
    """Ours: a try of the queue had used up its time before."""
    LIBRARY_UNUSABLE = "library-unusable"
    """The vendor's library through which 医保码 are decoded here is not installed as it should be."""
    LIBRARY_FAILED = "library-failed"
    """That library could not be started, or rests after it failed."""


class WhyLost(StrEnum):
    """Why no answer came although the question may have arrived."""

    TIMED_OUT = "timed-out"
    BROKEN_OFF = "broken-off"
    TOO_LARGE = "too-large"
    GIVEN_UP = "given-up"
    """The cashier gave the question up while its answer was waited for."""
    LIBRARY_FAILED = "library-failed"
    """A vendor's library crashed, hung or did not say what became of the question."""


class NotSentError(Exception):
    """Nothing was sent: trying again cannot book twice."""

    def __init__(self, why: WhyNotSent) -> None:
        super().__init__(str(why))
        self.why = why


class LostError(Exception):
    """A connection existed and no whole answer came: nobody knows."""

    def __init__(self, why: WhyLost) -> None:
        super().__init__(str(why))
        self.why = why


class Reply(Discreet, Struct, frozen=True):
    """A whole HTTP answer; names of ``headers`` in lower case."""

    said = ("status", "headers")

    status: int
    headers: Mapping[str, str]
    body: bytes


class Timeouts(Struct, frozen=True):
    """Settings ``connect_timeout`` and ``read_timeout``, in seconds."""

    connect: float = 5
    read: float = 30

    @property
    def overall(self) -> float:
        """No answer may take longer, however steadily it drips."""
        return self.connect + 2 * self.read


class Transport(Protocol):
    """Sends once, never again by itself."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes, *, fresh: bool) -> Reply:
        """``fresh``: over a connection of its own.

        Raises :class:`NotSentError` or :class:`LostError`.
        """
        ...
