"""Groups of keys share the columns of the card."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.key_card import shared_out


@pytest.mark.parametrize(
    ("heights", "across", "shared"),
    [
        ([3, 3, 2, 2, 3, 1], 3, [0, 0, 1, 1, 2, 2]),
        ([9, 1, 1, 1], 4, [0, 1, 1, 1]),
        ([5], 4, [0]),
        ([], 4, []),
    ],
)
def test_the_highest_column_is_as_low_as_can_be(
    heights: list[int], across: int, shared: list[int]
) -> None:
    found = shared_out(heights, across)
    assert _highest(heights, found) == _highest(heights, shared)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=9), st.integers(1, 5))
def test_groups_keep_their_order_and_each_has_a_column(heights: list[int], across: int) -> None:
    shared = shared_out(heights, across)
    assert len(shared) == len(heights)
    assert shared == sorted(shared)
    assert set(shared) == set(range(shared[-1] + 1)) <= set(range(across))


def _highest(heights: list[int], shared: list[int]) -> int:
    columns = {
        into: sum(high for high, at in zip(heights, shared, strict=True) if at == into)
        for into in shared
    }
    return max(columns.values(), default=0)
