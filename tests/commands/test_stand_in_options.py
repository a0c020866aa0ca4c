"""Who stands in, from options or standard input; and the list of checks in this process."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from desktop.__main__ import main
from desktop.app import open_journal
from desktop.commands.result import WrongUsage
from desktop.commands.stand_in_options import add_stand_in, stand_in_of, told_on_command_line
from desktop.domain.identity import CheckWay, Document, Relation, StandIn
from desktop.domain.notes import IdentityChecked, StandInNamed
from desktop.ledger.journal import VisitId
from desktop.profile import find_profile, held
from desktop.settings import load
from tests.ledger.samples import MOMENT

MOTHER = "990000199005201064"


def parsed(*options: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_stand_in(parser)
    return parser.parse_args(options)


def test_options_name_who_stands_in() -> None:
    told = parsed(
        "--stand-in-name", " 曾小满 ", "--stand-in-number", MOTHER, "--stand-in-relation", "parent"
    )
    assert told_on_command_line(told)
    assert stand_in_of(told, "") == StandIn("曾小满", Document.ID_CARD, MOTHER, Relation.PARENT)


def test_nobody_stands_in_where_nobody_is_told() -> None:
    for typed in ("", "[]", "not json", '{"kind":"02"}'):
        assert stand_in_of(parsed(), typed) is None
    assert not told_on_command_line(parsed())


@pytest.mark.parametrize(
    ("stand_in", "part"),
    [
        ({"name": "曾", "number": "1", "relation": "parent"}, "证件号"),
        ({"name": "曾", "number": MOTHER, "relation": "friend"}, "关系"),
        ({"number": MOTHER}, "姓名、关系"),
        (7, "姓名、证件号、关系"),
    ],
)
def test_every_part_that_is_missing_is_named(stand_in: object, part: str) -> None:
    with pytest.raises(WrongUsage) as wrong:
        stand_in_of(parsed(), json.dumps({"stand_in": stand_in}))
    (problem,) = wrong.value.problems
    assert problem.detail == part


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Three checks of the second of May 2023, of a visit whose person is not known yet."""
    home = tmp_path / "profile"
    home.mkdir()
    mother = StandIn("曾小满", Document.ID_CARD, MOTHER, Relation.PARENT)
    entries = (
        StandInNamed(mother, "0007"),
        IdentityChecked("0007", CheckWay.STAND_IN, MOMENT),
        IdentityChecked("0007", CheckWay.FACE, MOMENT, passed=False, evidence="face-refused"),
    )
    with (
        held(find_profile(str(home)), "test") as found,
        open_journal(found, load(found.settings_file)) as journal,
    ):
        journal.append(VisitId("v1"), entries, MOMENT)
        journal.append(VisitId("v2"), (IdentityChecked("0008", CheckWay.LOOKED, MOMENT),), MOMENT)
    return home


DAY = ("--from", "2023-05-02", "--to", "2023-05-02")


def test_the_list_in_words_and_as_a_file(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "checks.csv"
    assert main(["identity", *DAY, "--csv", str(file), "--profile", str(profile)]) == 0
    told = capsys.readouterr()
    assert "2023-05-02 至 2023-05-02 的人证核对：相符 2，没有做成 1，人证不符 0" in told.err
    body = json.loads(told.out)
    assert [row["verdict"] for row in body["items"]] == ["passed", "failed", "passed"]
    assert body["items"][0]["stand_in_name"] == "曾*满"
    assert (body["items"][0]["name"], body["items"][2]["stand_in_name"]) == ("", "")
    assert "人脸认证没有通过" in file.read_text("utf-8-sig")


def test_without_a_file_and_without_days(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["identity", "--json", "--profile", str(profile)]) == 0
    body = json.loads(capsys.readouterr().out)
    assert (body["items"], body["file"]) == ([], None)
    assert body["from"].endswith("-01-01")


def test_a_folder_that_is_not_there(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = profile / "no" / "list.csv"
    assert main(["identity", *DAY, "--csv", str(target), "--profile", str(profile)]) == 1
    assert "文件夹不见了" in capsys.readouterr().err
