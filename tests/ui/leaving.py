"""A program that ends while a long PDF is being drawn: ``python -m tests.ui.leaving PDF``."""

from __future__ import annotations

import atexit
import sys
import threading
import time
from pathlib import Path

from printing.sheets import Sheet, sheets_within
from ui.lanes import ThreadWork

_QT_GOES = 0.3
"""Seconds: after PDFium was taken down, Qt is, and other threads run all the while."""


def main(pdf: Path) -> None:
    atexit.register(time.sleep, _QT_GOES)
    content, drawing = pdf.read_bytes(), threading.Event()

    def draw() -> tuple[Sheet, ...]:
        sheets_within(content, 10, 10)
        drawing.set()
        return sheets_within(content, 1000, 1000)

    work = ThreadWork(lambda _call: None)
    work.start(draw, lambda _end: None)
    drawing.wait()
    work.close(lambda: None)
    work.leave(30)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
