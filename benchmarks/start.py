"""How long a verb takes to start, as a process ÷ ``python -c pass``; for information."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measures import Measure, Pairs, alternately

ROUNDS = 15
_ROOT = Path(__file__).parents[1]


def measure() -> tuple[Measure, ...]:
    """``kuasheng settings show`` and ``kuasheng --help``."""
    with TemporaryDirectory(prefix="kuasheng-bench-") as folder:
        show = _against_python("settings", "show", "--profile", folder)
    return (
        show.ratio("start: settings show ÷ python", None, ("kuasheng", "python -c pass")),
        _against_python("--help").ratio(
            "start: --help ÷ python", None, ("kuasheng", "python -c pass")
        ),
    )


def _against_python(*verb: str) -> Pairs:
    return alternately(lambda: _run("-m", "desktop", *verb), lambda: _run("-c", "pass"), ROUNDS)


def _run(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, *arguments],
        cwd=_ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
