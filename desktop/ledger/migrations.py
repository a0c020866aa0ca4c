"""The journal's schema, version by version; ``user_version`` of the file says where it stands.

``entries`` is the journal. Everything else is an index that the same transaction keeps, so that
a question of the desk never reads all entries. A version that has been released is never edited.
"""

from __future__ import annotations

from msgspec import Struct


class Migration(Struct, frozen=True):
    """The statements that lead from ``version - 1`` to ``version``, in one transaction."""

    version: int
    statements: tuple[str, ...]


_ENTRIES = """
CREATE TABLE entries (
    seq   INTEGER PRIMARY KEY,
    at    TEXT NOT NULL,
    visit TEXT NOT NULL,
    kind  TEXT NOT NULL,
    body  BLOB NOT NULL,
    prev  BLOB NOT NULL CHECK (length(prev) = 32),
    hash  BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT
"""

_HEAD = """
CREATE TABLE head (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    seq  INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT
"""

_VISITS = """
CREATE TABLE visits (
    visit TEXT PRIMARY KEY,
    seq   INTEGER NOT NULL REFERENCES entries (seq),
    day   TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""

_BILLS = """
CREATE TABLE bills (
    bill_no  TEXT NOT NULL,
    revision INTEGER NOT NULL,
    visit    TEXT NOT NULL REFERENCES visits (visit),
    seq      INTEGER NOT NULL REFERENCES entries (seq),
    PRIMARY KEY (bill_no, revision, visit)
) STRICT, WITHOUT ROWID
"""

_VISIT_NUMBERS = """
CREATE TABLE visit_numbers (
    visit_no TEXT NOT NULL,
    visit    TEXT NOT NULL REFERENCES visits (visit),
    seq      INTEGER NOT NULL REFERENCES entries (seq),
    PRIMARY KEY (visit_no, visit)
) STRICT, WITHOUT ROWID
"""

_INTENTS = """
CREATE TABLE intents (
    seq      INTEGER PRIMARY KEY REFERENCES entries (seq),
    visit    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    msgid    TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('unanswered', 'unknown', 'ended'))
) STRICT
"""

_LEASE = """
CREATE TABLE msgid_lease (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    up_to TEXT NOT NULL
) STRICT
"""

_OPEN_VISITS = """
CREATE TABLE open_visits (
    visit TEXT PRIMARY KEY REFERENCES visits (visit)
) STRICT, WITHOUT ROWID
"""

_SETTLEMENTS = """
CREATE TABLE settlements (
    setl_id TEXT NOT NULL,
    visit   TEXT NOT NULL REFERENCES visits (visit),
    seq     INTEGER NOT NULL REFERENCES entries (seq),
    PRIMARY KEY (setl_id, visit)
) STRICT, WITHOUT ROWID
"""

_EARLIER_SETTLEMENTS = """
INSERT INTO settlements
SELECT json_extract(CAST(body AS TEXT), '$.settlement.setl_id') AS setl_id, visit, min(seq)
FROM entries
WHERE kind IN ('Settled', 'SettledUnbalanced') AND setl_id IS NOT NULL
GROUP BY setl_id, visit
"""


_USED_CODES = """
CREATE TABLE used_codes (
    mark BLOB PRIMARY KEY CHECK (length(mark) = 32),
    at   TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""

_USED_CODES_KEY = """
CREATE TABLE used_codes_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT
"""

_PAPERS = """
CREATE TABLE papers (
    job     TEXT PRIMARY KEY,
    visit   TEXT NOT NULL,
    form    TEXT NOT NULL,
    title   TEXT NOT NULL,
    setl_id TEXT NOT NULL,
    reprint INTEGER NOT NULL,
    at      TEXT NOT NULL,
    day     TEXT NOT NULL,
    person  BLOB NOT NULL CHECK (length(person) = 32),
    sha256  TEXT NOT NULL CHECK (length(sha256) = 64),
    size    INTEGER NOT NULL,
    packed  BLOB NOT NULL
) STRICT
"""

_PAPERS_KEY = """
CREATE TABLE papers_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT
"""


_PERSONS = """
CREATE TABLE persons (
    number TEXT NOT NULL,
    visit  TEXT NOT NULL REFERENCES visits (visit),
    seq    INTEGER NOT NULL REFERENCES entries (seq),
    PRIMARY KEY (number, visit)
) STRICT, WITHOUT ROWID
"""


def _earlier_persons(number: str) -> str:
    return f"""
INSERT OR IGNORE INTO persons
SELECT json_extract(CAST(body AS TEXT), '$.person.{number}') AS number, visit, min(seq)
FROM entries
WHERE kind = 'PersonIdentified' AND number <> ''
GROUP BY number, visit
"""  # noqa: S608 - names of ours


def _append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


MIGRATIONS = (
    Migration(
        1,
        (
            _ENTRIES,
            "CREATE INDEX entries_by_visit ON entries (visit, seq)",
            _HEAD,
            "INSERT INTO head VALUES (1, 0, zeroblob(32))",
            _VISITS,
            "CREATE INDEX visits_by_day ON visits (day, seq)",
            _BILLS,
            _VISIT_NUMBERS,
            _INTENTS,
            "CREATE INDEX standing_intents ON intents (standing, seq) WHERE standing <> 'ended'",
            "CREATE INDEX intents_by_visit ON intents (visit, kind) WHERE standing <> 'ended'",
            _LEASE,
            *_append_only("entries"),
            *_append_only("visits"),
            *_append_only("bills"),
            *_append_only("visit_numbers"),
        ),
    ),
    Migration(
        2,
        (
            _OPEN_VISITS,
            "INSERT INTO open_visits SELECT visit FROM visits",
            _SETTLEMENTS,
            _EARLIER_SETTLEMENTS,
            *_append_only("settlements"),
        ),
    ),
    Migration(
        3,
        (
            _USED_CODES,
            _USED_CODES_KEY,
            "INSERT INTO used_codes_key VALUES (1, randomblob(32))",
        ),
    ),
    Migration(
        4,
        (
            _PAPERS,
            "CREATE INDEX papers_by_visit ON papers (visit)",
            "CREATE INDEX papers_by_settlement ON papers (setl_id)",
            "CREATE INDEX papers_by_person ON papers (person)",
            "CREATE INDEX papers_by_day ON papers (day)",
            _PAPERS_KEY,
            "INSERT INTO papers_key VALUES (1, randomblob(32))",
            *_append_only("papers"),
        ),
    ),
    Migration(5, ("ALTER TABLE papers ADD COLUMN slip BLOB NOT NULL DEFAULT x''",)),
    Migration(
        6,
        (
            _PERSONS,
            _earlier_persons("psn_no"),
            _earlier_persons("cert_no"),
            *_append_only("persons"),
        ),
    ),
)
"""Every version that was ever released, oldest first."""
