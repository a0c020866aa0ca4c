"""PySide's own import is taken back: it would keep the source of every module."""

from __future__ import annotations

import json
import subprocess
import sys

_LOOK = """
import builtins, json, linecache
from ui.imports import import_as_usual
import_as_usual()
import ui.cashier.doorway
kept = [name for name in linecache.cache if "doorway" in name]
print(json.dumps([builtins.__import__.__name__, kept]))
"""


def test_no_source_is_read_and_kept() -> None:
    """What stays is PySide's answer to ``import *``, which reads nothing."""
    told = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, check=True, text=True)
    assert json.loads(told.stdout) == ["__lazy_import__", []]
