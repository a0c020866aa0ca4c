"""A program with one field for ``tests/ui/test_screen.py``: it prints each line typed into it."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLineEdit


def main() -> None:
    app = QApplication([])
    field = QLineEdit()
    field.setWindowTitle("探针 probe")
    field.setStyleSheet("background: #0A4D6B; color: white; border: none")
    field.resize(*map(int, sys.argv[1:3]))
    field.returnPressed.connect(lambda: sys.stdout.write(field.text() + "\n"))
    field.returnPressed.connect(sys.stdout.flush)
    field.returnPressed.connect(field.clear)
    field.show()
    app.exec()


main()
