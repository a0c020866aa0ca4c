"""Reads the data files that the practice platform starts with; a bad one is named with its place."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from desktop.sandbox.bad_data import BadData

CsvRow = Mapping[str, str]
T = TypeVar("T")


def decoded(path: Path, kind: type[T]) -> T:
    """The JSON file as ``kind``; raises :class:`BadData` naming the file and the place in it."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.ValidationError as error:
        raise _at(path.name, error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadData(path.name, str(error)) from error


def converted(place: str, told: Any, kind: type[T]) -> T:
    """A part of a file, itself at ``place``; raises :class:`BadData`."""
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        raise _at(place, error) from error


def _at(place: str, error: msgspec.ValidationError) -> BadData:
    """msgspec ends its text with the way to the value: ``… - at `$[0].level```."""
    why, _, way = str(error).partition(" - at `$")
    inside = way.removesuffix("`").removeprefix(".")
    return BadData(f"{place}: {inside}" if inside else place, why)


def each_row(path: Path, columns: Sequence[str], make: Callable[[CsvRow], T]) -> Iterator[T]:
    """What ``make`` makes of each row, counted from 1 below the line of column names.

    Raises :class:`BadData` naming file and row for other columns than ``columns``, for a row with
    more or fewer, and where ``make`` raises ValueError.
    """
    for number, cells in enumerate(_lines(path)):
        if number == 0 and tuple(cells) != tuple(columns):
            raise BadData(f"{path.name}: columns", f"not {','.join(columns)}")
        if number == 0:
            continue
        try:
            yield make(dict(zip(columns, cells, strict=True)))
        except ValueError as error:
            raise BadData(f"{path.name}: row {number}", str(error)) from error


def _lines(path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadData(path.name, str(error)) from error


def refuse_twins(file: str, names: Iterable[str]) -> None:
    """Raises :class:`BadData` for the first name that stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadData(f"{file}: {name}", "stands twice")
        seen.add(name)
