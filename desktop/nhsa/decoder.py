"""Bytes of the platform → typed nodes: tolerant in form, exact in value.

Tolerant: unknown fields and codes; numbers as text and text as numbers; ``null``, ``""`` and the
text ``"null"`` as "not told"; one object where a list is told and the reverse. Exact: every
scalar stays the text that came until its type reads it, so no float is ever made; a fraction of
a fen, a needed field that is missing or a wrong shape is :class:`Unreadable`, never a guess. Only
what is marked :data:`~desktop.nhsa.messages.wire.Shown` is "not told" when it cannot be read.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Final, NamedTuple, NoReturn, TypeVar

import msgspec

from desktop.domain.money import Money, NotAnAmount
from desktop.domain.quantities import NotAQuantity, Quantity, Rate, UnitPrice
from desktop.nhsa.messages.wire import JsonText, Node, NumberText
from desktop.nhsa.shapes import shape_of

N = TypeVar("N", bound=Node)
Reader = Callable[[object], Any]

_UNTOLD: Final = (None, "", "null")
_WHOLE: Final = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_LONG_NUMBER: Final = re.compile(r"[+-]?\d{1,14}(?:\.\d{1,10})?(?:[eE][+-]?\d{1,2})?", re.ASCII)


class Fault(StrEnum):
    """Why something could not be read."""

    NOT_UTF8 = "not-utf-8"
    NOT_JSON = "not-json"
    WRONG_SHAPE = "wrong-shape"
    MISSING = "missing"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_ZIP = "not-a-zip"


class Unreadable(ValueError):
    """A body or a field that cannot be read; tells where, never what (it may name a person)."""

    def __init__(self, fault: Fault, where: str = "") -> None:
        super().__init__(f"{where or 'body'}: {fault}")
        self.fault = fault
        self.where = where

    def inside(self, name: str) -> Unreadable:
        """The same fault seen from the node around it."""
        return Unreadable(self.fault, f"{name}.{self.where}" if self.where else name)


def parse(body: bytes) -> dict[str, object]:
    """The JSON object in ``body``: every number is text, what is not told is left out.

    Raises :class:`Unreadable`: not UTF-8 (a byte order mark is allowed), not JSON, a name that
    stands twice, no object.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(Fault.NOT_UTF8) from error
    return parse_text(text)


def parse_text(text: str) -> dict[str, object]:
    """Like :func:`parse`, for JSON that travels as text inside JSON."""
    try:
        tree = _JSON.decode(text)
        _refuse_half_characters(text, tree)
    except (ValueError, RecursionError) as error:
        raise Unreadable(Fault.NOT_JSON) from error
    if not isinstance(tree, dict):
        raise Unreadable(Fault.WRONG_SHAPE)
    return tree


def _refuse_constant(name: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError(name)


def _refuse_half_characters(text: str, tree: object) -> None:
    """Half a surrogate pair could be written neither to the journal nor on paper."""
    if "\\u" in text:
        json.dumps(tree, ensure_ascii=False).encode()


def _told(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return {name: value for name, value in pairs if value not in _UNTOLD}


_JSON: Final = json.JSONDecoder(
    parse_float=str,
    parse_int=str,
    parse_constant=_refuse_constant,
    object_pairs_hook=_told,
)


def read(node: type[N], tree: object) -> N:
    """The node that ``tree`` (from :func:`parse`) tells; raises :class:`Unreadable`."""
    found: N = _node_reader(node)(tree)
    return found


def _reader(hint: Any) -> Reader:
    shape = shape_of(hint)
    read_one = _node_reader(shape.kind) if shape.is_node else _SCALARS[shape.kind]
    if shape.many:
        return _list_reader(read_one)
    return _shown_reader(read_one) if shape.shown_only else read_one


class _Field(NamedTuple):
    name: str
    wire: str
    required: bool
    read: Reader


@cache
def _node_reader(node: type[Node]) -> Reader:
    fields = tuple(
        _Field(field.name, field.encode_name, field.required, _reader(field.type))
        for field in msgspec.structs.fields(node)
    )

    def read_node(raw: object) -> Node:
        told = _one_object(raw)
        given: dict[str, object] = {}
        for name, wire, required, read_value in fields:
            if wire in told:
                try:
                    given[name] = read_value(told[wire])
                except Unreadable as error:
                    raise error.inside(wire) from error
            elif required:
                raise Unreadable(Fault.MISSING, wire)
        return node(**given)

    return read_node


def _shown_reader(read_exactly: Reader) -> Reader:
    def read_shown(raw: object) -> object:
        try:
            return read_exactly(raw)
        except Unreadable:
            return None

    return read_shown


def _one_object(raw: object) -> Mapping[str, object]:
    """The object itself, or the only element of a list that stands in its place."""
    found = raw[0] if isinstance(raw, list) and len(raw) == 1 else raw
    if not isinstance(found, dict):
        raise Unreadable(Fault.WRONG_SHAPE)
    return found


def _list_reader(read_one: Reader) -> Reader:
    def read_list(raw: object) -> tuple[object, ...]:
        rows = raw if isinstance(raw, list) else [raw]
        return tuple(read_one(row) for row in rows if row not in _UNTOLD)

    return read_list


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise Unreadable(Fault.WRONG_SHAPE)
    return raw


def _json_text(raw: object) -> str:
    return raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)


def _bytes(raw: object) -> bytes:
    """An array of byte numbers, of which Java writes the upper half negative."""
    if not isinstance(raw, list):
        raise Unreadable(Fault.WRONG_SHAPE)
    try:
        return bytes(whole_number(number) % 256 for number in raw)
    except Unreadable as error:
        raise Unreadable(Fault.NOT_A_NUMBER) from error


def whole_number(raw: object) -> int:
    """A whole number of at most nine digits; raises :class:`Unreadable`."""
    text = _text(raw)
    if _WHOLE.fullmatch(text) is None:
        raise Unreadable(Fault.NOT_A_NUMBER)
    return int(text)


def _exact(parse_exact: Callable[[str], object]) -> Reader:
    def read_exact(raw: object) -> object:
        try:
            return parse_exact(_text(raw))
        except (NotAnAmount, NotAQuantity) as error:
            raise Unreadable(Fault.NOT_A_NUMBER) from error

    return read_exact


def _money(text: str) -> Money:
    """Most amounts are plain already."""
    try:
        return Money.parse(text)
    except NotAnAmount:
        return Money.parse(_plain(text))


def _plainly(parse_exact: Callable[[str], object]) -> Reader:
    return _exact(lambda text: parse_exact(_plain(text)))


def _plain(text: str) -> str:
    """Without exponent and trailing zeros: Java writes zero as ``0E-8``, ten million as ``1E7``."""
    if _LONG_NUMBER.fullmatch(text) is None:
        return text
    return format(Decimal(text).normalize(), "f")


_SCALARS: Final[Mapping[object, Reader]] = types.MappingProxyType(
    {
        str: _text,
        NumberText: _text,
        JsonText: _json_text,
        int: whole_number,
        bytes: _bytes,
        Money: _exact(_money),
        UnitPrice: _plainly(UnitPrice.parse),
        Quantity: _plainly(Quantity.parse),
        Rate: _plainly(Rate.parse),
    }
)
