"""The platform as the services see it: a question goes out once, an outcome comes back.

Who asks 2201…2208 makes the msgid, writes it down with ``question.request_hash``, and hands it
to :meth:`PlatformClient.ask`; the queries take one of their own by :meth:`PlatformClient.query`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.credential import Credential
from desktop.domain.identifiers import Msgid
from desktop.nhsa import face
from desktop.nhsa.dates import wire_moment
from desktop.nhsa.envelope import RequestHead, enveloped, write_voucher_request
from desktop.nhsa.gateway import Gateway
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import (
    Outcome,
    outcome_of_failure,
    outcome_of_reply,
    translated,
)
from desktop.nhsa.questions.question import Question
from desktop.nhsa.site import Operator, Site
from desktop.nhsa.transport import LostError, NotSentError, Reply, Transport
from desktop.nhsa.voucher import voucher_outcome, voucher_request

T = TypeVar("T")
_log = logging.getLogger(__name__)


def new_nonce() -> str:
    """32 random hex digits."""
    import secrets

    return secrets.token_hex(16)


class PlatformClient(Struct, frozen=True):
    """One operator's line to the platform; every part arrives from outside."""

    site: Site
    operator: Operator
    gateway: Gateway
    transport: Transport
    clock: Callable[[], datetime]
    new_msgid: Callable[[], Msgid]
    nonce: Callable[[], str] = new_nonce
    vouchers: Callable[[bytes], Reply] | None = None
    """Takes the question about a 医保码 where a vendor's library stands between; None: our own line.

    Raises :class:`~desktop.nhsa.transport.NotSentError` or ``LostError``.
    """

    def acting_for(self, operator: Operator) -> PlatformClient:
        """The same line for another operator, or for one who has signed in."""
        return replace(self, operator=operator)

    def query(self, question: Question[In, Out, T]) -> Outcome[T]:
        """Ask what changes nothing and needs no journal: 9001, 9002, 1101, 1201, 2001, 5xxx."""
        return self.ask(question, self.new_msgid())

    def ask(self, question: Question[In, Out, T], msgid: Msgid) -> Outcome[T]:
        """Send once under ``msgid``; never raises for what the line or the platform does.

        A settling transaction travels over a connection of its own. :class:`Unknown` must be
        resolved, never asked again.
        """
        outcome = self._exchange(question, msgid)
        _log.info("%s %s %s", question.infno, msgid, type(outcome).__name__)
        return outcome

    def _exchange(self, question: Question[In, Out, T], msgid: Msgid) -> Outcome[T]:
        body = enveloped(self._head(question, msgid), question.encoded)
        address = self.site.address(question.transaction)
        try:
            reply = self._post(address, body, fresh=question.transaction.settles)
        except (NotSentError, LostError) as failure:
            return outcome_of_failure(failure)
        found = outcome_of_reply(
            question.transaction, reply, lambda output: question.is_ours(output, msgid)
        )
        return translated(found, question.to_domain)

    def decode_voucher(self, scanned: str) -> Outcome[Credential]:
        """The credential behind a scanned 医保码; the code is spent by asking."""
        request = voucher_request(self.site, self.operator, scanned)
        return self._at_the_voucher_desk(write_voucher_request(request), voucher_outcome)

    def authorise_face(self, number: str) -> Outcome[str]:
        """``authNo`` of whoever stands before the face terminal; ``number`` is used once."""
        body = face.authorisation(self.site, self.operator, number)
        return self._at_the_voucher_desk(body, face.authorised)

    def check_face(self, number: str, auth_no: str) -> Outcome[Credential]:
        """Whose face that authorisation saw."""
        body = face.identity(self.site, self.operator, number, auth_no)
        return self._at_the_voucher_desk(body, face.seen)

    def _at_the_voucher_desk(self, body: bytes, read: Callable[[Reply], Outcome[T]]) -> Outcome[T]:
        """A code, or a face: ``transType`` tells them apart."""
        try:
            reply = self.vouchers(body) if self.vouchers else self._ask_service(body)
        except (NotSentError, LostError) as failure:
            return outcome_of_failure(failure)
        return read(reply)

    def _ask_service(self, body: bytes) -> Reply:
        return self._post(self.site.voucher_address, body, fresh=False)

    def _post(self, address: str, body: bytes, *, fresh: bool) -> Reply:
        headers = {
            "Content-Type": "application/json;charset=utf-8",
            **self.gateway.sign(self.clock(), self.nonce()),
        }
        return self.transport.post(address, headers, body, fresh=fresh)

    def _head(self, question: Question[Any, Any, Any], msgid: Msgid) -> RequestHead:
        site, operator = self.site, self.operator
        return RequestHead(
            infno=question.infno,
            msgid=msgid,
            mdtrtarea_admvs=site.area.code,
            insuplc_admdvs=question.area.code if question.area else None,
            recer_sys_code=site.recer_sys_code,
            infver=site.infver,
            opter_type=operator.kind.value,
            opter=operator.number,
            opter_name=operator.name,
            inf_time=wire_moment(self.clock()),
            fixmedins_code=site.fixmedins_code,
            fixmedins_name=site.name,
            sign_no=operator.sign_no or None,
        )
