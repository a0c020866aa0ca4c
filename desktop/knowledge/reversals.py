"""What a refusal of 2601 says of the transaction that was to be undone (``reversals.toml``).

Only "no such transaction" may count as not found, and only after the site's ``settle_horizon``;
a text that nothing knows decides nothing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class NotReversed(StrEnum):
    """Why a 2601 was refused."""

    NO_SUCH_TRANSACTION = "no-such-transaction"
    """Not booked, so far."""
    REFUNDED = "refunded"
    """Booked once, undone by 2208."""
    REVERSED = "reversed"
    """Booked once, undone by an earlier 2601."""
    NOT_OPEN = "not-open"
    """2601 is not offered for it: ask otherwise."""
    UNRECOGNISED = "unrecognised"


@dataclass(frozen=True, slots=True)
class Reversals:
    """The patterns in the order in which they are tried."""

    patterns: tuple[tuple[re.Pattern[str], NotReversed], ...]

    def why(self, text: str) -> NotReversed:
        """What the platform's own words of a refused 2601 mean."""
        known = (why for pattern, why in self.patterns if pattern.search(text))
        return next(known, NotReversed.UNRECOGNISED)


@cache
def load_reversals() -> Reversals:
    """The patterns that came with the program."""
    source = Path(__file__).with_name("reversals.toml")
    return read_reversals(source.read_text(encoding="utf-8"))


def read_reversals(toml: str) -> Reversals:
    """Read ``[[refusal]]`` tables with ``why`` and ``patterns``.

    Raises :class:`ValueError` or :class:`re.error` for a file that cannot be trusted.
    """
    tables = tomllib.loads(toml).get("refusal", [])
    try:
        return Reversals(
            tuple(
                (re.compile(pattern), NotReversed(table["why"]))
                for table in tables
                for pattern in table["patterns"]
            )
        )
    except (KeyError, TypeError) as error:
        raise ValueError("a refusal has 'why' and 'patterns'") from error
