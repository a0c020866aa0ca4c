"""A window that is open all day learns of cards by a library that tells nothing by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from msgspec.structs import replace

from card_reader import CardError, CardKind, CardReading
from card_reader.bridge.card_driver import CardDriver, CardDriverFile
from card_reader.bridge.card_text import read_card_text
from card_reader.bridge.watch import LibraryCards, LibraryWatch
from card_reader.cards import CardEvent, Inserted, ReadersChanged, Removed, Trouble
from desktop.domain.problems import Problem, ProblemCode
from tests.rig.vendor_library import CARD_SN, Vendor, card_text

P = ProblemCode
READER = "SSCardDriver.dll"
_CARD = read_card_text(card_text().encode("gbk")).card
FIRST = CardReading(READER, b"", CardKind.SOCIAL_SECURITY, _CARD, 0)
SECOND = replace(FIRST, card=replace(_CARD, card_sn="99" * 16))
BANK = CardReading(READER, b"", CardKind.OTHER, None, 0)
NOTHING = CardError(P.NO_CARD)
UNREADABLE = CardError(P.CARD_UNREADABLE)
DEAD = CardError(P.LIBRARY_FAILED)
CHANGED, REMOVED = ReadersChanged((READER,)), Removed(READER)
Seen = CardReading | CardError


def told(*looks: Seen, confirm: Callable[[CardReading], None] | None = None) -> list[CardEvent]:
    cards = LibraryCards(READER, confirm or (lambda _reading: None))
    return [event for look in looks for event in cards.seen(look)]


def trouble(kind: ProblemCode) -> Trouble:
    return Trouble(Problem(kind), READER)


def inserted(reading: CardReading, *, resting: bool = False) -> Inserted:
    return Inserted(reading, resting)


@pytest.mark.parametrize(
    ("looks", "events"),
    [
        ((NOTHING, NOTHING), [CHANGED]),
        ((FIRST, FIRST), [inserted(FIRST, resting=True)]),
        ((NOTHING, FIRST, FIRST, NOTHING), [CHANGED, inserted(FIRST), REMOVED]),
        ((NOTHING, FIRST, SECOND), [CHANGED, inserted(FIRST), REMOVED, inserted(SECOND)]),
        ((NOTHING, FIRST, NOTHING, FIRST), [CHANGED, inserted(FIRST), REMOVED, inserted(FIRST)]),
        ((BANK, NOTHING), [inserted(BANK, resting=True), REMOVED]),
    ],
)
def test_cards_come_and_go(looks: Sequence[Seen], events: list[CardEvent]) -> None:
    assert told(*looks) == events


@pytest.mark.parametrize(
    ("looks", "events"),
    [
        ((NOTHING, UNREADABLE, FIRST), [CHANGED, inserted(FIRST)]),
        ((NOTHING, UNREADABLE, NOTHING, UNREADABLE), [CHANGED]),
        ((NOTHING, UNREADABLE, DEAD, UNREADABLE), [CHANGED]),
        ((NOTHING, *[UNREADABLE] * 4), [CHANGED, trouble(P.CARD_UNREADABLE)]),
        (
            (NOTHING, UNREADABLE, UNREADABLE, NOTHING),
            [CHANGED, trouble(P.CARD_UNREADABLE), REMOVED],
        ),
        (
            (NOTHING, UNREADABLE, UNREADABLE, FIRST),
            [CHANGED, trouble(P.CARD_UNREADABLE), REMOVED, inserted(FIRST)],
        ),
        ((DEAD, DEAD, DEAD), [trouble(P.LIBRARY_FAILED)]),
        (
            (DEAD, DEAD, UNREADABLE, UNREADABLE),
            [trouble(P.LIBRARY_FAILED), trouble(P.CARD_UNREADABLE)],
        ),
    ],
)
def test_trouble_is_told_once_and_only_when_it_stays(
    looks: Sequence[Seen], events: list[CardEvent]
) -> None:
    assert told(*looks) == events


def test_a_card_that_was_read_need_not_be_read_again() -> None:
    """The library reads it at every look; when it fails now and then, nobody is told."""
    looks = (NOTHING, FIRST, UNREADABLE, UNREADABLE, UNREADABLE, FIRST, NOTHING)
    assert told(*looks) == [CHANGED, inserted(FIRST), REMOVED]


def test_a_library_that_dies_beside_a_card_is_told_and_the_card_is_not_shown_twice() -> None:
    looks = (NOTHING, FIRST, DEAD, DEAD, FIRST, FIRST)
    assert told(*looks) == [CHANGED, inserted(FIRST), trouble(P.LIBRARY_FAILED), CHANGED]


def test_a_wrong_pin_costs_one_try_for_a_card_put_in() -> None:
    asked: list[CardReading] = []

    def confirm(reading: CardReading) -> None:
        asked.append(reading)
        raise CardError(P.PIN_WRONG)

    events = told(NOTHING, FIRST, FIRST, FIRST, NOTHING, FIRST, confirm=confirm)
    assert events == [CHANGED, trouble(P.PIN_WRONG), REMOVED, trouble(P.PIN_WRONG)]
    assert len(asked) == 2


# --- with a real library -----------------------------------------------------------------------


@contextmanager
def watching(vendor: Vendor, limit: float = 5) -> Iterator[list[CardEvent]]:
    events: list[CardEvent] = []
    watch = LibraryWatch(events.append, CardDriver(CardDriverFile(vendor.file(limit))), 0.02)
    watch.start()
    try:
        yield events
    finally:
        watch.stop()


def soon(events: list[CardEvent], number: int) -> list[CardEvent]:
    deadline = time.monotonic() + 10
    while len(events) < number and time.monotonic() < deadline:
        time.sleep(0.01)
    return events


@pytest.mark.req("S0-29")
def test_a_card_in_a_real_library(vendor: Vendor) -> None:
    vendor.no_card()
    with watching(vendor) as events:
        assert soon(events, 1) == [ReadersChanged((vendor.path.name,))]
        vendor.card()
        read = soon(events, 2)[1]
        assert isinstance(read, Inserted)
        assert read.reading.card is not None
        assert read.reading.card.card_sn == CARD_SN
        vendor.no_card()
        assert soon(events, 3)[2] == Removed(vendor.path.name)
    calls = len(vendor.calls)
    time.sleep(0.1)
    assert len(vendor.calls) == calls, "the watch has ended, and the library with it"


def test_a_library_that_crashes_comes_back_by_itself(vendor: Vendor) -> None:
    vendor.behaves(iReadCardBas="abort")
    with watching(vendor) as events:
        first = soon(events, 1)[0]
        assert isinstance(first, Trouble)
        assert first.problem.kind is P.LIBRARY_FAILED
        vendor.card()
        removed, read = soon(events, 3)[1:]
        assert removed == Removed(vendor.path.name)
        assert isinstance(read, Inserted)


def test_a_watch_ends_at_once_though_the_library_hangs(vendor: Vendor) -> None:
    vendor.behaves(iReadCardBas="hang")
    with watching(vendor, limit=60) as events:
        while not vendor.calls:
            time.sleep(0.01)
        began = time.monotonic()
    assert time.monotonic() - began < 3
    assert events == [], "what comes after the end is nobody's business"


class FaultyDriver:
    """Breaks at the first looks, as a driver with a fault of its own does; then it reads."""

    name = READER

    def __init__(self, faults: int) -> None:
        self._faults = faults

    def read(self) -> CardReading:
        self._faults -= 1
        if self._faults >= 0:
            raise ValueError("a fault of the driver")
        return FIRST

    def confirm(self, reading: CardReading) -> None:
        assert reading is FIRST

    def close(self) -> None:
        """Nothing is open."""


def faultily_watching(report: Callable[[CardEvent], None], faults: int) -> LibraryWatch:
    driver: Any = FaultyDriver(faults)
    watch = LibraryWatch(report, driver, 0.005)
    watch.start()
    return watch


@pytest.mark.expects_log("asking the library for a card failed")
def test_a_driver_that_breaks_is_told_and_the_watch_goes_on() -> None:
    events: list[CardEvent] = []
    watch = faultily_watching(events.append, faults=2)
    broken, removed, read = soon(events, 3)
    watch.stop()
    assert broken == Trouble(Problem(P.CARD_UNREADABLE, "ValueError"), READER)
    assert (removed, read) == (REMOVED, inserted(FIRST))


@pytest.mark.expects_log("asking the library for a card failed")
@pytest.mark.expects_log("the watch over the library met a fault, and goes on")
def test_a_listener_that_breaks_ends_no_watch() -> None:
    heard: list[CardEvent] = []

    def report(event: CardEvent) -> None:
        heard.append(event)
        if len(heard) == 1:
            raise ValueError("a fault of the window")

    watch = faultily_watching(report, faults=2)
    assert soon(heard, 3)[1:] == [REMOVED, inserted(FIRST)]
    watch.stop()
