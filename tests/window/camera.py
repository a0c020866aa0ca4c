"""Pictures of the window of the real program, both themes of each, small files."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.window.naming import picture
from tests.window.till import Till

_COLOURS = 128
_MOVES = 0.5
"""Seconds that a picture of something moving waits for the theme to be worn."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes what the window shows into ``<folder>-<theme>/<state>-<what>.png``."""

    till: Till
    folder: Path

    def take(self, what: str = "", *, moving: bool = False) -> None:
        """The window says which state it is; ``what`` tells one look of it from another."""
        name = picture(self.till.ask("state"), what)
        for theme in ("dark", "light"):
            self.till.ask(theme)
            file = self.folder.with_name(f"{self.folder.name}-{theme}") / name
            keep(self._seen(moving=moving), file)

    def _seen(self, *, moving: bool) -> tuple[int, int, bytes]:
        if not moving:
            return self.till.booth.still()
        time.sleep(_MOVES)
        return self.till.screen.pixels()


def keep(seen: tuple[int, int, bytes], file: Path) -> None:
    """With a palette of its own a picture is a third as large.

    Rare colours have a place in it: an ordinary palette turns the marks of warnings grey.
    """
    width, height, rgb = seen
    file.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.frombytes("RGB", (width, height), rgb)
    few = picture.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.putpalette(_exact(picture, few))
    few.save(file)


def _exact(picture: Image.Image, few: Image.Image) -> list[int]:
    """The palette with, of the colours that share a place, the one most seen instead of their mean.

    Else the ground, which is one colour of the theme, is another grey in each picture.
    """
    palette = few.getpalette() or []
    pixels = memoryview(picture.convert("RGBX").tobytes()).cast("I")
    seen = Counter(zip(few.tobytes(), pixels, strict=True))
    for (place, colour), _count in sorted(seen.items(), key=lambda item: item[1]):
        palette[3 * place : 3 * place + 3] = colour.to_bytes(4, sys.byteorder)[:3]
    return palette
