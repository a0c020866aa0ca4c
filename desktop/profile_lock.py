"""A lock that one process has at most, and that the system takes back when the process dies.

The file may stay: only the lock on it counts. The calls are those of the standard library; a
package for them was 5 MiB of an open window, OpenSSL included.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockTaken(Exception):
    """Somebody else has it, perhaps another part of this process."""


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Have the lock within the block; raises :class:`LockTaken` at once, or ``OSError``.

    Any thread may end the block. ``OSError``: a folder without files, or without locks.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":

    def _take(handle: int) -> None:
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            raise LockTaken from None

else:

    def _take(handle: int) -> None:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockTaken from None
