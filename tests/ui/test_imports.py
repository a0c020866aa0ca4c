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


_AT_REST = """
import sys
from ui.imports import import_as_usual, load_msgspec
import_as_usual()
load_msgspec()
import desktop.window, desktop.at_the_window, card_reader.watch
from ui.cashier.pages.book import load_pages
load_pages()
print(*sorted(sys.modules))
"""
_NOT_YET = frozenset(
    (
        *("ssl", "http", "hashlib", "hmac", "secrets", "typing_extensions", "encodings.gb18030"),
        *("httpx", "cryptography", "reportlab", "pypdfium2", "zxingcpp", "smartcard", "serial"),
        *("printing.spooler", "ui.cashier.pages.charges", "ui.cashier.pages.cash"),
        *("card_reader.camera", "card_reader.id_reader", "desktop.nhsa.messages.by_number"),
    )
)


def test_a_window_that_waits_loads_nothing_that_only_a_patient_needs() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _AT_REST], capture_output=True, check=True, text=True
    )
    assert not _NOT_YET & set(told.stdout.split())


def test_msgspec_does_without_typing_extensions_and_others_get_it() -> None:
    look = (
        "from ui.imports import load_msgspec\nload_msgspec()\nimport typing_extensions, msgspec\n"
    )
    again = "load_msgspec()\nprint(msgspec.json.encode(typing_extensions.TypedDict and 1).decode())"
    told = subprocess.run(
        [sys.executable, "-c", look + again], capture_output=True, check=True, text=True
    )
    assert told.stdout == "1\n"


_A_TABLE = """
import enum, os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from ui.widgets.line_table import LineTable
application = QApplication([])
table = LineTable()
table.show()
print(*sorted(kind.__name__ for kind in enum.Enum.__subclasses__()))
"""


def test_a_table_does_not_have_all_widgets_built() -> None:
    """Asked for a widget of a class that it does not know, PySide builds everyone's: 20 ms."""
    told = subprocess.run(
        [sys.executable, "-c", _A_TABLE], capture_output=True, check=True, text=True
    )
    built = set(told.stdout.split())
    assert "WizardPixmap" not in built
    assert "SelectionBehavior" in built
