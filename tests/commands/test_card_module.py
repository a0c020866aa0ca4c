"""``kuasheng card`` at a site that opens 3.0 cards, or demands their PIN (docs/readers.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.card_reader.module import machine
from tests.commands.test_card import KEYS, NAME, NUMBER
from tests.rig.kuasheng import Ran, kuasheng
from tests.rig.pcsc import PcscStack
from tests.rig.virtual_card import psam, third_generation_card

CARD = {"name": NAME, "id_number": NUMBER}
PSAM = """
[card]
psam_reader = "00 01"
psam_internal_key = "4801"
psam_external_key = "480A"
psam_directory = "DF01"
"""


def read(readers: PcscStack, profile: Path, settings: str) -> Ran:
    profile.mkdir(exist_ok=True)
    (profile / "settings.toml").write_text(settings, encoding="utf-8")
    return kuasheng(
        "card", "--wait", "2", "--full", "--profile", profile, environment=readers.environment
    )


@pytest.fixture
def inserted(readers: PcscStack) -> PcscStack:
    readers.insert(0, third_generation_card(**CARD))
    return readers


def test_a_card_that_a_psam_opens(inserted: PcscStack, tmp_path: Path) -> None:
    inserted.insert(0, psam("df01"), slot=1)
    inserted.until_seen()
    ran = read(inserted, tmp_path, PSAM)
    assert (ran.exit, set(ran.body), ran.codes) == (0, KEYS, [])
    assert (ran.body["version"], ran.body["partial"]) == ("3.00", False)
    assert (ran.body["name"], ran.body["id_number"]) == (NAME, NUMBER)


def test_a_card_that_the_machine_on_the_network_opens(inserted: PcscStack, tmp_path: Path) -> None:
    with machine() as central:
        ran = read(inserted, tmp_path, f'[card]\nhsm_url = "{central.url}"\n')
    assert (ran.exit, ran.body["name"], ran.body["partial"]) == (0, NAME, False)
    assert len(central.lines) == 1


def test_a_card_whose_module_is_away_is_read_in_part(inserted: PcscStack, tmp_path: Path) -> None:
    ran = read(inserted, tmp_path, PSAM)
    assert (ran.exit, ran.body["name"], ran.body["partial"]) == (0, "", True)
    assert ran.codes == ["card-not-opened", "card-partial"]


def test_a_card_is_read_without_the_pin_that_settling_demands(
    inserted: PcscStack, tmp_path: Path
) -> None:
    ran = read(inserted, tmp_path, '[card]\npin = "ask"\n')
    assert (ran.exit, ran.codes) == (0, ["card-partial"])
