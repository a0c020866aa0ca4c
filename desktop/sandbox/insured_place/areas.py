"""How the insured areas behave at the start, by their files."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.sandbox.insured_place.policy import Policies
from desktop.sandbox.model import Area


def starting_areas(policies: Policies) -> Iterator[tuple[str, Area]]:
    """By area code; ``9901xx`` stands for itself and its parts as 990100."""
    for place in policies.places:
        for pattern in place.areas:
            yield (
                pattern.replace("x", "0"),
                Area(
                    connected=place.connected,
                    pooled=place.pooled,
                    real_account=place.real_account,
                ),
            )
