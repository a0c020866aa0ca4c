"""Read one card from whichever reader has it: the door of this room."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TypeVar

from msgspec import Struct

from card_reader.connection import Connector, Patience
from card_reader.faults import CardError
from card_reader.hardware import Crew, Pulse
from card_reader.monitor import Monitor, ReaderState
from card_reader.opening import Openings
from card_reader.pcsc import Scard, Winscard
from card_reader.present import CardReading, CardSite, PresentCard
from card_reader.recognise import CardKind
from desktop.domain.problems import ProblemCode

__all__ = ["CardReaders", "CardReading", "read_card"]

_ATTEMPTS = 4
_STARTS_OVER = frozenset(
    (ProblemCode.CARD_REMOVED, ProblemCode.READER_SERVICE_DOWN, ProblemCode.NO_READER)
)
_OF_THAT_CARD = frozenset((ProblemCode.CARD_UNREADABLE, ProblemCode.CARD_MUTE))
_T = TypeVar("_T")


class CardReaders:
    """The desk's readers, on a hardware thread of their own. Close it at the end."""

    def __init__(
        self,
        patience: Patience | None = None,
        scard: Scard | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        site: CardSite | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self._crew = Crew(clock)
        self._scard = scard or Winscard(self._crew.assert_here)
        self._clock = clock
        self._sleep = sleep
        self._site = site or CardSite()
        self._openings = Openings()

    def names(self) -> tuple[str, ...]:
        """The readers that are there. Raises :class:`CardError` (READER_SERVICE_DOWN)."""
        return self._session(lambda session: session.names())

    def read(self, reader: str | None = None, wait: float = 0.0) -> CardReading:
        """Read the card that is in, or the first that comes within ``wait`` seconds.

        ``reader`` is a reader's name or a part of it; None means any. When several readers
        hold cards, the one social security card among them counts (others may be a PSAM or
        the operator's own card); two of them are refused, for they are two persons. One card
        before both readers of a dual device is one.

        Raises :class:`CardError`, with CARD_HUNG when the card must be taken out first.
        """
        return self._session(lambda session: session.read(reader, self._clock() + wait))

    def close(self) -> None:
        self._crew.close()

    def _session(self, work: Callable[[_Session], _T]) -> _T:
        def job(pulse: Pulse) -> _T:
            connector = Connector(self._scard, pulse, self._patience, self._clock, self._sleep)
            with closing(Monitor(self._scard, self._sleep)) as monitor:
                present = PresentCard(connector, monitor, self._site, self._openings, self._crew)
                return work(_Session(monitor, connector, present))

        return self._crew.of("").run(job, self._patience.answer)


def read_card(
    reader: str | None = None,
    wait: float = 0.0,
    patience: Patience | None = None,
    site: CardSite | None = None,
) -> CardReading:
    """One card, once: :meth:`CardReaders.read` for a program that then ends."""
    with closing(CardReaders(patience, site=site)) as readers:
        return readers.read(reader, wait)


class _Session(Struct, frozen=True):
    """One job on the hardware thread: watch, connect, read, start over."""

    monitor: Monitor
    connector: Connector
    present: PresentCard

    def names(self) -> tuple[str, ...]:
        self.monitor.poll(0)
        if not self.monitor.service_up:
            raise CardError(ProblemCode.READER_SERVICE_DOWN)
        return tuple(self.monitor.states)

    def read(self, reader: str | None, deadline: float) -> CardReading:
        """Tear down and start over rather than patch: a card that vanished may be back."""
        lost: CardError | None = None
        for _ in range(_ATTEMPTS):
            cards = self._await_cards(reader, deadline, lost)
            try:
                return self._confirmed(self._read_among(cards))
            except CardError as problem:
                if problem.kind not in _STARTS_OVER:
                    raise
                lost = problem
                deadline = self._new_deadline(problem, deadline)
                self._let_settle(cards)
        raise CardError(ProblemCode.CARD_UNREADABLE, lost.detail if lost else "") from lost

    def _new_deadline(self, problem: CardError, deadline: float) -> float:
        """A card that was pulled must soon be back: whoever waits longer should be told."""
        soon = self.connector.clock() + self.connector.patience.swap
        return soon if problem.kind is ProblemCode.CARD_REMOVED else max(deadline, soon)

    def _await_cards(
        self, reader: str | None, deadline: float, lost: CardError | None
    ) -> Sequence[ReaderState]:
        """Every card in the wanted readers; raises ``lost``, or why there is none."""
        seconds = 0.0
        while True:
            self.connector.pulse.beat(if_late=ProblemCode.READER_SERVICE_DOWN)
            self.monitor.poll(seconds)
            wanted = _wanted(self._patients(), reader)
            cards = [state for state in wanted if state.present]
            seconds = deadline - self.connector.clock()
            if cards:
                return cards
            if seconds <= 0:
                raise lost or self._why_none(wanted, reader)

    def _patients(self) -> Sequence[ReaderState]:
        site, states = self.present.site, self.monitor.states.values()
        return tuple(state for state in states if not site.is_aside(state.reader))

    def _confirmed(self, reading: CardReading) -> CardReading:
        """With its PIN where the site demands it: on the pad, for no window is here to type it."""
        if self.present.site.pin:
            self.present.confirm(reading, None)
        return reading

    def _why_none(self, wanted: Sequence[ReaderState], reader: str | None) -> CardError:
        if not self.monitor.service_up:
            return CardError(ProblemCode.READER_SERVICE_DOWN)
        if not wanted:
            return CardError(ProblemCode.NO_READER, reader or "")
        return CardError(ProblemCode.NO_CARD, reader or "")

    def _let_settle(self, cards: Sequence[ReaderState]) -> None:
        """The service may need 0.4 s to notice that a card is gone (cards.md B5)."""
        until = self.connector.clock() + self.connector.patience.swap / 2
        while (left := until - self.connector.clock()) > 0:
            self.connector.pulse.beat(if_late=ProblemCode.READER_SERVICE_DOWN)
            self.monitor.poll(left)
            if not all(card.is_of(self.monitor.states.get(card.reader)) for card in cards):
                return

    def _read_among(self, cards: Sequence[ReaderState]) -> CardReading:
        """The only card, or the only social security card of several."""
        if len(cards) == 1:
            return self.present.read(cards[0])
        readings = [reading for card in cards if (reading := self._read_one_of_many(card))]
        holders = [r for r in readings if r.kind is CardKind.SOCIAL_SECURITY]
        if len({reading.chip for reading in holders}) > 1:
            both = " + ".join(reading.reader for reading in holders)
            raise CardError(ProblemCode.SEVERAL_CARDS, both)
        return next(iter(holders or readings), None) or self.present.read(cards[0])

    def _read_one_of_many(self, state: ReaderState) -> CardReading | None:
        """None for a card that cannot be read, as some in SAM slots cannot."""
        try:
            return self.present.read(state)
        except CardError as problem:
            if problem.kind not in _OF_THAT_CARD:
                raise
            return None


def _wanted(states: Sequence[ReaderState], reader: str | None) -> Sequence[ReaderState]:
    """Readers of that name, else those whose names contain it; all when none is asked for."""
    if reader is None:
        return states
    exact = [state for state in states if state.reader == reader]
    return exact or [s for s in states if reader.casefold() in s.reader.casefold()]
