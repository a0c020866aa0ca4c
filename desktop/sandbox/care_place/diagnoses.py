"""What the care place's code tables name: diagnoses (1307), diseases settled in-province (1309)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parent.parent / "data"


def read_diagnoses(path: Path = _DATA / "diagnoses.csv") -> tuple[tuple[str, str], ...]:
    """Code and name of each: a small part of 医保版 ICD-10."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple((row["code"], row["name"]) for row in csv.DictReader(lines))


def read_in_province(
    province: str, path: Path = _DATA / "chronic_in_province.csv"
) -> tuple[tuple[str, str], ...]:
    """门诊慢特病 that a province settles within itself only (S2-13); DEMO codes."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return tuple((row["code"], row["name"]) for row in rows if row["area"] == province)
