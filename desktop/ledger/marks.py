"""How far msgids may have been used, told from what is left of a journal.

A msgid carries its second in characters 12 to 25; a mark is a second and a count (``nhsa.msgid``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.times import CHINA

_LEASE = timedelta(seconds=60)
"""A running desk may have used msgids up to this much ahead of what it wrote down."""
_SECOND = "%Y%m%d%H%M%S"
_LENGTH = 14
_IN_MSGID = slice(12, 12 + _LENGTH)
_LAST_COUNT = "99"
_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=CHINA)


def mark_past(moments: Iterable[datetime]) -> str:
    """A mark that no msgid of these moments has reached; the lowest one without moments."""
    latest = max(moments, default=_BEFORE_ALL)
    return f"{latest.astimezone(CHINA) + _LEASE:{_SECOND}}{_LAST_COUNT}"


def moments_of(entries: Iterable[e.Entry]) -> Iterator[datetime]:
    """When the msgids among some entries were made, +08:00."""
    for entry in entries:
        match entry:
            case notes.RequestIntended() | e.Submitted() | e.CancelSubmitted():
                yield from _moment(entry.msgid[_IN_MSGID])


def _moment(text: str) -> Iterator[datetime]:
    with suppress(ValueError):
        yield datetime.strptime(text, _SECOND).replace(tzinfo=CHINA)
