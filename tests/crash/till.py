"""The cashier's cash steps, in a process that may be killed: what the window does after a settlement.

``main(["SETL_ID", "--profile", …])`` takes what the desk asks for, gives back what it owes, or does
nothing, and says which on stdout. The patient hands over whole notes of a hundred, and gets change.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence

from desktop.app import open_desk
from desktop.domain.identifiers import SetlId
from desktop.domain.money import Money
from desktop.domain.open_work import cash_left
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.ports import Desk
from desktop.services.refund import Refund
from ui.cashier.state import Cash

_NOTE = 10_000


def main(arguments: Sequence[str]) -> int:
    parser = ArgumentParser()
    parser.add_argument("setl_id")
    for option in ("--profile", "--platform"):
        parser.add_argument(option)
    parser.add_argument("--json", action="store_true")
    told = parser.parse_args(arguments)
    with open_desk(told.profile, told.platform, "till") as opened:
        _put_right(opened.desk, opened.journal.visits_of_settlement(SetlId(told.setl_id))[0])
    return 0


def _put_right(desk: Desk, visit: VisitId) -> None:
    """Said before it is written down: then the cash has been moved."""
    record = desk.record(visit)
    left = cash_left(record)
    _say({"asked": left.yuan(), "drawer": _moved(left).yuan()} if left else {"asked": None})
    if left and record.state is State.REVERSED:
        Refund(desk, visit).give_cash_back()
    elif left:
        assert record.settlement is not None
        assert record.settlement.split.cash is not None
        DeskVisit(desk, visit).collect(record.settlement.split.cash)


def _moved(left: Money) -> Money:
    """What is in the drawer then more than before: the patient's notes without the change."""
    if left.fen < 0:
        return left
    notes = Money(-(-left.fen // _NOTE) * _NOTE)
    change = Cash(left, given=notes).change
    assert change is not None
    assert Money(0) <= change < Money(_NOTE), f"{change} of {notes} back, where {left} is due"
    return notes - change


def _say(what: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(what))
    sys.stdout.flush()
