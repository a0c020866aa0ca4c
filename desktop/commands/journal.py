"""``kuasheng journal``: does it hold (``verify``), and a new one for a damaged one (``recover``)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.commands.result import Exit, Result, problems_as_json
from desktop.commands.verbs import Verbs
from desktop.domain.problems import DeskError, Problem, ProblemCode

if TYPE_CHECKING:
    from desktop.ledger.recover import Recovered
    from desktop.services.verify import Verdict

_MAY_BE_MORE = Problem(
    ProblemCode.JOURNAL_DAMAGED, "第二份文件也有损坏，可能还有没找回的结算，请逐笔核对"
)


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("journal", help="the encrypted journal")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", parents=[common], help="chain and identities")
    verify.set_defaults(run=run)
    recover = actions.add_parser("recover", parents=[common], help="replace a damaged journal")
    recover.set_defaults(run=recover_damaged)


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


def recover_damaged(arguments: argparse.Namespace) -> Result:
    """Exit 0 when the journal is sound again, 13 when there may have been more open intents."""
    try:
        recovered = _recovered(arguments)
    except DeskError as error:
        return _recovery(Exit.FAILED, None, (), error.problems)
    end = Exit.DONE if recovered.complete else Exit.NEEDS_PERSON
    problems = () if recovered.complete else (_MAY_BE_MORE,)
    return _recovery(end, recovered, _what_was_done(recovered), problems)


def _recovered(arguments: argparse.Namespace) -> Recovered:
    from desktop.app import journal_key, now
    from desktop.ledger.recover import recover_journal
    from desktop.profile import find_profile, held
    from desktop.settings import load

    with held(find_profile(arguments.profile), "journal recover") as profile:
        settings = load(profile.settings_file)
        return recover_journal(profile.journal_file, journal_key(profile, settings), now())


def _recovery(
    end: Exit, done: Recovered | None, words: tuple[str, ...], problems: tuple[Problem, ...]
) -> Result:
    body = {
        "ok": end is Exit.DONE,
        "set_aside": str(done.set_aside) if done and done.set_aside else None,
        "visits": list(done.visits) if done else [],
        "problems": problems_as_json(problems),
    }
    return Result(end, body, words, problems)


def _what_was_done(recovered: Recovered) -> tuple[str, ...]:
    if recovered.set_aside is None:
        return ("账本完好，什么也没有改",)
    found = f"找回未完的结算 {len(recovered.visits)} 笔，请接着运行 kuasheng queue retry"
    return (f"损坏的账本已另存为 {recovered.set_aside}", found)
