"""``kuasheng queue``: what waits, and what can be done about it (contracts)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from desktop.commands.option_types import day
from desktop.commands.queue_item import item_as_json
from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs

if TYPE_CHECKING:
    from desktop.services.ports import Desk
    from desktop.services.queue_items import Item
    from desktop.services.reconcile import Reconciled

Listed = Iterable["Item"]
Work = Callable[["Desk", argparse.Namespace], Listed]


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("queue", help="what waits")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    everything = actions.add_parser("list", parents=[common], help="everything that waits")
    which = everything.add_mutually_exclusive_group()
    which.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="and what ended on it")
    which.add_argument("--all", action="store_true", help="and whatever ended, on any day")
    everything.set_defaults(run=run, work=_listed)
    retry = actions.add_parser("retry", parents=[common], help="what is due, or one item at once")
    retry.add_argument("id", metavar="ID", nargs="?")
    retry.set_defaults(run=run, work=_retried)
    reconcile = actions.add_parser("reconcile", parents=[common], help="compare with the platform")
    reconcile.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="else today")
    reconcile.set_defaults(run=run_reconcile)
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


def run_reconcile(arguments: argparse.Namespace) -> Result:
    """Exit 0 when the day is equal and nothing is unknown, 11 when something is unknown, 13 when a
    difference waits for a person, 1 when the platform did not compare.
    """
    from desktop.app import open_desk
    from desktop.commands import reconcile_result as told
    from desktop.nhsa.questions.reconciliation import Period
    from desktop.services.queue import items
    from desktop.services.reconcile import reconcile

    with open_desk(arguments.profile, arguments.platform, "queue") as opened:
        desk = opened.desk
        days = Period.of(arguments.day or desk.clock().date())
        found = reconcile(desk, days)
        left = _result(desk, items(desk))
        assert left.body is not None
        body = {**left.body, **told.as_json(desk, days, found)}
        words = (*told.words(desk, found), *left.words)
    return Result(_exit_of(found, left.exit), body, words, told.problems_of(found))


def _exit_of(found: Reconciled, left: Exit) -> Exit:
    if found.rows is not None and found.rows.problem is not None:
        return Exit.FAILED
    differs = found.rows is not None and bool(found.rows.differences)
    return Exit.NEEDS_PERSON if differs and left is Exit.DONE else left


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
    body = {"items": [item_as_json(desk, item) for item in found]}
    unknown = any(item.outcome_unknown for item in found)
    words = tuple(f"{row['id']} {row['message']}" for row in body["items"]) or ("没有待办",)
    return Result(Exit.UNKNOWN if unknown else Exit.DONE, body, words)
