"""The 44 worked examples through ``kuasheng settle`` and real HTTP, to the fen.

Some of them are processes of their own; for the others the verb runs in this one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rig.bills import BillOf, Item
from tests.rig.examples import Example, examples
from tests.rig.kuasheng import Ran, in_this_process, kuasheng
from tests.rig.practice import Practice

_AS_PROCESS = frozenset(("E01", "E03", "E28", "E42"))
"""A plain one, a second bill of a visit, one over the cap, a family's account."""


@pytest.mark.req("S2-18", "S2-20", "S4-16")
@pytest.mark.parametrize("example", examples(), ids=lambda example: example.id)
def test_worked_example(
    example: Example, platform: Practice, profile: Path, tmp_path: Path
) -> None:
    """S0-18 … S0-24, S2-23, S4-03 … S4-09; the second bill of a visit is E03, family E42."""
    example.prepare(platform)
    if example.paid_before_in_this_visit:
        _absorb_deductible(example, platform, profile, tmp_path)
    ran = _settle(example, example.bill(), platform, profile, tmp_path)
    shown = ran.body["amounts"]
    assert (ran.exit, ran.body["state"]) == (0, "settled"), ran
    assert {name: shown[name] for name in example.expected} == example.expected
    booked = platform.settlements(example.id_number)[-1]
    assert booked["setl_id"] == ran.body["setl_id"]
    assert booked["psn_cash_pay"] == example.expected["psn_cash_pay"]


def _absorb_deductible(example: Example, platform: Practice, profile: Path, tmp_path: Path) -> None:
    """An earlier bill of the same visit, as large as the deductible it took."""
    paid = example.paid_before_in_this_visit
    assert paid is not None
    platform.catalogue("EARLIER", {"name": "先前项目", "class": "01", "kind": "09"})
    whole = example.bill(bill_no="earlier")
    earlier = BillOf(
        whole.name,
        whole.id_number,
        whole.began,
        (Item("EARLIER", "先前项目", paid),),
        bill_no="earlier",
        visit_no=whole.visit_no,
    )
    ran = _settle(example, earlier, platform, profile, tmp_path)
    assert ran.body["amounts"]["act_pay_dedc"] == paid


def _settle(
    example: Example, bill: BillOf, platform: Practice, profile: Path, tmp_path: Path
) -> Ran:
    verb = kuasheng if example.id in _AS_PROCESS else in_this_process
    charges = bill.write(tmp_path / f"{bill.bill_no}.json")
    who = ("--id", example.id_number, "--account", example.account)
    where = ("--profile", profile, "--platform", platform.url, "--json")
    return verb("settle", *who, "--charges", charges, *where)
