"""A program that ends while threads hang about and come back: ``python -m tests.ui.hung_posts``."""

from __future__ import annotations

import sys
import threading

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.work import QtPost

_THREADS = 3
_MOMENT_MS = 30


class Owner(QObject):
    """As a shell: lives until Python ends, and has its post as a child."""

    def __init__(self) -> None:
        super().__init__()
        self.post = QtPost(self)

    def come_back(self) -> None:
        while True:
            self.post(lambda: None)


def main() -> None:
    sys.setswitchinterval(0.00002)
    app = QApplication(sys.argv)
    owner = Owner()
    for _ in range(_THREADS):
        threading.Thread(target=owner.come_back, daemon=True).start()
    QTimer.singleShot(_MOMENT_MS, app.quit)
    app.exec()
    owner.post.close()


if __name__ == "__main__":
    main()
