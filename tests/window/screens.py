"""Pictures of every state of the window, of the real program: ``make screens``.

They go to ``docs/screens/<width>x<height>-<theme>/<state>.png``; the platform, the card service and
the screen are real, and each state is reached as a cashier reaches it.

``python -m tests.window.screens --only paid --only unknown --size 1366x768 --scale 150 --to out``
takes a few.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.commands.careless import careless
from tests.journey.at_the_window import TITLE, Surroundings, surroundings, window_among
from tests.rig.kuasheng import ROOT
from tests.window import rare_pictures
from tests.window.camera import Camera
from tests.window.later_scenes import LATER
from tests.window.scenes import CARELESS, HONEST, Scene
from tests.window.till import Till, spied

SIZES = ("1366x768", "1920x1080")
THE_BEST = Path("docs", "pictures", "window.png")
"""What both READMEs show."""


@dataclass(frozen=True, slots=True)
class Studio:
    """A screen of one size with everything around it, and where its pictures go."""

    around: Surroundings
    folder: Path
    only: frozenset[str]
    held: list[str] = field(default_factory=list)
    """What held the Qt thread of the windows while their pictures were taken."""

    def photograph(self) -> None:
        for row in (*HONEST, *LATER):
            self._play(row)
        for scene, infno, edit in CARELESS:
            if self._wanted((scene,)):
                with careless(self.around.platform.url, infno, edit) as url:
                    self._play((scene,), url)

    def _play(self, scenes: Iterable[Scene], url: str = "") -> None:
        wanted = self._wanted(scenes)
        if not wanted:
            return
        with self._camera(url) as camera:
            for scene in wanted:
                scene(camera)
            self.held.extend(camera.till.ask("held"))

    def _wanted(self, scenes: Iterable[Scene]) -> tuple[Scene, ...]:
        return tuple(scene for scene in scenes if not self.only or scene.__name__ in self.only)

    @contextmanager
    def _camera(self, url: str) -> Iterator[Camera]:
        """A desk of its own, its window over the whole screen, the pointer out of sight."""
        self.around.platform.reset()
        with (
            tempfile.TemporaryDirectory(prefix="kuasheng-") as folder,
            window_among(self.around, Path(folder), spied, url) as booth,
        ):
            self.around.screen.fill(TITLE)
            yield Camera(Till(booth), self.folder)


def photograph(size: str, scale: int, target: Path, only: frozenset[str]) -> list[str]:
    """Every wanted scene at one size of the screen, as ``1366x768``; what held the windows."""
    width, height = (int(length) for length in size.split("x"))
    with surroundings(width, height, scale) as around:
        studio = Studio(around, target / size, only)
        studio.photograph()
    return studio.held


def main() -> int:
    """The old pictures go when all the new ones are there: half a series is worse than an old one."""
    asked = _arguments()
    sizes, only = asked.size or SIZES, frozenset(asked.only)
    with tempfile.TemporaryDirectory(prefix="kuasheng-screens-") as folder:
        made = Path(folder)
        with ProcessPoolExecutor(len(sizes), get_context("spawn")) as studios:
            rare = studios.submit(rare_pictures.photograph, sizes, made, only)
            held = [studios.submit(photograph, size, asked.scale, made, only) for size in sizes]
        rare.result()
        _tell([turn for end in held for turn in end.result()])
        _keep(made, asked.to, sizes if not only else ())
    if not only:
        shutil.copy(asked.to / "1366x768-light" / "offer.png", ROOT / THE_BEST)
    return 0


def _tell(held: list[str]) -> None:
    """What the watch of the windows saw."""
    print("\n".join(held) or "nothing held the Qt thread")  # noqa: T201


def _keep(made: Path, target: Path, replaced: Iterable[str]) -> None:
    """Put the new pictures in place; ``replaced``: sizes of which every old one goes."""
    for size in replaced:
        for old in target.glob(f"{size}-*/*.png"):
            old.unlink()
    for picture in made.glob("*/*.png"):
        place = target / picture.parent.name / picture.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(picture, place)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.window.screens", description=__doc__)
    parser.add_argument("--size", action="append", help="1366x768; both sizes if not given")
    parser.add_argument("--scale", type=int, default=100, help="percent, as QT_SCALE_FACTOR")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screens")
    parser.add_argument("--only", action="append", default=[], help="the name of a scene")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
