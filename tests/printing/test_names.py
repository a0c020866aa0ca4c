"""Every name comes out of the PDF exactly as it went in (design: names and fonts)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing.elements import Text
from printing.font_places import CANDIDATES, Role, font_folders
from printing.fonts import Fonts, NoFonts, find_fonts
from printing.forms.f1_settlement_slip import SettlementSlip
from printing.truetype import to_unicode
from tests.printing import samples
from tests.printing.conftest import Printed, compose, poppler, render

Print = Callable[[SettlementSlip], Printed]

NAMES = (
    "张建国",
    "䶮㼆彧龴",
    "𠮷𬀩𫖮",
    "王䶮",
    "李𠮷",
    "欧阳𬀩",
    "司马𫖮",
    "阿布都热合曼·买买提依明",
    "买买提依明·阿布都热合曼·吐尔逊江·艾合买提·库尔班尼亚孜",
    "Jean-Pierre Müller",
)
EXTENSION_I = "\U0002ebf0"
NOWHERE = "\U0010fffd"
"""A private code point that no font should have."""


@pytest.mark.parametrize("name", NAMES)
def test_the_exact_name_comes_back(name: str, printed: Print) -> None:
    paper = printed(samples.simple(name))
    assert name in paper.text
    assert paper.rendered.missing_characters == ()


def test_a_private_use_character_of_old_tables_is_printed_as_the_standard_one(
    printed: Print,
) -> None:
    assert "王龴" in printed(samples.simple("王\ue81e")).text


@pytest.mark.parametrize("character", [NOWHERE, EXTENSION_I])
def test_a_character_that_no_font_has_becomes_a_box_with_its_number(
    character: str, tmp_path: Path
) -> None:
    """Never dropped, and told to the operator once."""
    known = [candidate for candidate in CANDIDATES if "BabelStone" not in candidate.file]
    few = find_fonts(font_folders(Path("nowhere"), Path("nowhere")), known)
    out = tmp_path / "slip.pdf"
    rendered = render(samples.simple(f"王{character}明"), few, out)
    assert rendered.missing_characters == (character,)
    flat = "".join(poppler("pdftotext", "-layout", str(out), "-").split())
    assert f"王[U+{ord(character):04X}]明" in flat


def test_an_extension_i_character_is_exact_or_marked(printed: Print) -> None:
    paper = printed(samples.simple(f"王{EXTENSION_I}"))
    marked = "[U+2EBF0]" in paper.text
    assert marked == (paper.rendered.missing_characters == (EXTENSION_I,))
    assert marked or f"王{EXTENSION_I}" in paper.text


def test_beyond_the_bmp_the_text_layer_is_utf_16() -> None:
    layer = to_unicode("F", [0, ord("A"), 0x20BB7, 0x2EBF0])
    assert "<01> <0041>" in layer
    assert "<02> <D842DFB7>" in layer
    assert "<03> <D87ADFF0>" in layer
    assert "<00> <0000>" not in layer


def test_blocks_of_the_text_layer_hold_no_more_than_a_hundred() -> None:
    layer = to_unicode("F", list(range(0x4E00, 0x4EFF)))
    assert [line for line in layer.splitlines() if "beginbfchar" in line] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "55 beginbfchar",
    ]


def test_fonts_for_rare_characters_are_loaded_only_when_drawn() -> None:
    fresh = find_fonts(font_folders(Path("nowhere"), Path("nowhere")))
    assert _fonts_of(fresh, samples.simple("张建国")) == {
        "opensans-regular.ttf#0",
        "opensans-semibold.ttf#0",
        "wqy-microhei.ttc#0",
    }
    assert "hanamina.ttf#0" in _fonts_of(fresh, samples.simple("张𠮷"))


def _fonts_of(fonts: Fonts, slip: SettlementSlip) -> set[str]:
    texts = (e for page in compose(slip, fonts) for e, _y in page if isinstance(e, Text))
    return {run.font.fontName.lower() for text in texts for run in text.line.runs if run.font}


def test_figures_have_one_width(fonts: Fonts) -> None:
    """Amounts stand in columns only with tabular figures."""
    for strong in (False, True):
        assert len({fonts.width(digit, 10, strong=strong) for digit in "0123456789"}) == 1


def test_without_a_chinese_font_nothing_can_be_printed(tmp_path: Path) -> None:
    with pytest.raises(NoFonts):
        find_fonts([tmp_path])


def test_a_damaged_font_file_is_passed_over(fonts: Fonts, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.ttf"
    damaged.write_bytes(b"\x00\x01\x00\x00\x00\x09")
    good = fonts.line("王").runs[0].font
    assert good is not None
    two = Fonts({Role.HAN: [(damaged, 0), (good.path, 0)], Role.LATIN: [(damaged, 0)]})
    assert two.line("王1").missing == ()


def test_a_control_character_is_a_blank_and_not_a_missing_one(fonts: Fonts) -> None:
    line = fonts.line("王\n\t明")
    assert line.missing == ()
    assert "".join(run.text for run in line.runs) == "王  明"


_HAN = st.one_of(
    st.integers(0x4E00, 0x9FA5), st.integers(0x3400, 0x4DB5), st.integers(0x20000, 0x2CEA1)
)


@settings(max_examples=15)
@given(codes=st.lists(_HAN, min_size=2, max_size=30))
def test_any_name_comes_back_or_is_marked(
    codes: list[int], fonts: Fonts, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name = "".join(map(chr, codes))
    out = tmp_path_factory.mktemp("name") / "slip.pdf"
    missing = render(samples.simple(name), fonts, out).missing_characters
    shown = "".join(f"[U+{ord(c):04X}]" if c in missing else c for c in name)
    assert shown in "".join(poppler("pdftotext", "-raw", str(out), "-").split())
