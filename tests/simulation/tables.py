"""The journal's storage without SQL: each statement that the journal makes, on tables in memory.

It costs a tenth of SQLite. A statement that is not here raises, so that none is forgotten;
``test_storage.py`` plays days on both and wants the same.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

Row = tuple[Any, ...]
Rows = list[Row]
Undo = Callable[[], object]

_NONE: Rows = []
_SEQ = itemgetter(0)


class Tables:
    """Storage of one journal; what is done between :meth:`begin` and :meth:`undo` is undone."""

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self.blank()

    def blank(self) -> None:
        """An empty journal."""
        self._undo: list[Undo] = []
        self._entries: Rows = []
        self._of_visit: defaultdict[str, Rows] = defaultdict(list)
        self._head: Row = (0, bytes(32))
        self._visits: dict[str, Row] = {}
        """Visit → when it began: day, seq."""
        self._open: dict[str, None] = {}
        self._bills: dict[Row, dict[str, int]] = {}
        self._numbers: dict[str, dict[str, int]] = {}
        self._persons: dict[str, dict[str, int]] = {}
        self._settlements: dict[str, dict[str, int]] = {}
        self._intents: dict[int, Row] = {}
        self._lease: str | None = None
        self._codes: dict[bytes, str] = {}

    def execute(self, sql: str, values: Any) -> Rows:
        """Raises ``KeyError`` for a statement that is not known."""
        return _STATEMENTS[sql](self, *values)

    def begin(self) -> None:
        self._undo.clear()

    def commit(self) -> None:
        self._undo.clear()

    def undo(self) -> None:
        while self._undo:
            self._undo.pop()()

    # --- entries -----------------------------------------------------------------------------

    def insert_entry(self, *row: Any) -> Rows:
        seq, _, visit = row[:3]
        if self._entries and self._entries[-1][0] >= seq:
            raise AssertionError(f"entry {seq} is there")
        self._entries.append(row)
        self._of_visit[visit].append(row)
        self._undo += (self._entries.pop, self._of_visit[visit].pop)
        return _NONE

    def entries_of(self, visit: str) -> Rows:
        return [row[:5] for row in self._of_visit.get(visit, ())]

    def entries_after(self, visit: str, seq: int) -> Rows:
        return [row[:5] for row in self._of_visit.get(visit, ()) if row[0] > seq]

    def links(self) -> Rows:
        return list(self._entries)

    def links_of(self, visit: str) -> Rows:
        return list(self._of_visit.get(visit, ()))

    def head(self) -> Rows:
        return [self._head]

    def set_head(self, *head: Any) -> Rows:
        self._keep("_head")
        self._head = head
        return _NONE

    # --- visits ------------------------------------------------------------------------------

    def insert_visit(self, visit: str, seq: int, day: str) -> Rows:
        return self._put(self._visits, visit, (day, seq))

    def insert_open(self, visit: str) -> Rows:
        return self._put(self._open, visit, None)

    def drop_open(self, visit: str) -> Rows:
        if visit in self._open:
            del self._open[visit]
            self._undo.append(lambda: self._open.__setitem__(visit, None))
        return _NONE

    def open_visits(self) -> Rows:
        return self._in_order(self._open, lambda visit: self._visits[visit][1])

    def visits(self) -> Rows:
        return self._in_order(self._visits, self._visits.__getitem__)

    def visits_of_day(self, day: str) -> Rows:
        return [(visit,) for (visit,) in self.visits() if self._visits[visit][0] == day]

    def visits_since(self, moment: str) -> Rows:
        """Of which there is an entry after the last one that was written before ``moment``."""
        found: dict[str, None] = {}
        for row in reversed(self._entries):
            if row[1] < moment:
                break
            found[row[2]] = None
        return self._in_order(found, self._visits.__getitem__)

    # --- bills, settlements ------------------------------------------------------------------

    def insert_bill(self, bill_no: str, revision: int, visit: str, seq: int) -> Rows:
        return self._put(self._bills.setdefault((bill_no, revision), {}), visit, seq)

    def visits_of_bill(self, bill_no: str, revision: int) -> Rows:
        return _newest_first(self._bills.get((bill_no, revision), {}))

    def visits_of_any_revision(self, bill_no: str) -> Rows:
        each = (visits for (number, _), visits in self._bills.items() if number == bill_no)
        return _newest_first({visit: seq for visits in each for visit, seq in visits.items()})

    def insert_number(self, visit_no: str, visit: str, seq: int) -> Rows:
        return self._put(self._numbers.setdefault(visit_no, {}), visit, seq)

    def visits_of_number(self, visit_no: str) -> Rows:
        return _newest_first(self._numbers.get(visit_no, {}))

    def insert_person(self, number: str, visit: str, seq: int) -> Rows:
        return self._put(self._persons.setdefault(number, {}), visit, seq)

    def visits_of_person(self, since: str, *numbers: str) -> Rows:
        visits = {visit for number in numbers for visit in self._persons.get(number, ())}
        recent = {visit: seq for visit in visits if (seq := self._visits[visit])[0] >= since}
        return self._in_order(recent, recent.__getitem__)

    def is_somebodys(self, visit: str) -> Rows:
        return [(1,)] if any(visit in theirs for theirs in self._persons.values()) else []

    def insert_settlement(self, setl_id: str, visit: str, seq: int) -> Rows:
        return self._put(self._settlements.setdefault(setl_id, {}), visit, seq)

    def visits_of_settlement(self, setl_id: str) -> Rows:
        return _newest_first(self._settlements.get(setl_id, {}))

    # --- intents -----------------------------------------------------------------------------

    def insert_intent(self, *row: Any) -> Rows:
        return self._put(self._intents, row[0], row)

    def answer_intent(self, standing: str, visit: str, kind: str, msgid: str) -> Rows:
        for row in tuple(self._intents.values()):
            if row[1:4] == (visit, kind, msgid):
                self._stands(row, standing)
        return _NONE

    def end_intent(self, standing: str, visit: str, kind: str) -> Rows:
        for row in tuple(self._intents.values()):
            if row[1:3] == (visit, kind):
                self._stands(row, standing)
        return _NONE

    def standing(self) -> Rows:
        return self._intended([row for row in self._intents.values() if row[4] != _ENDED])

    def standing_as(self, standing: str) -> Rows:
        wanted = [row for row in self._intents.values() if row[4] == standing != _ENDED]
        return self._intended(wanted)

    def standing_of(self, visit: str) -> Rows:
        own = [row for row in self._intents.values() if row[1] == visit and row[4] != _ENDED]
        return self._intended(own)

    def settling(self) -> Rows:
        rows = self._intents.values()
        return [(row[1],) for row in rows if row[4] != _ENDED and row[2] in _SETTLING]

    def visits_of_msgid(self, msgid: str) -> Rows:
        rows = self._intents.values()
        return [(row[1],) for row in rows if row[3] == msgid and row[2] in _SETTLING]

    def _stands(self, row: Row, standing: str) -> None:
        if row[4] != _ENDED:
            self._intents[row[0]] = (*row[:4], standing)
            self._undo.append(lambda: self._intents.__setitem__(row[0], row))

    def _intended(self, intents: Rows) -> Rows:
        wanted = {row[0] for row in intents}
        visits = dict.fromkeys(row[1] for row in intents)
        rows = (row[:5] for visit in visits for row in self._of_visit[visit] if row[0] in wanted)
        return sorted(rows, key=_SEQ)

    # --- msgids, codes -----------------------------------------------------------------------

    def lease(self) -> Rows:
        return [] if self._lease is None else [(self._lease,)]

    def set_lease(self, up_to: str) -> Rows:
        self._keep("_lease")
        self._lease = up_to
        return _NONE

    def codes_key(self) -> Rows:
        return [(self._key,)]

    def code_used(self, mark: bytes, since: str) -> Rows:
        return [(1,)] if self._codes.get(mark, "") > since else []

    def forget_codes(self, until: str) -> Rows:
        self._keep("_codes")
        self._codes = {mark: at for mark, at in self._codes.items() if at > until}
        return _NONE

    def forget_code(self, mark: bytes) -> Rows:
        self._keep("_codes")
        self._codes = {other: at for other, at in self._codes.items() if other != mark}
        return _NONE

    def use_code(self, mark: bytes, at: str) -> Rows:
        return self._put(self._codes, mark, at)

    # --- all ---------------------------------------------------------------------------------

    def _put(self, table: dict[Any, Any], key: Any, value: object) -> Rows:
        """A row that is there stays as it is."""
        if key not in table:
            table[key] = value
            self._undo.append(lambda: table.pop(key))
        return _NONE

    def _keep(self, name: str) -> None:
        before = getattr(self, name)
        self._undo.append(lambda: setattr(self, name, before))

    def _in_order(self, visits: Mapping[str, object], place: Callable[[str], Any]) -> Rows:
        return [(visit,) for visit in sorted(visits, key=place)]


def _newest_first(visits: Mapping[str, int]) -> Rows:
    return [(visit,) for visit in sorted(visits, key=visits.__getitem__, reverse=True)]


_ENDED = "ended"
_SETTLING = ("Submitted", "CancelSubmitted", "Torn")
_READ = "SELECT seq, at, visit, kind, body FROM entries"
_LINKS = "SELECT seq, at, visit, kind, body, prev, hash FROM entries"
_INTENDED = f"{_READ} WHERE seq IN (SELECT seq FROM intents WHERE"
_STATEMENTS: Mapping[str, Callable[..., Rows]] = {
    "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)": Tables.insert_entry,
    f"{_READ} WHERE visit = ? ORDER BY seq": Tables.entries_of,
    f"{_READ} WHERE visit = ? AND seq > ? ORDER BY seq": Tables.entries_after,
    f"{_LINKS} ORDER BY seq": Tables.links,
    f"{_LINKS} WHERE visit = ? ORDER BY seq": Tables.links_of,
    "SELECT seq, hash FROM head": Tables.head,
    "UPDATE head SET seq = ?, hash = ?": Tables.set_head,
    "INSERT INTO visits VALUES (?, ?, ?) ON CONFLICT (visit) DO NOTHING": Tables.insert_visit,
    "INSERT INTO open_visits VALUES (?) ON CONFLICT (visit) DO NOTHING": Tables.insert_open,
    "DELETE FROM open_visits WHERE visit = ?": Tables.drop_open,
    "SELECT visit FROM visits NATURAL JOIN open_visits ORDER BY seq": Tables.open_visits,
    "SELECT visit FROM visits ORDER BY day, seq": Tables.visits,
    "SELECT visit FROM visits WHERE day = ? ORDER BY seq": Tables.visits_of_day,
    "SELECT visit FROM visits WHERE visit IN (SELECT visit FROM entries WHERE seq >"
    " coalesce((SELECT seq FROM entries WHERE at < ? ORDER BY seq DESC LIMIT 1), 0))"
    " ORDER BY day, seq": Tables.visits_since,
    "INSERT INTO bills VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING": Tables.insert_bill,
    "SELECT visit FROM bills WHERE bill_no = ? AND revision = ? ORDER BY seq DESC": (
        Tables.visits_of_bill
    ),
    "SELECT DISTINCT visit FROM bills WHERE bill_no = ? ORDER BY seq DESC": (
        Tables.visits_of_any_revision
    ),
    "SELECT visit FROM intents WHERE standing <> 'ended'"
    " AND kind IN ('Submitted', 'CancelSubmitted', 'Torn') ORDER BY seq": Tables.settling,
    "INSERT INTO visit_numbers VALUES (?, ?, ?) ON CONFLICT DO NOTHING": Tables.insert_number,
    "SELECT visit FROM visit_numbers WHERE visit_no = ? ORDER BY seq DESC": (
        Tables.visits_of_number
    ),
    "INSERT INTO persons VALUES (?, ?, ?) ON CONFLICT DO NOTHING": Tables.insert_person,
    "SELECT visit FROM visits WHERE day >= ?"
    " AND visit IN (SELECT visit FROM persons WHERE number IN (?, ?)) ORDER BY day, seq": (
        Tables.visits_of_person
    ),
    "SELECT 1 FROM persons WHERE visit = ?": Tables.is_somebodys,
    "INSERT INTO settlements VALUES (?, ?, ?) ON CONFLICT DO NOTHING": Tables.insert_settlement,
    "SELECT visit FROM settlements WHERE setl_id = ? ORDER BY seq DESC": (
        Tables.visits_of_settlement
    ),
    "INSERT INTO intents VALUES (?, ?, ?, ?, ?)": Tables.insert_intent,
    "UPDATE intents SET standing = ? WHERE visit = ? AND kind = ? AND msgid = ? "
    "AND standing <> 'ended'": Tables.answer_intent,
    "UPDATE intents SET standing = ? WHERE visit = ? AND kind = ? AND standing <> 'ended'": (
        Tables.end_intent
    ),
    f"{_INTENDED} standing <> 'ended') ORDER BY seq": Tables.standing,
    f"{_INTENDED} standing = ? AND standing <> 'ended') ORDER BY seq": Tables.standing_as,
    f"{_INTENDED} visit = ? AND standing <> 'ended') ORDER BY seq": Tables.standing_of,
    "SELECT visit FROM intents WHERE msgid = ? AND kind IN ('Submitted', 'CancelSubmitted', 'Torn')": (
        Tables.visits_of_msgid
    ),
    "SELECT up_to FROM msgid_lease": Tables.lease,
    "INSERT OR REPLACE INTO msgid_lease VALUES (1, ?)": Tables.set_lease,
    "SELECT key FROM used_codes_key": Tables.codes_key,
    "SELECT 1 FROM used_codes WHERE mark = ? AND at > ?": Tables.code_used,
    "DELETE FROM used_codes WHERE at <= ?": Tables.forget_codes,
    "DELETE FROM used_codes WHERE mark = ?": Tables.forget_code,
    "INSERT INTO used_codes VALUES (?, ?)": Tables.use_code,
}
