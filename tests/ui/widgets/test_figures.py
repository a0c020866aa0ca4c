"""Amounts as they are shown."""

from __future__ import annotations

import pytest

from desktop.domain.money import Money
from tests.ui.widgets.conftest import words
from ui.widgets.figures import MoneyFigure, SplitEquation, SumList, figure_text
from ui.widgets.gallery import samples
from ui.widgets.shown import Part, Sum
from ui.widgets.split_bar import SplitBar, part_colour, widths

pytestmark = pytest.mark.usefixtures("qt_app")


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (123456, "1,234.56"),
        (-123456, "−1,234.56"),
        (9_007_199_254_740_993, "90,071,992,547,409.93"),
    ],
)
def test_figures_are_exact_to_the_fen(fen: int, shown: str) -> None:
    """The last one is the first that a float would get wrong."""
    assert figure_text(Money(fen)) == shown


def test_what_was_not_told_is_no_zero() -> None:
    figure = MoneyFigure(Sum("个人账户余额", None))
    assert "—" in words(figure)
    assert "0.00" not in words(figure)


def test_the_equation_reads_like_the_slip() -> None:
    equation = SplitEquation()
    equation.present(samples.EQUATION)
    signs = [word for word in words(equation) if word in "−="]
    assert signs == ["−", "−", "="]
    assert "伍佰贰拾捌元贰角壹分" in words(equation)
    assert equation.accessibleName() == (
        "医疗费总额 617.00 − 医保基金支付 88.79 − 个人账户支付 0.00 = 个人现金支付 528.21"
    )


@pytest.mark.parametrize("estimate", [True, False])
def test_an_estimate_says_so_in_words(estimate: bool) -> None:
    equation = SplitEquation()
    equation.present(samples.ESTIMATE if estimate else samples.EQUATION)
    assert ("估算" in words(equation)) is estimate


def test_an_unknown_fund_is_shown_raw() -> None:
    assert "410300" in words(SumList(samples.FUNDS))


def test_the_list_shows_the_newest_sums_only() -> None:
    sums = SumList(samples.FUNDS)
    sums.present((Sum("统筹基金", Money(100)),))
    assert words(sums) == ["统筹基金", "1.00"]


def test_the_bar_is_as_long_as_its_parts_and_hides_none() -> None:
    parts = (Part("a", Money(1)), Part("b", Money(99_999)), Part("c", Money(0)))
    small, large, nothing = widths(parts, 400)
    assert small + large == pytest.approx(400)
    assert small >= 4
    assert nothing == 0


def test_the_bar_tells_its_parts_in_words_too() -> None:
    bar = SplitBar(samples.PARTS)
    assert words(bar) == [
        *("个人现金", "428.21", "个人账户", "100.00"),
        *("统筹基金", "88.79", "医疗救助", "20.00"),
    ]


def test_a_part_has_the_colour_of_its_place_also_when_the_first_is_nothing() -> None:
    """The accent is the person's own: no fund wears it when the person pays nothing."""
    bar = SplitBar((Part("个人现金", Money(0)), Part("医保基金", Money(100))))
    assert words(bar) == ["医保基金", "1.00"]
    bar.resize(400, 20)
    seen = bar.grab().toImage().pixelColor(20, 10)
    assert seen == part_colour(bar, 1) != part_colour(bar, 0)
