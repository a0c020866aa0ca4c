"""Notices cards by itself, for a window that is open all day.

One thread of its own sends errands and hears of their ends: one thread of the room looks for
changes, and each reader has its own, so that a card that hangs, a transaction of another program
or a person at a PIN pad holds that reader and no other (cards.md B6). All PC/SC calls run on those
threads and nowhere else (house rule 7); what lasts too long is noticed from outside.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from card_reader.cards import CardEvent, Cards
from card_reader.connection import Connector, Patience
from card_reader.faults import CardError
from card_reader.hardware import Crew, Errand, Pulse
from card_reader.monitor import Monitor, ReaderState
from card_reader.opening import Openings
from card_reader.pcsc import Scard, Winscard
from card_reader.present import CardReading, CardSite, PresentCard
from desktop.domain.problems import ProblemCode

_log = logging.getLogger(__name__)

_LOOK = 0.3
"""Seconds of one look: so soon the watch can end."""
_BETWEEN_TRIES = 0.25
_FAREWELL = 1.0
_SLOW = 1.0
"""Seconds after which a card that is still being read keeps no other person waiting."""
_HEAD_START = 0.05
"""Seconds in which a card is read before the readers are looked at again: our own connecting is a
change too, and a look at it would cost the reading its time.
"""
_LINGER = 1.0
"""Seconds in which a call should have returned whose card was pulled."""

_Events = tuple[CardEvent, ...]


class _Reading(Struct, frozen=True):
    """A card that is being read."""

    state: ReaderState
    errand: Errand[CardReading]
    began: float
    told_slow: bool = False
    gone_at: float | None = None
    """Since when another card waits in its reader although its call has not returned."""

    @property
    def slow_at(self) -> float:
        return self.began + _SLOW

    @property
    def head_start(self) -> float:
        """Until when it is read alone."""
        return self.began + _HEAD_START


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
        self._crew = Crew(clock)
        self._scard = scard or Winscard(self._crew.assert_here)
        self._monitor = Monitor(self._scard, sleep)
        self._cards = Cards(self._patience.busy)
        self._look: Errand[dict[str, ReaderState] | None] | None = None
        self._readings: dict[str, _Reading] = {}
        self._news = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="card-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the watch within a look; a reader that a hung card holds ends when it is pulled."""
        self._ended.set()
        self._news.set()
        self._thread.join(_FAREWELL)

    def confirm(self, reading: CardReading, digits: str | None = None) -> None:
        """Have the card compare its PIN: ``digits``, or None for the reader's own pad.

        For another thread than the window's: a person at the pad takes time, in which the other
        readers are watched. Raises :class:`CardError` and :class:`card_reader.pin.NotAPin`.
        """

        def job(pulse: Pulse) -> None:
            with self._present(pulse, reading.reader) as present:
                present.confirm(reading, digits)

        self._crew.of(reading.reader).run(job, self._patience.answer)

    def _watch(self) -> None:
        while not self._ended.is_set():
            try:
                self._turn()
            except Exception:  # noqa: BLE001 - whatever it is, the watch goes on
                _log.exception("the watch over the readers met a fault, and goes on")
                self._ended.wait(_BETWEEN_TRIES)
        self._close()

    def _turn(self) -> None:
        self._read_what_is_due()
        self._look_again()
        self._news.wait(self._until_something_is_due())
        self._news.clear()
        for reading in tuple(self._readings.values()):
            self._tell(self._attend(reading))
        self._tell(self._seen())

    def _tell(self, events: _Events) -> None:
        for event in events:
            if not self._ended.is_set():
                self._report(event)

    def _until_something_is_due(self) -> float:
        now = self._clock()
        moments = [] if (due := self._cards.next_due) is None else [due - now]
        moments += [] if self._look else [self._next_look - now]
        for reading in self._readings.values():
            if not reading.errand.late:
                moments.append(reading.errand.left())
            if not reading.told_slow:
                moments.append(reading.slow_at - now)
        if self._look is not None and not self._look.late:
            moments.append(self._look.left())
        return max(0.0, min(moments, default=_LOOK))

    # --- what lies where ---

    def _look_again(self) -> None:
        if self._look is not None or self._clock() < self._next_look:
            return

        def job(pulse: Pulse) -> dict[str, ReaderState] | None:
            pulse.beat(if_late=ProblemCode.READER_SERVICE_DOWN)
            self._monitor.poll(_LOOK)
            return self._patients() if self._monitor.service_up else None

        limit = _LOOK + self._patience.answer
        self._look = self._crew.of("").begin(job, limit, self._news.set)

    @property
    def _next_look(self) -> float:
        return max((reading.head_start for reading in self._readings.values()), default=0.0)

    def _patients(self) -> dict[str, ReaderState]:
        states = self._monitor.states.items()
        return {name: state for name, state in states if not self._site.is_aside(name)}

    def _seen(self) -> _Events:
        look = self._look
        if look is None:
            return ()
        if not look.done:
            due = not look.late and look.left() <= 0
            return self._cards.stuck(look.give_up()) if due else ()
        self._look = None
        if look.late:
            return ()
        try:
            return self._cards.seen(look.result())
        except Exception as fault:  # noqa: BLE001 - whatever it is, the watch goes on
            return self._fault(fault)

    def _fault(self, fault: Exception) -> _Events:
        _log.error("looking for cards failed: %s", type(fault).__name__, exc_info=fault)
        self._ended.wait(_BETWEEN_TRIES)
        return self._cards.stuck(CardError(ProblemCode.READER_SERVICE_DOWN))

    # --- one card ---

    def _read_what_is_due(self) -> None:
        while (state := self._cards.due(now := self._clock())) is not None:
            errand = self._begun(state, now)
            if errand is None:
                occupied = CardError(ProblemCode.READER_BUSY, state.reader)
                self._tell(self._cards.failed(state, occupied, now))
            else:
                self._cards.started(state, now)
                self._readings[state.reader] = _Reading(state, errand, now)

    def _begun(self, state: ReaderState, now: float) -> Errand[CardReading] | None:
        self._give_up_what_never_returns(state, now)

        def job(pulse: Pulse) -> CardReading:
            with self._present(pulse, state.reader) as present:
                return present.read(state)

        thread = self._crew.of(state.reader)
        return thread.begin(job, self._patience.answer, self._news.set)

    def _give_up_what_never_returns(self, state: ReaderState, now: float) -> None:
        """Pulling the card frees its call; a driver that holds it all the same gets no more."""
        hung = self._readings.get(state.reader)
        if hung is None or not hung.errand.late or state.is_of(hung.state):
            return
        if hung.gone_at is None:
            self._readings[state.reader] = replace(hung, gone_at=now)
        elif now - hung.gone_at >= _LINGER and self._crew.replace(state.reader):
            del self._readings[state.reader]

    @contextmanager
    def _present(self, pulse: Pulse, reader: str) -> Iterator[PresentCard]:
        at_once = replace(self._patience, busy=0.0)  # tried again later
        connector = Connector(self._scard, pulse, at_once, self._clock, self._sleep)
        with connector.own_view(self._monitor, reader) as view:
            yield PresentCard(connector, view, self._site, self._openings, self._crew)

    def _attend(self, reading: _Reading) -> _Events:
        """What is to be told of a card that is, or was, being read."""
        now, errand = self._clock(), reading.errand
        if errand.done:
            del self._readings[reading.state.reader]
            return self._cards.freed(reading.state, now) if errand.late else self._outcome(reading)
        if not errand.late and errand.left() <= 0:
            return self._cards.failed(reading.state, errand.give_up(), now)
        if not reading.told_slow and now >= reading.slow_at:
            self._readings[reading.state.reader] = replace(reading, told_slow=True)
            return self._cards.slow(reading.state)
        return ()

    def _outcome(self, reading: _Reading) -> _Events:
        state = reading.state
        try:
            return self._cards.read(state, reading.errand.result())
        except CardError as problem:
            return self._cards.failed(state, problem, self._clock())
        except Exception as fault:  # noqa: BLE001 - whatever it is, the watch goes on
            _log.error("reading a card failed: %s", type(fault).__name__, exc_info=fault)
            told = CardError(ProblemCode.CARD_UNREADABLE, f"{state.reader} {type(fault).__name__}")
            return self._cards.failed(state, told, self._clock())

    def _close(self) -> None:
        for reading in self._readings.values():
            reading.errand.give_up()
        try:
            self._crew.of("").run(lambda _: self._monitor.close(), _FAREWELL)
        except CardError:
            return  # a service that hangs keeps its context until it goes on, or the program ends
        finally:
            self._crew.close()
