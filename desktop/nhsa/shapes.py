"""What the type of a message field says: one value or many, of which type, only shown or needed."""

from __future__ import annotations

import types
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from desktop.nhsa.messages.wire import SHOWN_ONLY, Node


class Shape(NamedTuple):
    """A field's type taken apart."""

    kind: Any
    """The type of one value: a node, or a key of the tables of scalars."""
    many: bool = False
    shown_only: bool = False

    @property
    def is_node(self) -> bool:
        return isinstance(self.kind, type) and issubclass(self.kind, Node)


def shape_of(hint: Any) -> Shape:
    """The shape of ``T``, ``T | None``, ``tuple[T, ...]`` or ``Shown[T]``."""
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *marks = get_args(hint)
        return shape_of(inner)._replace(shown_only=SHOWN_ONLY in marks)
    if origin in (Union, types.UnionType):
        return shape_of(next(part for part in get_args(hint) if part is not types.NoneType))
    if origin is tuple:
        return shape_of(get_args(hint)[0])._replace(many=True)
    return Shape(hint)
