"""``feedetl_sn``: numbers of fee lines, unique within a visit (2204).

Hunan wants digits only, not 0, at most 15; a visit may carry a second bill whose own line numbers
start at 1 again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.domain.identifiers import BatchNo
from desktop.domain.times import CHINA

MOST_LINES: Final = 9_999
_FIRST: Final = datetime(2020, 1, 1, tzinfo=CHINA)


def line_numbers(batch: BatchNo, count: int) -> tuple[str, ...]:
    """A number for each of ``count`` lines of a batch that is named like a msgid.

    Seconds since 2020 (9 digits until 2051), the batch's last two digits, the place (4 digits).
    Raises :class:`ValueError` for more than :data:`MOST_LINES`.
    """
    if count > MOST_LINES:
        raise ValueError(f"a batch holds at most {MOST_LINES} lines")
    second = datetime.fromisoformat(f"{batch[12:20]}T{batch[20:26]}").replace(tzinfo=CHINA)
    stem = f"{int((second - _FIRST).total_seconds()):d}{batch[-2:]}"
    return tuple(f"{stem}{place:04d}" for place in range(1, count + 1))
