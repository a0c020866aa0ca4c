"""A verb of ``kuasheng`` in a process of its own, that may be killed.

A fork of this process runs the program's own ``main``: half a second of imports is spared, the rest
is as ever. ``fresh`` starts a new interpreter instead, as a person does.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

from tests.crash.points import Passed, Points, passed, watch
from tests.rig.kuasheng import command

PATIENCE = 300.0
"""Seconds in which every verb ends, however busy the machine is."""
_POLL = 0.002
TILL = "till"
"""In the place of a verb: a cash step of the window (``tests/crash/till.py``)."""


class NoEnd(AssertionError):
    """The process hung, or died of something else than SIGKILL."""


@dataclass(frozen=True, slots=True)
class Death:
    """When the process dies; nothing set: it does not."""

    at_point: int | None = None
    after: float | None = None
    """Seconds since the start, or since ``seen``."""
    seen: str = ""
    """A point that must have been passed before ``after`` runs."""
    unwatched: bool = False
    """The program as it is: no points in it."""
    fresh: bool = False
    """A new interpreter, too."""


ALIVE = Death()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended and what it said."""

    exit: int | None
    """None: it was killed."""
    body: dict[str, Any]
    words: str
    passed: Passed
    seconds: float

    @property
    def killed(self) -> bool:
        return self.exit is None

    @property
    def last_point(self) -> str:
        return self.passed.points[-1] if self.passed.points else "at the start"


def run(arguments: Sequence[str | Path], folder: Path, death: Death = ALIVE) -> Ended:
    """Run one verb until it ends or is killed; ``folder`` holds what it says.

    Raises :class:`NoEnd`: what was not killed on purpose is no kill.
    """
    said = {name: folder / f"said.{name}" for name in ("out", "err", "points")}
    for file in said.values():
        file.unlink(missing_ok=True)
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        _child(
            [str(argument) for argument in arguments],
            said["out"],
            said["err"],
            said["points"],
            death,
        )
    status = _wait(pid, death, said["points"], began)
    seconds = time.monotonic() - began
    text = said["out"].read_text("utf-8") if said["out"].exists() else ""
    exit_code = None if _was_killed(status) else os.WEXITSTATUS(status)
    words = said["err"].read_text("utf-8") if said["err"].exists() else ""
    return Ended(exit_code, _json(text), words, passed(said["points"]), seconds)


def _was_killed(status: int) -> bool:
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
        raise NoEnd(f"died of signal {os.WTERMSIG(status)}")
    return os.WIFSIGNALED(status)


def _json(text: str) -> dict[str, Any]:
    """What was printed before the end, if it is whole."""
    try:
        return dict(json.loads(text)) if text else {}
    except ValueError:
        return {}


def _child(arguments: list[str], out: Path, err: Path, report: Path, death: Death) -> Never:
    status = 98
    try:
        _speak_into(out, err)
        if death.fresh:
            program = command(*arguments)
            os.execv(program[0], program)  # noqa: S606 - no shell is meant
        logging.disable(logging.CRITICAL)
        if not death.unwatched:
            watch(Points(report, death.at_point))
        status = _program(arguments[0])(arguments)
        sys.stdout.flush()
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:  # noqa: BLE001 - whatever it is, the parent must hear of it
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _program(word: str) -> Callable[[list[str]], int]:
    """The product's own, but for the cash, for which it has only its window."""
    if word == TILL:
        from tests.crash.till import main as till

        return lambda arguments: till(arguments[1:])
    from desktop.__main__ import main

    return main


def _speak_into(out: Path, err: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, handle in (
        (0, nothing),
        (1, os.open(out, os.O_CREAT | os.O_WRONLY, 0o600)),
        (2, os.open(err, os.O_CREAT | os.O_WRONLY, 0o600)),
    ):
        os.dup2(handle, number)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _wait(pid: int, death: Death, report: Path, began: float) -> int:
    """The status; the process is killed when its time has come."""
    deadline = None if death.after is None or death.seen else began + death.after
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        now = time.monotonic()
        if deadline is None and death.seen and death.seen in passed(report).points:
            deadline = now + (death.after or 0)
        if deadline is not None and now >= deadline:
            return _kill(pid)
        if now > began + PATIENCE:
            _kill(pid)
            raise NoEnd(f"no end after {PATIENCE:.0f} s")
        time.sleep(_POLL)


def _kill(pid: int) -> int:
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]
