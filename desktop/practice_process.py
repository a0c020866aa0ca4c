"""The practice platform as a child process of the desk (contracts: practice mode)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.problems import ProblemCode, desk_error

_PATIENCE = 10.0
_FOLLOW = "--until-stdin-closes"


@contextmanager
def practice_platform(data: Path) -> Iterator[str]:
    """Run ``kuasheng practice`` beside us and give its address; it ends with the block.

    Raises ``practice-unavailable`` when it does not come up.
    """
    process = subprocess.Popen(
        [*_program(), "practice", "--port", "0", "--data", str(data), _FOLLOW],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield _address(process)
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _program() -> list[str]:
    frozen = getattr(sys, "frozen", False)
    return [sys.executable] if frozen else [sys.executable, "-m", "desktop"]


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    try:
        return str(json.loads(process.stdout.readline())["url"])
    except (ValueError, LookupError, TypeError):
        raise desk_error(ProblemCode.PRACTICE_UNAVAILABLE) from None
