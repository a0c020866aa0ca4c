"""Typed nodes → JSON of the platform: exact numbers, empty fields as each side writes them."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.nhsa.messages.wire import Node, NumberText
from desktop.nhsa.shapes import Shape, shape_of

Writer = Callable[[Any, bool], object]
"""Writes a told value; the flag is that of :func:`_tree`."""

_JSON: Final = msgspec.json.Encoder(decimal_format="number")
_NUMBER: Final = re.compile(r"-?\d{1,16}(?:\.\d{1,10})?", re.ASCII)
_NUMERIC: Final = frozenset((int, Money, UnitPrice, Quantity, Rate, NumberText))


def question_tree(node: Node) -> dict[str, object]:
    """A node as the desk sends it: an empty number is 0, any other empty value "" (1.1)."""
    return _tree(node, blank=True)


def answer_tree(node: Node) -> dict[str, object]:
    """A node as the platform sends it: an empty value is null."""
    return _tree(node, blank=False)


def to_json(tree: Mapping[str, object]) -> bytes:
    """UTF-8 JSON; decimals become JSON numbers with exactly their digits."""
    return _JSON.encode(tree)


def _tree(node: Node, blank: bool) -> dict[str, object]:
    tree: dict[str, object] = {}
    values = msgspec.structs.astuple(node)
    for (wire, empty, write), value in zip(_fields(type(node)), values, strict=True):
        if value is None:
            tree[wire] = empty if blank else None
        else:
            tree[wire] = value if write is None else write(value, blank)
    return tree


class _Field(NamedTuple):
    wire: str
    empty: object
    """What an empty value of the type is in a question."""
    write: Writer | None
    """None for what is written as it is."""


@cache
def _fields(node: type[Node]) -> tuple[_Field, ...]:
    return tuple(
        _field(field.encode_name, shape_of(field.type)) for field in msgspec.structs.fields(node)
    )


def _field(wire: str, shape: Shape) -> _Field:
    if shape.many:
        return _Field(wire, "", _rows)
    if shape.is_node:
        return _Field(wire, "", _tree)
    return _Field(wire, 0 if shape.kind in _NUMERIC else "", _WRITERS.get(shape.kind))


def _rows(nodes: tuple[Node, ...], blank: bool) -> list[object]:
    return [_tree(node, blank) for node in nodes]


def _yuan(amount: Money, _blank: bool) -> Decimal:
    return amount.decimal_yuan()


def _number_text(text: str, _blank: bool) -> object:
    return Decimal(text) if _NUMBER.fullmatch(text) else text


def _byte_numbers(content: bytes, _blank: bool) -> list[int]:
    return list(content)


def _exact_number(value: UnitPrice | Quantity | Rate, _blank: bool) -> Decimal:
    return Decimal(value.text())


_WRITERS: Final[Mapping[object, Writer]] = types.MappingProxyType(
    {
        Money: _yuan,
        UnitPrice: _exact_number,
        Quantity: _exact_number,
        Rate: _exact_number,
        NumberText: _number_text,
        bytes: _byte_numbers,
    }
)
