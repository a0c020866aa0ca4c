"""Every data file that the platform starts with: a bad one is refused with its place (README)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from desktop.sandbox.bad_data import BadData
from desktop.sandbox.care_place.audit_files import read_audits
from desktop.sandbox.care_place.catalogue import read_catalogue
from desktop.sandbox.care_place.registry import read_institutions
from desktop.sandbox.control.town import town
from desktop.sandbox.data_check import DATA, check_data

Read = Callable[[Path], object]
READ: dict[str, Read] = {
    "audit.toml": lambda folder: read_audits(folder / "audit.toml"),
    "catalogue.csv": read_catalogue,
    "catalogue_limits.csv": read_catalogue,
    "catalogue_shares.csv": read_catalogue,
    "chronic_in_province.csv": check_data,
    "diagnoses.csv": check_data,
    "dictionaries.json": check_data,
    "fields.json": check_data,
    "institutions.json": lambda folder: read_institutions(folder / "institutions.json"),
    "town.json": lambda folder: town(folder / "town.json"),
}
"""How each is read when the platform starts."""


def place_of(folder: Path, file: str, content: bytes) -> str:
    """Where the platform says that the file is wrong."""
    copytree(DATA, folder)
    (folder / file).write_bytes(content)
    with pytest.raises(BadData) as bad:
        READ[file](folder)
    assert bad.value.why
    return bad.value.place


def test_every_file_of_the_folder_is_looked_at(tmp_path: Path) -> None:
    assert {path.name for path in DATA.iterdir()} == {*READ, "README.md"}
    for read in READ.values():
        read(DATA)


@pytest.mark.parametrize("file", sorted(READ))
@pytest.mark.parametrize("content", [b"\xff\xfe", b"[{", b'{"a": 1}'])
def test_what_is_no_such_file_is_named(tmp_path: Path, file: str, content: bytes) -> None:
    assert place_of(tmp_path / "data", file, content).startswith(file)


EDITS = [
    ("town.json", '"gend": "1"', '"gend": "7"', r"[0].gend"),
    ("town.json", '"name":', '"nmae":', "[0]"),
    ("institutions.json", '"level": 2', '"level": 4', "[0].level"),
    ("institutions.json", '"area": "370800"', '"area": "3708"', "[0].area"),
    ("institutions.json", '"level": 2', '"level": 2, "suspnded": true', "[0]"),
    ("institutions.json", "H37080000002", "H37080000001", "H37080000001"),
    ("dictionaries.json", '"普通门诊"', "1", "med_type: [...]"),
    ("dictionaries.json", '"TRUM_FLAG"', '"TRAUMA"', "TRUM_FLAG"),
    ("fields.json", '"2207": {', '"2207X": {', "2207"),
    ("fields.json", '"longest":', '"longst":', None),
    ("fields.json", '"codes": ["', '"codes": ["no-', None),
    ("catalogue.csv", "code,name", "code,nmae", "columns"),
    ("catalogue.csv", ",09,0.0000,,0,,", ",09,0.0000,,0,,,", "row 1"),
    ("catalogue.csv", ",09,0.0000,,0,,", ",15,0.0000,,0,,", "row 1"),
    ("catalogue.csv", ",09,0.0000,,0,,", ",09,0.0000,,no,,", "row 1"),
    ("catalogue.csv", "XJ01DCA002A001010100002", "XJ01CAA001A001010100001", None),
    ("catalogue_limits.csv", ",430200,", ",changsha,", "row 3"),
    ("catalogue_limits.csv", "2022-12-31,20.000000", "2022-12-31,-20.000000", "row 1"),
    ("catalogue_shares.csv", ",0.3000", ",3.0", "row 1"),
    ("diagnoses.csv", "A09.901,", ",", "row 1"),
    ("diagnoses.csv", "A09.901,", "A09.901", "row 1"),
    ("chronic_in_province.csv", "M99101,", "M99101,,", "row 1"),
]


@pytest.mark.parametrize(("file", "old", "new", "place"), EDITS)
def test_the_place_in_the_file_is_named(
    tmp_path: Path, file: str, old: str, new: str, place: str | None
) -> None:
    text = (DATA / file).read_text(encoding="utf-8")
    assert old in text
    found = place_of(tmp_path / "data", file, text.replace(old, new, 1).encode())
    assert found.startswith(f"{file}: ")
    assert place is None or found == f"{file}: {place}"
