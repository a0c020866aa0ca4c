"""Typed nodes → JSON of the platform: exact numbers, empty fields as each side writes them."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final, Union, get_args, get_origin

import msgspec

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.nhsa.messages.wire import Node, NumberText

Writer = Callable[[Any], object]

_JSON: Final = msgspec.json.Encoder(decimal_format="number")
_NUMBER: Final = re.compile(r"-?\d{1,16}(?:\.\d{1,10})?", re.ASCII)
_NUMERIC: Final = frozenset((int, Money, UnitPrice, Quantity, Rate, NumberText))


def question_tree(node: Node) -> dict[str, object]:
    """A node as the desk sends it: an empty number is 0, any other empty value "" (1.1)."""
    return _tree(node, blank=True)


def answer_tree(node: Node) -> dict[str, object]:
    """A node as the platform sends it: an empty value is null."""
    return _tree(node, blank=False)


def to_json(tree: dict[str, object]) -> bytes:
    """UTF-8 JSON; decimals become JSON numbers with exactly their digits."""
    return _JSON.encode(tree)


def _tree(node: Node, *, blank: bool) -> dict[str, object]:
    return {
        field.wire: field.written(getattr(node, field.name), blank=blank)
        for field in _fields(type(node))
    }


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    wire: str
    empty: object
    write: Writer

    def written(self, value: object, *, blank: bool) -> object:
        if value is None:
            return self.empty if blank else None
        if isinstance(value, Node):
            return _tree(value, blank=blank)
        if isinstance(value, tuple):
            return [_tree(row, blank=blank) for row in value]
        return self.write(value)


@cache
def _fields(node: type[Node]) -> tuple[_Field, ...]:
    return tuple(
        _Field(field.name, field.encode_name, *_scalar(field.type))
        for field in msgspec.structs.fields(node)
    )


def _scalar(kind: Any) -> tuple[object, Writer]:
    """What an empty value of the type is in a question, and how a told one is written."""
    if get_origin(kind) in (Union, types.UnionType):
        return _scalar(next(part for part in get_args(kind) if part is not type(None)))
    return (0 if kind in _NUMERIC else ""), _WRITERS.get(kind, _as_is)


def _as_is(value: object) -> object:
    return value


def _number_text(text: str) -> object:
    return Decimal(text) if _NUMBER.fullmatch(text) else text


def _exact_number(value: UnitPrice | Quantity | Rate) -> Decimal:
    return Decimal(value.text())


_WRITERS: Final[Mapping[object, Writer]] = types.MappingProxyType(
    {
        Money: Money.decimal_yuan,
        UnitPrice: _exact_number,
        Quantity: _exact_number,
        Rate: _exact_number,
        NumberText: _number_text,
    }
)
