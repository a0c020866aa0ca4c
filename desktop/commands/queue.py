"""``kuasheng queue``: what waits, and what can be done about it (contracts)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs

if TYPE_CHECKING:
    from desktop.services.ports import Desk
    from desktop.services.queue_items import Item

Listed = Iterable["Item"]


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("queue", help="what waits")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    everything = actions.add_parser("list", parents=[common], help="everything that waits")
    everything.set_defaults(run=run, work=_listed)
    show = actions.add_parser("show", parents=[common], help="one item")
    show.add_argument("id", metavar="ID")
    show.set_defaults(run=run, work=_shown)
    retry = actions.add_parser("retry", parents=[common], help="what is due, or one item at once")
    retry.add_argument("id", metavar="ID", nargs="?")
    retry.set_defaults(run=run, work=_retried)
    hand_over = actions.add_parser("hand-over", parents=[common], help="the office has it")
    hand_over.add_argument("id", metavar="ID")
    hand_over.set_defaults(run=run, work=_handed_over)


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0 when nothing is unknown, else 11."""
    from desktop.app import open_desk

    work: Callable[[Desk, str | None], Listed] = arguments.work
    with open_desk(arguments.profile, arguments.platform, "queue") as opened:
        found = tuple(work(opened.desk, getattr(arguments, "id", None)))
        return _result(opened.desk, found)


def _listed(desk: Desk, _id: str | None) -> Listed:
    from desktop.services.queue import items

    return items(desk)


def _shown(desk: Desk, wanted: str | None) -> Listed:
    from desktop.services.queue import item_of

    return (item_of(desk, str(wanted)),)


def _retried(desk: Desk, wanted: str | None) -> Listed:
    from desktop.services.queue import items, retry, retry_due

    if wanted is None:
        retry_due(desk)
    else:
        retry(desk, wanted)
    return items(desk)


def _handed_over(desk: Desk, wanted: str | None) -> Listed:
    from desktop.services.queue import hand_over, items

    hand_over(desk, str(wanted))
    return items(desk)


def _result(desk: Desk, found: tuple[Item, ...]) -> Result:
    body = {"items": [_as_json(desk, item) for item in found]}
    unknown = any(item.outcome_unknown for item in found)
    words = tuple(str(row["message"]) for row in body["items"]) or ("没有待办",)
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
    }
