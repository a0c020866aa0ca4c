"""Paint the gallery; each scale in a process of its own, as ``QT_SCALE_FACTOR`` wants."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ui.theme.stylesheet import STYLE, apply
from ui.theme.tokens import Mode
from ui.widgets.gallery.pages import PAGES, SIZE

_SCALES = (100, 150)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m ui.widgets.gallery", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scale", type=int, help="percent; paints in this process")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.scale:
        paint(chosen.out, chosen.scale)
    else:
        for scale in _SCALES:
            _in_own_process(chosen.out, scale)


def _in_own_process(out: Path, scale: int) -> None:
    factor = {"QT_SCALE_FACTOR": str(scale / 100), "QT_QPA_PLATFORM": "offscreen"}
    options = ["--out", str(out), "--scale", str(scale)]
    command = [sys.executable, "-m", "ui.widgets.gallery", *options]
    subprocess.run(command, env={**os.environ, **factor}, check=True)


def paint(out: Path, scale: int) -> None:
    """Every page in both modes to ``<page>-<mode>-<scale>.png``."""
    app = QApplication(["gallery", *STYLE])
    switch = apply(app)
    for mode in (Mode.LIGHT, Mode.DARK):
        switch.choose(mode)
        for name, make in PAGES.items():
            page = make()
            page.resize(QSize(*SIZE))
            page.show()
            app.processEvents()
            page.grab().save(str(out / f"{name}-{mode.value}-{scale}.png"))
            page.close()


main()
