"""The agreement institutions beside the practice desk's own: another one is another entry.

The first three are the pilots of Jining (S0-05). Their names stand in seed 000; its levels are
DEMO, for the seed gives none, and so are all codes and the hospitals of Changsha.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop.sandbox.model import Institution

FILE = Path(__file__).parents[1] / "data" / "institutions.json"


def read_institutions(path: Path = FILE) -> tuple[Institution, ...]:
    """Raises :class:`msgspec.ValidationError`, which names the place, for a faulty entry."""
    return msgspec.json.decode(path.read_bytes(), type=tuple[Institution, ...])
