"""The field tables of the interface document beside our message types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.nhsa.envelope import RequestHead, ResponseHead
from desktop.nhsa.messages.by_number import TRANSACTIONS
from desktop.nhsa.messages.catalogue_rows import (
    CHRONIC,
    DIAGNOSES,
    DRUGS,
    HERBS,
    MATERIALS,
    SERVICES,
)
from desktop.nhsa.messages.column_file import FileForm
from desktop.nhsa.messages.reconciliation import DifferenceRow, OwnRow
from desktop.nhsa.messages.verification import (
    FACE_AUTHORISATION,
    FACE_CHECK,
    SETTLEMENT_NOTICE,
    FaceAnswer,
    FaceCheckQuestion,
    FaceHolder,
    FaceQuestion,
    NoticeData,
)
from desktop.nhsa.messages.voucher import VoucherHolder, VoucherQuery, VoucherRequest
from desktop.nhsa.messages.wire import JsonText, Node, NumberText
from desktop.nhsa.shapes import shape_of as shape_of_type

FIELDS = Path(__file__).parents[1] / "reference" / "fields"

_NUMBERS: Mapping[str, object] = {
    "": NumberText,
    "16,2": Money,
    "16,4": Quantity,
    "16,6": UnitPrice,
    "5,4": Rate,
    "4,1": NumberText,
    "4,0": NumberText,
    "4,2": NumberText,
    "3": NumberText,
    "2": int,
    "4": int,
    "10": int,
}
_DECIMALS: Mapping[str, object] = {"16": UnitPrice, "5": Rate}
"""BigDecimal: a price (1318) or a share (1319)."""
_FILES: Mapping[str, type[Node]] = {"upload-file": OwnRow, "result-file": DifferenceRow}
"""Rows of the two files of 3202."""
FORMS: Mapping[str, FileForm[Any]] = {
    "1301": DRUGS,
    "1302": HERBS,
    "1305": SERVICES,
    "1306": MATERIALS,
    "1307": DIAGNOSES,
    "1309": CHRONIC,
}
_OUTSIDE: Mapping[tuple[str, str], tuple[type[Node], ...]] = {
    ("envelope", "input"): (RequestHead,),
    ("envelope", "output"): (ResponseHead,),
    ("6101", "input"): (VoucherRequest, VoucherQuery),
    ("6101", "output"): (VoucherHolder,),
    (FACE_AUTHORISATION, "input"): (FaceQuestion,),
    (FACE_AUTHORISATION, "output"): (FaceAnswer,),
    (FACE_CHECK, "input"): (FaceCheckQuestion,),
    (FACE_CHECK, "output"): (FaceHolder,),
    (SETTLEMENT_NOTICE, "input"): (NoticeData,),
}
"""The envelope itself, and what goes through the e-voucher's door without one."""


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
    names = sorted(path for path in FIELDS.glob("*.json") if path.stem != "differences")
    return {path.stem: json.loads(path.read_text()) for path in names}


def shape_of(row: Mapping[str, str]) -> Shape:
    """The shape that a row of a table asks for."""
    if row["name"] == "exp_content":
        return Shape(row["req"] == "Y", JsonText)
    if row["type"] == "数值型":
        return Shape(row["req"] == "Y", _NUMBERS[row["len"]])
    if row["type"] == "BigDecimal":
        return Shape(row["req"] == "Y", _DECIMALS[row["len"]])
    if row["type"] == "字节数组":
        return Shape(row["req"] == "Y", bytes)
    if row["type"] in ("数字型", "整型"):
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
    if (infno, side) in _OUTSIDE and node != "drugList":
        kinds = _OUTSIDE[infno, side]
        return {name: shape for kind in kinds for name, shape in shapes_of(kind).items()}
    if side in _FILES:
        return shapes_of(_FILES[side])
    body = _body(infno, side)
    if not node:
        return shapes_of(body)
    hint = next(f.type for f in msgspec.structs.fields(body) if f.encode_name == node)
    return shapes_of(shape_of_type(hint).kind)


def _body(infno: str, side: str) -> type[Node]:
    if infno == SETTLEMENT_NOTICE:
        return NoticeData
    transaction = TRANSACTIONS[infno]
    return transaction.input if side == "input" else transaction.output


def differences(renamed: Mapping[str, str]) -> Iterator[Difference]:
    """Every difference; ``renamed`` maps ``infno/side/node`` to our node's name."""
    for infno, table in tables().items():
        for node in table["nodes"]:
            place = (infno, node["side"], node["node"])
            ours = our_node(infno, node["side"], renamed.get("/".join(place), node["node"]))
            theirs = {row["name"]: shape_of(row) for row in node["fields"]}
            for field, what in _between(theirs, ours):
                yield Difference(*place, field, what)
        if "file" in table:
            for column, what in _columns_between(table["file"], FORMS[infno]):
                yield Difference(infno, "file", "", column, what)


def _columns_between(theirs: Any, form: FileForm[Any]) -> Iterator[tuple[str, str]]:
    """Columns go by their number: whether told at all, under the document's own words."""
    titles = {
        place: row["zh"]
        for row in theirs["columns"]
        for place in range(row["columns"][0], row["columns"][1] + 1)
    }
    ours = {column.place: column.title for column in form.columns().values()}
    yield from ((str(place), "left-out") for place in titles.keys() - ours.keys())
    yield from ((str(place), "added") for place in ours.keys() - titles.keys())
    for place in titles.keys() & ours.keys():
        if titles[place] != ours[place]:
            yield str(place), "title"
    if form.width != theirs["width"]:
        yield "width", "type"


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
