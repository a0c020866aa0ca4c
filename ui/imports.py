"""Imports as Python itself does them, while PySide is in the process."""

from __future__ import annotations

import builtins


def import_as_usual() -> None:
    """Load PySide, and take back the ``__import__`` that it puts in place of Python's.

    PySide's reads and keeps the source of every module that is imported from then on, to see
    whether it says ``from __future__``'s namesake ``__feature__``; no module of ours does. In the
    window these were 7 MiB, and a third of the time that our modules took.
    """
    import PySide6.QtCore  # noqa: F401 - puts it in place

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
