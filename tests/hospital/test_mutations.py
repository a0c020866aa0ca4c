"""Whatever happens to a file, it gives a bill or every fault, never another exception."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.charges import Bill
from desktop.hospital.csv_format import parse_csv
from desktop.hospital.faults import ChargesInvalid
from desktop.hospital.json_format import parse_json
from tests.hospital.samples import as_json, example, tree

FILES = [example("json").encode(), example("csv").encode(), example("csv").encode("gb18030")]
PIECES = [
    b"",
    b"#",
    b'"',
    b"\n",
    b"\r",
    b",",
    b"=",
    b";",
    b"{",
    b"\0",
    b"\xff",
    b"\xfe\x59",
    b"1e9",
]

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def read(parse: Callable[[bytes], Bill], data: bytes) -> None:
    """A bill that is taken over is sound: nothing but ChargesInvalid may come instead."""
    with suppress(ChargesInvalid):
        bill = parse(data)
        assert bill.lines
        assert bill.key.revision >= 1
        assert bill.patient.name.strip()
        bill.patient.name.encode()


@given(
    data=st.sampled_from(FILES),
    at=st.integers(0, 2500),
    length=st.integers(0, 40),
    piece=st.sampled_from(PIECES) | st.binary(max_size=8),
)
@pytest.mark.parametrize("parse", [parse_json, parse_csv])
def test_any_bytes_of_a_good_file_may_change(
    parse: Callable[[bytes], Bill], data: bytes, at: int, length: int, piece: bytes
) -> None:
    read(parse, data[:at] + piece + data[at + length :])


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    read(parse_json, data)
    read(parse_csv, data)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    read(parse_json, data)
    read(parse_csv, data)


def paths(node: Any, prefix: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    keys = node.items() if isinstance(node, dict) else enumerate(node)
    found = [(*prefix, key) for key, _ in keys]
    keys = node.items() if isinstance(node, dict) else enumerate(node)
    below = [paths(inner, (*prefix, key)) for key, inner in keys if isinstance(inner, dict | list)]
    return found + [path for inner in below for path in inner]


@given(path=st.sampled_from(paths(tree())), value=values)
def test_any_value_may_stand_anywhere(path: tuple[str | int, ...], value: object) -> None:
    root: Any = tree()
    node = root
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    read(parse_json, as_json(root))


@given(st.lists(st.lists(st.text(max_size=8), max_size=14), max_size=8))
def test_any_table_under_a_good_head(rows: list[list[str]]) -> None:
    head = example("csv").partition("line_no,")[0]
    table = "\n".join(",".join(row) for row in rows)
    read(parse_csv, (head + table).encode("utf-8", "replace"))
