"""The operator's line to the platform: remembers the sign-in (9001), so that it is silent (B51)."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from desktop.domain.credential import Credential
from desktop.domain.identifiers import Msgid
from desktop.nhsa.client import PlatformClient
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import Accepted, Outcome
from desktop.nhsa.questions import desk
from desktop.nhsa.questions.question import Question

T = TypeVar("T")

_ANY_MAC = "00-00-00-00-00-00"
_OWN_IP = "127.0.0.1"


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
        outcome = self._client.query(desk.sign_in(operator.number, _ANY_MAC, _OWN_IP))
        if isinstance(outcome, Accepted):
            self._client = self._client.acting_for(replace(operator, sign_no=outcome.value))
        return outcome
