"""``docs/screens`` has every state: page, step and overlay; both sizes, both themes; no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rig.kuasheng import ROOT
from tests.window.naming import LOOKS, STEPS_OF_WORK, NoSuchLook, names, picture, possible
from ui.cashier.over import Over

SCREENS = ROOT / "docs" / "screens"
SETS = tuple(f"{size}-{theme}" for size in ("1366x768", "1920x1080") for theme in ("light", "dark"))
_NAME = re.compile(r"`([a-z][a-z-]*)`")


def pictures(folder: str) -> set[str]:
    return {file.stem for file in (SCREENS / folder).glob("*.png")}


@pytest.mark.parametrize("folder", SETS)
def test_every_state_has_its_picture(folder: str) -> None:
    """A new member of one of the enums fails here until ``make screens`` has come to it."""
    taken = pictures(folder)
    assert [name for name in (*names(), STEPS_OF_WORK) if name not in taken] == []


@pytest.mark.parametrize("lying", Over)
def test_everything_that_lies_over_a_page_has_its_picture(lying: Over) -> None:
    assert {f"{name}-{lying}" for name in names()} & pictures(SETS[0])


def test_no_picture_is_of_a_state_that_is_gone() -> None:
    """Each has exactly the name of the state that it shows, and of one look of it."""
    strange = pictures(SETS[0]) - possible()
    assert strange == set()


def test_no_look_is_without_its_picture() -> None:
    assert [look for look in LOOKS if not any(p.endswith(f"-{look}") for p in _all())] == []


def _all() -> set[str]:
    return pictures(SETS[0])


def test_every_set_has_the_same_pictures() -> None:
    first, *others = (pictures(folder) for folder in SETS)
    assert all(other == first for other in others)


def test_the_list_names_exactly_the_pictures() -> None:
    """In its tables, each by its own name."""
    lines = (Path(SCREENS) / "README.md").read_text(encoding="utf-8").splitlines()
    rows = (line for line in lines if line.startswith("|"))
    assert {name for row in rows for name in _NAME.findall(row)} == _all()


def test_a_scene_cannot_take_a_look_that_nobody_knows() -> None:
    with pytest.raises(NoSuchLook):
        picture("ready", "no-such-look")
