"""``kuasheng journal verify``: the hash chain and the identities of every settlement."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.commands.result import Exit, Result, problems_as_json
from desktop.commands.verbs import Verbs
from desktop.domain.problems import DeskError, Problem

if TYPE_CHECKING:
    from desktop.services.verify import Verdict


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("journal", help="the encrypted journal")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", parents=[common], help="chain and identities")
    verify.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    """Exit 0 when everything holds, else 1; a journal that cannot be opened does not hold."""
    try:
        verdict = _verified(arguments)
    except DeskError as error:
        return _result(0, error.problems)
    return _result(verdict.entries, verdict.problems)


def _verified(arguments: argparse.Namespace) -> Verdict:
    from desktop.app import open_journal
    from desktop.profile import find_profile, held
    from desktop.services.verify import verify
    from desktop.settings import load

    with held(find_profile(arguments.profile), "journal verify") as profile:
        settings = load(profile.settings_file)
        with open_journal(profile, settings) as journal:
            return verify(journal)


def _result(entries: int, problems: tuple[Problem, ...]) -> Result:
    ok = not problems
    body = {"ok": ok, "entries": entries, "problems": problems_as_json(problems)}
    words = (f"账本 {entries} 条，{'校验链完好' if ok else '有问题'}",)
    return Result(Exit.DONE if ok else Exit.FAILED, body, words, problems)
