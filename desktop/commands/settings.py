"""``kuasheng settings show``: every value in force, and where it comes from."""

from __future__ import annotations

import argparse

from desktop.commands.result import Exit, Result
from desktop.commands.verbs import Verbs
from desktop.profile import find_profile
from desktop.settings import Origin, origins


def add(verbs: Verbs, common: argparse.ArgumentParser) -> None:
    parser = verbs.add_parser("settings", help="the settings in force")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", parents=[common], help="each value and its source")
    show.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Result:
    profile = find_profile(arguments.profile)
    shown = origins(profile.settings_file, arguments.platform)
    body = {
        "profile": str(profile.folder),
        "items": [
            {"key": origin.key, "value": origin.value, "source": origin.source} for origin in shown
        ],
    }
    return Result(Exit.DONE, body, tuple(_line(origin) for origin in shown))


def _line(origin: Origin) -> str:
    return f"{origin.key} = {origin.value!r}  ({origin.source})"
