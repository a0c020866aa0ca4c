"""The journey at the window: real card, real keys, real screen, and the slip that comes out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.journey.at_the_window import play_at, surroundings
from tests.rig.town import townsman
from tests.window.till import till_among


@pytest.mark.req("S4-19")
def test_from_the_card_to_the_slip_with_three_keys(tmp_path: Path) -> None:
    """S4-19: F8, F9 and F10 are all that the ordinary path needs; nothing holds the thread."""
    out = tmp_path / "out"
    out.mkdir()
    person = townsman(0)
    with surroundings() as around, till_among(around, tmp_path / "profile") as till:
        play_at(till.booth, person, out, lambda _: None)
    done = subprocess.run(
        ["pdftotext", "-layout", str(out / "receipt.pdf"), "-"], capture_output=True, check=True
    )
    assert person["name"] in done.stdout.decode()
    assert "528.21" in done.stdout.decode()
    assert (out / "window.png").stat().st_size > 20_000
