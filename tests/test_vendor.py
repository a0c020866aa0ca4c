"""By what cards are read follows from the settings alone (docs/readers.md)."""

from __future__ import annotations

import pytest

from card_reader import CardSite
from card_reader.network_module import NetworkModule
from card_reader.psam import PsamSlot
from desktop.sections import CardSettings
from desktop.vendor import card_site

PSAM = CardSettings(psam_reader="SAM", psam_internal_key="4801", psam_external_key="480A")
SLOT = PsamSlot("SAM", b"\x48\x01", b"\x48\x0a")


@pytest.mark.parametrize(
    ("card", "site"),
    [
        (CardSettings(), CardSite(None, "", pin=False)),
        (CardSettings(pin="pad"), CardSite(None, "", pin=True)),
        (
            CardSettings(hsm_url="http://127.0.0.1:1/hsm"),
            CardSite(NetworkModule("http://127.0.0.1:1/hsm"), "", pin=False),
        ),
        (PSAM, CardSite(SLOT, "SAM", pin=False)),
    ],
)
def test_what_this_site_has_beside_its_readers(card: CardSettings, site: CardSite) -> None:
    assert card_site(card) == site
