"""States by colour, word and shape; problems with their next step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.ui.widgets.conftest import Show, words
from ui.theme.stylesheet import ThemeSwitch
from ui.theme.tokens import Mode, Tone
from ui.widgets.badge import StateBadge
from ui.widgets.fact_grid import FactGrid
from ui.widgets.gallery import samples
from ui.widgets.gallery.pages import PAGES
from ui.widgets.keys import KeyButton
from ui.widgets.panel import Panel
from ui.widgets.problem_panel import ProblemPanel
from ui.widgets.shapes import Mark
from ui.widgets.shown import Badge, ProblemShown, Trail
from ui.widgets.trail import StepTrail


def shape(tone: Tone) -> QImage:
    """The shape alone, without its colour."""
    mark = Mark(32)
    mark.set_tone(tone)
    return mark.grab().toImage().convertToFormat(QImage.Format.Format_Mono)


@pytest.mark.usefixtures("qt_app")
def test_every_tone_has_a_shape_of_its_own() -> None:
    shapes = [shape(tone) for tone in Tone]
    assert all(one != other for n, one in enumerate(shapes) for other in shapes[:n])


@pytest.mark.parametrize("badge", samples.BADGES, ids=lambda badge: badge.tone.value)
def test_a_state_is_a_word_too(show: Show[QWidget], badge: Badge) -> None:
    made = StateBadge(badge)
    show(made)
    assert words(made) == [badge.word]
    assert made.accessibleName() == badge.word


def test_a_problem_says_what_happened_and_what_to_do_next(show: Show[QWidget]) -> None:
    taken: list[object] = []
    panel = ProblemPanel()
    panel.taken.connect(taken.append)
    panel.present(samples.NOT_FILED)
    show(panel)
    told = words(panel)
    assert {samples.NOT_FILED.happened, samples.NOT_FILED.next_step} <= set(told)
    assert "问题代码 not-filed" in told
    assert f"“{samples.NOT_FILED.quoted}”" in told
    panel.findChildren(KeyButton)[0].click()
    assert taken == ["again"]


def test_the_next_problem_leaves_nothing_of_the_last(show: Show[QWidget]) -> None:
    panel = ProblemPanel()
    show(panel)
    panel.present(samples.FAULTS)
    panel.present(ProblemShown("连不上平台", "请检查网络后重试，没有任何扣款"))
    assert words(panel) == ["连不上平台", "下一步", "请检查网络后重试，没有任何扣款"]


@pytest.mark.usefixtures("qt_app")
def test_the_platforms_words_are_never_markup() -> None:
    panel = ProblemPanel()
    panel.present(ProblemShown("拒绝", "看原话", quoted="<img src=x><b>1</b>"))
    assert "“<img src=x><b>1</b>”" in words(panel)


@pytest.mark.usefixtures("qt_app")
def test_facts_keep_their_order_and_wide_ones_their_row() -> None:
    grid = FactGrid(samples.PERSON)
    assert words(grid)[:4] == ["姓名", "孔令和", "性别 / 年龄", "男  41 岁"]


@pytest.mark.usefixtures("qt_app")
def test_a_card_shows_and_drops_its_state() -> None:
    panel = Panel("患者")
    panel.set_badge(Badge("人证已核对", Tone.POSITIVE))
    assert words(panel) == ["患者", "人证已核对"]
    panel.set_badge(None)
    assert words(panel) == ["患者"]


@pytest.mark.usefixtures("qt_app")
def test_the_trail_says_where_the_visit_stands() -> None:
    trail = StepTrail(Trail(("凭证", "费用", "结算"), 1))
    assert trail.accessibleName() == "第 2 步，共 3 步：费用"
    trail.present(Trail(("凭证", "费用", "结算"), 3))
    assert trail.accessibleName().endswith("全部完成")


@pytest.mark.usefixtures("qt_app")
@pytest.mark.parametrize("width", [600, 420, 300, 110])
def test_the_trail_tells_no_half_words(width: int) -> None:
    """What has no room has no word; the present step always has one."""
    trail = StepTrail(Trail(("核对身份", "待遇备案", "上传试算", "结算", "收款打印"), 3))
    trail.resize(width, 32)
    room = trail.fitting()
    assert trail.needed(room) <= width
    assert room.every_word is (width >= 600)
    assert room.every_step is (width >= 300)
    assert not trail.grab().isNull()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_gallery_is_painted_whole(
    show: Show[QWidget], theme: ThemeSwitch, page: str, mode: Mode
) -> None:
    theme.choose(mode)
    made = PAGES[page]()
    made.resize(1366, 768)
    show(made)
    assert made.minimumSizeHint().width() <= 1366
    assert made.minimumSizeHint().height() <= 768
    colours = made.grab().toImage().scaled(200, 112)
    assert len({colours.pixel(x, y) for x in range(200) for y in range(112)}) > 50


@pytest.mark.parametrize("page", PAGES)
def test_whatever_takes_the_keyboard_has_a_name(show: Show[QWidget], page: str) -> None:
    made = PAGES[page]()
    show(made)
    takers = [w for w in made.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [type(w).__name__ for w in takers if w.isVisible() and not w.accessibleName()]
    assert set(nameless) <= {"QLineEdit", "QScrollBar"}, nameless
