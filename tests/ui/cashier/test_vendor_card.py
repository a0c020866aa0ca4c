"""The window with a vendor's library as its card reader (S0-29)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.settings import CardSettings
from desktop.vendor import card_watch
from tests.rig.town import townsman
from tests.rig.vendor_library import CARD_NO, CARD_SN, Vendor, build, card_text, install
from tests.ui.cashier.booth import Booth
from tests.ui.conftest import Wait
from ui.cashier.shell import CashierShell
from ui.cashier.state import Page, ShownBy

PERSON = townsman(0)


@pytest.fixture
def vendor(shell: CashierShell, tmp_path: Path) -> Iterator[Vendor]:
    """Its library is watched for the window; no card is in."""
    built = build(tmp_path / "libSSCardDriver.so")
    vendor = install(built, tmp_path / "vendor")
    vendor.no_card()
    watch = card_watch(CardSettings(library=str(vendor.path), timeout=5), shell.noticed)
    watch.start()
    yield vendor
    watch.stop()


@pytest.mark.req("S0-29")
def test_a_card_brings_its_person(
    shell: CashierShell, booth: Booth, vendor: Vendor, wait_until: Wait
) -> None:
    text = card_text(name=PERSON["name"], number=PERSON["certno"])
    vendor.card(text.replace(CARD_NO, PERSON["card_no"]).replace(CARD_SN, PERSON["card_sn"]))
    wait_until(lambda: shell.presenter.state.page is Page.PERSON, 20)
    assert shell.presenter.state.credential is ShownBy.CARD


def test_a_library_that_crashes_is_told_and_the_window_lives(
    shell: CashierShell, vendor: Vendor, wait_until: Wait
) -> None:
    vendor.behaves(iReadCardBas="abort")
    wait_until(lambda: "失灵" in shell.presenter.state.desk.reader, 20)
    assert shell.presenter.state.page is Page.READY
    vendor.no_card()
    wait_until(lambda: not shell.presenter.state.desk.reader, 20)
