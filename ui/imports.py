"""Imports as Python itself does them, while PySide is in the process."""

from __future__ import annotations

import builtins
import linecache


def import_as_usual() -> None:
    """Load PySide, and take back the ``__import__`` that it puts in place of Python's.

    PySide's reads the source of every module imported from then on, and keeps it, to learn whether
    the module may say ``from __feature__ import``. None of ours does; the sources were 8 MiB. What
    it read of its own modules until here is let go too.
    """
    import PySide6.QtCore  # noqa: F401 - puts it in place

    linecache.clearcache()
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
