"""Our own watch over readers and cards; survives every restart of the PC/SC service.

After any failure the context is thrown away and a new one is made (cards.md B6). Use on the
hardware thread only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct

from card_reader.pcsc import Context, Flag, PcscFailure, RawState, Scard

_log = logging.getLogger(__name__)

_SLICE = 0.3
"""Seconds of one wait: so soon a reader plugged in is seen, on systems that do not tell."""
_PAUSE = 0.1
"""Seconds before a service that is down is asked again."""
_COUNTER = 16


class Inserted(Struct, frozen=True):
    """A card came, or was there when its reader was first seen."""

    reader: str
    atr: bytes


class Removed(Struct, frozen=True):
    reader: str


class ReaderFound(Struct, frozen=True):
    reader: str


class ReaderLost(Struct, frozen=True):
    reader: str


class ServiceDown(Struct, frozen=True):
    """The service stopped, or never ran; all readers are lost."""


class ServiceUp(Struct, frozen=True):
    pass


Event = Inserted | Removed | ReaderFound | ReaderLost | ServiceDown | ServiceUp


class ReaderState(Struct, frozen=True):
    """A reader at one moment. ``generation`` differs for every card, also after a quick swap."""

    reader: str
    present: bool
    generation: int
    atr: bytes
    in_use: bool = False
    """Some program is connected to it."""

    def is_of(self, other: ReaderState | None) -> bool:
        """The same card, or none, as in ``other``; whoever uses it."""
        return other is not None and (self.present, self.generation) == (
            other.present,
            other.generation,
        )


class View(Protocol):
    """What connecting to a card needs of the service."""

    @property
    def context(self) -> Context: ...

    @property
    def states(self) -> Mapping[str, ReaderState]:
        """What lies where, as of now or of a moment ago."""
        ...


def interpret(raw: RawState) -> ReaderState:
    present = bool(raw.state & Flag.PRESENT)
    atr = raw.atr if present else b""
    in_use = bool(raw.state & (Flag.IN_USE | Flag.EXCLUSIVE))
    return ReaderState(raw.reader, present, raw.state >> _COUNTER, atr, in_use)


def changes(
    before: Mapping[str, ReaderState], after: Mapping[str, ReaderState]
) -> tuple[Event, ...]:
    """What happened between two looks, per reader in the order lost, removed, found, inserted."""
    events: list[Event] = []
    for name in before.keys() | after.keys():
        events += _changes_of_one(name, before.get(name), after.get(name))
    return tuple(events)


def _changes_of_one(name: str, old: ReaderState | None, new: ReaderState | None) -> list[Event]:
    if old == new:
        return []
    same_card = old and new and old.present and new.present and old.generation == new.generation
    events: list[Event] = []
    if old and old.present and not same_card:
        events.append(Removed(name))
    if new is None:
        events.append(ReaderLost(name))
    elif old is None:
        events.append(ReaderFound(name))
    if new and new.present and not same_card:
        events.append(Inserted(name, new.atr))
    return events


class Monitor:
    """Knows the readers and what lies in them, as of the last :meth:`poll`."""

    def __init__(self, scard: Scard, sleep: Callable[[float], None]) -> None:
        self._scard = scard
        self._sleep = sleep
        self._context: Context | None = None
        self._raw: dict[str, RawState] = {}
        self.service_up: bool | None = None
        """None before the first poll."""
        self.states: dict[str, ReaderState] = {}

    def poll(self, seconds: float) -> tuple[Event, ...]:
        """Wait for a change, ``seconds`` at most and often less; what happened since last time."""
        try:
            raw = self._look(min(seconds, _SLICE))
        except PcscFailure as failure:
            _log.debug("the PC/SC context is rebuilt after %s", failure)
            self.close()
            events = self._take(None)
            self._sleep(min(seconds, _PAUSE))
            return events
        return self._take(raw)

    @property
    def context(self) -> Context:
        """For connecting to a card that :meth:`poll` has just seen: then it is there."""
        if self._context is None:
            self._context = self._scard.establish()
        return self._context

    def close(self) -> None:
        if self._context is not None:
            self._scard.release(self._context)
            self._context = None

    def _look(self, seconds: float) -> dict[str, RawState]:
        names = self._scard.readers(self.context)
        if not names:
            self._sleep(seconds)
            return {}
        known = [self._raw.get(name, RawState(name)) for name in names]
        states = self._scard.status_change(self.context, known, seconds)
        return {raw.reader: _settled(raw) for raw in states}

    def _take(self, raw: dict[str, RawState] | None) -> tuple[Event, ...]:
        self._raw = raw or {}
        before, self.states = self.states, {n: interpret(r) for n, r in self._raw.items()}
        was_up, self.service_up = self.service_up, raw is not None
        events = changes(before, self.states)
        if was_up == self.service_up:
            return events
        return (ServiceUp(), *events) if self.service_up else (*events, ServiceDown())


def _settled(raw: RawState) -> RawState:
    return RawState(raw.reader, raw.state & ~int(Flag.CHANGED), raw.atr)
