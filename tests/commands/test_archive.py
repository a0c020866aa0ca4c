"""``kuasheng archive``: every paper found again, and a month of them exported."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from desktop.__main__ import main
from tests.commands.desk import CommandDesk
from tests.rig.kuasheng import kuasheng
from tests.rig.practice import Practice
from tests.rig.town import townsman
from tests.services.counter import bill_of, counter_at

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


def test_the_verb_itself(
    platform: Practice,
    profile: Path,
    tmp_path: Path,
    person: Mapping[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In this process, every way that it ends."""
    with counter_at(platform, profile, tmp_path) as counter:
        finished = counter.settle(bill_of(person))
        counter.opened.write_receipt(finished, tmp_path / "slip.pdf")

    def ran(*words: object) -> tuple[int, dict[str, Any]]:
        end = main(["archive", *map(str, words), "--profile", str(profile), "--json"])
        return end, json.loads(capsys.readouterr().out or "{}")

    (one,) = ran("list")[1]["items"]
    assert ran("list", "--day", "2020-01-01") == (0, {"items": []})
    monkeypatch.setattr("sys.stdin", io.StringIO(person["certno"] + "\n"))
    assert len(ran("list", "--id-stdin")[1]["items"]) == 1
    assert ran("show", one["job"], "--out", tmp_path / "again.pdf")[0] == 0
    assert ran("show", one["job"], "--out", tmp_path / "no" / "again.pdf")[0] == 1
    assert ran("show", "nothing", "--out", tmp_path / "again.pdf")[0] == 1
    assert ran("export", "--month", one["at"][:7], "--out", tmp_path / "a.zip")[1]["count"] == 1
    assert ran("export", "--out", tmp_path / "folder")[1]["count"] == 1
    assert ran("export", "--out", tmp_path / "slip.pdf")[0] == 1
    with pytest.raises(SystemExit):
        ran("list", "--month", "2023-13")

    def torn(*_arguments: object) -> Iterator[tuple[str, bytes]]:
        yield "a.pdf", b""
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.services.archive.export", torn)
    assert ran("export", "--out", tmp_path / "b.zip")[0] == 1
    assert not list(tmp_path.glob("b.zip*"))
