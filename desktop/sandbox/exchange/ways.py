"""From what became of a message to the hops that it made; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from desktop.nhsa.envelope import RequestHead
from desktop.sandbox.calls import Call, Way
from desktop.sandbox.exchange.hops import Ask, Did, Hop, Place
from desktop.sandbox.exchange.parties import refused_by
from desktop.sandbox.exchange.voucher_calls import voucher_kind
from desktop.sandbox.model import Fault
from desktop.sandbox.refusals import Reason

_LONGEST: Final = 40
"""No text of an envelope is kept longer, whatever was sent."""
_DONE: Final[Mapping[str, Did]] = MappingProxyType(
    {"2207": Did.SETTLED, "2208": Did.CANCELLED, "2601": Did.REVERSED}
)
"""What the insured area's yes means; to every other transaction it is an answer."""


def ask_of(head: RequestHead, at: datetime) -> Ask:
    """``at`` is business time, +08:00 without zone."""
    return Ask(
        msgid=head.msgid[:_LONGEST],
        infno=head.infno[:_LONGEST],
        at=at,
        institution=head.fixmedins_code[:_LONGEST],
        care_area=head.mdtrtarea_admvs[:_LONGEST],
    )


def ask_of_voucher(asked: Mapping[str, Any], at: datetime) -> Ask:
    """The e-voucher desk's questions have no msgid."""
    org = str(asked.get("orgId", ""))[:_LONGEST]
    return Ask(msgid="", infno=voucher_kind(asked), at=at, institution=org, care_area="")


def way_of(call: Call, reason: Reason | None) -> Iterator[Hop]:
    """The hops of a message that was carried out or refused; ``reason`` is None on a yes.

    A message that the care place refuses never leaves it, whatever was looked up before.
    """
    here, way = call.head.mdtrtarea_admvs, call.way
    if reason and refused_by(reason) is Place.CARE:
        yield Hop(place=Place.CARE, did=Did.REFUSED, area=here, note=reason.name)
        return
    if way.area or reason:
        yield Hop(place=Place.CARE, did=Did.FORWARDED, area=here)
        yield from _beyond(way, call.head.infno, reason)
    if not way.lost:
        yield Hop(place=Place.CARE, did=Did.ANSWERED, area=here)


def _beyond(way: Way, infno: str, reason: Reason | None) -> Iterator[Hop]:
    """From the exchange to the insured area and back to the exchange."""
    if way.lost == "there":
        yield Hop(place=Place.EXCHANGE, did=Did.LOST, area=way.area)
        return
    if reason and (refused_by(reason) is Place.EXCHANGE or not way.area):
        yield Hop(place=Place.EXCHANGE, did=Did.REFUSED, area=way.area, note=reason.name)
        return
    delay = f"delay_ms={way.delay_ms}" if way.delay_ms else ""
    yield Hop(place=Place.EXCHANGE, did=Did.ROUTED, area=way.area, note=delay)
    did, note = (Did.REFUSED, reason.name) if reason else (_DONE.get(infno, Did.ANSWERED), "")
    yield Hop(place=Place.INSURED, did=did, area=way.area, note=note)
    if way.account:
        yield Hop(place=Place.INSURED, did=Did.ACCOUNT, area=way.area, note=way.account)
    back = Did.LOST if way.lost else Did.RETURNED
    yield Hop(place=Place.EXCHANGE, did=back, area=way.area)


def spoilt(ask: Ask, fault: Fault) -> Iterator[Hop]:
    """A fault of the control surface on the line between the care place and its institution."""
    note = f"{fault.what}/{fault.when}"
    yield Hop(place=Place.CARE, did=Did.SPOILT, area=ask.care_area, note=note)


def asked_for_voucher(code: int) -> Iterator[Hop]:
    """The e-voucher desk answers for the nation: no insured area is asked."""
    yield Hop(place=Place.CARE, did=Did.FORWARDED)
    did = Did.REFUSED if code else Did.ANSWERED
    yield Hop(place=Place.EXCHANGE, did=did, note=str(code) if code else "")
    yield Hop(place=Place.CARE, did=Did.ANSWERED)


def delay_of(call: Call, reason: Reason | None) -> int:
    """Milliseconds until the answer is here; what never came to an insured area is not slow."""
    return call.way.delay_ms if _was_asked(call, reason) else 0


def _was_asked(call: Call, reason: Reason | None) -> bool:
    """True when the insured area said yes or no."""
    return bool(call.way.area) and (reason is None or refused_by(reason) is Place.INSURED)


def lost_on_the_way_back(call: Call, reason: Reason | None) -> bool:
    """True when the answer of the insured area, a yes or a no, gets lost; drawn by chance."""
    way = call.way
    share = call.state.area(way.area).loss_back if _was_asked(call, reason) else 0.0
    if share and call.state.chance() < share:
        way.lost = "back"
    return bool(way.lost)
