"""Notices cards by itself, for a window that is open all day.

One thread of its own asks the room's hardware thread, in short jobs: look for changes, read one
card. All PC/SC calls run there and nowhere else (house rule 7); between two jobs the watch can
end, and a job that hangs with its card is noticed from outside (cards.md B6).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from card_reader.connection import Connector, Patience
from card_reader.faults import CardError
from card_reader.hardware import HardwareThread, Pulse
from card_reader.monitor import Monitor, ReaderState
from card_reader.opening import Openings
from card_reader.pcsc import Scard, Winscard
from card_reader.present import CardReading, CardSite, PresentCard
from card_reader.recognise import CardKind
from desktop.domain.problems import Problem, ProblemCode

_log = logging.getLogger(__name__)

_LOOK = 0.3
"""Seconds of one look: so soon the watch can end."""
_BETWEEN_TRIES = 0.25
_TRIES = 4
_FAREWELL = 1.0
_MAY_PASS = frozenset(
    (ProblemCode.CARD_REMOVED, ProblemCode.READER_SERVICE_DOWN, ProblemCode.NO_READER)
)
"""The card may be leaving, or the service restarting: look again before anybody is told."""

_HOLDS_THE_THREAD = frozenset((ProblemCode.CARD_HUNG, ProblemCode.READER_BUSY))


class Inserted(Struct, frozen=True):
    """A card was read. ``resting``: it lay there already when its reader was first seen, so that
    one that is no social security card may be a PSAM or the operator's own, no patient's.
    """

    reading: CardReading
    resting: bool


class Removed(Struct, frozen=True):
    """The card of an :class:`Inserted` or a :class:`Trouble` is out."""

    reader: str


class Trouble(Struct, frozen=True):
    """A card or the service needs a person; told once, until something changes.

    ``reader`` is "" when the whole service is meant.
    """

    problem: Problem
    reader: str = ""
    resting: bool = False


class ReadersChanged(Struct, frozen=True):
    """The readers that are there now; told at the start, too."""

    names: tuple[str, ...]


CardEvent = Inserted | Removed | Trouble | ReadersChanged


class CardWatch:
    """Reports every card event to ``report``, on the watch's own thread, one after the other.

    ``report`` hands the event to the window and returns; it must not raise. The desk has one
    watch and no other :class:`~card_reader.readers.CardReaders` while it runs.
    """

    def __init__(
        self,
        report: Callable[[CardEvent], None],
        patience: Patience | None = None,
        scard: Scard | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        site: CardSite | None = None,
    ) -> None:
        self._report = report
        self._patience = patience or Patience()
        self._clock = clock
        self._sleep = sleep
        self._site = site or CardSite()
        self._openings = Openings()
        self._hardware = HardwareThread(clock)
        self._scard = scard or Winscard(self._hardware.assert_here)
        self._monitor = Monitor(self._scard, sleep)
        self._cards = Cards(self._patience.busy)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="card-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the watch within a look; one that a hung card holds ends when it is pulled."""
        self._ended.set()
        self._thread.join(_FAREWELL)

    def confirm(self, reading: CardReading, digits: str | None = None) -> None:
        """Have the card compare its PIN: ``digits``, or None for the reader's own pad.

        For another thread than the window's: a person at the pad takes time. Raises
        :class:`CardError` and :class:`card_reader.pin.NotAPin`.
        """

        def job(pulse: Pulse) -> None:
            self._present(pulse).confirm(reading, digits)

        self._hardware.run(job, self._patience.answer)

    def _watch(self) -> None:
        while not self._ended.is_set():
            try:
                self._turn()
            except Exception:  # noqa: BLE001 - whatever it is, the watch goes on
                _log.exception("the watch over the readers met a fault, and goes on")
                self._ended.wait(_BETWEEN_TRIES)
        self._close()

    def _turn(self) -> None:
        self._tell(self._look())
        while (due := self._due()) is not None:
            self._tell(self._read(due))

    def _due(self) -> ReaderState | None:
        return None if self._ended.is_set() else self._cards.due(self._clock())

    def _tell(self, events: tuple[CardEvent, ...]) -> None:
        for event in events:
            if not self._ended.is_set():
                self._report(event)

    def _look(self) -> tuple[CardEvent, ...]:
        def job(pulse: Pulse) -> dict[str, ReaderState] | None:
            pulse.beat(if_late=ProblemCode.READER_SERVICE_DOWN)
            self._monitor.poll(_LOOK)
            return self._patients() if self._monitor.service_up else None

        try:
            return self._cards.seen(self._hardware.run(job, _LOOK + self._patience.answer))
        except CardError as late:
            return self._cards.stuck(late)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the watch goes on
            return self._fault(fault)

    def _fault(self, fault: Exception) -> tuple[CardEvent, ...]:
        _log.error("looking for cards failed: %s", type(fault).__name__, exc_info=fault)
        self._ended.wait(_BETWEEN_TRIES)
        return self._cards.stuck(CardError(ProblemCode.READER_SERVICE_DOWN))

    def _read(self, state: ReaderState) -> tuple[CardEvent, ...]:
        try:
            reading = self._hardware.run(
                lambda pulse: self._present(pulse).read(state), self._patience.answer
            )
        except CardError as problem:
            return self._cards.failed(state, problem, self._clock())
        except Exception as fault:  # noqa: BLE001 - whatever it is, the watch goes on
            _log.error("reading a card failed: %s", type(fault).__name__, exc_info=fault)
            told = CardError(ProblemCode.CARD_UNREADABLE, f"{state.reader} {type(fault).__name__}")
            return self._cards.failed(state, told, self._clock())
        return self._cards.read(state, reading)

    def _present(self, pulse: Pulse) -> PresentCard:
        at_once = replace(self._patience, busy=0.0)  # tried again, while others are read
        connector = Connector(self._scard, pulse, at_once, self._clock, self._sleep)
        return PresentCard(connector, self._monitor, self._site, self._openings)

    def _patients(self) -> dict[str, ReaderState]:
        states = self._monitor.states.items()
        return {name: state for name, state in states if not self._site.is_aside(name)}

    def _close(self) -> None:
        try:
            self._hardware.run(lambda _: self._monitor.close(), _FAREWELL)
        except CardError:
            return  # a hung card keeps its context until it is pulled, or the program ends
        finally:
            self._hardware.close()


class _Card(Struct, frozen=True):
    """A card that lies in a reader, how far we are with it, and what was told of it."""

    state: ReaderState
    resting: bool
    next_try: float | None = float("-inf")
    """None: no further try."""
    tries: int = 0
    reading: CardReading | None = None
    problem: CardError | None = None
    told: ProblemCode | None = None
    """The last problem that was told."""
    announced: bool = False
    """Its reading was told."""
    busy_since: float | None = None
    """Since when another program has its reader; None: it has not."""

    @property
    def holders(self) -> bool:
        """It was read, and is a person's."""
        return self.reading is not None and self.reading.kind is CardKind.SOCIAL_SECURITY

    @property
    def chip(self) -> str:
        return self.reading.chip if self.reading else ""

    @property
    def unread(self) -> bool:
        """Nobody has tried yet."""
        return self.reading is None and self.tries == 0 and self.busy_since is None


class Cards:
    """What lies where and what was told of it: the watch without hardware, threads and clock.

    Goes by what is there now, not by single changes, so that a hung job loses none.
    """

    def __init__(self, busy: float = 0.0) -> None:
        self._busy = busy
        """Seconds for which a reader may be another program's before that is told."""
        self._readers: tuple[str, ...] | None = None
        self._cards: dict[str, _Card] = {}
        self._service_trouble: ProblemCode | None = None

    def seen(self, states: Mapping[str, ReaderState] | None) -> tuple[CardEvent, ...]:
        """The readers as they are now; None while the service is down."""
        now = states or {}
        gone = [event for name in sorted(self._cards) for event in self._left(name, now.get(name))]
        for state in now.values():
            self._arrive(state)
        down = ProblemCode.READER_SERVICE_DOWN if states is None else None
        return (*gone, *self._readers_now(tuple(now)), *self._service(down), *self._readings())

    def due(self, now: float) -> ReaderState | None:
        """A card that is to be read next."""
        waiting = (c for c in self._cards.values() if c.next_try is not None and c.next_try <= now)
        return next((card.state for card in waiting), None)

    def read(self, state: ReaderState, reading: CardReading) -> tuple[CardEvent, ...]:
        card = self._cards[state.reader]
        self._put(replace(card, next_try=None, reading=reading, problem=None))
        return self._readings()

    def failed(self, state: ReaderState, problem: CardError, now: float) -> tuple[CardEvent, ...]:
        """Told at once, unless it may pass by itself; a busy reader is tried again and again.

        What does not pass although the card stays in is a card to be cleaned.
        """
        card = self._cards[state.reader]
        busy = problem.kind is ProblemCode.READER_BUSY
        busy_since = (card.busy_since if card.busy_since is not None else now) if busy else None
        dirty = problem.kind in _MAY_PASS and card.tries + 1 >= _TRIES
        waits = busy_since is not None and now - busy_since < self._busy
        passing = waits or (problem.kind in _MAY_PASS and not dirty)
        again = passing or busy
        if dirty:
            problem = CardError(ProblemCode.CARD_UNREADABLE, state.reader)
        next_try = now + _BETWEEN_TRIES if again else None
        tries = card.tries if busy else card.tries + 1
        card = replace(card, next_try=next_try, tries=tries, problem=problem, busy_since=busy_since)
        self._put(card)
        return (*(() if passing else self._trouble(card, problem)), *self._readings())

    def stuck(self, late: CardError) -> tuple[CardEvent, ...]:
        """The hardware thread answers no more. The card that holds it was told already."""
        holding = any(card.told in _HOLDS_THE_THREAD for card in self._cards.values())
        return () if holding or self._service_trouble else self._service(late.kind)

    def _left(self, name: str, state: ReaderState | None) -> tuple[CardEvent, ...]:
        card = self._cards[name]
        swapped = state is not None and state.present
        if state and swapped and state.generation == card.state.generation:
            return ()
        del self._cards[name]
        if card.announced or card.told:
            return (Removed(name),)
        if card.problem is None or card.problem.kind is not ProblemCode.CARD_REMOVED or swapped:
            return ()
        return (*self._trouble(card, card.problem), Removed(name))

    def _arrive(self, state: ReaderState) -> None:
        if state.present and state.reader not in self._cards:
            resting = self._readers is None or state.reader not in self._readers
            self._put(_Card(state, resting))

    def _readers_now(self, names: tuple[str, ...]) -> tuple[CardEvent, ...]:
        if names == self._readers:
            return ()
        self._readers = names
        return (ReadersChanged(names),)

    def _service(self, trouble: ProblemCode | None) -> tuple[CardEvent, ...]:
        if trouble is self._service_trouble:
            return ()
        self._service_trouble = trouble
        return (Trouble(Problem(trouble)),) if trouble else ()

    def _readings(self) -> tuple[CardEvent, ...]:
        """Readings not told yet. Two persons at once are told as such, and neither is chosen;
        so nobody is announced before every card was tried.
        """
        events: list[CardEvent] = []
        fresh = [card for card in self._cards.values() if card.reading and not card.announced]
        people = {card.chip: card.state.reader for card in self._cards.values() if card.holders}
        unread = any(card.unread for card in self._cards.values())
        for card in fresh:
            if card.holders and len(people) > 1:
                both = CardError(ProblemCode.SEVERAL_CARDS, " + ".join(people.values()))
                events += self._trouble(card, both)
            elif card.holders and self._is_announced(card.chip):
                self._put(replace(card, announced=True))
            elif not (card.holders and unread):
                events += self._announce(card)
        return tuple(events)

    def _is_announced(self, chip: str) -> bool:
        """Told of the other reader of a dual device already: one card, one person."""
        return any(card.announced and card.chip == chip for card in self._cards.values())

    def _announce(self, card: _Card) -> tuple[CardEvent, ...]:
        self._put(replace(card, announced=True, told=None))
        return (Inserted(card.reading, card.resting),) if card.reading else ()

    def _trouble(self, card: _Card, problem: CardError) -> tuple[CardEvent, ...]:
        if card.told is problem.kind:
            return ()
        if card.state.reader in self._cards:
            self._put(replace(card, told=problem.kind))
        return (Trouble(problem.problems[0], card.state.reader, card.resting),)

    def _put(self, card: _Card) -> None:
        self._cards[card.state.reader] = card
