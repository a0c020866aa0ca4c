"""One question before it has a msgid."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

from msgspec import Struct

from desktop.domain.identifiers import AreaCode, BadIdentifier, Msgid
from desktop.nhsa.decoder import Fault, Unreadable
from desktop.nhsa.encoder import question_tree, to_json
from desktop.nhsa.messages.transaction import In, Out, Transaction

T = TypeVar("T")


def anyone(_output: object, _msgid: Msgid) -> bool:
    """The answer names nothing that could be another's."""
    return True


class Question(Struct, Generic[In, Out, T], frozen=True, dict=True):
    """A typed input and how its answer becomes a value of the house.

    It has a ``__dict__``, for what is hashed before sending is kept as the bytes that are sent.
    """

    transaction: Transaction[In, Out]
    input: In
    to_domain: Callable[[Out], T]
    """Raises :class:`~desktop.nhsa.decoder.Unreadable` for what the house has no word for."""
    area: AreaCode | None = None
    """参保地 ``insuplc_admdvs`` of the envelope; None while it is not known."""
    is_ours: Callable[[Out, Msgid], bool] = anyone
    """False when the answer names another msgid, visit or person than asked."""

    @property
    def infno(self) -> str:
        return self.transaction.infno

    @property
    def request_hash(self) -> str:
        """SHA-256 of the ``input`` node as it is sent, hex: for the journal, before sending."""
        import hashlib

        return hashlib.sha256(self.encoded).hexdigest()

    @cached_property
    def encoded(self) -> bytes:
        """The ``input`` node as it is sent, UTF-8 JSON."""
        return to_json(question_tree(self.input))


def nothing(_output: object) -> None:
    """The answer says no more than yes."""


def area_of(text: str, where: str) -> AreaCode:
    """Raises :class:`~desktop.nhsa.decoder.Unreadable` when it is no area code."""
    try:
        return AreaCode(text)
    except BadIdentifier as error:
        raise Unreadable(Fault.WRONG_SHAPE, where) from error
