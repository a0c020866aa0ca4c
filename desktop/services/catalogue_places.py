"""Where a desk's catalogue lies: a file of the profile, or the practice platform (contracts)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import MsgspecError, Struct, json
from msgspec.structs import replace

from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.times import in_china
from desktop.services.catalogue import (
    BadCatalogue,
    Catalogue,
    CatalogueFault,
    LoadedItems,
    pinyin_initials,
    read_csv_items,
    read_practice_items,
)
from desktop.services.ports import Clock

_PATIENCE = 10.0
"""Seconds; the practice platform runs on this machine."""


class LoadedCatalogue(Struct, frozen=True):
    """A catalogue that can be searched, and the rows that it lacks."""

    catalogue: Catalogue
    left_out: tuple[CatalogueFault, ...] = ()
    clock: Clock | None = None
    """By which what is charged from it begins, +08:00; None: the desk's own."""


class _Moved(Struct, frozen=True):
    """The practice platform's business time, +08:00 without zone; it stands where it was moved."""

    now: datetime
    moved: bool


def catalogue_file(file: Path) -> LoadedCatalogue:
    """The hospital's ``catalogue.csv``; raises ``catalogue-missing`` or ``catalogue-unreadable``."""
    try:
        return _built(lambda: read_csv_items(file.read_bytes))
    except FileNotFoundError:
        raise desk_error(ProblemCode.CATALOGUE_MISSING, str(file)) from None
    except (OSError, BadCatalogue):
        raise desk_error(ProblemCode.CATALOGUE_UNREADABLE, str(file)) from None


def practice_catalogue(url: str) -> LoadedCatalogue:
    """What the practice platform charges, and its clock; raises ``practice-catalogue-missing``.

    A lesson may have moved the platform's business time (practice-control); it takes no charges
    of the day after.
    """
    import httpx

    def answer(path: str) -> bytes:
        reply = httpx.get(f"{url}/practice/{path}", timeout=_PATIENCE, trust_env=False)
        return reply.raise_for_status().content

    try:
        loaded = _built(lambda: read_practice_items(lambda: answer("catalogue")))
        return replace(loaded, clock=_practice_clock(answer("clock")))
    except (httpx.HTTPError, MsgspecError, BadCatalogue) as error:
        raise desk_error(ProblemCode.PRACTICE_CATALOGUE_MISSING, type(error).__name__) from error


def _practice_clock(told: bytes) -> Clock | None:
    """None while it runs with the real one; raises ``MsgspecError``."""
    clock = json.decode(told, type=_Moved)
    stands = in_china(clock.now)
    return (lambda: stands) if clock.moved else None


def _built(read: Callable[[], LoadedItems]) -> LoadedCatalogue:
    loaded = read()
    return LoadedCatalogue(Catalogue(loaded.items, pinyin_initials()), loaded.faults)
