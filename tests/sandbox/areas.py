"""A bench with a stranger's hospital, and people of any insured area."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop.domain.split import Identity, Verdict
from desktop.sandbox import control
from desktop.sandbox import control_bodies as bodies
from desktop.sandbox.insured_place.areas import starting_areas
from desktop.sandbox.town import HOSPITAL
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import POLICIES, Bench, new_bench

ABROAD = replace(
    control.World((), (), HOSPITAL), areas=tuple(starting_areas(POLICIES))
)
SHENZHEN = "H44030000009"
PLACE = "440300"
CERTNO = "990000198001010017"
