"""Which helper serves which library: told by the library's own head, not by a setting."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from card_reader.bridge.programs import (
    HELPER,
    NotALibrary,
    bits_of,
    folder_of_helpers,
    helper_command,
)
from tests.rig.vendor_library import Vendor

OWN = 64 if sys.maxsize > 2**32 else 32
OTHER = 96 - OWN


def windows_library(machine: int, start: int = 0x80) -> bytes:
    """As much of a PE file as tells its machine."""
    head = b"MZ".ljust(60, b"\0") + struct.pack("<I", start)
    return head.ljust(start, b"\0") + b"PE\0\0" + struct.pack("<H", machine) + bytes(200)


def told(tmp_path: Path, head: bytes) -> int:
    file = tmp_path / "library"
    file.write_bytes(head)
    return bits_of(file)


@pytest.mark.parametrize(
    ("head", "bits"),
    [
        (windows_library(0x014C), 32),
        (windows_library(0x8664, start=0x108), 64),
        (windows_library(0xAA64), 64),
        (b"\x7fELF\x01" + bytes(60), 32),
        (b"\x7fELF\x02" + bytes(60), 64),
    ],
)
def test_the_file_tells_its_bits(tmp_path: Path, head: bytes, bits: int) -> None:
    assert told(tmp_path, head) == bits


def test_a_real_library(vendor: Vendor) -> None:
    assert bits_of(vendor.path) == OWN


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"MZ",
        b"\x7fELF",
        b"\x7fELF\x03" + bytes(60),
        windows_library(0x0200),
        windows_library(0x014C)[:0x80] + bytes(100),
        windows_library(0x014C, start=0x7F0)[:0x400],
        b"text",
    ],
)
def test_a_file_that_is_none(tmp_path: Path, head: bytes) -> None:
    with pytest.raises(NotALibrary, match="not a library"):
        told(tmp_path, head)


def test_a_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotALibrary, match="directory"):
        bits_of(tmp_path)


def test_without_helpers_the_desks_own_python_serves_its_own_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert helper_command(OWN, tmp_path) == (sys.executable, "-I", str(HELPER))
    assert helper_command(OTHER, tmp_path) is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert helper_command(OWN, tmp_path) is None


@pytest.mark.parametrize("suffix", ["", ".exe"])
def test_what_came_with_the_desk_goes_first(tmp_path: Path, suffix: str) -> None:
    place = tmp_path / str(OTHER)
    place.mkdir()
    python, frozen = place / f"python{suffix}", place / f"library-helper{suffix}"
    python.touch()
    assert helper_command(OTHER, tmp_path) == (str(python), "-I", str(HELPER))
    laid = tmp_path / "helper.py"
    laid.touch()
    assert helper_command(OTHER, tmp_path) == (str(python), "-I", str(laid))
    frozen.touch()
    assert helper_command(OTHER, tmp_path) == (str(frozen),)


def test_helpers_lie_beside_the_program() -> None:
    assert folder_of_helpers() == Path(sys.executable).parent / "helpers"
