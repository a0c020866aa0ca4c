"""``make fonts``: the fonts and their licence texts beside the code, before a build packs them.

The files are too large for the repository (110 MB, half of it for rare names), so a build takes
them from Debian's packages, checked by their SHA-256 (``shipped_fonts.toml``).
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from importlib import resources
from pathlib import Path

import msgspec
from msgspec import Struct

from printing.font_places import SHIPPED
from printing.fonts import files_in

_SHARE = Path("/usr/share")


class FontsMissing(Exception):
    """A font or licence text is not there, or not the one that was looked at."""


class Shipped(Struct, frozen=True, forbid_unknown_fields=True):
    """One font of the list."""

    file: str
    package: str
    licence: str
    """Under which of the package's licences it is passed on."""
    texts: tuple[str, ...]
    sha256: str


class _List(Struct, frozen=True, forbid_unknown_fields=True):
    font: tuple[Shipped, ...]


def shipped_fonts() -> tuple[Shipped, ...]:
    """The list that came with the program."""
    source = resources.files("printing").joinpath("shipped_fonts.toml")
    return msgspec.toml.decode(source.read_bytes(), type=_List).font


def collect(target: Path, share: Path = _SHARE) -> tuple[Path, ...]:
    """Copy fonts to ``target`` and licences to ``target/licences``; the fonts' new places.

    Raises :class:`FontsMissing` naming what is amiss; nothing is fetched here.
    """
    there = files_in((share / "fonts",))
    return tuple(_collected(font, there, target, share) for font in shipped_fonts())


def _collected(font: Shipped, there: dict[str, Path], target: Path, share: Path) -> Path:
    source = there.get(font.file.lower())
    if source is None:
        raise FontsMissing(f"{font.file}: not installed (package {font.package})")
    if _sha256(source) != font.sha256:
        raise FontsMissing(f"{font.file}: not the file that was looked at ({source})")
    _copy(share / "doc" / font.package / "copyright", target / "licences" / f"{font.package}.txt")
    for text in font.texts:
        _copy(share / "common-licenses" / text, target / "licences" / f"{text}.txt")
    return _copy(source, target / font.file)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise FontsMissing(f"{target.name}: {error}") from error
    return target


def main() -> int:
    try:
        fonts = collect(SHIPPED)
    except FontsMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    size = sum(font.stat().st_size for font in fonts) // 1_000_000
    sys.stdout.write(f"{len(fonts)} fonts, {size} MB, with their licences in {SHIPPED}\n")
    return 0
