"""The vendor's library: built once, installed for every test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from card_reader.bridge.library import VendorLibrary
from tests.rig.vendor_library import Vendor, build, install


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("vendor") / "libSSCardDriver.so")


@pytest.fixture
def vendor(built: Path, tmp_path: Path) -> Vendor:
    """With a card in its reader."""
    vendor = install(built, tmp_path / "读卡器 驱动")
    vendor.card()
    return vendor


@pytest.fixture
def library(vendor: Vendor) -> Iterator[VendorLibrary]:
    with closing(VendorLibrary(vendor.file())) as library:
        yield library
