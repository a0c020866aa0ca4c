"""A fault of the program at one visit stays that visit's: the others are looked after, and it is told.

Nothing here makes a visit fit to be settled: who cannot be read, or was not looked at, stays in the
way of every settlement that it was in the way of before.
"""

from __future__ import annotations

import logging
import traceback

from desktop.domain.notes import Found, Open, Tried
from desktop.domain.open_work import what_is_open
from desktop.ledger.errors import JournalDamaged
from desktop.ledger.journal import VisitId
from desktop.services.ports import Desk
from desktop.services.told import Told

PROGRAM_FAULT = "program-fault"

_log = logging.getLogger(__name__)


def readable(desk: Desk, visit: VisitId) -> Told | None:
    """The visit as the journal holds it; None where what it holds cannot be followed."""
    try:
        return desk.told(visit)
    except (JournalDamaged, LookupError, ValueError, TypeError) as fault:
        _say(visit, fault)
        return None


def stumbled(desk: Desk, visit: VisitId, told: Told, fault: Exception) -> None:
    """Write down that this try came to nothing; it names no person, only the kind of fault.

    What is remembered of the visit is forgotten: the next try is built on what is on disk.
    """
    _say(visit, fault)
    desk.memory.forget(visit)
    what = what_is_open(told.record)
    said = any(PROGRAM_FAULT in tried.text for tried in told.record.tried)
    if what is None and said:
        return  # nothing is due that a backoff would space: once is enough
    text = f"{PROGRAM_FAULT} {type(fault).__name__}"
    tried = Tried(what or Open.UPLOAD, "desk", Found.NO_ANSWER, desk.clock(), text=text)
    desk.journal.append(visit, (tried,), desk.clock())


def _say(visit: VisitId, fault: Exception) -> None:
    """Where in the code, never its message: that may hold personal data."""
    frames = traceback.extract_tb(fault.__traceback__)
    where = f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
    _log.error("visit %s: %s in %s", visit, type(fault).__name__, where)
