"""Files of many columns of which few are told: the catalogue files 1301…1309.

A row type names the column of each field by :class:`Column`; every other column is ``null``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar, get_args

import msgspec
from msgspec import Struct

from desktop.nhsa.encoder import answer_tree
from desktop.nhsa.messages import detail_file
from desktop.nhsa.messages.wire import Node

L = TypeVar("L", bound=Node)


class Column(NamedTuple):
    """Where a value stands in a line, counted from 1, and what the document calls it."""

    place: int
    title: str


class FileForm(Struct, Generic[L], frozen=True):
    """The form of one catalogue file."""

    row: type[L]
    width: int
    """How many columns a line has."""

    def columns(self) -> Mapping[str, Column]:
        """The column of every field of the row, by the field's name."""
        fields = msgspec.structs.fields(self.row)
        return {field.encode_name: _column(field.type) for field in fields}


def _column(hint: Any) -> Column:
    return next(mark for mark in get_args(hint) if isinstance(mark, Column))


def pack(name: str, form: FileForm[L], rows: Iterable[L]) -> bytes:
    """The zip of a text file ``name`` with these rows."""
    columns = form.columns()
    return detail_file.pack_lines(name, (_cells(form.width, columns, row) for row in rows))


def _cells(width: int, columns: Mapping[str, Column], row: Node) -> list[object]:
    cells: list[object] = [None] * width
    for name, value in answer_tree(row).items():
        cells[columns[name].place - 1] = value
    return cells


def unpack(form: FileForm[L], content: bytes) -> tuple[L, ...]:
    """The rows of a zip; raises :class:`~desktop.nhsa.decoder.Unreadable` naming the line."""
    places = {name: column.place - 1 for name, column in form.columns().items()}
    return detail_file.unpack_columns(form.row, places, content)
