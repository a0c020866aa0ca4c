"""``kuasheng account``: why less comes into a personal account than before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from desktop.__main__ import main
from tests.commands.desk import CommandDesk, bill_of
from tests.rig.kuasheng import in_this_process, kuasheng

WORKER = ("--area", "370800", "--born", "1980-05-01", "--month", "2024-03-01")
AMOUNTS = ("--contribution-base", "6000.00", "--own-contribution", "120.00")


def told(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert main(("account", *options, "--json")) == 0
    body: dict[str, Any] = json.loads(capsys.readouterr().out)
    return body


@pytest.mark.req("S4-11", "S4-12", "S4-13")
@pytest.mark.req("S4-11", "S4-12", "S4-13", side="platform")
def test_every_step_with_its_sum(capsys: pytest.CaptureFixture[str]) -> None:
    body = told(capsys, *WORKER, *AMOUNTS)
    steps = [(row["since"], row["total"], row["less"]) for row in body["steps"]]
    assert steps == [
        ("2022-01-01", "180.00", None),
        ("2023-01-01", "150.00", "30.00"),
        ("2024-01-01", "120.00", "30.00"),
    ]
    assert "全部计入统筹基金" in body["says"][-1]


def test_a_retired_person_without_amounts(capsys: pytest.CaptureFixture[str]) -> None:
    body = told(capsys, "--area", "370800", "--born", "1950-01-01", "--retired", "2010-01-01")
    assert [row["group"] for row in body["steps"]] == ["retired", "retired"]
    assert [row["total"] for row in body["steps"]] == [None, None]
    assert "以参保地经办机构的数字为准" in body["says"][-1]


@pytest.mark.parametrize(
    "options",
    [
        ("--born", "1980-05-01"),
        ("--area", "3708", "--born", "1980-05-01"),
        ("--area", "370800", "--born", "gestern"),
        (*WORKER, "--contribution-base", "viel"),
    ],
)
def test_a_wrong_question_is_wrong_usage(
    options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(("account", *options))
    assert ended.value.code == 2
    assert capsys.readouterr().err


def test_the_person_of_a_visit(desk: CommandDesk, person: Mapping[str, Any]) -> None:
    """Asked at the window: nothing is typed but which visit it is."""
    desk.settle(bill_of(person))
    (visit,) = kuasheng("visits", *desk.place, "--json").body["items"]
    ran = in_this_process("account", "--visit", visit["visit"], *desk.place)
    assert ran.exit == 0
    assert ran.body["steps"]
    assert ran.body["says"][0] in ran.words
    assert in_this_process("account", "--visit", "nobody", *desk.place).exit == 2
