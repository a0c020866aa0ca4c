"""One connection to one inserted card: polite, bounded, and never reused for another card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct

from card_reader.faults import CardError
from card_reader.hardware import Pulse
from card_reader.monitor import ReaderState, View
from card_reader.pcsc import Code, Context, Link, PcscFailure, Scard, Share
from desktop.domain.problems import ProblemCode

_BETWEEN_TRIES = 0.1
_PROBLEMS: dict[int, ProblemCode] = {
    Code.SHARING_VIOLATION: ProblemCode.READER_BUSY,
    Code.NO_CARD: ProblemCode.CARD_REMOVED,
    Code.REMOVED: ProblemCode.CARD_REMOVED,
    Code.NOT_TRANSACTED: ProblemCode.CARD_REMOVED,
    Code.RESET: ProblemCode.CARD_REMOVED,
    Code.UNRESPONSIVE: ProblemCode.CARD_MUTE,
    Code.UNPOWERED: ProblemCode.CARD_MUTE,
    Code.CANCELLED: ProblemCode.PIN_NOT_ENTERED,
    Code.UNKNOWN_READER: ProblemCode.NO_READER,
    Code.READER_UNAVAILABLE: ProblemCode.NO_READER,
    Code.NO_READERS: ProblemCode.NO_READER,
    Code.INVALID_HANDLE: ProblemCode.READER_SERVICE_DOWN,
    Code.NO_SERVICE: ProblemCode.READER_SERVICE_DOWN,
    Code.SERVICE_STOPPED: ProblemCode.READER_SERVICE_DOWN,
    Code.COMMUNICATION: ProblemCode.READER_SERVICE_DOWN,
    Code.SECURITY_VIOLATION: ProblemCode.READER_SERVICE_DOWN,
}


class Patience(Struct, frozen=True):
    """How long the desk bears with hardware, in seconds."""

    answer: float = 5.0
    """One APDU, or any other single step. Real cards answer within 0.1 s."""
    busy: float = 2.0
    """A reader that another program uses."""
    mute: float = 0.5
    """A card that gives no ATR yet: some are asked while they are still being pushed in."""
    swap: float = 1.0
    """After a card vanished while it was read: another may be on its way."""

    def for_code(self, code: int) -> float:
        """How long connecting is tried again after this code."""
        if code == Code.SHARING_VIOLATION:
            return self.busy
        return self.mute if code in (Code.UNRESPONSIVE, Code.UNPOWERED) else 0.0


class OwnView(Struct, frozen=True):
    """A context of one job's own: what another job waits for does not hold it (cards.md B6)."""

    context: Context
    seen: View

    @property
    def states(self) -> Mapping[str, ReaderState]:
        return self.seen.states


class Connector(Struct, frozen=True):
    """Connects to cards: exclusive, else shared inside a transaction, else again for a while."""

    scard: Scard
    pulse: Pulse
    patience: Patience
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    if_late: ProblemCode = ProblemCode.CARD_HUNG
    """What a card that keeps silent means."""

    @contextmanager
    def own_view(self, seen: View, reader: str) -> Iterator[OwnView]:
        """A fresh context, given back on every way out. Raises :class:`CardError`."""
        self.pulse.beat(if_late=ProblemCode.READER_SERVICE_DOWN)
        try:
            context = self.scard.establish()
        except PcscFailure as failure:
            raise as_card_error(failure, reader) from failure
        try:
            yield OwnView(context, seen)
        finally:
            self.scard.release(context)

    @contextmanager
    def connected(self, view: View, reader: str) -> Iterator[LinkChannel]:
        """A fresh connection, given back on every way out. Raises :class:`CardError`."""
        link, well = self._connect(view, reader), False
        try:
            yield LinkChannel(self.scard, link, self.pulse, reader, self.if_late)
            well = True
        finally:
            self.scard.disconnect(link, well=well)

    def _connect(self, view: View, reader: str) -> Link:
        began = self.clock()
        while True:
            try:
                return self._once(view, reader)
            except PcscFailure as failure:
                if self.clock() - began >= self.patience.for_code(failure.code):
                    raise as_card_error(failure, reader) from failure
            self.sleep(_BETWEEN_TRIES)

    def _once(self, view: View, reader: str) -> Link:
        """The service connects nobody while another program is in a transaction."""

        def blame() -> ProblemCode:
            state = view.states.get(reader)
            return ProblemCode.READER_BUSY if state and state.in_use else self.if_late

        self.pulse.beat(if_late=blame)
        try:
            return self.scard.connect(view.context, reader, Share.EXCLUSIVE)
        except PcscFailure as failure:
            if failure.code != Code.SHARING_VIOLATION:
                raise
        return self._shared(view, reader)

    def _shared(self, view: View, reader: str) -> Link:
        self.pulse.beat(if_late=ProblemCode.READER_BUSY)
        link = self.scard.connect(view.context, reader, Share.SHARED)
        try:
            self.scard.begin(link)
        except PcscFailure:
            self.scard.disconnect(link, well=False)
            raise
        return link


class LinkChannel(Struct, frozen=True):
    """A connected card as the protocol sees it."""

    scard: Scard
    link: Link
    pulse: Pulse
    reader: str
    if_late: ProblemCode = ProblemCode.CARD_HUNG

    @property
    def is_t1(self) -> bool:
        return self.link.is_t1

    def transmit(self, apdu: bytes) -> bytes:
        self.pulse.beat(if_late=self.if_late)
        try:
            return self.scard.transmit(self.link, apdu)
        except PcscFailure as failure:
            raise as_card_error(failure, self.reader) from failure

    def features(self) -> bytes:
        """What the reader can do beside carrying APDUs (PC/SC part 10); b"" for nothing."""
        self.pulse.beat(if_late=self.if_late)
        return self.scard.features(self.link)

    def control(self, code: int, data: bytes) -> bytes:
        """One of these things. The caller says how long it may take, by a beat of its own."""
        try:
            return self.scard.control(self.link, code, data)
        except PcscFailure as failure:
            raise as_card_error(failure, self.reader) from failure


def as_card_error(failure: PcscFailure, reader: str) -> CardError:
    """The problem behind a code; what has no name of its own makes the card unreadable."""
    kind = _PROBLEMS.get(failure.code, ProblemCode.CARD_UNREADABLE)
    detail = f"{reader} {failure}" if kind is ProblemCode.CARD_UNREADABLE else reader
    return CardError(kind, detail)
