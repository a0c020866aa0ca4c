"""One record of the queue as ``kuasheng`` prints it (contracts: ``queue``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from desktop.commands.result import Result

if TYPE_CHECKING:
    from desktop.services.ports import Desk
    from desktop.services.queue_items import Item

Json = dict[str, object]


def item_as_json(desk: Desk, item: Item) -> Json:
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
        "awaits_yes": item.awaits_yes,
        "paid_elsewhere": item.at_till,
        "ended": item.ended.isoformat(timespec="seconds") if item.ended else None,
    }


def with_waiting(result: Result, told: Sequence[Json]) -> Result:
    """Beside what a settlement says: every other intent that has no outcome yet (rule 6)."""
    if result.body is None or not told:
        return result
    words = (f"还有结果待确认：{row['id']} {row['message']}" for row in told)
    body = {**result.body, "waiting": list(told)}
    return replace(result, body=body, words=(*words, *result.words))
