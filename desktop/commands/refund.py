"""``kuasheng refund``: a settlement given back, whole or some of its lines (contracts)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.commands.credential_options import add_credential, credential_of
from desktop.commands.result import Exit, Result, problems_as_json
from desktop.commands.verbs import Verbs
from desktop.domain.money import Money, NotAnAmount

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


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("refund", parents=[common], help="give a settlement back")
    parser.add_argument("--setl-id", required=True, metavar="ID")
    parser.add_argument("--lines", type=_lines, default=(), metavar="N,N", help="only these lines")
    parser.add_argument("--preview", action="store_true", help="tell what would go back, no more")
    parser.add_argument("--unwind", action="store_true", help="settle nothing anew: give it all")
    parser.add_argument(
        "--expect-back", type=_yuan, metavar="YUAN", help="else settle nothing anew"
    )
    add_credential(parser, required=False)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Open the desk, refund; the exit code follows the state (contracts)."""
    from desktop.app import open_desk
    from desktop.services.whole_refund import RefundOrder, refund, refund_preview

    order = RefundOrder(
        setl_id=arguments.setl_id,
        lines_back=arguments.lines,
        expected_back=arguments.expect_back,
        unwind=arguments.unwind,
    )
    with open_desk(arguments.profile, arguments.platform, "refund") as opened:
        if arguments.preview:
            return _result(refund_preview(opened.desk, order))
        return _result(refund(opened.desk, order, credential_of(opened, arguments)))


def _result(done: Refunded) -> Result:
    new = done.new
    body = {
        "state": done.state,
        "steps": list(done.steps),
        "money_back": done.money_back.yuan() if done.money_back is not None else None,
        "estimated": done.estimated,
        "new": _new(new) if new else {},
        "problems": problems_as_json(done.problems),
    }
    back = done.money_back
    kind = "估算" if done.estimated else "应退"
    words = (f"{kind} {back} 元",) if back is not None else ()
    return Result(_EXITS[done.state], body, words, done.problems)


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


def _yuan(text: str) -> Money:
    try:
        return Money.parse(text)
    except NotAnAmount as error:
        raise argparse.ArgumentTypeError("yuan with at most two decimals") from error
