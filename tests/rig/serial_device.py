"""A device on a serial port without hardware: a process of its own behind a pty.

The port is a symlink that comes when the device is plugged in and goes when it is pulled out, so
that it is the same name for a new device, as ``/dev/serial/by-id`` gives it::

    with SerialDevice(tmp_path / "scanner") as scanner:
        SerialPort(PortAddress(scanner.port, 9600))
        scanner.send(b"4241…\r\n", cut=7, pause=0.02)

:class:`IdReaderDevice` is an ID card reader with its security module (cards.md A7).
"""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import subprocess
import sys
import time
import tty
from pathlib import Path
from typing import Any, Self

PREAMBLE = bytes.fromhex("AAAAAA9669")
_ANSWERS_WITHIN = 5.0


class SerialDevice:
    """A device that sends what it is told; plugged in from the beginning."""

    role = "scanner"

    def __init__(self, port: Path) -> None:
        self._port = port

    @property
    def port(self) -> str:
        return str(self._port)

    def __enter__(self) -> Self:
        program = [sys.executable, "-I", "-S", __file__, self.role, self.port]
        self._process = subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.plug()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(_ANSWERS_WITHIN)
        self._process.stdout.close()

    def plug(self) -> None:
        self._ask("plug")

    def unplug(self) -> None:
        """The port is gone before this returns, for a program that holds it too."""
        self._ask("unplug")

    def send(self, data: bytes, cut: int = 0, pause: float = 0.0) -> None:
        """Send in pieces of ``cut`` bytes with so many seconds between; all at once for 0."""
        self._ask("send", data.hex(), cut, pause)

    def _ask(self, what: str, *details: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([what, *details]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class IdReaderDevice(SerialDevice):
    """An ID card reader: a card that was read answers no search until it is put on again."""

    role = "id-reader"

    def put(self, text: bytes, photo: int = 1024) -> None:
        """Put a card on, or the same one again; ``text``: its 256 bytes."""
        self._ask("put", text.hex(), photo)

    def take_away(self) -> None:
        self._ask("take")

    def behave(self, how: str, times: int = -1) -> None:
        """Misbehave in the next ``times`` answers, for ever for -1: see ``_misbehaved``."""
        self._ask("behave", how, times)

    def heard(self) -> list[bytes]:
        """The commands that came since it was asked last, without frame."""
        return [bytes.fromhex(frame) for frame in self._ask("heard")]


def framed(body: bytes) -> bytes:
    """Written apart from the product's: a frame of the standard."""
    check, counted = 0, (len(body) + 1).to_bytes(2, "big") + body
    for byte in counted:
        check ^= byte
    return PREAMBLE + counted + bytes([check])


class _Plugged:
    """The device's end of the port while it is plugged in."""

    def __init__(self, port: str) -> None:
        self._port = Path(port)
        self.master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self._port.symlink_to(os.ttyname(self._slave))

    def pull(self) -> None:
        self._port.unlink()
        os.close(self.master)
        os.close(self._slave)


class _Device:
    """The process behind the port."""

    def __init__(self, port: str) -> None:
        self._port = port
        self._plugged: _Plugged | None = None

    def live(self) -> None:
        commands = sys.stdin.fileno()
        pending = b""
        while True:
            for ready in select.select([commands, *self._masters()], [], [])[0]:
                if ready != commands:
                    self.hears(os.read(ready, 4096))
                    continue
                more = os.read(commands, 65536)
                if not more:
                    self.unplug()
                    return
                *lines, pending = (pending + more).split(b"\n")
                for line in lines:
                    what, *details = json.loads(line)
                    sys.stdout.write(json.dumps(getattr(self, what)(*details)) + "\n")
                    sys.stdout.flush()

    def plug(self) -> None:
        self._plugged = _Plugged(self._port)

    def unplug(self) -> None:
        if self._plugged is not None:
            self._plugged.pull()
            self._plugged = None

    def send(self, data: str, cut: int = 0, pause: float = 0.0) -> None:
        whole = bytes.fromhex(data)
        step = cut or len(whole)
        for begin in range(0, len(whole), step):
            self.says(whole[begin : begin + step])
            time.sleep(pause)

    def says(self, data: bytes) -> None:
        assert self._plugged is not None
        os.write(self._plugged.master, data)

    def hears(self, data: bytes) -> None:
        """A scanner takes no orders."""

    def _masters(self) -> list[int]:
        return [self._plugged.master] if self._plugged else []


class _IdReader(_Device):
    def __init__(self, port: str) -> None:
        super().__init__(port)
        self._commands = b""
        self._heard: list[str] = []
        self._text: bytes | None = None
        self._photo = 0
        self._stage = 0
        """0 not found since it was put on, 1 found, 2 selected, 3 read: answers no search."""
        self._how, self._times = "well", 0

    def put(self, text: str, photo: int) -> None:
        self._text, self._photo, self._stage = bytes.fromhex(text), photo, 0

    def take(self) -> None:
        self._text, self._stage = None, 0

    def behave(self, how: str, times: int) -> None:
        self._how, self._times = how, times

    def heard(self) -> list[str]:
        heard, self._heard = self._heard, []
        return heard

    def hears(self, data: bytes) -> None:
        self._commands += data
        while len(self._commands) >= 10:
            frame, self._commands = self._commands[:10], self._commands[10:]
            assert frame == framed(frame[7:9]), frame.hex()
            self._heard.append(frame[7:9].hex())
            self._answer(frame[7:9])

    def _answer(self, command: bytes) -> None:
        how = "well"
        if self._times:
            how, self._times = self._how, self._times - 1
        status, data = self._done(command, how)
        answer = framed(b"\x00\x00" + bytes([status]) + data)
        with contextlib.suppress(OSError):
            for piece in _misbehaved(answer, how):
                self.says(piece)
                time.sleep(0.01 if how == "cut" else 0)

    def _done(self, command: bytes, how: str) -> tuple[int, bytes]:
        if command == b"\x11\xff":
            return 0x90, b""
        if command == b"\x20\x01":
            return self._found(again=self._how == "finds-again")
        if command == b"\x20\x02":
            return self._step(how == "refuses-select", 1, 0x81), b""
        status = self._step(how == "refuses-read", 2, 0x41)
        return (status, self._content()) if status == 0x90 else (status, b"")

    def _found(self, *, again: bool) -> tuple[int, bytes]:
        if self._text is None or (self._stage and not again):
            return 0x80, b""
        self._stage = 1
        return 0x9F, b"\x00\x00\x00\x00"

    def _step(self, refused: bool, stage: int, otherwise: int) -> int:
        if refused or self._stage != stage:
            return otherwise
        self._stage = stage + 1
        return 0x90

    def _content(self) -> bytes:
        assert self._text is not None
        lengths = len(self._text).to_bytes(2, "big") + self._photo.to_bytes(2, "big")
        return lengths + self._text + b"\x57" * self._photo


def _misbehaved(answer: bytes, how: str) -> list[bytes]:
    """``silent``, ``half``, ``noisy``, ``false-check``, ``false-length``, ``cut`` or well."""
    ways = {
        "silent": [],
        "half": [answer[: len(answer) // 2]],
        "noisy": [b"\x00\xff\xaa\xaa" + answer],
        "false-check": [answer[:-1] + bytes([answer[-1] ^ 1])],
        "false-length": [answer[:5] + b"\x00\x02" + answer[7:]],
        "disturbed": [framed(b"\x00\x00\x10")],
        "cut": [answer[at : at + 3] for at in range(0, len(answer), 3)][:20]
        + [answer[60:]] * (len(answer) > 60),
    }
    return ways.get(how, [answer])


_ROLES = {"scanner": _Device, "id-reader": _IdReader}

if __name__ == "__main__":
    _ROLES[sys.argv[1]](sys.argv[2]).live()
