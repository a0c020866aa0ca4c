"""The demonstration town: invented people only, each with something to learn."""

from __future__ import annotations

from pathlib import Path

from desktop.sandbox.control.bodies import TownBody
from desktop.sandbox.data_files import decoded, refuse_twins
from desktop.sandbox.model import Institution

FILE = Path(__file__).parents[1] / "data" / "town.json"

HOSPITAL = Institution(code="H43010000001", name="演练医院", area="430100", level=3)
"""The institution that every practice desk is at the start."""


def town(path: Path = FILE) -> tuple[TownBody, ...]:
    """Everybody in the town, as the control surface would give them, with a note each.

    Raises ``BadData``.
    """
    people = decoded(path, tuple[TownBody, ...])
    refuse_twins(path.name, (body.certno for body in people))
    return people
