"""What ``settings.toml`` says of this desk holds at its window."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.journey.at_the_window import SEEN_AFTER, Surroundings
from tests.journey.journey import charges_of
from tests.rig.town import townsman
from tests.window.till import OFFER, till_among

pytestmark = pytest.mark.slow

ORDINARY = townsman(0)


def test_bills_come_from_the_told_folder_and_scanners_say_their_prefix(
    around: Surroundings, profile: Path, tmp_path: Path
) -> None:
    """``desk.drop_folder`` and ``desk.scanner_prefix`` (contracts: settings)."""
    drops = tmp_path / "drops"
    drops.mkdir()
    profile.mkdir()
    told = f"[desk]\ndrop_folder = '{drops}'\nscanner_prefix = '~'\n"
    (profile / "settings.toml").write_text(told, encoding="utf-8")
    charges_of(ORDINARY).write(drops / "B1.json")
    with till_among(around, profile) as till:
        time.sleep(SEEN_AFTER)
        till.screen.scan(f"~{ORDINARY['certno']}")
        till.sees(OFFER)
