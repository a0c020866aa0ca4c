"""The desk's line to the platform without bytes: questions go in typed and come back typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.identifiers import AreaCode, Msgid
from desktop.nhsa.dates import wire_moment
from desktop.nhsa.envelope import Request, RequestHead
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import (
    Accepted,
    By,
    NotSent,
    Outcome,
    Refused,
    Unknown,
    WhyUnknown,
    translated,
)
from desktop.nhsa.questions import desk
from desktop.nhsa.questions.question import Question
from desktop.nhsa.transport import WhyNotSent
from desktop.sandbox.exchange import vouchers
from desktop.sandbox.exchange.vouchers import VoucherRefused
from desktop.sandbox.platform import Outcome as Answer
from desktop.sandbox.state import State
from tests.simulation.clock import Clock
from tests.simulation.disk import Power
from tests.simulation.faults import Delivery
from tests.simulation.network import Delivered, Network

T = TypeVar("T")

HOSPITAL = "H43010000001"
HOSPITAL_NAME = "演练医院"
PLACE = AreaCode("430100")

_UNUSABLE = {
    Delivery.TIMED_OUT: WhyUnknown.TIMED_OUT,
    Delivery.BROKEN_OFF: WhyUnknown.BROKEN_OFF,
    Delivery.HTTP_500: WhyUnknown.HTTP_STATUS,
    Delivery.TRUNCATED: WhyUnknown.UNREADABLE,
    Delivery.GARBLED: WhyUnknown.UNREADABLE,
    Delivery.GATEWAY_999: WhyUnknown.GATEWAY_FAILED,
    Delivery.OF_ANOTHER: WhyUnknown.NOT_OURS,
}


_NOBODY_THERE = (Delivery.NOT_SENT, Delivery.GATEWAY_401)


class TypedRequest(Request, frozen=True):
    """A request whose input was never bytes."""

    def input_of(self, _transaction: Any) -> Any:
        return self.raw_input


class TypedLine:
    """``services.ports.Platform`` on the platform's pure core."""

    def __init__(
        self,
        network: Network,
        state: State,
        clock: Clock,
        power: Power,
        next_msgid: Callable[[], Msgid],
    ) -> None:
        self._network = network
        self._state = state
        self._clock = clock
        self._power = power
        self._next_msgid = next_msgid
        self._sign_no: str | None = None

    def query(self, question: Question[In, Out, T]) -> Outcome[T]:
        return self.ask(question, self._next_msgid())

    def ask(self, question: Question[In, Out, T], msgid: Msgid) -> Outcome[T]:
        """Send once; what the real client makes of each delivery."""
        request = TypedRequest(self._head(question, msgid), question.input)
        return self._understood(question, msgid, self._network.exchange(request, self._power))

    def sign_in(self) -> Outcome[str]:
        outcome = self.query(desk.sign_in("0001", "00-00-00-00-00-00", "127.0.0.1"))
        if isinstance(outcome, Accepted):
            self._sign_no = outcome.value
        return outcome

    def decode_voucher(self, scanned: str) -> Outcome[Credential]:
        """By the nation's own address: it can fail as any sending, and a code may be spent for
        nothing.
        """
        delivery = self._network.errand("ec.query", self._power)
        if delivery in _NOBODY_THERE:
            return self._nobody(delivery)
        answer = self._decoded(scanned)
        if delivery is Delivery.ANSWER:
            return answer
        return Unknown(_UNUSABLE[delivery], delivery.value)

    def _nobody(self, delivery: Delivery) -> NotSent | Refused:
        if delivery is Delivery.NOT_SENT:
            return NotSent(WhyNotSent.NOT_CONNECTED)
        return Refused("非法用户!", "401", By.GATEWAY, self._clock.true())

    def _decoded(self, scanned: str) -> Outcome[Credential]:
        try:
            holder = vouchers.decode(self._state, HOSPITAL, scanned, self._clock.now)
        except VoucherRefused as refused:
            return Refused(refused.message, str(refused.code), By.PLATFORM, self._clock.true())
        who = holder.who
        found = Credential(
            CredentialKind.VOUCHER,
            holder.token,
            name=who.name,
            cert_no=who.certno,
            area=AreaCode(who.insured[0].area),
        )
        return Accepted(found, self._clock.true())

    def _understood(
        self, question: Question[In, Out, T], msgid: Msgid, delivered: Delivered
    ) -> Outcome[T]:
        delivery = delivered.delivery
        if delivery is Delivery.ANSWER:
            assert delivered.outcome is not None
            return self._answered(question, msgid, delivered.outcome)
        if delivery in _NOBODY_THERE:
            return self._nobody(delivery)
        return Unknown(_UNUSABLE[delivery], delivery.value)

    def _answered(self, question: Question[In, Out, T], msgid: Msgid, answer: Answer) -> Outcome[T]:
        at = self._clock.true()
        if answer.refusal:
            return Refused(answer.refusal, "-1", By.PLATFORM, at)
        output: Any = answer.output if answer.output is not None else question.transaction.output()
        if not question.is_ours(output, msgid):
            return Unknown(WhyUnknown.NOT_OURS, "another msgid, visit or person", at)
        return translated(Accepted(output, at), question.to_domain)

    def _head(self, question: Question[Any, Any, Any], msgid: Msgid) -> RequestHead:
        return RequestHead(
            infno=question.infno,
            msgid=msgid,
            mdtrtarea_admvs=PLACE.code,
            insuplc_admdvs=question.area.code if question.area else None,
            recer_sys_code="KSD",
            infver="V1.0",
            opter_type="1",
            opter="0001",
            opter_name="演练员",
            inf_time=wire_moment(self._clock.desk()),
            fixmedins_code=HOSPITAL,
            fixmedins_name=HOSPITAL_NAME,
            sign_no=self._sign_no,
        )
