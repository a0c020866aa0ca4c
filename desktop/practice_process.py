"""The practice platform as a child process of the desk (contracts: practice mode)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from desktop.domain.problems import ProblemCode, desk_error

PATIENCE = 10.0
"""Seconds until the platform must have said where it listens; the same again for its end."""
_CHUNK = 4096
_FOLLOW = "--until-stdin-closes"


@contextmanager
def practice_platform(
    data: Path, *, program: Sequence[str] = (), patience: float = PATIENCE
) -> Iterator[str]:
    """Run ``kuasheng practice`` beside us and give its address; it ends with the block.

    Raises ``practice-unavailable`` when it does not come up within ``patience`` seconds.
    """
    order = [*(program or _program()), "practice", "--port", "0", "--data", str(data), _FOLLOW]
    with _child(order, patience) as said:
        yield _address(said, patience)


@contextmanager
def _child(order: Sequence[str], patience: float) -> Iterator[SimpleQueue[bytes]]:
    """The child's first line on stdout; the rest is read and dropped, so it never blocks on us."""
    process = _started(order)
    said: SimpleQueue[bytes] = SimpleQueue()
    assert process.stdin is not None
    assert process.stdout is not None
    listener = Thread(target=_listen, args=(process.stdout, said), daemon=True)
    listener.start()
    try:
        yield said
    finally:
        _end(process, patience)
        process.stdin.close()
        listener.join()
        process.stdout.close()


def _started(order: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    except OSError as error:
        raise desk_error(ProblemCode.PRACTICE_UNAVAILABLE) from error


def _listen(stdout: IO[bytes], said: SimpleQueue[bytes]) -> None:
    said.put(stdout.readline())
    while stdout.readline(_CHUNK):
        pass


def _end(process: subprocess.Popen[bytes], patience: float) -> None:
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _program() -> list[str]:
    frozen = getattr(sys, "frozen", False)
    return [sys.executable] if frozen else [sys.executable, "-m", "desktop"]


def _address(said: SimpleQueue[bytes], patience: float) -> str:
    try:
        return str(json.loads(said.get(timeout=patience))["url"])
    except Empty:
        late = f"{patience:g} 秒内没有就绪"
        raise desk_error(ProblemCode.PRACTICE_UNAVAILABLE, late) from None
    except (ValueError, LookupError, TypeError):
        raise desk_error(ProblemCode.PRACTICE_UNAVAILABLE) from None
