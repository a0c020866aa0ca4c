"""2601 冲正交易: undo a transaction of which only the msgid is known."""

from __future__ import annotations

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node, Nothing


class ReversalData(Node, frozen=True, kw_only=True):
    """``data`` of 2601: the original's msgid and number, never a ``setl_id``."""

    psn_no: str
    omsgid: str
    oinfno: str


class ReversalInput(Node, frozen=True, kw_only=True):
    data: ReversalData


REVERSAL = Transaction("2601", "reverseService/revsMethod", ReversalInput, Nothing, settles=True)
