"""The longer of the statements that the journal makes."""

from __future__ import annotations

SELECT_READ = "SELECT seq, at, visit, kind, body FROM entries"
SELECT_LINKS = "SELECT seq, at, visit, kind, body, prev, hash FROM entries"
INSERT = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)"
SINCE = (
    "SELECT visit FROM visits WHERE visit IN (SELECT visit FROM entries WHERE seq >"
    " coalesce((SELECT seq FROM entries WHERE at < ? ORDER BY seq DESC LIMIT 1), 0))"
    " ORDER BY day, seq"
)
RESERVE = "INSERT OR REPLACE INTO msgid_lease VALUES (1, ?)"
OF_STANDING = (
    "WHERE seq IN (SELECT seq FROM intents WHERE standing = ? AND standing <> 'ended') ORDER BY seq"
)
_OF_A_SETTLEMENT = " AND kind IN ('Submitted', 'CancelSubmitted', 'Torn')"
_INTENTS = "SELECT visit FROM intents WHERE"
SETTLING = f"{_INTENTS} standing <> 'ended'{_OF_A_SETTLEMENT} ORDER BY seq"
OF_MSGID = f"{_INTENTS} msgid = ?{_OF_A_SETTLEMENT}"
OF_ANY_STANDING = "WHERE seq IN (SELECT seq FROM intents WHERE standing <> 'ended') ORDER BY seq"
STANDING_OF_VISIT = (
    "WHERE seq IN (SELECT seq FROM intents WHERE visit = ? AND standing <> 'ended') ORDER BY seq"
)
OF_PERSON = (
    "SELECT visit FROM visits WHERE day >= ?"
    " AND visit IN (SELECT visit FROM persons WHERE number IN (?, ?)) ORDER BY day, seq"
)
