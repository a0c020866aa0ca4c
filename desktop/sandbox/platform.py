"""The pure core: one function from a request and two clocks to an answer.

No I/O, no clock of its own, no chance but the seeded numbers of the state. The HTTP shell and
the simulation both stand on :class:`Platform`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from msgspec import Raw, Struct, json
from msgspec.structs import replace

from desktop.nhsa.envelope import (
    Fault,
    Request,
    ResponseHead,
    Unreadable,
    read_request,
    write_response,
)
from desktop.nhsa.messages.by_number import TRANSACTIONS
from desktop.nhsa.messages.files import DownloadOutput
from desktop.nhsa.messages.wire import Node, NumberText
from desktop.sandbox.calls import Call
from desktop.sandbox.care_place.institutions import institution
from desktop.sandbox.exchange.hops import MessageLog
from desktop.sandbox.exchange.routing import Lost
from desktop.sandbox.exchange.voucher_calls import answer_voucher
from desktop.sandbox.exchange.ways import (
    ask_of,
    ask_of_voucher,
    asked_for_voucher,
    delay_of,
    lost_on_the_way_back,
    way_of,
)
from desktop.sandbox.fields import wrong_around, wrong_field
from desktop.sandbox.insured_place.policy import Policies
from desktop.sandbox.insured_place.saying import say
from desktop.sandbox.offered import HANDLERS, KNOWN
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import State
from desktop.sandbox.transactions import sign_in


class Outcome(Struct, frozen=True):
    """What became of a transaction; ``refusal`` is empty on a yes."""

    infno: str
    output: Node | None = None
    refusal: str = ""
    reason: Reason | None = None
    """Why not; None on a yes."""
    lost: bool = False
    """True when nobody will answer: the national exchange lost the message on its way."""
    delay_ms: int = 0
    """How long the answer is on its way back from the insured area; booked is what is booked."""

    @property
    def file(self) -> bytes | None:
        """What 9102 answers in place of an envelope."""
        return self.output.content if isinstance(self.output, DownloadOutput) else None


class NoEnvelope(Exception):
    """The body is no envelope: the framework answers, not the business system."""


class Platform:
    """The practice platform's business system: its state, its rules, its transactions."""

    def __init__(self, state: State, policies: Policies) -> None:
        self.state = state
        self.policies = policies
        self.log = MessageLog()

    def handle(self, request: Request, business_now: datetime, real_now: datetime) -> Outcome:
        """Carry one request out; both times are +08:00 without zone. A refusal changes nothing."""
        call = Call(self.state, self.policies, request.head, business_now, real_now)
        outcome = self._outcome(call, request)
        self.log.add(ask_of(call.head, call.business_now), way_of(call, outcome.reason))
        return outcome

    def _outcome(self, call: Call, request: Request) -> Outcome:
        try:
            outcome = self._answered(call, request)
        except Lost:
            return Outcome(call.head.infno, lost=True)
        lost, delay = lost_on_the_way_back(call, outcome.reason), delay_of(call, outcome.reason)
        return replace(outcome, lost=lost, delay_ms=delay) if lost or delay else outcome

    def _answered(self, call: Call, request: Request) -> Outcome:
        infno = call.head.infno
        try:
            return Outcome(infno, self._carry_out(call, request))
        except Refused as refused:
            text = say(self.policies, refused, call.head.msgid, call.head.insuplc_admdvs or "")
            return Outcome(infno, refusal=text, reason=refused.reason)

    def voucher(
        self, asked: Mapping[str, Any], business_now: datetime, real_now: datetime
    ) -> dict[str, Any]:
        """The e-voucher desk's whole answer to a whole question; times as in :meth:`handle`."""
        told = answer_voucher(self.state, asked, real_now)
        self.log.add(ask_of_voucher(asked, business_now), asked_for_voucher(int(told["code"])))
        return told

    def _carry_out(self, call: Call, request: Request) -> Node | None:
        infno = call.head.infno
        handler = HANDLERS.get(infno)
        if handler is None:
            known = infno in KNOWN
            reason = Reason.NOT_OFFERED if known else Reason.UNKNOWN_TRANSACTION
            raise Refused(reason, infno=infno)
        if wrong := wrong_around(call.head):
            raise Refused(Reason.FIELD_WRONG, field=wrong)
        institution(call)
        sign_in.demand_sign_in(call)
        return handler(call, _typed_input(request, infno))

    def answer(self, outcome: Outcome, received: datetime, now: datetime) -> bytes:
        """The answer's body: ``received`` and ``now`` are real times, +08:00 without zone."""
        if outcome.file is not None:
            return outcome.file
        head = ResponseHead(
            infcode=NumberText("-1" if outcome.refusal else "0"),
            inf_refmsgid=self._reference(now),
            refmsg_time=_stamp(received),
            respond_time=_stamp(now),
            err_msg=outcome.refusal or None,
        )
        return write_response(head, outcome.output)

    def _reference(self, now: datetime) -> str:
        return f"430000{now:%Y%m%d%H%M%S}{self.state.next_serial():010d}"


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03d}"


INPUT_LENGTH: Final = 40_000
"""Characters of ``input``, as the envelope's table has it."""
OF_ANY_LENGTH: Final = frozenset(("2204", "9101"))
"""What travels whole in one call, however long: the lines of a batch, a file."""


class _Long(Struct):
    """An envelope of which only the length of its input matters."""

    input: Raw


def read_envelope(body: bytes) -> Request:
    """The request in ``body``; raises :class:`NoEnvelope` when it is no whole envelope."""
    try:
        request = read_request(body)
    except Unreadable as error:
        missing = error.fault is Fault.MISSING
        why = f"{error.where}不能为空" if missing else f"{error.where or 'body'}格式错误"
        raise NoEnvelope(why) from error
    if request.head.infno not in OF_ANY_LENGTH and _is_too_long(body):
        raise NoEnvelope(f"input长度超过{INPUT_LENGTH}")
    return request


def _is_too_long(body: bytes) -> bool:
    if len(body) <= INPUT_LENGTH:
        return False
    return len(str(json.decode(body, type=_Long).input, "utf-8")) > INPUT_LENGTH


def _typed_input(request: Request, infno: str) -> Node:
    """The input; a field that is missing or wrong is refused by its name."""
    transaction = TRANSACTIONS[infno]
    try:
        typed: Node = request.input_of(transaction)
    except Unreadable as error:
        missing = error.fault is Fault.MISSING
        reason = Reason.FIELD_MISSING if missing else Reason.FIELD_WRONG
        raise Refused(reason, field=error.where.rpartition(".")[2]) from error
    if wrong := wrong_field(infno, request.raw_input):
        raise Refused(Reason.FIELD_WRONG, field=wrong)
    return typed
