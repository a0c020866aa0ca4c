"""A text that is longer than its field table allows is refused by the field's name."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from desktop.sandbox.lengths import read_lengths, too_long
from desktop.sandbox.offered import HANDLERS
from desktop.sandbox.reasons import Reason
from tests.nhsa.field_tables import tables
from tests.sandbox.asking import No
from tests.sandbox.conftest import Bench, new_bench
from tests.sandbox.every_transaction import Exchange, tour
from tests.sandbox.refusing import kept, says

TEXTS = ("字符型", "数字型")
LONGER = ("file_qury_no", "oinfno")
"""Genuine file numbers are paths of 44 characters (answer_differences.json); 2207A has five."""


@cache
def exchanges() -> tuple[Bench, dict[str, Exchange]]:
    bench = new_bench()
    return bench, tour(bench)


def told(infno: str) -> dict[str, dict[str, int]]:
    """What the reference's table of the transaction says."""
    nodes = {
        node["node"]: {
            row["name"]: int(row["len"])
            for row in node["fields"]
            if row["type"] in TEXTS and row["len"].isdigit() and row["name"] not in LONGER
        }
        for node in tables()[infno]["nodes"]
        if node["side"] == "input"
    }
    return {node: lengths for node, lengths in nodes.items() if lengths}


def with_text(nodes: Any, node: str, field: str, text: str) -> dict[str, Any]:
    """The question with that text in the first row of the node."""
    body = nodes[node]
    rows = body if isinstance(body, list) else [body]
    changed = [{**rows[0], field: text}, *rows[1:]]
    return {**nodes, node: changed if isinstance(body, list) else changed[0]}


def test_the_lengths_are_those_of_the_tables() -> None:
    wanted = {infno: told(infno) for infno in HANDLERS}
    assert read_lengths() == {infno: nodes for infno, nodes in wanted.items() if nodes}


CASES = [
    (infno, node, field, length)
    for infno, nodes in sorted(read_lengths().items())
    for node, lengths in nodes.items()
    for field, length in lengths.items()
]


@pytest.mark.req("S4-20")
@pytest.mark.parametrize(("infno", "node", "field", "length"), CASES)
def test_one_character_too_many(infno: str, node: str, field: str, length: int) -> None:
    bench, asked = exchanges()[0], exchanges()[1][infno]
    assert too_long(infno, with_text(asked.nodes, node, field, "长" * length)) is None
    before = kept(bench.state)
    longer = with_text(asked.nodes, node, field, "长" * (length + 1))
    with pytest.raises(No, match=field) as no:
        bench.desk.ask(infno, asked.area, **longer)
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
