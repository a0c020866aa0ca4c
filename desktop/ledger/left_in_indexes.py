"""What the indexes of a damaged journal tell of entries that cannot be read any more.

They lie on other pages than the entries: a bill whose entries are gone is known by its number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from operator import itemgetter

from msgspec import Struct

from desktop.domain.notes import Torn
from desktop.ledger.database import Database, Row
from desktop.ledger.errors import JournalError


class Traces(Struct, frozen=True):
    """One visit in the indexes: the numbers of entries that it surely had, and what they named."""

    seqs: frozenset[int] = frozenset()
    named: Torn = Torn()


def traces_of(reopened: Callable[[], Database]) -> Mapping[str, Traces]:
    """By visit; of an index that cannot be read to its end, what comes before. Raises what
    ``reopened`` raises.
    """
    found: dict[str, Traces] = {}
    for question, names in _INDEXES.items():
        for visit, seq, *values in _rows(reopened, question):
            before = found.get(visit, Traces())
            named = replace(before.named, **dict(zip(names, values, strict=True)))
            found[visit] = Traces(before.seqs | {seq}, named)
    return found


def _rows(reopened: Callable[[], Database], question: str) -> list[Row]:
    """In the order of the entries."""
    rows: list[Row] = []
    with closing(reopened()) as database, suppress(JournalError):
        for row in database.rows(question):
            rows.append(row)  # noqa: PERF402 - those before a fault stay
    return sorted(rows, key=itemgetter(1))


_INDEXES: Mapping[str, tuple[str, ...]] = {
    "SELECT visit, seq FROM visits": (),
    "SELECT visit, seq, bill_no, revision FROM bills": ("bill_no", "revision"),
    "SELECT visit, seq, visit_no FROM visit_numbers": ("visit_no",),
    "SELECT visit, seq, setl_id FROM settlements": ("setl_id",),
    "SELECT visit, seq, msgid FROM intents WHERE kind <> 'RequestIntended'": ("msgid",),
    "SELECT visit, seq FROM intents": (),
}
