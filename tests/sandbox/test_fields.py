"""Every field of every offered transaction, on the wire: what is needed, and of which type.

The message types themselves stand beside the tables in tests/nhsa/test_field_tables.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop.sandbox.offered import HANDLERS
from tests.nhsa.field_tables import FIELDS, tables
from tests.sandbox.asking import No
from tests.sandbox.conftest import Bench, new_bench
from tests.sandbox.every_transaction import Exchange, tour

REFERENCE = Path(__file__).parents[1] / "reference"
LISTED: dict[str, Any] = json.loads((REFERENCE / "answer_differences.json").read_text())
OPTIONAL: frozenset[tuple[str, str]] = frozenset(
    (entry["at"], field)
    for entry in json.loads((FIELDS / "differences.json").read_text())["differences"]
    if entry["what"] == "optional"
    for field in entry["fields"]
)
RENAMED = {
    entry["at"]: entry["ours"]
    for entry in json.loads((FIELDS / "differences.json").read_text())["renamed"]
}


class Departure(NamedTuple):
    """A field that the platform told otherwise than its table."""

    at: str
    field: str
    what: str


@cache
def exchanges() -> tuple[Bench, Mapping[str, Exchange]]:
    bench = new_bench()
    return bench, tour(bench)


def nodes(infno: str, side: str) -> list[Mapping[str, Any]]:
    return [node for node in tables()[infno]["nodes"] if node["side"] == side]


def rows_of(output: Any, at: str, node: str) -> list[Mapping[str, Any]]:
    """The rows of a node, wherever the answer has them."""
    name = RENAMED.get(at, node)
    found = output[name] if isinstance(output, dict) and name else output
    return found if isinstance(found, list) else [found]


def all_rows(infno: str, at: str, node: str) -> list[Mapping[str, Any]]:
    """The rows of a node in every answer of the tour."""
    outputs = exchanges()[1][infno].outputs
    return [row for output in outputs for row in rows_of(output, at, node)]


def departures(infno: str) -> Iterator[Departure]:
    for node in nodes(infno, "output"):
        at = f"{infno}/output/{node['node']}"
        rows = all_rows(infno, at, node["node"])
        for told in node["fields"]:
            values = [row.get(told["name"]) for row in rows]
            wrong = {what for value in values if (what := _wrong(value, told))}
            if all(value is None for value in values):
                wrong = {"untold"}
            for what in wrong:
                yield Departure(at, told["name"], what)


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_NUMBERS = ("数值型", "BigDecimal", "整型", "数字型")


def _wrong(value: Any, told: Mapping[str, str]) -> str:
    """What is wrong with a value; "" for nothing."""
    if value is None:
        return "null" if told["req"] == "Y" else ""
    if told["type"] in _NUMBERS:
        return _wrong_number(value, told["len"])
    if not isinstance(value, str):
        return "type"
    if told["type"] == "日期型" and not (_DAY.fullmatch(value) or _TIME.fullmatch(value)):
        return "type"
    if told["type"] == "日期时间型" and not _TIME.fullmatch(value):
        return "type"
    return "length" if told["len"].isdigit() and len(value) > int(told["len"]) else ""


def _wrong_number(value: Any, length: str) -> str:
    if isinstance(value, str) or not isinstance(value, int | Decimal):
        return "type"
    digits, _, scale = length.partition(",")
    exponent = Decimal(value).as_tuple().exponent
    if scale and isinstance(exponent, int) and -exponent > int(scale):
        return "scale"
    largest = 10 ** (int(digits or 16) - int(scale or 0))
    return "digits" if abs(value) >= largest else ""


def test_every_offered_transaction_is_asked() -> None:
    assert set(exchanges()[1]) == set(HANDLERS)


def test_every_node_has_rows_to_look_at() -> None:
    empty = {
        f"{infno}/{node['node']}"
        for infno in exchanges()[1]
        for node in nodes(infno, "output")
        if not all_rows(infno, f"{infno}/output/{node['node']}", node["node"])
    }
    assert empty == set()


def test_answers_tell_what_the_tables_demand() -> None:
    """Every field of every answer is told at least once, with its type, or listed with a reason.

    A departure that is not listed, or listed without being one, fails.
    """
    found = {each for infno in exchanges()[1] if infno != "9102" for each in departures(infno)}
    listed = {
        Departure(entry["at"], field, entry["what"])
        for entry in LISTED["departures"]
        for field in entry["fields"]
    }
    assert sorted(found) == sorted(listed)


def test_every_departure_has_a_reason_and_every_reason_is_used() -> None:
    assert {entry["why"] for entry in LISTED["departures"]} == set(LISTED["reasons"])


def _needed() -> list[tuple[str, str, str]]:
    """Those that the types leave out on purpose are asked for by no one."""
    return [
        (infno, node["node"], row["name"])
        for infno in sorted(HANDLERS)
        for node in nodes(infno, "input")
        for row in node["fields"]
        if row["req"] == "Y" and (f"{infno}/input/{node['node']}", row["name"]) not in OPTIONAL
    ]


@pytest.mark.parametrize(("infno", "node", "field"), _needed())
def test_a_question_without_a_needed_field_is_refused_by_its_name(
    infno: str, node: str, field: str
) -> None:
    bench, asked = exchanges()[0], exchanges()[1][infno]
    body = asked.nodes[node]
    row = body[0] if isinstance(body, list) else body
    less = {name: value for name, value in row.items() if name != field}
    nodes_asked = {**asked.nodes, node: [less] if isinstance(body, list) else less}
    with pytest.raises(No, match=rf"{field}(不能为空|为空)"):
        bench.desk.ask(infno, asked.area, **nodes_asked)
