"""``docs/screens`` has every state: page, and step on the page; both sizes, both themes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rig.kuasheng import ROOT
from tests.window.naming import names

SCREENS = ROOT / "docs" / "screens"
SETS = tuple(f"{size}-{theme}" for size in ("1366x768", "1920x1080") for theme in ("light", "dark"))


def pictures(folder: str) -> set[str]:
    return {file.stem for file in (SCREENS / folder).glob("*.png")}


@pytest.mark.parametrize("folder", SETS)
def test_every_state_has_its_picture(folder: str) -> None:
    """A new member of one of the enums fails here until ``make screens`` has come to it."""
    taken = pictures(folder)
    missing = [
        name
        for name in names()
        if not any(stem == name or stem.startswith(f"{name}-") for stem in taken)
    ]
    assert missing == []


def test_no_picture_is_of_a_state_that_is_gone() -> None:
    """Each is named by the state that it shows."""
    known = tuple(names())
    for folder in SETS:
        strange = [
            stem
            for stem in pictures(folder)
            if not any(stem == name or stem.startswith(f"{name}-") for name in known)
        ]
        assert strange == []


def test_every_set_has_the_same_pictures() -> None:
    first, *others = (pictures(folder) for folder in SETS)
    assert all(other == first for other in others)


def test_every_picture_is_told_of_in_the_list() -> None:
    """By its own name, or by that of its state and ``-what``."""
    told = (Path(SCREENS) / "README.md").read_text(encoding="utf-8")
    untold = [stem for stem in pictures(SETS[0]) if f"`{stem}`" not in told]
    assert untold == []
