"""The front door: parses the command line and opens one room."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from desktop.commands import card, check, journal, practice, settings, settle
from desktop.commands.result import Exit, Result, problems_as_json, show
from desktop.domain.problems import DeskError

VERBS = (settle, card, check, practice, settings, journal)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code of the contracts."""
    arguments = _parser().parse_args(argv)
    if arguments.verb is None:
        return _window(arguments)
    try:
        result: Result = arguments.run(arguments)
    except DeskError as error:
        result = _failed(error)
    except KeyboardInterrupt:
        return 130
    show(result, json_only=arguments.json)
    return int(result.exit)


def _window(arguments: argparse.Namespace) -> int:
    """The cashier window; trouble before it stands is told in words."""
    from desktop.window import run

    try:
        return run(arguments)
    except DeskError as error:
        show(_failed(error), json_only=arguments.json)
        return int(Exit.FAILED)


def _failed(error: DeskError) -> Result:
    body = {"state": "failed", "problems": problems_as_json(error.problems)}
    return Result(Exit.FAILED, body, (), error.problems)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kuasheng", description="Kuasheng Desk 跨省直结前台")
    _add_common(parser, None, json=False)
    after_verb = argparse.ArgumentParser(add_help=False)
    _add_common(after_verb, argparse.SUPPRESS, json=argparse.SUPPRESS)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    for verb in VERBS:
        verb.add(verbs, after_verb)
    return parser


def _add_common(parser: argparse.ArgumentParser, missing: str | None, json: bool | str) -> None:
    """The options that every verb knows, before the verb or after it."""
    parser.add_argument("--profile", metavar="DIR", default=missing, help="the folder of this desk")
    parser.add_argument("--platform", metavar="URL", default=missing, help="overrides the setting")
    parser.add_argument("--json", action="store_true", default=json, help="the JSON object only")


if __name__ == "__main__":
    sys.exit(main())
