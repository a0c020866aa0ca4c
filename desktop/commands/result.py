"""What a verb ends with: one exit code, one JSON object, a few words for people (contracts)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from enum import IntEnum

from msgspec import Struct

from desktop.domain.problems import DeskError, Problem


class Exit(IntEnum):
    """Exit codes other programs rely on; argparse itself ends with WRONG_USAGE too."""

    DONE = 0
    FAILED = 1
    WRONG_USAGE = 2
    REFUSED = 10
    UNKNOWN = 11
    NEEDS_CHECK = 12
    NEEDS_PERSON = 13


class WrongUsage(DeskError):
    """Outside practice mode an option is missing, or one is given that shows up in process lists."""


class Result(Struct, frozen=True):
    """The end of one verb."""

    exit: Exit
    body: Mapping[str, object] | None
    """None: the verb has spoken for itself."""
    words: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    steps: tuple[str, ...] = ()
    """What leads on, after the problems."""


def problems_as_json(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """``[{"code","message","next_step"}]``."""
    return [
        {"code": problem.code, "message": problem.message, "next_step": problem.next_step}
        for problem in problems
    ]


def show(result: Result, *, json_only: bool) -> None:
    """JSON on stdout, people's words on stderr; a bare terminal gets the words alone."""
    if result.body is not None and (json_only or not sys.stdout.isatty()):
        text = json.dumps(result.body, ensure_ascii=False)
        sys.stdout.buffer.write(text.encode() + b"\n")
        sys.stdout.flush()
    if json_only:
        return
    for line in result.words:
        print(line, file=sys.stderr)
    for problem in result.problems:
        print(f"{problem.message}。{problem.next_step}。", file=sys.stderr)
    for number, step in enumerate(result.steps, 1):
        print(f"{number}. {step}", file=sys.stderr)
