"""Which transactions went through while somebody worked on a visit (contracts: ``steps``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.domain.events import (
    Cancelled,
    CancelSubmitted,
    Entry,
    Settled,
    SettledUnbalanced,
    Submitted,
)
from desktop.domain.notes import ACCEPTED, RequestAnswered, RequestIntended


def went_through(entries: Iterable[Entry]) -> tuple[str, ...]:
    """In their order: what was sent within ``entries`` and accepted within them.

    What was sent before and is found out now went through long ago, and is no step of today.
    """
    return tuple(_steps(entries))


def _steps(entries: Iterable[Entry]) -> Iterator[str]:
    sent: dict[str, str] = {}
    for entry in entries:
        match entry:
            case RequestIntended(infno, msgid):
                sent[msgid] = infno
            case Submitted():
                sent["2207"] = entry.msgid
            case CancelSubmitted():
                sent["2208"] = entry.msgid
            case RequestAnswered(infno, msgid, outcome) if outcome == ACCEPTED and msgid in sent:
                yield infno
            case Settled() | SettledUnbalanced() if "2207" in sent:
                yield "2207"
            case Cancelled() if "2208" in sent:
                yield "2208"
