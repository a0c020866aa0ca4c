"""Files that are either wholly there or not at all, also after a power cut."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def create_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read (mode 0600), whole or not at all.

    Raises ``OSError``. An older file of that name is replaced.
    """
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(unfinished, path)


def copy_durably(file: Path, copy: Path) -> None:
    """Copy a file with its times, on disk when this returns. Raises ``OSError``."""
    shutil.copy2(file, copy)
    with copy.open("rb+") as written:
        os.fsync(written.fileno())
    sync_directory(copy.parent)


def put_in_place(finished: Path, path: Path) -> None:
    """Rename a file whose content is on disk, and bring the new name to disk too."""
    finished.replace(path)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Bring names made in a directory to disk; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
