"""The field tables of the interface document beside our message types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.nhsa.messages import TRANSACTIONS
from desktop.nhsa.messages.reconciliation import DifferenceRow, OwnRow
from desktop.nhsa.messages.voucher import VoucherHolder, VoucherQuery, VoucherRequest
from desktop.nhsa.messages.wire import JsonText, Node, NumberText
from desktop.nhsa.shapes import shape_of as shape_of_type

FIELDS = Path(__file__).parents[1] / "reference" / "fields"

_NUMBERS: Mapping[str, object] = {
    "16,2": Money,
    "16,4": Quantity,
    "16,6": UnitPrice,
    "5,4": Rate,
    "4,1": NumberText,
    "4,0": NumberText,
    "4,2": NumberText,
    "3": NumberText,
    "": NumberText,
    "2": int,
    "10": int,
}
_FILES: Mapping[str, type[Node]] = {"upload-file": OwnRow, "result-file": DifferenceRow}
"""Rows of the two files of 3202."""


class Difference(NamedTuple):
    """One way in which a type of ours departs from its table."""

    infno: str
    side: str
    node: str
    field: str
    what: str


class Shape(NamedTuple):
    """Whether a field is needed, and its type."""

    needed: bool
    kind: object


def tables() -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text()) for path in sorted(FIELDS.glob("[0-9]*.json"))}


def shape_of(row: Mapping[str, str]) -> Shape:
    """The shape that a row of a table asks for."""
    if row["name"] == "exp_content":
        return Shape(row["req"] == "Y", JsonText)
    if row["type"] == "数值型":
        return Shape(row["req"] == "Y", _NUMBERS[row["len"]])
    if row["type"] == "字节数组":
        return Shape(row["req"] == "Y", bytes)
    if row["type"] == "数字型":
        return Shape(row["req"] == "Y", int)
    return Shape(row["req"] == "Y", str)


def shapes_of(node: type[Node]) -> dict[str, Shape]:
    """The shape of every field of a type of ours, by wire name."""
    return {
        field.encode_name: Shape(field.required, shape_of_type(field.type).kind)
        for field in msgspec.structs.fields(node)
    }


def our_node(infno: str, side: str, node: str) -> dict[str, Shape]:
    """The fields of ours that answer a table."""
    if infno == "6101":
        if side == "output":
            return shapes_of(VoucherHolder)
        return {**shapes_of(VoucherRequest), **shapes_of(VoucherQuery)}
    if side in _FILES:
        return shapes_of(_FILES[side])
    transaction = TRANSACTIONS[infno]
    body = transaction.input if side == "input" else transaction.output
    if not node:
        return shapes_of(body)
    hint = next(f.type for f in msgspec.structs.fields(body) if f.encode_name == node)
    return shapes_of(shape_of_type(hint).kind)


def differences(renamed: Mapping[str, str]) -> Iterator[Difference]:
    """Every difference; ``renamed`` maps ``infno/side/node`` to our node's name."""
    for infno, table in tables().items():
        for node in table["nodes"]:
            place = (infno, node["side"], node["node"])
            ours = our_node(infno, node["side"], renamed.get("/".join(place), node["node"]))
            theirs = {row["name"]: shape_of(row) for row in node["fields"]}
            for field, what in _between(theirs, ours):
                yield Difference(*place, field, what)


def _between(theirs: Mapping[str, Shape], ours: Mapping[str, Shape]) -> Iterator[tuple[str, str]]:
    yield from ((name, "left-out") for name in theirs if name not in ours)
    yield from ((name, "added") for name in ours if name not in theirs)
    for name in theirs.keys() & ours.keys():
        if theirs[name].kind != ours[name].kind:
            yield name, "type"
        if theirs[name].needed and not ours[name].needed:
            yield name, "optional"
        if ours[name].needed and not theirs[name].needed:
            yield name, "demanded"
