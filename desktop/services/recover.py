"""At start: every intent without an outcome is unknown from here on (rule 6, visit.md B50)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.events import CancelSubmitted, CancelUnknown, Entry, OutcomeUnknown, Submitted
from desktop.domain.notes import UNKNOWN, RequestAnswered, RequestIntended
from desktop.services.ports import Desk

_WHY = "program-ended"


def recover(desk: Desk) -> None:
    """Bring the journal to where the services may go on; before the first new settlement.

    Nothing is sent: resolving is the queue's, as soon as the line is there.
    """
    for recorded in desk.journal.unanswered():
        entries = tuple(_unknown(recorded.entry))
        desk.journal.append(recorded.visit, entries, desk.clock())


def _unknown(entry: Entry) -> Iterator[Entry]:
    match entry:
        case Submitted():
            yield OutcomeUnknown(_WHY)
        case CancelSubmitted():
            yield CancelUnknown(_WHY)
        case RequestIntended(infno, msgid, _):
            yield RequestAnswered(infno, msgid, UNKNOWN, _WHY)
