"""Pictures of the window of the real program, both themes of each, small files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.window.till import Till

_COLOURS = 128
_MOVES = 0.5
"""Seconds that a picture of something moving waits for the theme to be worn."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes what the window shows into ``<folder>-<theme>/<state>.png``."""

    till: Till
    folder: Path

    def take(self, state: str, *, moving: bool = False) -> None:
        for theme in ("dark", "light"):
            self.till.ask(theme)
            file = self.folder.with_name(f"{self.folder.name}-{theme}") / f"{state}.png"
            self._expose(file, moving=moving)
            _make_small(file)

    def _expose(self, file: Path, *, moving: bool) -> None:
        if not moving:
            self.till.booth.screenshot(file)
            return
        time.sleep(_MOVES)
        self.till.screen.picture(file)


def _make_small(file: Path) -> None:
    """With a palette of its own a picture is a third as large, and looks the same."""
    with Image.open(file) as seen:
        seen.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
