"""The files of 3202 and of the catalogues (interface document 1.5): a zip around one text file.

UTF-8, no header line, one record a line, columns in the order of the row type, separated by TAB,
empty is ``null``. Columns that a province appends are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import Final

import msgspec

from desktop.nhsa.decoder import Fault, N, Unreadable, read
from desktop.nhsa.encoder import answer_tree
from desktop.nhsa.messages.wire import Node

LARGEST_TEXT: Final = 16 * 1024 * 1024
"""Bytes unpacked: a hundred thousand settlements."""
_EMPTY: Final = "null"
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""Time stamp inside the zip: the same rows are the same bytes."""


def pack(name: str, rows: Iterable[Node]) -> bytes:
    """The zip of a text file ``name`` with these rows."""
    return pack_lines(name, (answer_tree(row).values() for row in rows))


def pack_lines(name: str, lines: Iterable[Iterable[object]]) -> bytes:
    """The same of cells, line by line; None is empty."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    text = "".join(f"{_line(cells)}\n" for cells in lines)
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as packed:
        info = ZipInfo(name, _OLDEST)
        info.compress_type = ZIP_DEFLATED
        packed.writestr(info, text.encode())
    return whole.getvalue()


def unpack(row: type[N], content: bytes) -> tuple[N, ...]:
    """The rows of a zip; raises :class:`~desktop.nhsa.decoder.Unreadable` naming the line."""
    return unpack_columns(row, _places(row), content)


@cache
def _places(row: type[Node]) -> Mapping[str, int]:
    """Where each field stands in a line: in the order of the class."""
    names = (field.encode_name for field in msgspec.structs.fields(row))
    return MappingProxyType({name: place for place, name in enumerate(names)})


def unpack_columns(row: type[N], places: Mapping[str, int], content: bytes) -> tuple[N, ...]:
    """The same where the fields stand at ``places`` of a line, counted from 0."""
    try:
        text = _text(content).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(Fault.NOT_UTF8, "text file") from error
    return tuple(_rows(row, places, text))


def _line(cells: Iterable[object]) -> str:
    return "\t".join(_cell(value) for value in cells)


def _cell(value: object) -> str:
    if value is None:
        return _EMPTY
    text = format(value, "f") if isinstance(value, Decimal) else " ".join(str(value).split())
    return text or _EMPTY


def _text(content: bytes) -> bytes:
    import zlib
    from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(content)) as packed:
            (inner,) = (member for member in packed.infolist() if not member.is_dir())
            plain = inner.compress_type in (ZIP_STORED, ZIP_DEFLATED)
            if not plain or inner.file_size > LARGEST_TEXT:
                raise Unreadable(Fault.WRONG_SHAPE, "zip")
            with packed.open(inner) as opened:
                return opened.read(LARGEST_TEXT)
    except Unreadable:
        raise
    except (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise Unreadable(Fault.NOT_A_ZIP, "zip") from error


def _rows(row: type[N], places: Mapping[str, int], text: str) -> Iterator[N]:
    for number, line in enumerate(text.split("\n"), start=1):
        cells = line.rstrip("\r").split("\t")
        if cells == [""]:
            continue
        told = {
            name: cells[place]
            for name, place in places.items()
            if place < len(cells) and cells[place] not in ("", _EMPTY)
        }
        try:
            yield read(row, told)
        except Unreadable as error:
            raise error.inside(f"line {number}") from error
