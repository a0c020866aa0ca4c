"""``kuasheng identity`` and who stands in for a patient, on the command line (S1-24)."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from desktop.commands.identity import as_csv
from tests.commands.desk import CommandDesk
from tests.rig.kuasheng import kuasheng
from tests.rig.town import townsman
from tests.services.counter import bill_of

CHILD = townsman(19)
MOTHER = townsman(2)
IN_THE_PLACE = (
    "--stand-in-name", MOTHER["name"], "--stand-in-number", MOTHER["certno"],
    "--stand-in-relation", "parent",
)  # fmt: skip


@pytest.mark.req("S1-24")
def test_the_list_of_the_year_names_who_when_and_how_masked(desk: CommandDesk) -> None:
    """As JSON and as a CSV that Excel opens; nobody's name or number is whole (house rule 8)."""
    by = ("--identity-checked-by", "0007", "--identity-way", "pin")
    assert desk.settle(bill_of(townsman(0)), *by).exit == 0
    child = bill_of(CHILD, bill_no="B0002", visit_no="V0002")
    assert desk.settle(child, *IN_THE_PLACE, "--identity-checked-by", "0008").exit == 0
    file = desk.folder / "checks.csv"
    ran = kuasheng("identity", "--csv", file, *desk.place, "--json")
    assert (ran.exit, ran.body["counts"]) == (0, {"passed": 2, "failed": 0, "doubted": 0})
    assert ran.body["file"] == str(file)
    first, second = ran.body["items"]
    assert (first["operator"], first["way"], first["name"]) == ("0007", "pin", "孔*和")
    assert (second["way"], second["relation"]) == ("stand-in", "parent")
    assert (second["stand_in_name"], second["id_number"]) == ("曾*满", "990000********1410")
    assert second["setl_id"]
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert [row["核对方式"] for row in rows] == ["社保卡密码", "人工核对代办人与证件"]
    assert rows[1]["与患者关系"] == "父母"
    whole = (CHILD["name"], CHILD["certno"], MOTHER["name"], MOTHER["certno"])
    assert not any(told in file.read_text("utf-8-sig") for told in whole)
    assert file.stat().st_mode & 0o077 == 0


def test_a_period_without_checks(desk: CommandDesk) -> None:
    period = ("--from", "2020-01-01", "--to", "2020-12-31")
    ran = kuasheng("identity", *period, *desk.place, "--json")
    assert (ran.exit, ran.body["items"], ran.body["file"]) == (0, [], None)
    assert (ran.body["from"], ran.body["to"]) == ("2020-01-01", "2020-12-31")


def test_a_list_that_cannot_be_written_is_told(desk: CommandDesk) -> None:
    ran = kuasheng("identity", "--csv", desk.folder / "no" / "f.csv", *desk.place, "--json")
    assert (ran.exit, ran.body["file"]) == (1, None)


def test_no_cell_is_a_formula_and_a_problem_is_told_in_words() -> None:
    keys = (
        "at operator way verdict reason name id_number area insurance credential "
        "stand_in_name stand_in_number relation bill_no setl_id"
    )
    row = dict.fromkeys(keys.split(), "")
    row.update(bill_no="=1+1", reason="face-refused", verdict="failed")
    text = as_csv([row]).decode("utf-8-sig")
    assert ",'=1+1," in text
    assert "人脸认证没有通过" in text


def test_who_stands_in_is_told_on_standard_input(desk: CommandDesk) -> None:
    """Where secrets stay off the process list."""
    told: dict[str, Any] = {
        "kind": "02", "number": CHILD["certno"],
        "stand_in": {"name": "曾小满", "number": MOTHER["certno"], "relation": "parent"},
    }  # fmt: skip
    ran = desk.settle(
        bill_of(CHILD), "--credential-stdin", "--identity-checked-by", "1", typed=json.dumps(told)
    )
    assert (ran.exit, ran.codes) == (0, [])
    (item,) = kuasheng("identity", *desk.place, "--json").body["items"]
    assert item["relation"] == "parent"


@pytest.mark.parametrize(
    ("stand_in", "part"),
    [
        ({"name": "", "number": MOTHER["certno"], "relation": "parent"}, "姓名"),
        ({"name": "曾", "number": "1", "relation": "parent"}, "证件号"),
        ({"name": "曾", "number": MOTHER["certno"], "relation": "friend"}, "关系"),
        ("曾小满", "姓名、证件号、关系"),
    ],
)
def test_half_a_stand_in_is_wrong_usage(desk: CommandDesk, stand_in: object, part: str) -> None:
    told = {"kind": "02", "number": CHILD["certno"], "stand_in": stand_in}
    ran = desk.settle(bill_of(CHILD), "--credential-stdin", typed=json.dumps(told))
    assert (ran.exit, ran.codes) == (2, ["stand-in-invalid"])
    assert part in ran.body["problems"][0]["message"]
    assert desk.platform.settlements() == []
