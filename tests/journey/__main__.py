"""``make run``: the cashier window in practice mode; without a screen, one settlement at it.

With a screen a person settles; without one the journey is played on a virtual screen, one line a
step, and leaves ``out/receipt.pdf`` and ``out/window.png``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop.domain.names import masked_name
from tests.journey.at_the_window import SEEN_AFTER, play
from tests.journey.journey import JourneyFailed, Say, card_of, charges_of
from tests.rig.kuasheng import ROOT, command
from tests.rig.pcsc import PcscStack, PcscUnavailable
from tests.rig.practice import practice
from tests.rig.screen import ScreenUnavailable
from tests.rig.town import townsman

_WHAT_TO_PRESS = (
    "读卡器里有一张卡，单据已在收费文件夹里：窗口会自己核对身份、上传、试算",
    "核对人证后按 F8，按 F9 结算，输入收到的现金，按 F10 收款并打印；F1 看全部按键",
    "关上窗口就结束；Ctrl+C 也行",
)


def main() -> int:
    steps = iter(range(1, 100))
    return _run(lambda line: print(f"[{next(steps)}] {line}", flush=True))


def _run(say: Say) -> int:
    try:
        with tempfile.TemporaryDirectory(prefix="kuasheng-") as work:
            return open_window(Path(work), say) if has_screen() else _play(Path(work), say)
    except (JourneyFailed, PcscUnavailable, ScreenUnavailable) as error:
        print(f"没有走完：{error}", file=sys.stderr)
        return 1


def has_screen() -> bool:
    """Whether a window can really be opened: a display that nobody serves does not count."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    probe = [sys.executable, "-c", "from PySide6.QtGui import QGuiApplication as G; G(['probe'])"]
    return subprocess.run(probe, capture_output=True, check=False, timeout=60).returncode == 0


def open_window(work: Path, say: Say) -> int:
    """The window for a person to try; returns its exit code when it is closed."""
    person, profile = townsman(0), work / "profile"
    (profile / "charges").mkdir(parents=True)
    charges_of(person).write(profile / "charges" / "bill.json")
    with practice() as platform, PcscStack(readers=1) as readers:
        say(f"演练平台：{platform.url}；读卡服务有一个虚拟读卡器")
        options = ("--profile", profile, "--platform", platform.url)
        environment = os.environ | readers.environment
        with subprocess.Popen(command(*options), cwd=ROOT, env=environment) as window:
            time.sleep(2 * SEEN_AFTER)
            readers.insert(0, card_of(person))
            say(f"前台窗口已打开，{masked_name(person['name'])}的社会保障卡已插入")
            for line in _WHAT_TO_PRESS:
                say(line)
            return _until_closed(window)


def _until_closed(window: subprocess.Popen[bytes]) -> int:
    try:
        return window.wait()
    except KeyboardInterrupt:
        window.terminate()
        return 0


def _play(work: Path, say: Say) -> int:
    out = Path("out")
    out.mkdir(exist_ok=True)
    say("没有屏幕：在虚拟屏幕上走一遍")
    play(townsman(0), out, work, say)
    return 0


if __name__ == "__main__":
    sys.exit(main())
