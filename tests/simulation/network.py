"""The line between desk and platform: what gets through, how often, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec

from desktop.domain.money import Money
from desktop.nhsa.envelope import Request
from desktop.sandbox.platform import Outcome, Platform
from desktop.sandbox.reasons import Reason
from desktop.sandbox.refusals import worded
from tests.simulation.chance import Chance
from tests.simulation.clock import Clock
from tests.simulation.disk import Power
from tests.simulation.faults import HEALTHY, SPOILINGS, Delivery, SendFault, Spoiling
from tests.simulation.story import Story

SETTLE_HORIZON = timedelta(minutes=10)
"""No platform books later than that after sending (unknown-outcome, rule 4)."""
READ_TIMEOUT = 35.0
"""Seconds after which the desk stops waiting."""
_ONE_FEN = Money(1)
_BUSINESS_REASONS = (
    Reason.PERSON_SUSPENDED,
    Reason.INSURANCE_NOT_ACTIVE,
    Reason.INSTITUTION_SUSPENDED,
    Reason.AREA_NOT_CONNECTED,
    Reason.NOT_FILED,
)


class Watch(Protocol):
    """Sees every request before it leaves, and everything that the platform carries out."""

    def sending(self, request: Request) -> None: ...
    def acted(self, request: Request, outcome: Outcome) -> None: ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the desk gets; ``outcome`` only with an answer."""

    delivery: Delivery
    outcome: Outcome | None = None


class Network:
    """One seeded line; ``fault`` decides about each sending."""

    def __init__(
        self, platform: Platform, clock: Clock, chance: Chance, story: Story, watch: Watch
    ) -> None:
        self._platform = platform
        self._clock = clock
        self._chance = chance
        self._story = story
        self._watch = watch
        self.met: list[SendFault] = []
        self.down = False
        """Nothing can be sent while the line is down."""
        self.meanwhile: Callable[[], None] = lambda: None
        """Lets the rest of the world act while a request is under way."""

    def exchange(self, request: Request, power: Power) -> Delivered:
        """Send a request once; raises ``Killed``."""
        power.demand()
        self._watch.sending(request)
        fault = SendFault.NOT_SENT if self.down else self._chance.send_fault(request.head.infno)
        if fault is None:
            return self._carried(request, HEALTHY, None, power)
        self.met.append(fault)
        self._story.tell("  {} {}: {}", request.head.infno, request.head.msgid[-14:], fault)
        if fault is SendFault.KILL_BEFORE:
            raise power.cut()
        return self._carried(request, SPOILINGS[fault], fault, power)

    def errand(self, name: str, power: Power) -> Delivery:
        """How a sending goes that books nothing anywhere; raises ``Killed``."""
        power.demand()
        fault = SendFault.NOT_SENT if self.down else self._chance.send_fault(name)
        if fault is None or fault is SendFault.REFUSED:
            return Delivery.ANSWER
        self.met.append(fault)
        self._story.tell("  {}: {}", name, fault)
        if fault in (SendFault.KILL_BEFORE, SendFault.KILL_ACTED):
            raise power.cut()
        return SPOILINGS[fault].delivery

    def _carried(
        self, request: Request, spoiling: Spoiling, fault: SendFault | None, power: Power
    ) -> Delivered:
        sent = self._clock.now
        self.meanwhile()
        power.demand()
        self._clock.advance(self._chance.between(0.1, 0.6))
        outcome = self._acted(request, spoiling, fault, sent)
        if fault is SendFault.KILL_ACTED:
            raise power.cut()
        self.meanwhile()
        power.demand()
        self._clock.advance(self._on_the_way(spoiling, fault))
        told = outcome if spoiling.delivery in _ANSWERED else None
        return Delivered(spoiling.delivery, told)

    def _acted(
        self, request: Request, spoiling: Spoiling, fault: SendFault | None, sent: datetime
    ) -> Outcome | None:
        if fault is SendFault.REFUSED:
            reason = self._chance.of(_BUSINESS_REASONS)
            facts = {"status": "2", "area": "370800", "code": "", "day": ""}
            return Outcome(request.head.infno, refusal=worded(reason, facts, request.head.msgid))
        outcomes = [self._work(request) for _ in range(spoiling.acts)]
        if spoiling.later:
            seconds = self._chance.between(1, SETTLE_HORIZON.total_seconds() - 30)
            gone = (self._clock.now - sent).total_seconds()  # the horizon counts from the sending
            self._clock.later(max(1.0, seconds - gone), lambda: self._late(request))
        if fault is SendFault.UNBALANCED:
            return unbalanced(outcomes[0])
        return outcomes[0] if outcomes else None

    def _work(self, request: Request) -> Outcome:
        now = self._clock.now
        outcome = self._platform.handle(request, now, now)
        self._watch.acted(request, outcome)
        return outcome

    def _late(self, request: Request) -> None:
        outcome = self._work(request)
        how = outcome.refusal or "done"
        self._story.tell("  the platform gets to {} late: {}", request.head.infno, how)

    def _on_the_way(self, spoiling: Spoiling, fault: SendFault | None) -> float:
        if spoiling.delivery is Delivery.TIMED_OUT:
            return READ_TIMEOUT
        if fault is SendFault.DELAYED:
            return self._chance.between(2, 25)
        return self._chance.between(0.1, 0.6)


_ANSWERED = (Delivery.ANSWER, Delivery.OF_ANOTHER, Delivery.TRUNCATED)


def unbalanced(outcome: Outcome) -> Outcome:
    """The answer with one fen too much in scope (C1), where it tells of amounts at all."""
    info: Any = getattr(outcome.output, "setlinfo", None)
    if info is None or getattr(info, "inscp_scp_amt", None) is None:
        return outcome
    more = msgspec.structs.replace(info, inscp_scp_amt=info.inscp_scp_amt + _ONE_FEN)
    output = msgspec.structs.replace(outcome.output, setlinfo=more)  # type: ignore[type-var]
    return Outcome(outcome.infno, output)
