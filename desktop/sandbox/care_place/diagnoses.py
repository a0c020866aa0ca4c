"""What the care place's code tables name: diagnoses (1307), diseases settled in-province (1309)."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from desktop.sandbox.data_files import CsvRow, each_row

DIAGNOSES: Final = "diagnoses.csv"
IN_PROVINCE: Final = "chronic_in_province.csv"
_DATA: Final = Path(__file__).parent.parent / "data"


class Disease(NamedTuple):
    """门诊慢特病 that a province settles within itself only (S2-13); DEMO codes."""

    area: str
    code: str
    name: str


def read_diagnoses(path: Path = _DATA / DIAGNOSES) -> tuple[tuple[str, str], ...]:
    """Code and name of each: a small part of 医保版 ICD-10; raises ``BadData``."""
    return tuple(
        each_row(path, ("code", "name"), lambda row: (_text(row, "code"), _text(row, "name")))
    )


def read_diseases(path: Path = _DATA / IN_PROVINCE) -> tuple[Disease, ...]:
    """Those of every province; raises ``BadData``."""
    return tuple(
        each_row(path, Disease._fields, lambda row: Disease(*(_text(row, name) for name in row)))
    )


def read_in_province(province: str) -> tuple[tuple[str, str], ...]:
    """Code and name of what that province settles within itself."""
    return tuple((each.code, each.name) for each in read_diseases() if each.area == province)


def _text(row: CsvRow, column: str) -> str:
    if not row[column]:
        raise ValueError(f"{column} is empty")
    return row[column]
