"""Amounts as they are shown."""

from __future__ import annotations

from itertools import groupby

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QLayout, QWidget

from desktop.domain.money import Money
from tests.ui.widgets.conftest import Show, words
from ui.theme.contrast import contrast
from ui.theme.stylesheet import palette
from ui.theme.tokens import DARK, LIGHT, Colours
from ui.widgets.basics import Page, row
from ui.widgets.figures import LoneHero, MoneyFigure, SplitEquation, SumList, figure_text
from ui.widgets.gallery import samples
from ui.widgets.shown import Equation, Part, Sum
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


@pytest.mark.parametrize("yuan", ["600.00", "12345.67", "1234567.89", "99999999.99"])
@pytest.mark.parametrize("width", [692, 1034])
def test_no_amount_is_cut_however_narrow_the_window(
    show: Show[QWidget], width: int, yuan: str
) -> None:
    """692 is what a window of 1920 × 1080 has for it at 200 %, 1034 one of 1366."""
    amount = Money.parse(yuan)
    equation = SplitEquation()
    place = page(equation, width)
    show(place)
    terms = tuple(Sum(label, amount) for label in ("医疗费总额", "医保基金支付", "个人账户支付"))
    equation.present(Equation(terms, Sum("个人现金支付", amount), "壹万贰仟叁佰肆拾伍元陆角柒分"))
    show(place)
    assert cut(equation) == []


def test_the_amount_is_large_again_where_there_is_room(show: Show[QWidget]) -> None:
    hero = LoneHero()
    place = page(hero, 340)
    show(place)
    hero.present(Sum("个人现金", Money(123456789)))
    show(place)
    assert cut(hero) == []
    narrow = amount_of(hero)
    place.resize(600, 120)
    show(place)
    assert amount_of(hero).height() > narrow.height()


def amount_of(hero: LoneHero) -> QSize:
    (amount,) = (label for label in hero.findChildren(QLabel) if "," in label.text())
    return amount.sizeHint()


def page(widget: QWidget, width: int) -> Page:
    """A page that gives the widget that width and no more, as a full window does."""
    place, line = Page(), row()
    line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    line.addWidget(widget)
    place.setLayout(line)
    place.resize(width, 120)
    return place


def cut(widget: QWidget) -> list[str]:
    labels = [label for label in widget.findChildren(QLabel) if not label.wordWrap()]
    narrow = (label for label in labels if label.width() < label.sizeHint().width())
    return [label.text() for label in narrow if label.isVisible()]


@pytest.mark.req("S1-34")
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


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_part_of_the_bar_is_seen(colours: Colours) -> None:
    """3:1 against the surface that separates the parts (WCAG 1.4.11), and no two alike."""
    bar = SplitBar()
    bar.setPalette(palette(colours))
    inks = [part_colour(bar, at).name() for at in range(4)]
    for ground in (colours.surface, colours.raised):
        assert min(contrast(ink, ground) for ink in inks) >= 3.0
    assert len(set(inks)) == 4


def test_the_surface_separates_the_parts() -> None:
    bar = SplitBar(tuple(Part(name, Money(100)) for name in "abcd"))
    bar.setPalette(palette(LIGHT))
    bar.resize(900, 20)
    strip = bar.findChildren(QWidget)[0]
    drawn = strip.grab().toImage()
    row = [drawn.pixelColor(x, 6).name().upper() for x in range(strip.width())]
    assert [ink for ink, _run in groupby(row)].count(LIGHT.surface) >= 3


def test_without_a_sum_there_are_no_signs() -> None:
    """The slip leaves them out, too, where an amount was not told."""
    terms = (Sum("医疗费总额", Money(100)), Sum("个人账户支付", None))
    equation = SplitEquation()
    equation.present(Equation(terms, Sum("个人现金支付", Money(50)), holds=False))
    assert equation.accessibleName() == "医疗费总额 1.00；个人账户支付 —；个人现金支付 0.50"
    assert not set(words(equation)) & {"−", "="}
    equation.present(Equation(terms, Sum("个人现金支付", Money(50))))
    assert {"−", "="} <= set(words(equation))
