"""Every ink on every fill that it is used on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.theme import stylesheet
from ui.theme.contrast import contrast
from ui.theme.tokens import DARK, LIGHT, Colours, Tone

TEXT, SIGN = 4.5, 3.0
"""Least contrast of text, and of outlines and shapes (WCAG 2.1, 1.4.3 and 1.4.11)."""
MODES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("surface", "raised", "sunken", "selection")
ACCENTS = ("accent", "accent_hover", "accent_pressed")
INKS = {
    "text": GROUNDS,
    "muted": GROUNDS,
    "accent_text": GROUNDS,
    "on_accent": ACCENTS,
    "on_accent_muted": ACCENTS,
}
PAIRS = tuple((ink, ground) for ink, grounds in INKS.items() for ground in grounds)
WITHOUT_WORDS = (":disabled", "QFrame#rule", "QFrame#head-rule", "QScrollBar")
MANY = 40
"""Rules that the style sheet has at least: read as none, it would have no ink that is not held."""


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)],
)
def test_contrast_is_that_of_the_guideline(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@MODES
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_is_legible_wherever_it_stands(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= TEXT


def test_the_style_sheet_has_no_ink_and_no_ground_that_is_not_held() -> None:
    """A new one fails here until it stands in :data:`INKS`; a rule with both must be one of them.

    What is disabled need not be legible (WCAG 1.4.3); rules and scroll bars hold no words.
    """
    inks, grounds = {ink for ink, _ground in PAIRS}, {ground for _ink, ground in PAIRS}
    for where, told in _rules():
        ink, ground = _token(told, "color"), _token(told, "background")
        if any(part in where for part in WITHOUT_WORDS):
            continue
        assert ink in inks | {None}, where
        assert ground in grounds | {None}, where
        assert ink is None or ground is None or (ink, ground) in PAIRS, where


def _rules() -> Iterator[tuple[str, str]]:
    """Selector and body of each rule of the style sheet."""
    sheet = Path(stylesheet.__file__).with_name("desk.qss").read_text(encoding="utf-8")
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", bare)
    assert len(found) > MANY
    return ((where.strip(), told) for where, told in found)


def _token(told: str, what: str) -> str | None:
    found = re.search(rf"(?:^|[;\s]){what}:\s*@(\w+)", told)
    return found[1] if found else None


@MODES
@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_legible_on_its_fill_and_in_a_table(colours: Colours, tone: Tone) -> None:
    pair = colours.tone(tone)
    for ground in (pair.fill, colours.raised, colours.selection, colours.surface):
        assert contrast(pair.ink, ground) >= TEXT


@MODES
def test_words_quoted_on_the_neutral_fill_are_legible(colours: Colours) -> None:
    for ink in (colours.text, colours.muted):
        assert contrast(ink, colours.neutral.fill) >= TEXT


@MODES
def test_what_has_the_keyboard_is_seen(colours: Colours) -> None:
    for ground in (colours.surface, colours.raised, colours.sunken):
        assert contrast(colours.focus, ground) >= SIGN
    assert contrast(colours.focus_on_accent, colours.accent) >= SIGN


@MODES
def test_the_outline_of_a_field_is_seen(colours: Colours) -> None:
    for ground in (colours.surface, colours.raised):
        assert contrast(colours.edge, ground) >= SIGN


@MODES
def test_tones_differ_by_more_than_a_shade(colours: Colours) -> None:
    pairs = [colours.tone(tone) for tone in Tone]
    assert len({pair.ink for pair in pairs}) == len({pair.fill for pair in pairs}) == len(Tone)
