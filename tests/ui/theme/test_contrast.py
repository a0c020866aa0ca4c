"""Every ink on every fill that it is used on."""

from __future__ import annotations

import pytest

from ui.theme.contrast import contrast
from ui.theme.tokens import DARK, LIGHT, Colours, Tone

TEXT, SIGN = 4.5, 3.0
"""Least contrast of text, and of outlines and shapes (WCAG 2.1, 1.4.3 and 1.4.11)."""
MODES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("surface", "raised", "sunken", "selection")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)],
)
def test_contrast_is_that_of_the_guideline(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@MODES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["text", "muted", "accent_text"])
def test_text_is_legible_wherever_it_stands(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= TEXT


@MODES
@pytest.mark.parametrize("ink", ["on_accent", "on_accent_muted"])
@pytest.mark.parametrize("ground", ["accent", "accent_hover", "accent_pressed"])
def test_text_on_the_accent_is_legible(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= TEXT


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
