"""Notices cards through a vendor's library, for a window that is open all day.

Such a library tells nothing by itself, so it is asked again and again; what comes of it are the
events of :class:`card_reader.watch.CardWatch`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from card_reader.bridge.card_driver import NOT_THE_CARD, CardDriver
from card_reader.cards import CardEvent, Inserted, ReadersChanged, Removed, Trouble
from card_reader.faults import CardError
from card_reader.readers import CardReading
from desktop.domain.problems import ProblemCode

_log = logging.getLogger(__name__)

_BETWEEN_LOOKS = 1.0
_FAREWELL = 5.0


class LibraryWatch:
    """Reports every card event to ``report``, on a thread of its own, one after the other.

    ``report`` hands the event to the window and returns; it must not raise.
    """

    def __init__(
        self,
        report: Callable[[CardEvent], None],
        driver: CardDriver,
        between: float = _BETWEEN_LOOKS,
    ) -> None:
        self._report = report
        self._driver = driver
        self._between = between
        self._cards = LibraryCards(driver.name, driver.confirm)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="library-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the watch and the library with it, also one that hangs."""
        self._ended.set()
        self._driver.close()
        self._thread.join(_FAREWELL)

    def _watch(self) -> None:
        while not self._ended.is_set():
            try:
                self._turn()
            except Exception:  # noqa: BLE001 - whatever it is, the watch goes on
                _log.exception("the watch over the library met a fault, and goes on")
            self._ended.wait(self._between)

    def _turn(self) -> None:
        events = self._cards.seen(self._look())
        for event in () if self._ended.is_set() else events:
            self._report(event)

    def _look(self) -> CardReading | CardError:
        try:
            return self._driver.read()
        except CardError as problem:
            return problem
        except Exception as fault:  # noqa: BLE001 - whatever it is, the watch goes on
            _log.exception("asking the library for a card failed")
            return CardError(ProblemCode.CARD_UNREADABLE, type(fault).__name__)


class LibraryCards:
    """What lies in the reader and what was told of it: the watch without threads and clock."""

    def __init__(self, reader: str, confirm: Callable[[CardReading], None]) -> None:
        self._reader = reader
        self._confirm = confirm
        self._looked = False
        self._card = ""
        """The card that was read and is not known to be out; "" for none."""
        self._trouble: ProblemCode | None = None
        """What was told and still holds."""
        self._doubt: ProblemCode | None = None
        """Trouble that was met once: it may pass, as when a card is being pushed in."""

    def seen(self, found: CardReading | CardError) -> tuple[CardEvent, ...]:
        """What is new since the last look."""
        resting, self._looked = not self._looked, True
        if isinstance(found, CardReading):
            return self._read(found, resting=resting)
        if found.kind is ProblemCode.NO_CARD:
            return self._empty(first=resting)
        return self._failed(found)

    def _read(self, reading: CardReading, *, resting: bool) -> tuple[CardEvent, ...]:
        card = reading.card.card_sn if reading.card else str(reading.kind)
        if card == self._card:
            return self._relieved()
        gone = self._out()
        self._card = card
        return (*gone, self._arrived(reading, resting=resting))

    def _arrived(self, reading: CardReading, *, resting: bool) -> CardEvent:
        """The PIN is asked for once: a card that stays in costs no second try."""
        try:
            self._confirm(reading)
        except CardError as problem:
            return Trouble(problem.problems[0], self._reader)
        return Inserted(reading, resting)

    def _empty(self, *, first: bool) -> tuple[CardEvent, ...]:
        there = (ReadersChanged((self._reader,)),) if first else ()
        return self._out() or there

    def _out(self) -> tuple[CardEvent, ...]:
        """No card, or another one: what was told of the last is over."""
        told = bool(self._card) or self._trouble is not None
        self._card, self._trouble, self._doubt = "", None, None
        return (Removed(self._reader),) if told else ()

    def _relieved(self) -> tuple[CardEvent, ...]:
        """The same card still lies there; trouble with the library is over."""
        told, self._trouble, self._doubt = self._trouble is not None, None, None
        return (ReadersChanged((self._reader,)),) if told else ()

    def _failed(self, problem: CardError) -> tuple[CardEvent, ...]:
        """Told when it was met twice; a card that was read need not be read again."""
        kind, passing = problem.kind, self._doubt is not problem.kind
        needless = bool(self._card) and kind not in NOT_THE_CARD
        if needless or kind is self._trouble:
            return ()
        self._doubt = kind
        if passing:
            return ()
        self._trouble = kind
        return (Trouble(problem.problems[0], self._reader),)
