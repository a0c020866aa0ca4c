"""The agreement institutions beside the practice desk's own: another one is another entry.

The first three are the pilots of Jining (S0-05). Their names stand in seed 000; its levels are
DEMO, for the seed gives none, and so are all codes and the hospitals of Changsha.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop.sandbox.data_files import decoded, refuse_twins
from desktop.sandbox.model import Institution

FILE = Path(__file__).parents[1] / "data" / "institutions.json"


class _Entry(Institution, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As it stands in the file, where no key may be written wrongly."""


def read_institutions(path: Path = FILE) -> tuple[Institution, ...]:
    """Raises ``BadData``, which names the place, for a faulty entry."""
    entries = decoded(path, tuple[_Entry, ...])
    refuse_twins(path.name, (entry.code for entry in entries))
    return tuple(Institution(**msgspec.structs.asdict(entry)) for entry in entries)
