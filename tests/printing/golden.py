"""What each form says, as poppler reads it; ``python -m tests.printing.golden`` writes it anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from printing.font_places import font_folders
from printing.fonts import find_fonts
from printing.layout import Layouts
from tests.printing.every_form import papers

FOLDER = Path(__file__).parent / "golden"


def read(pdf: bytes, *options: str) -> str:
    """The text layer."""
    command = ("pdftotext", *(options or ("-layout",)), "-", "-")
    return subprocess.run(command, input=pdf, check=True, capture_output=True).stdout.decode()


def told(pdf: bytes) -> str:
    """Line by line, each gap as one blank: what stands on the paper and in which order."""
    lines = (" ".join(line.split()) for line in read(pdf).replace("\f", "\n").splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def main() -> int:
    fonts = find_fonts(font_folders(Path("nowhere"), Path.home()))
    FOLDER.mkdir(exist_ok=True)
    for name, paper in papers(Layouts(), fonts).items():
        (FOLDER / f"{name}.txt").write_text(told(paper().pdf), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
