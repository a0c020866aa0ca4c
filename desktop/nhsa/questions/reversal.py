"""Undo a settlement of which only our own msgid is known (2601)."""

from __future__ import annotations

from desktop.domain.identifiers import Msgid
from desktop.nhsa.messages.reversal import REVERSAL, ReversalData, ReversalInput
from desktop.nhsa.messages.wire import Nothing
from desktop.nhsa.questions.claim import Holder
from desktop.nhsa.questions.question import Question, nothing


def reverse(holder: Holder, omsgid: Msgid, oinfno: str) -> Question[ReversalInput, Nothing, None]:
    """2601 of the transaction ``oinfno`` that was sent as ``omsgid``.

    A yes means booked and undone, twice booked as well. What a no means, its text tells alone
    (``desktop/knowledge/reversals.toml``). It settles: an unknown outcome is never a no.
    """
    data = ReversalData(psn_no=holder.psn_no, omsgid=omsgid, oinfno=oinfno)
    return Question(REVERSAL, ReversalInput(data=data), nothing, holder.area)
