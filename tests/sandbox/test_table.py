"""Tables find rows by their fields, whatever was put, dropped and replaced before."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from desktop.sandbox.table import Table


class Beast(msgspec.Struct, frozen=True):
    kind: str
    colour: str | None


KEYS = st.sampled_from("abcd")
BEASTS = st.builds(Beast, st.sampled_from("xyz"), st.sampled_from(["red", None]))
STEPS = st.lists(st.tuples(KEYS, st.none() | BEASTS), max_size=30)


@given(STEPS)
def test_found_rows_are_those_that_stand(steps: list[tuple[str, Beast | None]]) -> None:
    table = Table(Beast, "kind", "colour")
    for key, beast in steps:
        if beast is None:
            table.drop(key)
        else:
            table.put(key, beast)
    for kind in "xyz":
        found = sorted(table.where("kind", kind), key=repr)
        assert found == sorted((row for row in table if row.kind == kind), key=repr)
    assert len(table.where("colour", None)) == sum(row.colour is None for row in table)


def test_rows_come_in_the_order_in_which_they_got_the_value() -> None:
    table = Table(Beast, "kind")
    first, second = Beast("x", "red"), Beast("x", "blue")
    table.put("b", first)
    table.put("a", second)
    table.put("b", Beast("x", "green"))
    assert table.where("kind", "x") == (Beast("x", "green"), second)
    table.put("b", Beast("y", "green"))
    table.put("b", first)
    assert table.where("kind", "x") == (second, first)


def test_a_cleared_table_finds_nothing() -> None:
    table = Table(Beast, "kind")
    table.put("a", Beast("x", None))
    table.clear()
    assert table.where("kind", "x") == ()
    assert table.take_touched() == (("a", None),)


def test_a_table_begins_as_another() -> None:
    """And goes its own way."""
    one = Table(Beast, "kind")
    one.put("a", Beast("x", None))
    other = one.copied()
    assert other.take_touched() == ()
    other.put("b", Beast("x", None))
    assert (len(one.where("kind", "x")), len(other.where("kind", "x"))) == (1, 2)
