"""The operator's line to the platform: remembers the sign-in (9001), so that it is silent (B51)."""

from __future__ import annotations

import uuid
from typing import TypeVar

from msgspec.structs import replace

from desktop.domain.credential import Credential
from desktop.domain.identifiers import Msgid
from desktop.nhsa.client import PlatformClient
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import Accepted, Outcome
from desktop.nhsa.questions import desk
from desktop.nhsa.questions.question import Question

T = TypeVar("T")

_NO_MAC = "00-00-00-00-00-00"
_UNKNOWABLE_IP = "127.0.0.1"
"""Which of our addresses the platform sees is not ours to know: gateways and address translation
stand between. 9001 wants one all the same; the loopback address claims nothing false."""


class Line:
    """A :class:`PlatformClient` whose operator may sign in; used by one thread at a time."""

    def __init__(self, client: PlatformClient) -> None:
        self._client = client

    def query(self, question: Question[In, Out, T]) -> Outcome[T]:
        return self._client.query(question)

    def ask(self, question: Question[In, Out, T], msgid: Msgid) -> Outcome[T]:
        return self._client.ask(question, msgid)

    def decode_voucher(self, scanned: str) -> Outcome[Credential]:
        return self._client.decode_voucher(scanned)

    def sign_in(self) -> Outcome[str]:
        operator = self._client.operator
        mac = hardware_address(uuid.getnode())
        outcome = self._client.query(desk.sign_in(operator.number, mac, _UNKNOWABLE_IP))
        if isinstance(outcome, Accepted):
            self._client = self._client.acting_for(replace(operator, sign_no=outcome.value))
        return outcome


def hardware_address(node: int) -> str:
    """``mac`` of 9001: ``1A-2B-…`` of the 48-bit node; zeros when this PC has none to tell.

    Without a network card Python invents a node and marks it as a multicast address (RFC 9562).
    """
    invented = node >> 40 & 1
    return _NO_MAC if invented else "-".join(f"{byte:02X}" for byte in node.to_bytes(6, "big"))
