"""What every slip says is cut from its fonts once; only what one slip says is cut for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from printing import fonts as fonts_module
from printing.alphabet import ALPHABETS
from printing.font_places import Role, font_folders
from printing.fonts import Fonts, find_fonts
from printing.truetype import Cut, TrueTypeFont
from tests.printing import samples
from tests.printing.conftest import render

_PLACES = 254
"""Codes of one byte, without the missing character's and the blank's."""
_FEW = 110
"""Characters of one slip: names, and the rarer of its words."""


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """The subsets that were cut: their numbers and what is in them."""
    found: list[tuple[int, str]] = []
    cut = TrueTypeFont._cut

    def noted(font: TrueTypeFont, number: int, subset: Sequence[int]) -> Cut:
        found.append((number, "".join(map(chr, subset))))
        return cut(font, number, subset)

    monkeypatch.setattr(TrueTypeFont, "_cut", noted)
    return found


@pytest.fixture
def fresh() -> Fonts:
    return find_fonts(font_folders(Path("nowhere"), Path.home()))


@pytest.mark.parametrize("role", ALPHABETS)
def test_an_alphabet_fits_into_one_subset(role: Role) -> None:
    assert len(set(ALPHABETS[role])) == len(ALPHABETS[role]) <= _PLACES


def test_the_second_slip_cuts_only_what_it_alone_says(
    fresh: Fonts, cuts: list[tuple[int, str]], tmp_path: Path
) -> None:
    render(samples.simple(), fresh, tmp_path / "first.pdf")
    assert {number for number, _ in cuts} == {0, 1}
    cuts.clear()
    render(samples.mixed(), fresh, tmp_path / "second.pdf")
    own = "".join(characters for _, characters in cuts)
    assert {number for number, _ in cuts} == {1}
    assert len(own) < _FEW
    assert not set(own) & set(ALPHABETS[Role.HAN]) - {" "}


def test_a_font_that_has_no_more_of_the_alphabet_is_cut_for_the_slip_alone(
    fresh: Fonts, cuts: list[tuple[int, str]], tmp_path: Path
) -> None:
    """The fonts of rare characters would bring everybody's words with them."""
    slip = samples.simple("𠮷野")
    render(slip, fresh, tmp_path / "slip.pdf")
    (rare,) = (characters for number, characters in cuts if "𠮷" in characters)
    assert set(rare) <= {"\0", " ", "𠮷"}


def test_lines_in_mind_are_bounded_and_labels_stay(
    fresh: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts_module, "_KEPT_LINES", 20)
    label = fresh.line("个人现金支付")
    for amount in range(100):
        fresh.line(f"{amount}.00")
        assert fresh.line("个人现金支付") is label
    kept: dict[Any, Any] = fresh._lines
    assert len(kept) == 20
