"""``kuasheng journal``: does it hold (``verify``), and a new one for a damaged one (``recover``)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
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


_COMPARE = "请先运行 kuasheng queue reconcile 与平台核对，再结算"


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
    """Exit 0 when the journal is sound again and nothing of it is lost, 13 when a person must look:
    there may have been more open intents, or a visit could not be read whole.
    """
    try:
        recovered = _recovered(arguments)
    except DeskError as error:
        return _recovery(Exit.FAILED, None, (), error.problems)
    problems = tuple(_left_to_a_person(recovered))
    end = Exit.NEEDS_PERSON if problems else Exit.DONE
    return _recovery(end, recovered, _what_was_done(recovered), problems)


def _left_to_a_person(recovered: Recovered) -> Iterator[Problem]:
    if not recovered.complete:
        yield _MAY_BE_MORE
    for visit in recovered.torn:
        detail = f"{visit} 的记录不全，结果待医保办查清，查清前不能再结算"
        yield Problem(ProblemCode.JOURNAL_DAMAGED, detail)
    if recovered.lost:
        many = "记录" if recovered.lost < 0 else f"记录 {recovered.lost} 条"
        yield Problem(ProblemCode.JOURNAL_DAMAGED, f"{many}读不出来，{_COMPARE}")


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
        "torn": list(done.torn) if done else [],
        "lost": done.lost if done else 0,
        "problems": problems_as_json(problems),
    }
    return Result(end, body, words, problems)


def _what_was_done(recovered: Recovered) -> tuple[str, ...]:
    if recovered.set_aside is None:
        return ("账本完好，什么也没有改",)
    found = f"找回未完的结算 {len(recovered.visits)} 笔，请接着运行 kuasheng queue retry"
    return (f"损坏的账本已另存为 {recovered.set_aside}", found)
