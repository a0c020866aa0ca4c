"""A text that is longer than its field table allows is refused by the field's name."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from desktop.sandbox.lengths import Limits, read_lengths, too_long, too_long_around
from desktop.sandbox.offered import HANDLERS
from desktop.sandbox.platform import read_envelope
from desktop.sandbox.reasons import Reason
from tests.nhsa.field_tables import tables
from tests.sandbox.asking import No
from tests.sandbox.conftest import Bench, new_bench
from tests.sandbox.every_transaction import Exchange, tour
from tests.sandbox.refusing import kept, says

TEXTS, NUMBER = ("字符型", "数字型"), "数值型"
UNMEASURED = ("file_qury_no", "oinfno", "infno")
"""Genuine file numbers are paths of 44 characters (answer_differences.json); 2207A has five."""
IN_PRACTICE = {"fixmedins_name": 200, "sign_no": 32}
"""Of the envelope (interface 2.1): 200 in other copies, up to 32 characters in samples."""

AS_ANSWERED = {"psn_type": 6}
"""Three in the inputs, six wherever an answer tells it; residents' codes have four (1403)."""


@cache
def exchanges() -> tuple[Bench, dict[str, Exchange]]:
    bench = new_bench()
    return bench, tour(bench)


def told(infno: str) -> dict[str, Limits]:
    """What the reference's table of the transaction says."""
    nodes = {
        node["node"]: {
            row["name"]: int(row["len"]) if row["type"] in TEXTS else row["len"]
            for row in node["fields"]
            if row["type"] in (*TEXTS, NUMBER) and row["len"] and row["name"] not in UNMEASURED
        }
        for node in tables()[infno]["nodes"]
        if node["side"] == "input"
    }
    return {node: _as_answered(lengths) for node, lengths in nodes.items() if lengths}


def _as_answered(lengths: dict[str, Any]) -> Limits:
    return lengths | {field: limit for field, limit in AS_ANSWERED.items() if field in lengths}


def with_value(nodes: Any, node: str, field: str, value: object) -> dict[str, Any]:
    """The question with that value in the first row of the node."""
    body = nodes[node]
    rows = body if isinstance(body, list) else [body]
    changed = [{**rows[0], field: value}, *rows[1:]]
    return {**nodes, node: changed if isinstance(body, list) else changed[0]}


def test_the_lengths_are_those_of_the_tables() -> None:
    wanted = {infno: nodes for infno in HANDLERS if (nodes := told(infno))}
    around = {"": {**told("envelope")[""], **IN_PRACTICE}}
    assert read_lengths() == {**wanted, "envelope": around}


CASES = [
    (infno, node, field, limit)
    for infno, nodes in sorted(read_lengths().items())
    if infno != "envelope"
    for node, limits in nodes.items()
    for field, limit in limits.items()
]
LENGTHS = [(*place, limit) for *place, limit in CASES if isinstance(limit, int)]
DIGITS = [(*place, limit) for *place, limit in CASES if isinstance(limit, str)]


@pytest.mark.req("S4-20")
@pytest.mark.parametrize(("infno", "node", "field", "length"), LENGTHS)
def test_one_character_too_many(infno: str, node: str, field: str, length: int) -> None:
    asked = exchanges()[1][infno]
    assert too_long(infno, with_value(asked.nodes, node, field, "长" * length)) is None
    refused_for(field, infno, with_value(asked.nodes, node, field, "长" * (length + 1)))


def one_too_many(digits: str) -> list[str]:
    """A digit too many before the point, and one behind it."""
    whole, _, decimals = digits.partition(",")
    scale = int(decimals or 0)
    return ["1" + "0" * (int(whole) - scale), "1." + "0" * scale + "1"]


@pytest.mark.parametrize(("infno", "node", "field", "digits"), DIGITS)
def test_one_digit_too_many(infno: str, node: str, field: str, digits: str) -> None:
    asked = exchanges()[1][infno]
    for number in one_too_many(digits):
        refused_for(field, infno, with_value(asked.nodes, node, field, number))


@pytest.mark.parametrize("text", ["99.99", "-99.99", "0099.9900", "7", "1e1", "0"])
def test_what_has_room_in_its_digits(text: str) -> None:
    assert too_long("2204", {"feedetail": {"prd_days": text}}) is None


@pytest.mark.parametrize("text", ["100", "-100", "0.001", "1e2", "sieben", "NaN", "inf"])
def test_what_has_no_room_in_its_digits(text: str) -> None:
    assert too_long("2204", {"feedetail": {"prd_days": text}}) == "prd_days"


@pytest.mark.parametrize(("field", "limit"), sorted(read_lengths()["envelope"][""].items()))
def test_the_envelope_is_measured_too(field: str, limit: int) -> None:
    desk = exchanges()[0].desk
    envelope = desk.envelope("9001", "", exchanges()[1]["9001"].nodes)
    for more, longer in ((0, None), (1, field)):
        head = {**envelope, field: "长" * (limit + more)}
        request = read_envelope(json.dumps(head).encode())
        assert too_long_around(request.head) == longer
    told = desk.send({**envelope, field: "长" * (limit + 1)})
    assert str(told["infcode"]) == "-1"
    assert says(told["err_msg"], Reason.FIELD_WRONG)
    assert field in told["err_msg"]


def refused_for(field: str, infno: str, nodes: dict[str, Any]) -> None:
    """By its name, and nothing is changed."""
    bench, asked = exchanges()[0], exchanges()[1][infno]
    before = kept(bench.state)
    with pytest.raises(No, match=field) as no:
        bench.desk.ask(infno, asked.area, **nodes)
    assert says(no.value.text, Reason.FIELD_WRONG)
    assert kept(bench.state) == before


def test_every_row_is_looked_at() -> None:
    rows = [{"memo": "短"}, {"memo": "长" * 1001}]
    assert too_long("2204", {"feedetail": rows}) == "memo"


@pytest.mark.parametrize(
    "asked", [None, [], {"data": "text"}, {"data": [None]}, {"data": {"psn_no": 1}}]
)
def test_what_is_no_text_is_not_measured(asked: Any) -> None:
    assert too_long("2206", asked) is None
