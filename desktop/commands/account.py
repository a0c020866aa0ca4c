"""``kuasheng account``: why less comes into a personal account than before (seed 004)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from desktop.commands.option_types import day, yuan
from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs

if TYPE_CHECKING:
    from desktop.domain.person import Insurance, Person
    from desktop.services.account_change import AccountChange, CreditStep

_AMOUNTS = {
    "contribution_base": "本人缴费基数 of a month",
    "own_contribution": "what the person pays in each month",
    "average_pension": "the area's average pension of the year that its rule names",
    "credited_before": "what came each month before",
}


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    told = "why less comes into a personal account than before"
    parser = verbs.add_parser("account", parents=[common], help=told)
    parser.add_argument("--visit", metavar="ID", help="the person of a visit of the journal")
    parser.add_argument("--area", type=_area, metavar="CODE", help="the insured area")
    parser.add_argument("--born", type=day, metavar="YYYY-MM-DD")
    parser.add_argument("--retired", type=day, metavar="YYYY-MM-DD", help="on which day")
    parser.add_argument("--month", type=day, metavar="YYYY-MM-DD", help="else this month")
    for name, words in _AMOUNTS.items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, dest=name, metavar="YUAN", type=yuan, help=words)
    parser.set_defaults(run=run, misused=parser.error)


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0; asks no platform: what no document tells stays untold."""
    from desktop.app import now

    month = arguments.month or now().date()
    asked = _of_visit if arguments.visit is not None else _of_options
    change = asked(arguments, month)
    return Result(Exit.DONE, _as_json(change), change.says)


def _of_options(arguments: argparse.Namespace, month: date) -> AccountChange:
    from desktop.domain.account_credit import Holder
    from desktop.knowledge.account_credit import load_account_credit
    from desktop.services.account_change import account_change

    if arguments.area is None or arguments.born is None:
        _misused(arguments, "either --visit, or --area and --born")
    amounts = {name: getattr(arguments, name) for name in _AMOUNTS}
    holder = Holder(arguments.area, arguments.born, arguments.retired, **amounts)
    return account_change(holder, month, load_account_credit())


def _of_visit(arguments: argparse.Namespace, month: date) -> AccountChange:
    from desktop.knowledge.account_credit import load_account_credit
    from desktop.services.account_change import change_for

    person, insurance = _who(arguments)
    if person is None or insurance is None:
        _misused(arguments, "no such visit, or nobody was identified in it")
    return change_for(person, insurance, month, load_account_credit())


def _who(arguments: argparse.Namespace) -> tuple[Person | None, Insurance | None]:
    from desktop.app import open_journal
    from desktop.profile import find_profile, held
    from desktop.services.visits import visits
    from desktop.settings import load

    with (
        held(find_profile(arguments.profile), "account") as profile,
        open_journal(profile, load(profile.settings_file)) as journal,
    ):
        seen = [row.record for row in visits(journal, None, None) if row.visit == arguments.visit]
    return (seen[0].person, seen[0].insurance) if seen else (None, None)


def _misused(arguments: argparse.Namespace, why: str) -> NoReturn:
    """Ends as argparse does (exit 2)."""
    error: Callable[[str], NoReturn] = arguments.misused
    error(why)


def _as_json(change: AccountChange) -> dict[str, object]:
    return {"steps": [_step(step) for step in change.steps], "says": list(change.says)}


def _step(step: CreditStep) -> dict[str, object]:
    credit = step.credit
    amounts = {"own": credit.own, "added": credit.added, "total": credit.total, "less": step.less}
    return {
        "since": step.since.isoformat(),
        "group": credit.rule.group.value,
        "age": credit.age,
        "words": credit.rule.words,
        "source": credit.rule.source,
        **{name: amount.yuan() if amount is not None else None for name, amount in amounts.items()},
    }


def _area(text: str) -> object:
    from desktop.domain.identifiers import AreaCode, BadIdentifier

    try:
        return AreaCode(text)
    except BadIdentifier as error:
        raise argparse.ArgumentTypeError("an area has six digits") from error
