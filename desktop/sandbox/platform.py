"""The pure core: one function from a request and two clocks to an answer.

No I/O, no clock of its own, no chance but the seeded numbers of the state. The HTTP shell and
the simulation both stand on :class:`Platform`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from desktop.nhsa.envelope import (
    Fault,
    Request,
    ResponseHead,
    Unreadable,
    read_request,
    write_response,
)
from desktop.nhsa.messages import TRANSACTIONS
from desktop.nhsa.messages.files import DownloadOutput
from desktop.nhsa.messages.wire import Node, NumberText
from desktop.sandbox.calls import Call, institution
from desktop.sandbox.policy import Policies
from desktop.sandbox.refusals import Reason, Refused, wording
from desktop.sandbox.state import State
from desktop.sandbox.transactions import (
    benefits,
    charges,
    files,
    lookup,
    people,
    reconciliation,
    reversal,
    settle,
    sign_in,
    visit,
)

Handler = Callable[[Call, Any], Node | None]

HANDLERS: Final[Mapping[str, Handler]] = MappingProxyType(
    {
        "9001": sign_in.sign_in,
        "9002": sign_in.sign_out,
        "1101": people.query_person,
        "1201": people.query_institution,
        "2001": benefits.check_benefits,
        "2201": visit.register,
        "2202": visit.withdraw,
        "2203": visit.upload_visit,
        "2204": charges.upload_lines,
        "2205": charges.remove_lines,
        "2206": settle.preview,
        "2207": settle.settle,
        "2208": settle.cancel,
        "2601": reversal.reverse,
        "3201": reconciliation.compare_totals,
        "3202": reconciliation.compare_rows,
        "5201": lookup.query_visits,
        "5203": lookup.query_settlement,
        "5206": benefits.query_sums,
        "5301": people.query_chronic,
        "9101": files.upload,
        "9102": files.download,
    }
)
"""What the platform offers now."""

KNOWN: Final = frozenset(
    (
        *("1161", "1162", "1301", "1302", "1304", "1312", "1317", "1318", "1319", "1901"),
        *("2101", "2102", "2103", "2203A", "2206A", "2207A", "2302", "2303", "2304", "2305"),
        *("2401", "2501", "2503", "2505", "3203", "3203A", "3204"),
        *("3260", "3261", "3262", "3301", "3501", "3505", "3505A", "3506", "3506A", "3507"),
        *("3512", "3513", "3592B", "4101", "4301", "5204", "5302", "9601", "100001"),
    )
)
"""Transactions of the interface that are refused as not offered, by their number."""


NUMBERS: Final = KNOWN.union(HANDLERS)
"""Every transaction of the interface that the platform knows by its number."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a transaction; ``refusal`` is empty on a yes."""

    infno: str
    output: Node | None = None
    refusal: str = ""

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

    def handle(self, request: Request, business_now: datetime, real_now: datetime) -> Outcome:
        """Carry one request out; both times are +08:00 without zone. A refusal changes nothing."""
        call = Call(self.state, self.policies, request.head, business_now, real_now)
        infno = request.head.infno
        try:
            return Outcome(infno, self._carry_out(call, request))
        except Refused as refused:
            return Outcome(infno, refusal=wording(refused, request.head.msgid))

    def _carry_out(self, call: Call, request: Request) -> Node | None:
        infno = call.head.infno
        handler = HANDLERS.get(infno)
        if handler is None:
            known = infno in KNOWN
            reason = Reason.NOT_OFFERED if known else Reason.UNKNOWN_TRANSACTION
            raise Refused(reason, infno=infno)
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


def read_envelope(body: bytes) -> Request:
    """The request in ``body``; raises :class:`NoEnvelope` when it is no whole envelope."""
    try:
        return read_request(body)
    except Unreadable as error:
        missing = error.fault is Fault.MISSING
        why = f"{error.where}不能为空" if missing else f"{error.where or 'body'}格式错误"
        raise NoEnvelope(why) from error


def _typed_input(request: Request, infno: str) -> Node:
    """The input; a needed field that is missing or wrong is refused by its name."""
    transaction = TRANSACTIONS[infno]
    try:
        typed: Node = request.input_of(transaction)
    except Unreadable as error:
        missing = error.fault is Fault.MISSING
        reason = Reason.FIELD_MISSING if missing else Reason.FIELD_WRONG
        raise Refused(reason, field=error.where.rpartition(".")[2]) from error
    return typed
