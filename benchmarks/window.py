"""The cashier's window ÷ a bare PySide6 window of as many widgets; from credential to PDF.

Both windows are processes of their own on one virtual screen. A window is there when it is painted
and answers a key with what one can see; both are looked at in the same way, every millisecond.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections import Counter as Tally
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

from msgspec import structs

from benchmarks.counter import Counter, NotSettled, open_counter
from benchmarks.measures import Measure, alternately, confidence, seconds, timed
from benchmarks.off_the_line import OffTheLine
from benchmarks.onlooker import Onlooker, looking_at
from desktop.app import OpenDesk
from desktop.domain.account_use import AccountUse
from desktop.domain.identity import CheckWay
from desktop.domain.money import ZERO
from desktop.printers import OneFile
from desktop.services.identify import from_id_number
from desktop.services.line import Line
from desktop.services.settle import Agreement
from tests.rig.practice import practice
from tests.rig.screen import Screen
from ui.cashier import counter as jobs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Kinds: TypeAlias = Mapping[str, Mapping[str, int]]

START_TARGET = 1.5
MEMORY_TARGET = 1.5
PAPER_TARGET = 0.030
"""Seconds from the credential to the PDF, the time on the line left out."""
ROUNDS = 11
OPENINGS = 5
VISITS = 25
_IDLE = 3.0
_GRAIN = 128
"""Pages, half a megabyte: less is no change."""
_MADE_BY_OTHERS = ("QHeaderView", "QScrollBar")
"""Tables and scroll areas bring their own."""
_WITHOUT_TOOLS = "import sys; sys.modules.update(rich=None, pygments=None)"
"""They come with the linters; where they are, httpx loads 8 MB of them for a command of its own."""
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
_OPENING = "正在打开"
"""In the title as long as the desk is not open."""
_ROOT = Path(__file__).parents[1]


def measure() -> tuple[Measure, ...]:
    """Start, until the desk is open, idle memory, and the paper."""
    with (
        TemporaryDirectory(prefix="kuasheng-bench-") as folder,
        practice() as platform,
        Screen() as screen,
    ):
        ours = ("-m", "desktop", "--profile", f"{folder}/profile", "--platform", platform.url)
        at_first, at_rest = kinds_of_our_window()
        sides = Sides(_environment(screen, folder), ours, _bare(at_first))
        started = alternately(sides.start_ours, sides.start_bare, ROUNDS, warm_up=1)
        opened = [seconds(sides.open_desk) for _round in range(OPENINGS)]
        rested = replace(sides, bare=_bare(at_rest))
        rested.memory()  # makes the profile: a desk does so on its first day only
        sizes = [rested.memory() for _round in range(3)]
    return (
        started.ratio("window start ÷ bare", START_TARGET, ("kuasheng", "bare window")),
        timed("process start → desk open", opened, f"{OPENINGS} starts"),
        _of_memory(sizes),
        _to_paper(),
    )


@dataclass(frozen=True, slots=True)
class Sides:
    """The two programs on their screen."""

    environment: Mapping[str, str]
    ours: tuple[str, ...]
    bare: tuple[str, ...]

    def start_ours(self) -> None:
        with self._shown(self.ours):
            pass

    def start_bare(self) -> None:
        with self._shown(self.bare):
            pass

    def open_desk(self) -> None:
        """Until it takes a credential: journal, settings and knowledge are there."""
        with self._shown(self.ours) as (_process, onlooker):
            onlooker.await_title(without=_OPENING)

    def memory(self) -> tuple[float, float]:
        """Bytes in memory of both windows, a while after they stand."""
        return self._resident(self.ours), self._resident(self.bare)

    def _resident(self, program: tuple[str, ...]) -> float:
        with self._shown(program) as (process, _onlooker):
            return float(_at_rest(process.pid) * os.sysconf("SC_PAGE_SIZE"))

    @contextmanager
    def _shown(
        self, program: tuple[str, ...]
    ) -> Iterator[tuple[subprocess.Popen[bytes], Onlooker]]:
        with (
            looking_at(self.environment["DISPLAY"]) as onlooker,
            subprocess.Popen(
                [sys.executable, *program],
                cwd=_ROOT,
                env=self.environment,
                stderr=subprocess.DEVNULL,
            ) as process,
        ):
            try:
                onlooker.await_use()
                yield process, onlooker
            finally:
                process.kill()


def _at_rest(process: int) -> int:
    """Resident pages of a process once they have not changed for a while: it does no more."""
    pages, seen = 0, -1
    while pages != seen:
        seen = pages
        time.sleep(_IDLE)
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1]) // _GRAIN
    return pages * _GRAIN


def _environment(screen: Screen, folder: str) -> Mapping[str, str]:
    """What an installed program has: its bytecode, and no tools of developers."""
    told = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    Path(folder, "sitecustomize.py").write_text(_WITHOUT_TOOLS, encoding="utf-8")
    own = {"PYTHONPYCACHEPREFIX": f"{folder}/bytecode", "PYTHONPATH": folder}
    return told | screen.environment | own


def _bare(kinds: Kinds) -> tuple[str, ...]:
    return ("-m", "benchmarks.bare_window", json.dumps(kinds))


def kinds_of_our_window() -> tuple[Kinds, Kinds]:
    """How many widgets of which Qt kind the window has, shown and hidden: as it stands for the first
    time, and at rest, when its other pages are made.

    Asked in a process of its own.
    """
    program = [sys.executable, "-m", "benchmarks.window"]
    told = subprocess.run(program, cwd=_ROOT, check=True, capture_output=True, text=True)
    at_first, at_rest = json.loads(told.stdout)
    return at_first, at_rest


def _of_memory(sizes: Sequence[tuple[float, float]]) -> Measure:
    ratios = [ours / bare for ours, bare in sizes]
    low, high = confidence(ratios)
    ours, bare = (median(side) / 2**20 for side in zip(*sizes, strict=True))
    detail = f"{ours:.0f} ÷ {bare:.0f} MiB"
    return Measure("window memory ÷ bare", median(ratios), low, high, "", MEMORY_TARGET, detail)


def _to_paper() -> Measure:
    """The jobs of the window's workers, one after the other, nobody's thinking between them."""
    with open_counter() as counter, TemporaryDirectory() as folder:
        line = counter.opened.desk.platform
        assert isinstance(line, Line)
        watch = OffTheLine(line._client.transport)  # noqa: SLF001 - no other way in
        heard = Line(structs.replace(line._client, transport=watch))  # noqa: SLF001
        timed = replace(counter, opened=_with(counter.opened, heard))
        slip = Path(folder, "slip.pdf")
        for _warm_up in range(3):
            _one_visit(timed, watch, slip)
        gc.collect()
        gc.freeze()  # as the window does
        visits = [_one_visit(timed, watch, slip) for _ in range(VISITS)]
        gc.unfreeze()
    low, high = confidence(visits)
    return Measure(
        "credential → PDF, no network",
        median(visits) * 1000,
        low * 1000,
        high * 1000,
        " ms",
        PAPER_TARGET * 1000,
        f"{len(visits)} visits",
    )


def _with(opened: OpenDesk, platform: Line) -> OpenDesk:
    return structs.replace(opened, desk=structs.replace(opened.desk, platform=platform))


def _one_visit(counter: Counter, watch: OffTheLine, slip: Path) -> float:
    window = _at_the_window(counter, slip)
    began, watch.seconds = time.perf_counter(), 0.0
    visit = window.new_visit()
    jobs.show(visit, lambda: from_id_number(counter.id_number))
    jobs.admit(window, visit, None)
    cash = jobs.prepare(window, visit, AccountUse.NONE).settlement.split.cash or ZERO
    visit.check_identity(CheckWay.LOOKED, window.operator)
    jobs.settle(visit, Agreement(AccountUse.NONE, window.operator))
    paper = jobs.collect(window, visit, cash)
    if paper.ordered is None:
        raise NotSettled(str(paper.problems))
    window.papers.ended(paper.ordered, window.papers.send(paper.ordered))
    return time.perf_counter() - began - watch.seconds


def _at_the_window(counter: Counter, slip: Path) -> jobs.Counter:
    """The ports of a window in whose drop folder the next bill of the patient lies."""
    opened, bill = counter.opened, counter.next_bill()
    return jobs.Counter(
        opened.desk,
        "0001",
        lambda _person: (bill,),
        opened.papers(OneFile(slip)),
        opened.catalogue,
    )


def _kinds() -> tuple[Kinds, Kinds]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from desktop.knowledge.areas import load_areas
    from ui.cashier.state import Desk, ViewState
    from ui.cashier.window import CashierWindow
    from ui.theme.stylesheet import STYLE, apply

    app = QApplication(["kinds", *STYLE])
    apply(app)
    window = CashierWindow(load_areas, time.monotonic)
    window.present(ViewState(Desk("演练医院", "0001", practice=True)))
    at_first = _parts(window)
    for _page in window.furnish_at_rest():
        pass
    return at_first, _parts(window)


def _parts(window: QWidget) -> Kinds:
    from PySide6.QtWidgets import QWidget

    parts = window.findChildren(QWidget)
    return {
        "shown": _tally([part for part in parts if part.isVisibleTo(window)]),
        "hidden": _tally([part for part in parts if not part.isVisibleTo(window)]),
    }


def _tally(parts: Sequence[object]) -> Mapping[str, int]:
    kinds = Tally(_qt_kind(type(part)) for part in parts)
    return {name: count for name, count in kinds.items() if name not in _MADE_BY_OTHERS}


def _qt_kind(kind: type) -> str:
    """Its nearest Qt class that can stand alone."""
    from PySide6 import QtWidgets

    abstract = (QtWidgets.QAbstractItemView, QtWidgets.QAbstractButton)
    found = next(base for base in kind.__mro__ if base.__module__ == "PySide6.QtWidgets")
    return "QWidget" if found in abstract else found.__name__


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_kinds()))
