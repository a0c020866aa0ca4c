"""Where a desk's catalogue lies: a file of the profile, or the practice platform (contracts)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from desktop.domain.problems import ProblemCode, desk_error
from desktop.services.catalogue import (
    BadCatalogue,
    Catalogue,
    CatalogueFault,
    LoadedItems,
    pinyin_initials,
    read_csv_items,
    read_practice_items,
)

_PATIENCE = 10.0
"""Seconds; the practice platform runs on this machine."""


class LoadedCatalogue(Struct, frozen=True):
    """A catalogue that can be searched, and the rows that it lacks."""

    catalogue: Catalogue
    left_out: tuple[CatalogueFault, ...] = ()


def catalogue_file(file: Path) -> LoadedCatalogue:
    """The hospital's ``catalogue.csv``; raises ``catalogue-missing`` or ``catalogue-unreadable``."""
    try:
        return _built(lambda: read_csv_items(file.read_bytes))
    except FileNotFoundError:
        raise desk_error(ProblemCode.CATALOGUE_MISSING, str(file)) from None
    except (OSError, BadCatalogue):
        raise desk_error(ProblemCode.CATALOGUE_UNREADABLE, str(file)) from None


def practice_catalogue(url: str) -> LoadedCatalogue:
    """What the practice platform charges; raises ``practice-catalogue-missing``."""
    import httpx

    def answer() -> bytes:
        reply = httpx.get(f"{url}/practice/catalogue", timeout=_PATIENCE, trust_env=False)
        return reply.raise_for_status().content

    try:
        return _built(lambda: read_practice_items(answer))
    except (httpx.HTTPError, BadCatalogue) as error:
        raise desk_error(ProblemCode.PRACTICE_CATALOGUE_MISSING, type(error).__name__) from error


def _built(read: Callable[[], LoadedItems]) -> LoadedCatalogue:
    loaded = read()
    return LoadedCatalogue(Catalogue(loaded.items, pinyin_initials()), loaded.faults)
