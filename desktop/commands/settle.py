"""``kuasheng settle``: one settlement without a window, through the window's services."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands.credential_options import (
    add_credential,
    credential_of,
    on_command_line,
    typed_in,
)
from desktop.commands.option_types import yuan
from desktop.commands.patient_words import PatientWords, words_for
from desktop.commands.queue_item import item_as_json, with_waiting
from desktop.commands.result import Exit, Result, WrongUsage, problems_as_json
from desktop.commands.stand_in_options import add_stand_in, stand_in_of, told_on_command_line
from desktop.commands.verbs import Verbs
from desktop.domain.credential import Credential
from desktop.domain.identifiers import AreaCode, BadIdentifier
from desktop.domain.identity import CheckWay, StandIn
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.profile import find_profile
from desktop.settings import Settings, load

if TYPE_CHECKING:
    from desktop.app import OpenDesk
    from desktop.domain.charges import Bill
    from desktop.services.whole_settlement import Finished, Order

_EXITS = {
    "settled": Exit.DONE,
    "refused": Exit.REFUSED,
    "unknown": Exit.UNKNOWN,
    "needs-check": Exit.NEEDS_CHECK,
    "needs-person": Exit.NEEDS_PERSON,
    "failed": Exit.FAILED,
}
_ACCOUNT_USE = {"none": "0", "own": "1", "family": "2"}
"""``--account`` → ``acct_used_flag``."""
_WAYS = ("looked", "pin", "face")
"""``--identity-way``, as :class:`~desktop.domain.identity.CheckWay` has it."""
_BESIDE = ("revision-settled", "paid-by-self", "settled-alike")
"""As :class:`~desktop.domain.one_at_a_time.Beside` has them."""


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("settle", parents=[common], help="settle one bill")
    add_credential(parser, required=True)
    parser.add_argument("--charges", type=Path, required=True, metavar="FILE")
    parser.add_argument("--insurance", type=_insurance, metavar="INSUTYPE[@AREA]")
    parser.add_argument("--account", choices=sorted(_ACCOUNT_USE), default="none")
    parser.add_argument("--receipt", type=Path, metavar="FILE", help="write the slip here (PDF)")
    parser.add_argument("--identity-checked-by", metavar="OPERATOR", default="")
    parser.add_argument("--identity-way", choices=_WAYS, help="how they looked")
    parser.add_argument("--expect-cash", type=yuan, metavar="YUAN")
    parser.add_argument(
        "--although",
        action="append",
        choices=_BESIDE,
        default=[],
        help="settle although this stands beside the bill",
    )
    add_stand_in(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Open the desk, settle, print; the exit code follows the state (contracts)."""
    try:
        return _settled(arguments)
    except WrongUsage as error:
        return _broke_off(Exit.WRONG_USAGE, error.problems)
    except DeskError as error:
        return _broke_off(Exit.FAILED, error.problems)


def _settled(arguments: argparse.Namespace) -> Result:
    from desktop.app import open_desk
    from desktop.hospital.charges_file import read_charges
    from desktop.services.queue import before_settling
    from desktop.services.whole_settlement import settle_bill

    _someone_looked(load(find_profile(arguments.profile).settings_file), arguments)
    bill = read_charges(arguments.charges)
    with open_desk(arguments.profile, arguments.platform, "settle") as opened:
        order = _order(opened, arguments, bill)
        others = before_settling(opened.desk, opened.journal.visits_of_bill(bill.key))
        told = [item_as_json(opened.desk, item) for item in others]
        finished = settle_bill(opened.desk, order)
        printed = _receipt(opened, arguments.receipt, finished)
        said = words_for(opened, finished)
    return with_waiting(said.beside(_result(finished, *printed)), told)


def _order(opened: OpenDesk, arguments: argparse.Namespace, bill: Bill) -> Order:
    from desktop.domain.account_use import AccountUse
    from desktop.services.settle import Agreement
    from desktop.services.whole_settlement import Order

    typed = typed_in(arguments)
    stand_in = stand_in_of(arguments, typed)
    agreement = Agreement(
        AccountUse(_ACCOUNT_USE[arguments.account]),
        arguments.identity_checked_by,
        arguments.expect_cash,
        _way(arguments, stand_in),
    )
    return Order(
        bill,
        _shown(opened, arguments, typed),
        arguments.insurance,
        agreement,
        stand_in,
        frozenset(_BESIDE if opened.settings.practice else arguments.although),
    )


def _someone_looked(settings: Settings, arguments: argparse.Namespace) -> None:
    """Outside practice mode a person must have looked, and secrets stay off the process list."""
    if settings.practice:
        return
    missing = [
        kind
        for kind, fault in (
            (ProblemCode.IDENTITY_CHECK_MISSING, not arguments.identity_checked_by),
            (ProblemCode.EXPECTED_CASH_MISSING, arguments.expect_cash is None),
            (ProblemCode.CREDENTIAL_ON_COMMAND_LINE, _on_command_line(arguments)),
        )
        if fault
    ]
    if missing:
        raise WrongUsage(*(Problem(kind) for kind in missing))


def _on_command_line(arguments: argparse.Namespace) -> bool:
    return on_command_line(arguments) or told_on_command_line(arguments)


def _way(arguments: argparse.Namespace, stand_in: StandIn | None) -> CheckWay:
    """Whoever stands in is looked at in the patient's place."""
    if arguments.identity_way is not None:
        return CheckWay(arguments.identity_way)
    return CheckWay.LOOKED if stand_in is None else CheckWay.STAND_IN


def _shown(opened: OpenDesk, arguments: argparse.Namespace, typed: str) -> Callable[[], Credential]:
    credential = credential_of(opened, arguments, typed)
    assert credential is not None
    return credential


def _receipt(
    opened: OpenDesk, target: Path | None, finished: Finished
) -> tuple[str | None, tuple[Problem, ...]]:
    if target is None or finished.ending != "settled":
        return None, ()
    return opened.write_receipt(finished, target)


def _result(finished: Finished, receipt: str | None, printing: tuple[Problem, ...]) -> Result:
    from desktop.nhsa.amounts import amounts_of

    record, problems = finished.record, (*finished.problems, *printing)
    settlement = record.settlement
    body = {
        "state": finished.ending.value,
        "msgid": record.msgid,
        "setl_id": settlement.setl_id if settlement else None,
        "mdtrt_id": record.mdtrt_id,
        "psn_no": record.person.psn_no if record.person else None,
        "problems": problems_as_json(problems),
        "amounts": amounts_of(settlement.split) if settlement else {},
        "receipt": receipt,
    }
    return Result(_EXITS[finished.ending], body, _words(finished), problems)


def _broke_off(exit_code: Exit, problems: tuple[Problem, ...]) -> Result:
    """Nothing was sent that could book: the same shape, with nothing in it."""
    nothing = dict.fromkeys(("msgid", "setl_id", "mdtrt_id", "psn_no"))
    body: dict[str, object] = {
        "state": "failed",
        **nothing,
        "problems": problems_as_json(problems),
        "amounts": {},
        "receipt": None,
    }
    return PatientWords().beside(Result(exit_code, body, (), problems))


def _words(finished: Finished) -> tuple[str, ...]:
    from desktop.domain.who_pays import payment

    settlement = finished.record.settlement
    if settlement is None or settlement.setl_id is None:
        return ()
    figures = payment(settlement.split)
    told = [f"{row.words} {row.amount} 元" for row in figures if row.amount is not None]
    return (f"结算 {settlement.setl_id}：{'，'.join(told)}",)


def _insurance(text: str) -> tuple[str, AreaCode | None]:
    kind, _, area = text.partition("@")
    try:
        return kind, AreaCode(area) if area else None
    except BadIdentifier as error:
        raise argparse.ArgumentTypeError("INSUTYPE or INSUTYPE@AREA, such as 310@370800") from error
