"""Which program can load a library: 32 bits need 32 bits, 64 need 64."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

HELPER = Path(__file__).with_name("helper.py")
"""Not imported: the desk itself has no use for ``ctypes``."""
_OWN_BITS = 8 * struct.calcsize("P")
_ELF_BITS = {1: 32, 2: 64}
_PE_BITS = {0x014C: 32, 0x8664: 64, 0xAA64: 64}
_HEAD = 4096


class NotALibrary(Exception):
    """The file is neither a Windows nor a Linux library, or cannot be read; tells why."""


def bits_of(library: Path) -> int:
    """32 or 64, as the file's own head says; raises :class:`NotALibrary`."""
    try:
        with library.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise NotALibrary(error.strerror) from error
    bits = _elf(head) if head.startswith(b"\x7fELF") else _pe(head)
    if bits is None:
        raise NotALibrary("not a library")
    return bits


def _elf(head: bytes) -> int | None:
    return _ELF_BITS.get(head[4]) if len(head) > 4 else None


def _pe(head: bytes) -> int | None:
    """``e_lfanew`` at 3C leads to ``PE\\0\\0`` and the machine."""
    if len(head) < 64 or not head.startswith(b"MZ"):
        return None
    start = int.from_bytes(head[60:64], "little")
    if head[start : start + 4] != b"PE\0\0":
        return None
    return _PE_BITS.get(int.from_bytes(head[start + 4 : start + 6], "little"))


def helper_command(bits: int, beside: Path) -> tuple[str, ...] | None:
    """How a helper of so many bits is started; None when none came with the desk.

    ``beside`` is the folder of helpers: ``64/`` and ``32/`` hold either a frozen
    ``library-helper`` or a small Python, which runs the ``helper.py`` of that folder, or
    :data:`HELPER`. Without them the desk's own Python serves libraries of its own bits.
    """
    place, laid = beside / str(bits), beside / HELPER.name
    script = str(laid if laid.is_file() else HELPER)
    for suffix in ("", ".exe"):
        if (place / f"library-helper{suffix}").is_file():
            return (str(place / f"library-helper{suffix}"),)
        if (place / f"python{suffix}").is_file():
            return (str(place / f"python{suffix}"), "-I", script)
    own = bits == _OWN_BITS and not getattr(sys, "frozen", False)
    return (sys.executable, "-I", script) if own else None


def folder_of_helpers() -> Path:
    """``helpers`` beside the desk's program, as the installer lays it."""
    return Path(sys.executable).parent / "helpers"
