"""``kuasheng refund``: a settlement given back, whole or some of its lines (contracts)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.commands.credential_options import (
    add_credential,
    credential_of,
    on_command_line,
    typed_in,
)
from desktop.commands.option_types import yuan
from desktop.commands.queue_item import item_as_json, with_waiting
from desktop.commands.result import Exit, Result, WrongUsage, problems_as_json
from desktop.commands.verbs import Verbs
from desktop.domain.identifiers import SetlId
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.profile import find_profile
from desktop.settings import Settings, load

if TYPE_CHECKING:
    from desktop.domain.split import Settlement
    from desktop.services.whole_refund import Refunded

_EXITS = {
    "previewed": Exit.DONE,
    "cancelled": Exit.DONE,
    "resettled": Exit.DONE,
    "refused": Exit.REFUSED,
    "unknown": Exit.UNKNOWN,
    "needs-person": Exit.NEEDS_PERSON,
    "failed": Exit.FAILED,
}

_OTHER_YEAR = "这笔结算是往年的：累计额度按往年计算，请先问医保办"
_AT_TILL = "现金是医院收费处收的：请患者到收费处退补，本窗口不收不付"
_AT_WINDOW = "现金在本窗口：办完后请收费员在待办（F3）里退补并登记"


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("refund", parents=[common], help="give a settlement back")
    parser.add_argument("--setl-id", required=True, metavar="ID")
    parser.add_argument("--lines", type=_lines, default=(), metavar="N,N", help="only these lines")
    parser.add_argument("--preview", action="store_true", help="tell what would go back, no more")
    parser.add_argument("--unwind", action="store_true", help="settle nothing anew: give it all")
    parser.add_argument("--expect-back", type=yuan, metavar="YUAN", help="else settle nothing anew")
    add_credential(parser, required=False)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Open the desk, refund; the exit code follows the state (contracts)."""
    try:
        return _refunded(arguments)
    except WrongUsage as error:
        return _broke_off(Exit.WRONG_USAGE, error.problems)
    except DeskError as error:
        return _broke_off(Exit.FAILED, error.problems)


def _refunded(arguments: argparse.Namespace) -> Result:
    from desktop.app import open_desk
    from desktop.services.queue import before_settling
    from desktop.services.whole_refund import RefundOrder, refund, refund_preview

    order = RefundOrder(
        setl_id=arguments.setl_id,
        lines_back=arguments.lines,
        expected_back=arguments.expect_back,
        unwind=arguments.unwind,
    )
    _someone_agreed(load(find_profile(arguments.profile).settings_file), arguments)
    with open_desk(arguments.profile, arguments.platform, "refund") as opened:
        if arguments.preview:
            return _result(refund_preview(opened.desk, order))
        others = before_settling(
            opened.desk, opened.journal.visits_of_settlement(SetlId(order.setl_id))
        )
        told = [item_as_json(opened.desk, item) for item in others]
        done = refund(opened.desk, order, credential_of(opened, arguments, typed_in(arguments)))
        return with_waiting(_result(done), told)


def _someone_agreed(settings: Settings, arguments: argparse.Namespace) -> None:
    """Outside practice mode what is settled anew needs the patient's yes to the sum (B39)."""
    if settings.practice:
        return
    settles_anew = bool(arguments.lines) and not (arguments.preview or arguments.unwind)
    missing = [
        kind
        for kind, fault in (
            (ProblemCode.EXPECTED_BACK_MISSING, settles_anew and arguments.expect_back is None),
            (ProblemCode.CREDENTIAL_ON_COMMAND_LINE, on_command_line(arguments)),
        )
        if fault
    ]
    if missing:
        raise WrongUsage(*(Problem(kind) for kind in missing))


def _broke_off(exit_code: Exit, problems: tuple[Problem, ...]) -> Result:
    """Nothing was sent: the same shape, with nothing in it."""
    from desktop.services.whole_refund import Refunded

    return Result(exit_code, _body(Refunded("failed", (), problems=problems)), (), problems)


def _result(done: Refunded) -> Result:
    back = done.money_back
    kind = "估算" if done.estimated else "应退"
    old = (_OTHER_YEAR,) if done.other_year else ()
    words = (*old, *((f"{kind} {back} 元", *_where(done)) if back is not None else ()))
    return Result(_EXITS[done.state], _body(done), words, done.problems)


def _where(done: Refunded) -> tuple[str, ...]:
    """Who puts the cash right: a cashier at the window, or the hospital's till."""
    if done.state not in ("previewed", "cancelled", "resettled") or not done.money_back:
        return ()
    return (_AT_TILL if done.elsewhere else _AT_WINDOW,)


def _body(done: Refunded) -> dict[str, object]:
    return {
        "state": done.state,
        "steps": list(done.steps),
        "money_back": done.money_back.yuan() if done.money_back is not None else None,
        "estimated": done.estimated,
        "other_year": done.other_year,
        "paid_elsewhere": done.elsewhere,
        "new": _new(done.new) if done.new else {},
        "problems": problems_as_json(done.problems),
    }


def _new(settlement: Settlement) -> dict[str, object]:
    from desktop.nhsa.amounts import amounts_of

    return {
        "setl_id": settlement.setl_id,
        "msgid": settlement.msgid,
        "mdtrt_id": settlement.mdtrt_id,
        "amounts": amounts_of(settlement.split),
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
