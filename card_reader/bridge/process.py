"""One helper process: a line in, a line out, each bounded in time; killed without mercy."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

_log = logging.getLogger(__name__)

_LONGEST_LINE = 1 << 20
_FAREWELL = 2.0
"""Seconds; a process that hangs in a driver may outlive even its kill."""
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
_kill_all = getattr(os, "killpg", os.kill)
"""With the processes that the library itself has started, where the system can."""
_SEARCHED = ("PATH", "LD_LIBRARY_PATH")
"""Where a library finds what it loads itself: its own folder first."""


class HelperGone(Exception):
    """The process has ended, or says what no helper says: the library took it down."""


class HelperSilent(Exception):
    """No line within the time: the library hangs."""


class HelperProcess:
    """Started with its library's folder as its own: such libraries look for their files there.

    Its command line names the library; what is asked and answered goes through pipes only.
    """

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """Raises :class:`OSError` when there is no such program."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            creationflags=_NO_WINDOW,
            start_new_session=True,
        )
        self._lines: SimpleQueue[bytes] = SimpleQueue()
        assert self._process.stdout is not None
        self._listener = Thread(
            target=_listen, args=(self._process.stdout, self._lines), daemon=True
        )
        self._listener.start()
        _log.debug("helper %d started", self._process.pid)

    @property
    def pid(self) -> int:
        return self._process.pid

    def say(self, line: bytes) -> None:
        """Raises :class:`HelperGone`."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError as error:
            raise HelperGone from error

    def hear(self, seconds: float) -> bytes:
        """Its next line; raises :class:`HelperGone` and :class:`HelperSilent`."""
        try:
            line = self._lines.get(timeout=max(seconds, 0))
        except Empty:
            raise HelperSilent from None
        if not line:
            raise HelperGone
        return line

    def kill(self) -> None:
        """End it at once; may be called from any thread, while another one waits for a line."""
        if self._process.returncode is None:
            with suppress(OSError):  # it has ended by itself just now
                _kill_all(self._process.pid, _KILL)

    def end(self) -> None:
        """Kill it and give everything back; by the thread that has talked to it."""
        self.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_FAREWELL)
        self._listener.join(_FAREWELL)
        assert self._process.stdin is not None
        with suppress(OSError):  # what was not taken any more
            self._process.stdin.close()
        _log.debug("helper %d ended with %s", self._process.pid, self._process.returncode)


def _listen(stdout: IO[bytes], lines: SimpleQueue[bytes]) -> None:
    """Every line, then an empty one for the end."""
    with stdout:
        while line := stdout.readline(_LONGEST_LINE):
            lines.put(line)
    lines.put(b"")


def _environment(folder: Path) -> dict[str, str]:
    own = {name: _before(folder, os.environ.get(name, "")) for name in _SEARCHED}
    return {**os.environ, **own}


def _before(folder: Path, others: str) -> str:
    return os.pathsep.join(filter(None, (str(folder), others)))
