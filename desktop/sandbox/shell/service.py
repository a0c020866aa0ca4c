"""The running platform: the pure core with a clock, a disk and its faults."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from desktop.domain.times import CHINA
from desktop.nhsa.envelope import Request as Envelope
from desktop.sandbox.control.faults import take_fault
from desktop.sandbox.control.surface import World, business_time, reset
from desktop.sandbox.exchange.hops import Ask
from desktop.sandbox.exchange.ways import spoilt
from desktop.sandbox.platform import Outcome, Platform
from desktop.sandbox.shell.faults import (
    JSON,
    STREAM,
    Done,
    Exchange,
    Later,
    Seal,
    Sealed,
    Work,
    spoil,
    told,
)
from desktop.sandbox.state import State


class Keeper(Protocol):
    def load(self, state: State) -> bool: ...
    def save(self, state: State) -> None: ...
    def close(self) -> None: ...


def real_now() -> datetime:
    """The real clock, +08:00 without zone."""
    return datetime.now(CHINA).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Service:
    """Everything a route needs."""

    platform: Platform
    world: World
    store: Keeper
    now: Callable[[], datetime] = real_now
    later: Later = field(default_factory=Later)

    @property
    def state(self) -> State:
        return self.platform.state

    def start(self, seed: int | None = None) -> None:
        """Take up what was kept, or begin with the demonstration town."""
        if not self.store.load(self.state):
            self.reset(seed)

    def reset(self, seed: int | None = None) -> None:
        """Forget everything, bookings that are still to come as well; no seed: any."""
        self.later.forget()
        self.platform.log.clear()
        reset(self.state, self.world, secrets.randbits(48) if seed is None else seed)
        self.store.save(self.state)

    def saved(self) -> None:
        self.store.save(self.state)

    def business_now(self) -> datetime:
        return business_time(self.state, self.now())

    def transaction(self, request: Envelope, received: datetime) -> Work:
        """The work of one transaction; booked and on disk when it returns."""

        def work() -> Done:
            outcome = self.platform.handle(request, self.business_now(), self.now())
            self.saved()
            seal = None if outcome.lost else self._seal(outcome, received)
            return Done(seal, outcome.delay_ms / 1000)

        return work

    def nothing(self, infno: str, received: datetime) -> Seal:
        return self._seal(Outcome(infno), received)

    def _seal(self, outcome: Outcome, received: datetime) -> Seal:
        media = JSON if outcome.file is None else STREAM
        return lambda: Sealed(self.platform.answer(outcome, received, self.now()), media)

    async def carry_out(self, ask: Ask, request: Request, work: Work, empty: Seal) -> Response:
        """Answer, or do what the first fault waiting for this transaction says."""
        fault = take_fault(self.state, ask.infno)
        exchange = Exchange(request, work, empty)
        if fault is None:
            return await told(exchange, self.later)
        self.platform.log.add(ask, spoilt(ask, fault))
        self.saved()
        return await spoil(exchange, fault, self.later)
