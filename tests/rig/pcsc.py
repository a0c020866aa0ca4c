"""A real PC/SC stack without hardware: pcscd with virtual readers, closed to the outside.

vpcd listens on every address, so pcscd and the cards live in mount and network namespaces of
their own (cards.md B4.15, B9). Only pcscd's socket file is visible outside::

    with PcscStack(readers=1) as stack:
        stack.insert(0, social_security_card(name="…", id_number="…"))
        subprocess.run([...], env=os.environ | stack.environment)

The client library reads ``PCSCLITE_CSOCK_NAME`` once per process, at its first use.

A keeper process holds the namespaces and starts everything inside; it ends when its standard
input closes, and takes everything along, so that nothing outlives a killed test run.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Self

from tests.rig.virtual_card import CardDescription

_ROOT = Path(__file__).parents[2]
_DRIVERS = "/usr/lib/pcsc/drivers/serial"
_FIRST_PORT = 41101
_PORTS_PER_ENTRY = 100
_READY_SECONDS = 20.0
"""A bound, no expectation: on a busy machine everything takes longer."""
_NEEDED = "apt-get install -y --no-install-recommends pcscd vsmartcard-vpcd util-linux"


class PcscUnavailable(RuntimeError):
    """The stack cannot run here; the text says what is missing."""


class VirtualCard:
    """A card in a slot."""

    def __init__(self, pid: int, dialogue: Path) -> None:
        self.pid = pid
        self._dialogue = dialogue

    @property
    def inserted(self) -> bool:
        return self._dialogue.exists() and self._dialogue.stat().st_size > 0

    def dialogue(self) -> list[tuple[bytes, bytes]]:
        """Every APDU that reached the chip, with its answer."""
        lines = [json.loads(line) for line in self._dialogue.read_text("utf-8").splitlines()]
        entries = [line for line in lines if "apdu" in line]
        return [(bytes.fromhex(e["apdu"]), bytes.fromhex(e["answer"])) for e in entries]


class PcscStack:
    """pcscd with ``readers`` virtual devices named ``SS Window 1``, ``SS Window 2``, …

    Each device shows as two readers, ``SS Window 1 00 00`` and ``SS Window 1 00 01``, as one with
    and one without contacts; cards go into the first. ``pad``: the device that has keys for a PIN,
    counted from 0. Raises :class:`PcscUnavailable` on entering.
    """

    def __init__(self, readers: int = 1, pad: int | None = None) -> None:
        self._readers = readers
        self._pad = pad
        self._cards: dict[tuple[int, int], VirtualCard] = {}
        self._inserted = 0
        self._service: int | None = None

    def __enter__(self) -> Self:
        driver = _driver()
        with contextlib.ExitStack() as stack:
            self._dir = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pcsc-")))
            (self._dir / "run").mkdir()
            for number in range(1, self._readers + 1):
                # the driver keeps its state per slot number only: one copy per device
                shutil.copy(driver, self._dir / f"vpcd{number}.so")
            if self._pad is not None:
                _build_pad(self._driver_of(self._pad))
            self._keeper = stack.enter_context(_Keeper(self._dir / "run"))
            self.start_service(self._readers)
            self._exit = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._exit.close()

    @property
    def socket_path(self) -> Path:
        """For ``PCSCLITE_CSOCK_NAME``; the same after a restart of the service."""
        return self._dir / "run" / "pcscd.comm"

    @property
    def environment(self) -> dict[str, str]:
        return {"PCSCLITE_CSOCK_NAME": str(self.socket_path)}

    def reader_name(self, reader: int, slot: int = 0) -> str:
        return f"SS Window {reader + 1} 00 {slot:02}"

    def press_keys(self, keys: str) -> None:
        """What somebody will do at the PIN pad: six digits, ``cancel`` or ``timeout``."""
        assert self._pad is not None
        Path(f"{self._driver_of(self._pad)}.keys").write_text(keys, "ascii")

    def insert(self, reader: int, card: CardDescription, slot: int = 0) -> VirtualCard:
        """Put a card into a slot; the service sees it within its poll of 0.4 s, or by
        :meth:`until_seen`.
        """
        assert (reader, slot) not in self._cards, "the slot is taken"
        inserted = self._cards[reader, slot] = self._start(_port(reader) + slot, card)
        if self._service is not None:
            _wait_until(lambda: inserted.inserted, "the virtual card did not reach its reader")
        return inserted

    def until_seen(self) -> None:
        """Wait until the service sees the cards as they lie now, and no others."""
        program = [sys.executable, "-m", "tests.rig.reader_states"]
        full = [self.reader_name(*place) for place in self._cards]
        told = subprocess.run(
            [*program, *full], cwd=_ROOT, env=os.environ | self.environment, check=False
        )
        assert told.returncode == 0, "the service does not see the cards as they lie"

    def swap(self, reader: int, card: CardDescription) -> float:
        """Another card takes the place of the one that is in; seconds between the two.

        It waits at the slot before the first one is pulled: no hand is so quick.
        """
        follower = self._start(_port(reader), card)
        _wait_until(lambda: follower.inserted, "the second card did not reach its reader")
        began = time.monotonic()
        self.remove(reader)
        self._cards[reader, 0] = follower
        return time.monotonic() - began

    def _start(self, port: int, card: CardDescription) -> VirtualCard:
        self._inserted += 1
        description = self._dir / f"card{self._inserted}.json"
        dialogue = description.with_suffix(".dialogue")
        description.write_text(card.dump(), "utf-8")
        program = [sys.executable, str(Path(__file__).with_name("virtual_card.py"))]
        options = ["--port", str(port), "--dialogue", str(dialogue), str(description)]
        return VirtualCard(self._keeper.start([*program, *options]), dialogue)

    def remove(self, reader: int, slot: int = 0) -> None:
        """Pull the card; also from a slot whose card left by itself."""
        self._keeper.end(self._cards.pop((reader, slot)).pid)

    def remove_all(self) -> None:
        for reader, slot in list(self._cards):
            self.remove(reader, slot)

    def empty(self, readers: int | None = None) -> None:
        """Pull every card, and have the service forget them: it sees a pulled one for 0.4 s yet."""
        self.remove_all()
        self.restart(readers)

    def start_service(self, readers: int | None = None) -> None:
        """Start pcscd; ``readers`` plugs in that many devices (at most those of the stack)."""
        self._readers = self._readers if readers is None else readers
        config = self._dir / "readers"
        config.mkdir(exist_ok=True)
        (config / "all").write_text("".join(self._entry(n) for n in range(self._readers)))
        for stale in ("pcscd.comm", "pcscd.pid"):
            (self._dir / "run" / stale).unlink(missing_ok=True)
        self._service = self._keeper.start([*_pcscd(), "--config", str(config)])
        _wait_until(self._answers, "pcscd did not start")

    def _answers(self) -> bool:
        """Its socket is there a moment before it listens."""
        with socket.socket(socket.AF_UNIX) as client, contextlib.suppress(OSError):
            client.connect(str(self.socket_path))
            return True
        return False

    def stop_service(self) -> None:
        """Cards stay in their slots, and come back with the service."""
        if self._service is not None:
            self._keeper.end(self._service)
            self._service = None

    def crash_service(self) -> None:
        """``kill -9``: it says goodbye to nobody, and leaves its socket behind."""
        if self._service is not None:
            self._keeper.kill(self._service)
            self._service = None

    @contextlib.contextmanager
    def frozen_service(self) -> Iterator[None]:
        """The service hangs: it is there, and answers nothing."""
        assert self._service is not None
        self._keeper.signal(self._service, signal.SIGSTOP)
        try:
            yield
        finally:
            self._keeper.signal(self._service, signal.SIGCONT)

    def restart(self, readers: int | None = None) -> None:
        self.stop_service()
        self.start_service(readers)

    def _driver_of(self, reader: int) -> Path:
        return self._dir / f"vpcd{reader + 1}.so"

    def _entry(self, reader: int) -> str:
        lines = (
            f'FRIENDLYNAME "SS Window {reader + 1}"',
            f"DEVICENAME /dev/null:{_port(reader)}",
            f"LIBPATH {self._driver_of(reader)}",
            f"CHANNELID {_port(reader)}",
        )
        return "\n".join(lines) + "\n\n"


class _Keeper:
    """The process inside the namespaces, commanded by JSON lines."""

    def __init__(self, run_dir: Path) -> None:
        self._run_dir = run_dir
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        """As root plainly; else in a user's namespace, or by sudo when it asks for nothing."""
        unshare = ["unshare", "--net", "--mount"]
        ways = [[*unshare, "--user", "--map-root-user"], ["sudo", "--non-interactive", *unshare]]
        for way in [unshare] if os.geteuid() == 0 else ways:
            if self._ready(way):
                return self
        raise PcscUnavailable("no namespace for pcscd could be made: run as root or with sudo")

    def _ready(self, way: list[str]) -> bool:
        with contextlib.suppress(FileNotFoundError):
            self._process = subprocess.Popen(
                [*way, sys.executable, "-c", _INSIDE, str(_ROOT), str(self._run_dir)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            if self._answer() is not None:
                return True
            self.__exit__()
        return False

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(_READY_SECONDS)
        self._process.stdout.close()

    def start(self, program: list[str]) -> int:
        return int(self._ask({"start": program}))

    def end(self, pid: int) -> None:
        self._ask({"end": pid})

    def kill(self, pid: int) -> None:
        self.signal(pid, signal.SIGKILL)
        self.end(pid)

    def signal(self, pid: int, number: signal.Signals) -> None:
        self._ask({"signal": number.value, "to": pid})

    def _ask(self, command: dict[str, Any]) -> Any:
        """One at a time: tests put cards in from threads of their own."""
        assert self._process.stdin is not None
        with self._turn:
            self._process.stdin.write(json.dumps(command) + "\n")
            self._process.stdin.flush()
            return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        return json.loads(line) if line else None


_INSIDE = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.rig.pcsc import keep
keep(sys.argv[2], sys.stdin, sys.stdout)
"""


def keep(run_dir: str, commands: IO[str], answers: IO[str]) -> None:
    """The keeper's life: prepare the namespaces, serve commands, leave nothing behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _raise_loopback()
    _mount_run(run_dir)
    programs: dict[int, subprocess.Popen[bytes]] = {}
    print(json.dumps("ready"), file=answers, flush=True)
    for line in commands:
        answer = _obey(json.loads(line), programs)
        print(json.dumps(answer), file=answers, flush=True)
    for program in programs.values():
        _end(program)


def _obey(command: dict[str, Any], programs: dict[int, subprocess.Popen[bytes]]) -> int:
    if "end" in command:
        _end(programs.pop(command["end"]))
        return 0
    if "signal" in command:
        programs[command["to"]].send_signal(command["signal"])
        return 0
    program = subprocess.Popen(command["start"], stdin=subprocess.PIPE, stdout=2)
    programs[program.pid] = program
    return program.pid


def _end(program: subprocess.Popen[bytes]) -> None:
    """pcscd may wait for a silent card: then it is killed."""
    program.terminate()
    try:
        program.wait(1)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
    if program.stdin is not None:
        program.stdin.close()


def _raise_loopback() -> None:
    """``ip link set lo up`` without iproute2."""
    import fcntl

    siocsifflags, iff_up = 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        fcntl.ioctl(link, siocsifflags, struct.pack("16sh", b"lo", iff_up))


def _mount_run(run_dir: str) -> None:
    """The daemon's path /run/pcscd is compiled in; here it is the stack's own directory."""
    subprocess.run(["mount", "-t", "tmpfs", "none", "/run"], check=True)
    Path("/run/pcscd").mkdir()
    subprocess.run(["mount", "--bind", run_dir, "/run/pcscd"], check=True)


def _driver() -> Path:
    if sys.platform != "linux":
        raise PcscUnavailable("the virtual PC/SC stack runs on Linux only")
    missing = [tool for tool in ("pcscd", "unshare", "mount") if _which(tool) is None]
    drivers = sorted(Path(_DRIVERS).glob("libifdvpcd.so*"))
    if missing or not drivers:
        what = ", ".join(missing) or f"{_DRIVERS}/libifdvpcd.so"
        raise PcscUnavailable(f"missing: {what}; install it: {_NEEDED}")
    return drivers[-1]


def _build_pad(driver: Path) -> None:
    """Put the pad's driver in the place of the plain one, which it needs beside it."""
    driver.rename(f"{driver}.vpcd")
    source = Path(__file__).with_name("pin_pad_driver.c")
    flags = ["-shared", "-fPIC", "-O1", "-I/usr/include/PCSC", "-o", str(driver)]
    subprocess.run(["cc", *flags, str(source), "-ldl"], check=True)


def _which(tool: str) -> str | None:
    return shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def _pcscd() -> list[str]:
    """Debian 13 and Ubuntu build pcscd with polkit, which no container has."""
    program = _which("pcscd") or "pcscd"
    told = subprocess.run([program, "--help"], capture_output=True, text=True, check=False)
    polkit = ["--disable-polkit"] if "disable-polkit" in told.stdout + told.stderr else []
    return [program, "--foreground", "--critical", *polkit]


def _port(reader: int) -> int:
    return _FIRST_PORT + _PORTS_PER_ENTRY * reader


def _wait_until(true: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + _READY_SECONDS
    while not true():
        if time.monotonic() > until:
            raise PcscUnavailable(otherwise)
        time.sleep(0.003)
