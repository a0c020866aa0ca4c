"""``kuasheng queue``: what waits, and what can be done about it (contracts)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs
from desktop.domain.problems import ProblemCode, desk_error

if TYPE_CHECKING:
    from desktop.services.ports import Desk
    from desktop.services.queue_items import Item

Listed = Iterable["Item"]
Work = Callable[["Desk", argparse.Namespace], Listed]


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("queue", help="what waits")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    everything = actions.add_parser("list", parents=[common], help="everything that waits")
    which = everything.add_mutually_exclusive_group()
    which.add_argument(
        "--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="and what ended on it"
    )
    which.add_argument("--all", action="store_true", help="and whatever ended, on any day")
    everything.set_defaults(run=run, work=_listed)
    retry = actions.add_parser("retry", parents=[common], help="what is due, or one item at once")
    retry.add_argument("id", metavar="ID", nargs="?")
    retry.set_defaults(run=run, work=_retried)
    reconcile = actions.add_parser("reconcile", parents=[common], help="compare with the platform")
    reconcile.add_argument(
        "--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="else today"
    )
    reconcile.set_defaults(run=run, work=_reconciled)
    for name, work, words in _OF_ONE:
        action = actions.add_parser(name, parents=[common], help=words)
        action.add_argument("id", metavar="ID")
        action.set_defaults(run=run, work=work)
        if name in _SAID_BY:
            action.add_argument("--by", metavar="WHO", required=True)
        if name == "found":
            _add_found(action)


def _add_found(action: argparse.ArgumentParser) -> None:
    which = action.add_mutually_exclusive_group(required=True)
    which.add_argument("--setl-id", metavar="ID")
    which.add_argument("--mdtrt-id", metavar="ID", help="of a lost registration")
    action.add_argument(
        "--by", metavar="WHO", default="", help="who vouches for another desk's 2208"
    )


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0 when nothing is unknown, else 11."""
    from desktop.app import open_desk

    work: Work = arguments.work
    with open_desk(arguments.profile, arguments.platform, "queue") as opened:
        found = tuple(work(opened.desk, arguments))
        return _result(opened.desk, found)


def _listed(desk: Desk, arguments: argparse.Namespace) -> Listed:
    from desktop.services.queue import every_item, items, tidy_all

    tidy_all(desk)
    return every_item(desk) if arguments.all else items(desk, arguments.day)


def _shown(desk: Desk, arguments: argparse.Namespace) -> Listed:
    from desktop.services.queue import item_of

    return (item_of(desk, arguments.id),)


def _retried(desk: Desk, arguments: argparse.Namespace) -> Listed:
    from desktop.services.queue import items, retry, retry_due

    if arguments.id is None:
        retry_due(desk)
    else:
        retry(desk, arguments.id)
    return items(desk)


def _reconciled(desk: Desk, arguments: argparse.Namespace) -> Listed:
    """Raises ``no-usable-answer`` when the platform did not compare."""
    from desktop.nhsa.questions.reconciliation import Period
    from desktop.services.queue import items
    from desktop.services.reconcile import compare

    compared = compare(desk, Period.of(arguments.day or desk.clock().date()))
    if compared.problem is not None:
        raise desk_error(ProblemCode.NO_USABLE_ANSWER, compared.problem.text)
    return items(desk)


def _handed_over(desk: Desk, arguments: argparse.Namespace) -> Listed:
    from desktop.services.queue import hand_over, items

    hand_over(desk, arguments.id)
    return items(desk)


def _found(desk: Desk, arguments: argparse.Namespace) -> Listed:
    from desktop.services.queue import items
    from desktop.services.verdict import found, registered_as

    if arguments.mdtrt_id:
        registered_as(desk, arguments.id, arguments.mdtrt_id, arguments.by)
    else:
        found(desk, arguments.id, arguments.setl_id, arguments.by)
    return items(desk)


def _not_booked(desk: Desk, arguments: argparse.Namespace) -> Listed:
    from desktop.services.queue import items
    from desktop.services.verdict import not_booked

    not_booked(desk, arguments.id, arguments.by)
    return items(desk)


def _accepted(desk: Desk, arguments: argparse.Namespace) -> Listed:
    from desktop.services.queue import items
    from desktop.services.verdict import accept

    accept(desk, arguments.id, arguments.by)
    return items(desk)


_OF_ONE: tuple[tuple[str, Work, str], ...] = (
    ("show", _shown, "one item"),
    ("hand-over", _handed_over, "the office has it"),
    ("found", _found, "the office knows its number: look it up and adopt"),
    ("not-booked", _not_booked, "the office says that nothing is booked"),
    ("accept", _accepted, "a supervisor accepts sums that do not add up, or a refund of others"),
)
"""Action, what it does, help."""
_SAID_BY = frozenset(("not-booked", "accept"))


def _result(desk: Desk, found: tuple[Item, ...]) -> Result:
    body = {"items": [_as_json(desk, item) for item in found]}
    unknown = any(item.outcome_unknown for item in found)
    words = tuple(f"{row['id']} {row['message']}" for row in body["items"]) or ("没有待办",)
    return Result(Exit.UNKNOWN if unknown else Exit.DONE, body, words)


def _as_json(desk: Desk, item: Item) -> dict[str, object]:
    from desktop.services.case_text import case_text

    next_try, until = item.next_try, item.until
    return {
        "id": item.id,
        "kind": item.kind.value,
        "state": item.state.value,
        "visit": item.visit,
        "msgid": item.msgid,
        "since": item.since.isoformat(timespec="seconds"),
        "next_try": next_try.isoformat(timespec="seconds") if next_try else None,
        "tries": item.tries,
        "reason": item.reason,
        "message": case_text(item, desk.institution),
        "outage": item.outage,
        "by": item.by,
        "until": until.isoformat() if until else None,
        "step": item.step,
        "setl_id": item.setl_id or None,
        "cash": item.cash.yuan() if item.cash is not None else None,
        "ended": item.ended.isoformat(timespec="seconds") if item.ended else None,
    }
