"""One practice platform for the presenter tests, forgetting everything per test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.rig.practice import Practice
from tests.rig.slot_watch import WatchedApplication
from tests.services.counter import TODAY
from tests.ui.cashier.booth import Booth, booth_at
from tests.ui.cashier.standing import shell_of
from ui.cashier.shell import CashierShell


@pytest.fixture
def booth(running_platform: Practice, tmp_path: Path) -> Iterator[Booth]:
    with _booth(running_platform, tmp_path) as opened:
        yield opened


@pytest.fixture
def hasty(running_platform: Practice, tmp_path: Path) -> Iterator[Booth]:
    """A site whose platform books nothing later than a second after it was asked."""
    with _booth(running_platform, tmp_path, "settle_horizon = 1") as opened:
        yield opened


@pytest.fixture
def patient(running_platform: Practice, tmp_path: Path) -> Iterator[Booth]:
    """A site that waits a minute for an answer, as long as no cashier does."""
    with _booth(running_platform, tmp_path, read_timeout=60.0) as opened:
        yield opened


@pytest.fixture
def today(booth: Booth) -> Booth:
    """Where the platform's day is the PC's: what was settled long ago is not asked for any more."""
    booth.platform.clock(None)
    booth.began = booth.clock().replace(tzinfo=None, microsecond=0) - timedelta(hours=1)
    return booth


@pytest.fixture
def shell(booth: Booth, qt_app: WatchedApplication) -> Iterator[CashierShell]:
    with shell_of(booth, qt_app) as made:
        yield made


@contextmanager
def _booth(
    platform: Practice, folder: Path, *settings: str, read_timeout: float = 1.0
) -> Iterator[Booth]:
    platform.reset()
    platform.clock(TODAY.isoformat())
    profile = folder / "profile"
    profile.mkdir()
    written = "\n".join(("[platform]", f"read_timeout = {read_timeout}", *settings, ""))
    (profile / "settings.toml").write_text(written, encoding="utf-8")
    with booth_at(platform, profile, folder) as opened:
        yield opened
