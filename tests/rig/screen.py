"""A virtual screen with a keyboard: Xvfb of its own, real key events by XTEST, pictures of it.

::

    with Screen(1366, 768) as screen:
        program = subprocess.Popen(["kuasheng"], env=os.environ | screen.environment)
        screen.wait_for_window("跨省直结前台")
        screen.press("F1")
        screen.scan("28digits")
        screen.picture(Path("window.png"))

The X server listens on a local socket only and ends with this process, even when that is killed.
Pictures are read from the server's own frame buffer file, so no tool for them is needed.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

PROGRAMS = ("Xvfb", "xdotool", "setpriv")
_NEEDED = "apt-get install -y --no-install-recommends xvfb xdotool util-linux"
NO_PRINTERS = "/nonexistent/cups.sock"
"""For ``CUPS_SERVER``: what a test settles comes out of nobody's printer."""
_READY_SECONDS = 15.0
_SCAN_DELAY_MS = 4
"""Between the keys of a scanner; a person takes 50 and more."""


class ScreenUnavailable(RuntimeError):
    """The screen cannot run here, or did not show what was waited for; the text says what."""


class Screen:
    """``width`` x ``height`` device pixels; ``scale`` in percent is what Qt programs multiply by.

    Raises :class:`ScreenUnavailable` on entering.
    """

    def __init__(self, width: int = 1366, height: int = 768, scale: int = 100) -> None:
        self._size = (width, height)
        self._scale = scale

    def __enter__(self) -> Self:
        missing = [program for program in PROGRAMS if shutil.which(program) is None]
        if missing:
            raise ScreenUnavailable(f"missing: {', '.join(missing)}; install it: {_NEEDED}")
        with ExitStack() as stack:
            self._dir = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="screen-")))
            self._display = self._start(stack)
            self._exit = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._exit.close()

    @property
    def environment(self) -> dict[str, str]:
        """For programs that shall show themselves here."""
        return {
            "CUPS_SERVER": NO_PRINTERS,
            "DISPLAY": self._display,
            "KUASHENG_LANGUAGE": "zh",
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(self._scale / 100),
            "SCREEN_SERVER": str(self._server_pid),
            "WAYLAND_DISPLAY": "",
        }

    def wait_for_window(self, title: str, seconds: float = 30.0) -> int:
        """The X id of the first visible window with this text in its title, given the keyboard."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := self.windows(title):
                self._tool("windowfocus", "--sync", str(found[0]))
                return found[0]
            time.sleep(0.05)
        raise ScreenUnavailable(f"no window with the title {title!r} within {seconds:.0f} s")

    def windows(self, title: str) -> list[int]:
        """Visible windows with this text (a regular expression) in the title."""
        found = self._ask("search", "--onlyvisible", "--name", title)
        return [int(line) for line in found.split()]

    def fill(self, title: str) -> None:
        """Give the window with this title the whole screen, and put the pointer in a far corner.

        There is no window manager that would.
        """
        window = self.wait_for_window(title)
        width, height = map(str, self._size)
        self._tool("windowmove", str(window), "0", "0")
        self._tool("windowsize", "--sync", str(window), width, height)
        self._tool("mousemove", width, height)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, in X names: ``F1``, ``Return``, ``ctrl+p``."""
        self._tool("key", "--clearmodifiers", *keys)

    def type(self, text: str, delay_ms: int = 60) -> None:
        """Type as a person does; xdotool waits half of what it is told between two keys."""
        self._tool("type", "--clearmodifiers", "--delay", str(2 * delay_ms), "--", text)

    def scan(self, code: str) -> None:
        """What a keyboard-wedge scanner sends: the code at once, then Enter."""
        delay = ("--delay", str(_SCAN_DELAY_MS))
        self._tool("type", *delay, "--args", "1", code, "key", *delay, "Return")

    def pixels(self) -> tuple[int, int, bytes]:
        """Width, height, and the whole screen as rows of red, green, blue."""
        return rgb_of_xwd((self._dir / "Xvfb_screen0").read_bytes())

    def picture(self, file: Path) -> None:
        """The whole screen as PNG."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png(*self.pixels()))

    def _start(self, stack: ExitStack) -> str:
        """Run the server; the display it chose. It ends when the stack is left."""
        read, write = os.pipe()
        log = stack.enter_context((self._dir / "xvfb.log").open("wb"))
        server = subprocess.Popen(self._server(write), pass_fds=(write,), stderr=log)
        os.close(write)
        stack.callback(_end, server)
        self._server_pid = server.pid
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            raise ScreenUnavailable((self._dir / "xvfb.log").read_text(errors="replace"))
        return f":{number}"

    def _server(self, displayfd: int) -> Sequence[str]:
        width, height = self._size
        ends_with_us = ("setpriv", "--pdeathsig", "TERM", "--")
        screen = ("-screen", "0", f"{width}x{height}x24", "-dpi", "96")
        quiet = ("-nolisten", "tcp", "-noreset", "-fbdir", str(self._dir))
        no_repeat = ("-r",)  # a busy machine is late with a key's release: nobody held the key
        return (*ends_with_us, "Xvfb", "-displayfd", str(displayfd), *screen, *quiet, *no_repeat)

    def _tool(self, *words: str) -> None:
        self._run(words, check=True)

    def _ask(self, *words: str) -> str:
        """What the tool prints; nothing when it found nothing."""
        return self._run(words, check=False)

    def _run(self, words: Sequence[str], *, check: bool) -> str:
        environment = {**os.environ, "DISPLAY": self._display}
        done = subprocess.run(
            ["xdotool", *words],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_READY_SECONDS,
        )
        if check and done.returncode:
            raise ScreenUnavailable(f"xdotool {words[0]}: {done.stderr.strip()}")
        return done.stdout


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.wait(5)
        return
    server.kill()
    server.wait()


def rgb_of_xwd(dump: bytes) -> tuple[int, int, bytes]:
    """Width, height and RGB rows of an X window dump, 32 bits per pixel, least byte first."""
    header = struct.unpack(">25I", dump[:100])
    size, width, height, line, colours = (header[n] for n in (0, 4, 5, 12, 19))
    start = size + colours * 12
    wide = b"".join(dump[start + y * line :][: width * 4] for y in range(height))
    rgb = bytearray(width * height * 3)
    for channel in range(3):
        rgb[channel::3] = wide[2 - channel :: 4]
    return width, height, bytes(rgb)


def png(width: int, height: int, rgb: bytes) -> bytes:
    """A PNG file of 8-bit RGB rows."""
    rows = b"".join(b"\0" + rgb[y * width * 3 : (y + 1) * width * 3] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
