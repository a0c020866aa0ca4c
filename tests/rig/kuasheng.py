"""The desk's command line as a real process."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What one verb printed and how it ended."""

    exit: int
    body: dict[str, Any]
    words: str

    @property
    def codes(self) -> list[str]:
        """Codes of the problems."""
        return [problem["code"] for problem in self.body["problems"]]


def kuasheng(
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
    typed: str | None = None,
    within: float = 60.0,
) -> Ran:
    """Run ``kuasheng`` with ``arguments``; its standard output must be one JSON object."""
    done = subprocess.run(
        command(*arguments),
        env={**os.environ, **(environment or {})},
        input=typed,
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
        cwd=ROOT,
    )
    body = json.loads(done.stdout) if done.stdout else {}
    return Ran(done.returncode, body, done.stderr)


def in_this_process(*arguments: str | Path) -> Ran:
    """The same verb without a process of its own, most of whose second is its start."""
    from desktop.__main__ import main

    out, words = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(words):
        try:
            end = main([*map(str, arguments)])
        except SystemExit as usage:
            end = int(str(usage.code))
    told = out.buffer.getvalue()
    return Ran(end, json.loads(told) if told else {}, words.getvalue())


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "desktop", *map(str, arguments)]
