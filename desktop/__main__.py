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
    try:
        result: Result = arguments.run(arguments)
    except DeskError as error:
        result = _failed(error)
    except KeyboardInterrupt:
        return 130
    show(result, json_only=arguments.json)
    return int(result.exit)


def _failed(error: DeskError) -> Result:
    body = {"state": "failed", "problems": problems_as_json(error.problems)}
    return Result(Exit.FAILED, body, (), error.problems)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--profile", metavar="DIR", help="the folder of this desk")
    common.add_argument("--platform", metavar="URL", help="overrides the setting")
    common.add_argument("--json", action="store_true", help="print the JSON object only")
    parser = argparse.ArgumentParser(prog="kuasheng", description="Kuasheng Desk 跨省直结前台")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb in VERBS:
        verb.add(verbs, common)
    return parser


if __name__ == "__main__":
    sys.exit(main())
