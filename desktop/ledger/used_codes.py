"""E-voucher codes that were spent at this desk (B03): a keyed hash of each, for a day.

The key is made with the journal and lies in it, encrypted like everything there.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.ledger.database import Database
from desktop.ledger.errors import JournalDamaged

KEPT = timedelta(days=1)


def use(database: Database, code: str, at: datetime) -> bool:
    """Write down that the code is used from now on; False when it was within a day before ``at``.

    Durable when it returns. Raises ``JournalWriteFailed``.
    """
    mark, since = _mark(database, code), (at - KEPT).isoformat(timespec="seconds")
    if database.one("SELECT 1 FROM used_codes WHERE mark = ? AND at > ?", mark, since):
        return False
    with database.transaction() as execute:
        execute("DELETE FROM used_codes WHERE at <= ?", (since,))
        execute("INSERT INTO used_codes VALUES (?, ?)", (mark, at.isoformat(timespec="seconds")))
    return True


def forget(database: Database, code: str) -> None:
    """The code may be used again: it surely reached nobody. Raises ``JournalWriteFailed``."""
    mark = _mark(database, code)
    with database.transaction() as execute:
        execute("DELETE FROM used_codes WHERE mark = ?", (mark,))


def _mark(database: Database, code: str) -> bytes:
    import hmac

    row = database.one("SELECT key FROM used_codes_key")
    if row is None:
        raise JournalDamaged("没有医保码标记的密钥")
    return hmac.digest(row[0], code.encode(), "sha256")
