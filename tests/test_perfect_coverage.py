"""The floor under the named files: falling off it fails, and so does rising unnoticed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.perfect_coverage import Floor, add, fallen, parse_floor, read_coverage, risen

FLOOR = Floor(named=("a/money.py", "a/split.py"), exempt=("a/hardware/*",))


def measured(**gaps: Any) -> dict[str, Any]:
    return {"summary": {"covered_lines": 5, "percent_covered": 90.0}, **gaps}


def coverage_of(folder: Path, files: dict[str, Any]) -> Path:
    file = folder / "coverage.json"
    file.write_text(json.dumps({"files": files, "summary": {"percent_covered": 90.0}}))
    return file


@pytest.mark.parametrize(
    ("gaps", "told"),
    [
        ({"missing_lines": [3, 4]}, "a/split.py: lines [3 4] branches [] not tested"),
        ({"missing_branches": [[3, 0]]}, "a/split.py: lines [] branches [3→exit] not tested"),
    ],
)
def test_a_gap_in_a_named_file_is_told(tmp_path: Path, gaps: dict[str, Any], told: str) -> None:
    file = coverage_of(tmp_path, {"a/money.py": measured(), "a/split.py": measured(**gaps)})
    assert list(fallen(FLOOR, read_coverage(file))) == [told]


def test_a_named_file_must_be_measured(tmp_path: Path) -> None:
    file = coverage_of(tmp_path, {"a/money.py": measured()})
    told = list(fallen(FLOOR, read_coverage(file)))
    assert told == ["a/split.py: named in perfect_coverage.txt, but not measured"]


def test_a_perfect_newcomer_is_told_unless_exempt_or_empty(tmp_path: Path) -> None:
    empty = {"summary": {"covered_lines": 0}}
    files = {
        "a/money.py": measured(),
        "a/person.py": measured(),
        "a/rough.py": measured(missing_lines=[1]),
        "a/hardware/loop.py": measured(),
        "a/__init__.py": empty,
    }
    assert risen(FLOOR, read_coverage(coverage_of(tmp_path, files))) == ["a/person.py"]


def test_update_keeps_comments_and_exemptions_and_sorts(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# why\n~ a/hardware/* # varies\na/split.py\n", encoding="utf-8")
    add(file, ["a/money.py"])
    text = file.read_text(encoding="utf-8")
    assert text == "# why\n~ a/hardware/* # varies\na/money.py\na/split.py\n"
    assert parse_floor(text) == FLOOR
