"""What every version of the social security card costs at least, in APDUs (cards.md A3).

With hindsight: as if it were known before what the card is, and how it wants to be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.rig.virtual_card import (
    ATR_CONTACTLESS,
    ATR_T1,
    CardDescription,
    social_security_card,
    third_generation_card,
)

SELECT, ISSUER, HOLDER = 1, 5, 5
"""The application; the records of EF05 and EF06 that the desk uses."""
CHALLENGES, PROVED, OPENED = 4, 1, 1
"""Random numbers, the card's proof, the module's."""
ANNOUNCED = 1
"""T=0 fetches what came with a command that carried data by GET RESPONSE."""
WHOLE = SELECT + ISSUER + HOLDER
BY_MODULE = WHOLE + CHALLENGES + PROVED + OPENED


@dataclass(frozen=True, slots=True)
class Version:
    """A card, and the fewest APDUs that read of it what it gives."""

    name: str
    make: Callable[..., CardDescription]
    least: int
    behaviour: Mapping[str, Any] = field(default_factory=dict)
    module: bool = False
    """A security module opens it."""

    def card(self, **person: str) -> CardDescription:
        made = self.make(**person, **self.behaviour)
        if self.name.endswith("4E"):
            del made.files["ef06"]["4e"]
        return made


_T1 = {"t0": False, "atr": ATR_T1}
_CONTACTLESS = {"t0": False, "atr": ATR_CONTACTLESS}
VERSIONS = (
    Version("1.0", social_security_card, WHOLE, {"version": "1.00"}),
    Version("2.0 T=0", social_security_card, WHOLE),
    Version("2.0 T=1", social_security_card, WHOLE, _T1),
    Version("2.0 contactless", social_security_card, WHOLE, _CONTACTLESS),
    Version("2.0 without 4E", social_security_card, WHOLE),
    Version(
        "2.0 announcing every record",
        social_security_card,
        WHOLE + ISSUER + HOLDER,
        {"reads_by_get_response": True},
    ),
    Version("2.0 without short file ids", social_security_card, WHOLE + 2, {"short_ids": False}),
    Version("3.0 alone T=0", third_generation_card, SELECT + ISSUER + 1),
    Version("3.0 alone T=1", third_generation_card, SELECT + ISSUER + 1, _T1),
    Version("3.0 by module T=0", third_generation_card, BY_MODULE + 2 * ANNOUNCED, module=True),
    Version("3.0 by module T=1", third_generation_card, BY_MODULE, _T1, module=True),
    Version("3.0 by module contactless", third_generation_card, BY_MODULE, _CONTACTLESS, True),
    Version(
        "3.0 by module without short file ids",
        third_generation_card,
        BY_MODULE + 2 * ANNOUNCED + 2,
        {"short_ids": False},
        module=True,
    ),
)
