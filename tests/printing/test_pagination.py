"""Where one page ends and the next begins."""

from __future__ import annotations

import pytest

from printing.composer import _paginated
from printing.elements import Block, Element, Frame, Rule

FRAME = Frame(400, 300)
LINE = (Rule(0, 0, 100),)
HEAD = Block(20, LINE)


@pytest.mark.parametrize(("after", "pages"), [((), 1), (LINE, 2)])
def test_a_space_that_no_page_has_room_for_begins_none(
    after: tuple[Element, ...], pages: int
) -> None:
    full = Block(FRAME.depth, LINE)
    assert len(list(_paginated((full, Block(10, after)), HEAD, FRAME, 1.0))) == pages
