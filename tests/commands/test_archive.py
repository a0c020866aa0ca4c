"""``kuasheng archive``: every paper found again, and a month of them exported."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any
from zipfile import ZipFile

import pytest

from tests.commands.desk import CommandDesk
from tests.rig.kuasheng import kuasheng
from tests.rig.town import townsman
from tests.services.counter import bill_of

OTHER = townsman(3)


@pytest.fixture
def slips(desk: CommandDesk) -> list[Mapping[str, Any]]:
    """Two persons, each with a slip in a file."""
    people = (townsman(0), OTHER)
    ran = [
        desk.settle(
            bill_of(person, bill_no=f"B{place}", visit_no=f"V{place}"),
            "--receipt",
            desk.folder / f"{place}.pdf",
        )
        for place, person in enumerate(people)
    ]
    return [each.body for each in ran]


def test_papers_are_found_shown_and_exported(
    desk: CommandDesk, slips: list[Mapping[str, Any]]
) -> None:
    listed = kuasheng("archive", "list", *desk.place, "--json")
    assert [row["setl_id"] for row in listed.body["items"]] == [slip["setl_id"] for slip in slips]
    (one,) = kuasheng(
        "archive", "list", "--setl-id", slips[1]["setl_id"], *desk.place, "--json"
    ).body["items"]
    by_person = kuasheng(
        "archive", "list", "--id-stdin", *desk.place, "--json", typed=OTHER["certno"] + "\n"
    )
    assert [row["job"] for row in by_person.body["items"]] == [one["job"]]
    assert (one["form"], one["standing"], one["copies_out"]) == ("F1", "out", 1)
    out = desk.folder / "again.pdf"
    assert kuasheng("archive", "show", one["job"], "--out", out, *desk.place, "--json").exit == 0
    assert out.read_bytes() == (desk.folder / "1.pdf").read_bytes()
    assert out.stat().st_mode & 0o077 == 0
    _exports(desk, slips, one["at"][:7])


def _exports(desk: CommandDesk, slips: list[Mapping[str, Any]], month: str) -> None:
    place = desk.folder / "month.zip"
    export = ("archive", "export", "--month", month, "--out")
    ran = kuasheng(*export, place, *desk.place, "--json")
    assert (ran.exit, ran.body["count"]) == (0, 2)
    with ZipFile(place) as archive:
        told = archive.read("index.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(told)))
        kept = {archive.read(row["文件"]) for row in rows}
    assert [row["结算单号"] for row in rows] == [slip["setl_id"] for slip in slips]
    assert kept == {(desk.folder / f"{place}.pdf").read_bytes() for place in range(2)}
    assert OTHER["name"] not in told
    assert OTHER["certno"] not in told
    folder = desk.folder / "month"
    assert kuasheng(*export, folder, *desk.place, "--json").body["count"] == 2
    assert len(list(folder.glob("*.pdf"))) == 2


def test_what_cannot_be_written_or_is_not_there_is_told(desk: CommandDesk) -> None:
    file = desk.folder / "file"
    file.write_text("", encoding="utf-8")
    missing = kuasheng("archive", "show", "nothing", "--out", file, *desk.place, "--json")
    assert missing.exit == 1
    for place in (file / "folder", file / "a.zip"):
        assert kuasheng("archive", "export", "--out", place, *desk.place, "--json").exit == 1
    assert kuasheng("archive", "list", "--month", "2023-13", *desk.place).exit == 2
    assert kuasheng("archive", "list", "--day", "2020-01-01", *desk.place, "--json").body == {
        "items": []
    }
