"""What every remembered fact of the practice platform is."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

EVER: Final = date(2000, 1, 1)
"""Since when a fact of the catalogue holds that names no day."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A remembered fact; a change is a new row in place of the old."""
