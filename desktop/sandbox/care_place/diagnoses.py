"""Diagnoses that the practice platform names (1307): a small part of 医保版 ICD-10."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent.parent / "data" / "diagnoses.csv"


def read_diagnoses(path: Path = FILE) -> tuple[tuple[str, str], ...]:
    """Code and name of each."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple((row["code"], row["name"]) for row in csv.DictReader(lines))
