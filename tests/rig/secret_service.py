"""A real Secret Service of its own: dbus-daemon and gnome-keyring, in a private home.

Both run in the foreground as children of this process, are ended by their own pids, and do not
outlive it when it is killed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon", "setpriv")
START_SECONDS = 10.0
_ENDS_WITH_US = ("setpriv", "--pdeathsig", "TERM", "--")


class SecretServiceMissing(RuntimeError):
    """A program of :data:`PROGRAMS` is not installed, or did not start."""


def missing_programs() -> tuple[str, ...]:
    """The programs that a Secret Service here would still need."""
    return tuple(program for program in PROGRAMS if shutil.which(program) is None)


@contextmanager
def secret_service(password: str = "practice") -> Iterator[dict[str, str]]:
    """Run the service; yields the whole environment for subprocesses that shall use it."""
    absent = missing_programs()
    if absent:
        raise SecretServiceMissing(", ".join(absent))
    with TemporaryDirectory(prefix="kuasheng-keyring-") as folder:
        environment = _environment(Path(folder))
        with _bus(Path(folder), environment), _keyring(Path(folder), environment, password):
            yield environment


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    return {
        **kept,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime / 'bus'}",
    }


@contextmanager
def _bus(folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    address = environment["DBUS_SESSION_BUS_ADDRESS"]
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"]
    with _child(command, environment, folder / "bus.log") as bus:
        _wait_for(folder / "run" / "bus", bus)
        yield


@contextmanager
def _keyring(folder: Path, environment: Mapping[str, str], password: str) -> Iterator[None]:
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"]
    with _child(command, environment, folder / "keyring.log", typed=password) as keyring:
        _wait_for(folder / "data" / "keyrings" / "login.keyring", keyring)
        yield


@contextmanager
def _child(
    command: list[str], environment: Mapping[str, str], log: Path, typed: str = ""
) -> Iterator[subprocess.Popen[bytes]]:
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*_ENDS_WITH_US, *command],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
        ) as child,
    ):
        try:
            assert child.stdin is not None
            child.stdin.write(typed.encode())
            child.stdin.close()
            yield child
        finally:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(START_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def _wait_for(sign: Path, child: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_SECONDS
    while not sign.exists():
        if child.poll() is not None or time.monotonic() > limit:
            raise SecretServiceMissing(f"{child.args!r} did not start")
        time.sleep(0.02)
