"""Imports that bring no more than is used: a window that waits is as small as it can be."""

from __future__ import annotations

import builtins
import linecache
import sys
from importlib import import_module

from ui.compiled_once import beside, compiled_once


def import_as_usual() -> None:
    """Load PySide, and take back the ``__import__`` that it puts in place of Python's.

    PySide's reads the source of every module imported from then on, and keeps it, to learn whether
    the module may say ``from __feature__ import``. None of ours does; the sources were 8 MiB. What
    it read of its own modules until here is let go too.
    """
    with compiled_once(beside("pyside")):
        import PySide6.QtCore  # noqa: F401 - puts it in place
    linecache.clearcache()
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def load_msgspec() -> None:
    """Load it with Python's own ``typing``, which has all that it takes from ``typing_extensions``.

    That is 0.4 MiB; httpx loads it with the first patient.
    """
    there = "typing_extensions" in sys.modules
    if not there:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # as if not installed
    try:
        import_module("msgspec")
    finally:
        if not there:
            del sys.modules["typing_extensions"]
