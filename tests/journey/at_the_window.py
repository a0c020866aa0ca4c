"""The journey at the window: a card in a real reader, real keys on a real screen, a slip.

``kuasheng`` runs as a process of its own on a virtual screen; what a test and ``make run`` do to
it, a cashier could do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.journey.journey import JourneyFailed, Say, card_of, charges_of
from tests.rig.kuasheng import ROOT, command
from tests.rig.pcsc import PcscStack
from tests.rig.practice import Practice, practice
from tests.rig.screen import Screen, png

Program = Callable[..., list[str]]
"""The command line of the window, from its options."""

TITLE = "跨省直结前台"
PDF_PRINTER = """
[printers.pdf]
kind = "folder"
address = "{}"
[printers.forms]
F1 = {{ printer = "pdf" }}
"""
OPENING = "正在打开"
SEEN_AFTER = 1.8
"""Seconds until the desk has surely seen a new bill: two looks into the folder. It says nothing."""
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a window: one can be closed and another opened among the same."""

    screen: Screen
    readers: PcscStack
    platform: Practice

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | self.readers.environment | self.screen.environment


@dataclass(frozen=True, slots=True)
class Booth:
    """A window on its screen, with everything around it."""

    screen: Screen
    readers: PcscStack
    platform: Practice
    profile: Path
    process: subprocess.Popen[bytes]

    def settlements(self, person: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """What the platform holds of this person."""
        return self.platform.settlements(person["certno"])

    def slips(self) -> list[Path]:
        """Every slip that this desk printed by now, of each the first copy; the oldest first."""
        printed = (self.profile / "slips").glob("F1-*-1.pdf")
        return sorted(printed, key=lambda file: file.stat().st_mtime_ns)

    def await_slip(self) -> Path:
        """The first slip, once it came out of the printer."""
        self.await_that("结算单没有打出来", self.slips)
        return self.slips()[0]

    def drop(self, person: Mapping[str, Any], **changes: Any) -> None:
        """The hospital's system hands over a bill of this person, whole from the first moment."""
        bill = replace(charges_of(person), **changes)
        charges = self.profile / "charges"
        charges.mkdir(parents=True, exist_ok=True)
        made = bill.write(charges / f".{bill.bill_no}")
        made.rename(charges / f"{bill.bill_no}.json")

    def await_that(self, what: str, ready: Callable[[], object]) -> None:
        """Wait until ``ready``; raises :class:`JourneyFailed` with ``what``."""
        until = time.monotonic() + _PATIENCE
        while not ready():
            if time.monotonic() > until or self.process.poll() is not None:
                self.screen.picture(ROOT / "out" / "failed.png")
                raise JourneyFailed(f"{what}（out/failed.png 是当时的屏幕）")
            time.sleep(0.02)

    def await_title(self, words: str, what: str) -> None:
        """Wait until the window's title says so."""
        self.await_that(what, lambda: self.screen.windows(words))

    def screenshot(self, file: Path) -> None:
        """What the cashier sees, as PNG."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png(*self.still()))

    def still(self) -> tuple[int, int, bytes]:
        """The screen as soon as two looks at it are the same; at last, as it is."""
        seen = self.screen.pixels()
        for _look in range(20):
            time.sleep(0.1)
            before, seen = seen, self.screen.pixels()
            if seen == before:
                break
        return seen


@contextmanager
def surroundings(width: int = 1366, height: int = 768, scale: int = 100) -> Iterator[Surroundings]:
    """Start platform, card service and screen; they end with the block."""
    seen = Screen(width, height, scale)
    with practice() as platform, PcscStack(readers=1) as readers, seen as screen:
        yield Surroundings(screen, readers, platform)


@contextmanager
def window_among(
    around: Surroundings, profile: Path, program: Program = command, url: str = ""
) -> Iterator[Booth]:
    """Open a window; it is up when the block begins, and gone when it ends.

    ``url``: something between the desk and its platform.
    """
    (profile / "charges").mkdir(parents=True, exist_ok=True)
    settings = profile / "settings.toml"
    if not settings.exists():
        settings.write_text(PDF_PRINTER.format(profile / "slips"), encoding="utf-8")
    process = subprocess.Popen(
        program("--profile", profile, "--platform", url or around.platform.url),
        cwd=ROOT,
        env=around.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        try:
            booth = Booth(around.screen, around.readers, around.platform, profile, process)
            booth.await_title(TITLE, "窗口没有打开")
            around.screen.wait_for_window(TITLE)  # gives it the keyboard
            booth.await_that("窗口没有打开账本", lambda: not around.screen.windows(OPENING))
            yield booth
        finally:
            process.terminate()
            process.wait(_PATIENCE)


@contextmanager
def booth(profile: Path, width: int = 1366, height: int = 768) -> Iterator[Booth]:
    """Everything for one window, and the window."""
    with surroundings(width, height) as around, window_among(around, profile) as at:
        yield at


def play(person: Mapping[str, Any], out: Path, work: Path, say: Say) -> Path:
    """One settlement at the window; leaves ``receipt.pdf`` and ``window.png`` in ``out``."""
    with booth(work / "profile") as at:
        return play_at(at, person, out, say)


def play_at(at: Booth, person: Mapping[str, Any], out: Path, say: Say) -> Path:
    """The same at a window that is open already."""
    say(f"演练平台、读卡服务、虚拟屏幕和前台窗口都已启动：{at.platform.url}")
    at.drop(person)
    time.sleep(SEEN_AFTER)
    at.readers.insert(0, card_of(person))
    at.await_title("请核对金额", "读卡后没有算出费用")
    say("插卡后窗口自动核对身份、查询待遇、上传明细并试算")
    at.screenshot(out / "window.png")
    at.screen.press("F8")
    at.screen.press("F9")
    at.await_title("请收款", "按 F9 后没有结算")
    say(f"F8 人证相符，F9 结算：{at.settlements(person)[0]['setl_id']}")
    at.screen.press("F10")
    at.await_title("已完成", "按 F10 后没有打印")
    shutil.copy(at.await_slip(), out / "receipt.pdf")
    say(f"F10 收款并打印：{out / 'receipt.pdf'}，窗口画面在 {out / 'window.png'}")
    return out / "receipt.pdf"
