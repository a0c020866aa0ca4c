"""The front door: parses the command line and opens one room."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from desktop.domain.problems import DeskError

if TYPE_CHECKING:
    import argparse

    from desktop.commands.result import Result
    from desktop.window import Options

_TOLD = ("--profile", "--platform")
"""What the window may be told."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code of the contracts."""
    given = sys.argv[1:] if argv is None else argv
    options = _only_told(given)
    if options is not None:
        return _window(options)
    alone, verb = _parser_of_common().parse_known_args(given)
    if not verb:
        return _window(alone)
    return _verb(_parser().parse_args(given))


def _only_told(given: Sequence[str]) -> Options | None:
    """The window's options, without argparse, which asks for locales; None: it has to read them."""
    names, values = given[::2], given[1::2]
    plain = len(names) == len(values) and not any(value.startswith("-") for value in values)
    if not plain or not set(names).issubset(_TOLD):
        return None
    told = dict(zip(names, values, strict=True))
    profile, platform = (told.get(name) for name in _TOLD)
    return SimpleNamespace(profile=profile, platform=platform, json=False)


def _verb(arguments: argparse.Namespace) -> int:
    from desktop.commands.result import show

    try:
        result: Result = arguments.run(arguments)
    except DeskError as error:
        result = _failed(error)
    except KeyboardInterrupt:
        return 130
    show(result, json_only=arguments.json)
    return int(result.exit)


def _window(arguments: Options) -> int:
    """The cashier window; a desk that does not open is told in words.

    The collector rests until the window stands: its looks at new modules took 80 ms.
    """
    gc.disable()
    from ui.imports import import_as_usual, load_msgspec

    import_as_usual()
    load_msgspec()
    from desktop.window import run

    try:
        return run(arguments)
    except DeskError as error:
        from desktop.commands.result import Exit, show

        show(_failed(error), json_only=arguments.json)
        return int(Exit.FAILED)


def _failed(error: DeskError) -> Result:
    from desktop.commands.result import Exit, Result, problems_as_json

    body = {"state": "failed", "problems": problems_as_json(error.problems)}
    return Result(Exit.FAILED, body, (), error.problems)


def _parser_of_common() -> argparse.ArgumentParser:
    """What the window understands: it must not wait until every verb is loaded."""
    import argparse

    parser = argparse.ArgumentParser(prog="kuasheng", add_help=False)
    _add_common(parser, None, json=False)
    return parser


def _parser() -> argparse.ArgumentParser:
    import argparse

    from desktop.commands import (
        account,
        archive,
        card,
        check,
        identity,
        journal,
        practice,
        print_paper,
        queue,
        refund,
        settings,
        settle,
        visits,
    )

    parser = argparse.ArgumentParser(prog="kuasheng", description="Kuasheng Desk 跨省直结前台")
    _add_common(parser, None, json=False)
    after_verb = argparse.ArgumentParser(add_help=False)
    _add_common(after_verb, argparse.SUPPRESS, json=argparse.SUPPRESS)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    at_the_window = (settle, refund, queue, visits, archive, print_paper, card, identity, account)
    for verb in (*at_the_window, check, practice, settings, journal):
        verb.add(verbs, after_verb)
    return parser


def _add_common(parser: argparse.ArgumentParser, missing: str | None, json: bool | str) -> None:
    """The options that every verb knows, before the verb or after it."""
    parser.add_argument("--profile", metavar="DIR", default=missing, help="the folder of this desk")
    parser.add_argument("--platform", metavar="URL", default=missing, help="overrides the setting")
    parser.add_argument("--json", action="store_true", default=json, help="the JSON object only")


if __name__ == "__main__":
    sys.exit(main())
