"""``make forms``: a picture of every form, into docs/forms."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from printing.font_places import font_folders
from printing.fonts import find_fonts
from printing.layout import Layouts
from tests.printing.every_form import papers

TARGET = Path(__file__).parent.parent.parent / "docs" / "forms"
_DPI = "110"


def main(names: Sequence[str], target: Path = TARGET) -> int:
    """The first page of each form, or of those named."""
    fonts = find_fonts(font_folders(Path(__file__).parent.parent.parent, Path.home()))
    target.mkdir(parents=True, exist_ok=True)
    every = papers(Layouts(), fonts)
    with TemporaryDirectory() as folder:
        for name in names or every:
            pdf = Path(folder, f"{name}.pdf")
            pdf.write_bytes(every[name]().pdf)
            draw = ("pdftoppm", "-r", _DPI, "-png", "-singlefile", str(pdf), str(target / name))
            subprocess.run(draw, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
