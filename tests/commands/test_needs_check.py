"""Exit 12: booked, but what the platform told of it does not hold (visit.md B31)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.commands.careless import Edit, careless
from tests.commands.desk import SHAPE, CommandDesk, bill_of
from tests.rig.kuasheng import kuasheng


def _setlinfo(**values: object) -> Edit:
    def edit(tree: dict[str, Any]) -> None:
        tree["output"]["setlinfo"].update(values)

    return edit


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (_setlinfo(psn_part_amt="0.01"), "split-does-not-add-up"),
        (_setlinfo(psn_cash_pay=None), "cash-not-told"),
    ],
    ids=["C2 and C3", "no cash"],
)
def test_settled_needs_check(
    desk: CommandDesk, person: Mapping[str, Any], edit: Edit, code: str
) -> None:
    """Amounts and setl_id are told, and no slip is written."""
    slip = desk.folder / "slip.pdf"
    who = ("--id", person["certno"], "--charges", desk.charges(bill_of(person)))
    with careless(desk.platform.url, "2207", edit) as url:
        place = ("--profile", desk.profile, "--platform", url, "--json")
        ran = kuasheng("settle", *who, "--receipt", slip, *place)
    assert tuple(ran.body) == SHAPE
    assert (ran.exit, ran.body["state"], ran.codes[0]) == (12, "needs-check", code)
    (booked,) = desk.platform.settlements(person["certno"])
    assert ran.body["setl_id"] == booked["setl_id"]
    assert ran.body["amounts"]["medfee_sumamt"] == "600.00"
    assert ran.body["receipt"] is None
    assert not slip.exists()
    again = kuasheng("settle", *who, *desk.place, "--json")
    assert (again.exit, again.codes) == (12, ["already-settled", code])
