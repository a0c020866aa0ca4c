"""``kuasheng visits``: every visit that the journal knows (contracts)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.commands.option_types import day
from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs

if TYPE_CHECKING:
    from desktop.services.visits import Seen


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("visits", parents=[common], help="every visit of the journal")
    parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="begun on this day")
    parser.add_argument("--open", action="store_true", help="only what is not finished")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0; asks the journal alone, so it needs no line."""
    from desktop.app import now, open_journal
    from desktop.profile import find_profile, held
    from desktop.services.visits import visits
    from desktop.settings import load

    with held(find_profile(arguments.profile), "visits") as profile:
        settings = load(profile.settings_file)
        with open_journal(profile, settings) as journal:
            seen = visits(journal, arguments.day, now() if arguments.open else None)
    words = tuple(f"{row.since:%Y-%m-%d %H:%M} {row.record.state.value}" for row in seen)
    return Result(Exit.DONE, {"items": [_as_json(row) for row in seen]}, words or ("没有就诊",))


def _as_json(seen: Seen) -> dict[str, object]:
    from desktop.nhsa.amounts import amounts_of

    record = seen.record
    settlement, bill = record.settlement, record.bill
    return {
        "visit": seen.visit,
        "state": record.state.value,
        "bill_no": bill.key.bill_no if bill else None,
        "revision": bill.key.revision if bill else None,
        "msgid": record.msgid,
        "setl_id": settlement.setl_id if settlement else None,
        "mdtrt_id": record.mdtrt_id,
        "amounts": amounts_of(settlement.split) if settlement else {},
        "cash_taken": record.cash_taken.yuan() if record.cash_taken is not None else None,
        "since": seen.since.isoformat(timespec="seconds"),
    }
