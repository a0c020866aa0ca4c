"""A disk that takes no more at any write of a settlement: nothing is doubled, nothing forgotten."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.desk import CrashDesk, desk_in
from tests.crash.judge import judge, judge_all
from tests.rig.practice import Practice

SPARE = (0, 150_000, 200_000)
"""Bytes left when a settlement begins; it needs about 240 000."""
MORE = range(60_000, 240_000, 10_000)


@pytest.fixture
def small_desk(careless: Practice, tmp_path: Path) -> Iterator[CrashDesk]:
    """A desk whose profile lies on a file system of 4 MB; needs the right to mount."""
    profile = tmp_path / "profile"
    careless.reset()
    desk = desk_in(tmp_path, careless)
    settings = (profile / "settings.toml").read_bytes()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(profile)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a small disk; tests/ledger proves the same by file sizes")
    (profile / "settings.toml").write_bytes(settings)
    yield desk
    subprocess.run(["umount", "--lazy", str(profile)], check=True)


def _fill(profile: Path, spare: int) -> Path:
    """Leave ``spare`` bytes, as far as the file system counts them."""
    ballast = profile / "ballast"
    free = os.statvfs(profile).f_bavail * os.statvfs(profile).f_frsize
    ballast.write_bytes(bytes(max(0, free - spare)))
    return ballast


def _settled_around_a_full_disk(desk: CrashDesk, number: int, spare: int) -> int | None:
    """Settle on a nearly full disk, make room, recover, settle again; how the first ended."""
    bill = desk.bill(number)
    ballast = _fill(desk.profile, spare)
    first = desk.settle(bill)
    ballast.unlink()
    desk.recover()
    judge(desk, bill.bill_no, bill.id_number, [first.passed])
    assert desk.settle(bill).exit == 0
    judge(desk, bill.bill_no, bill.id_number, [first.passed])
    return first.exit


def test_a_full_disk_doubles_nothing(small_desk: CrashDesk) -> None:
    assert small_desk.settle(small_desk.bill(0)).exit == 0
    ends = [
        _settled_around_a_full_disk(small_desk, number, spare)
        for number, spare in enumerate(SPARE, start=1)
    ]
    assert ends[0] != 0
    assert judge_all(small_desk) == len(SPARE) + 1


@pytest.mark.slow
def test_a_disk_that_is_full_at_any_write_doubles_nothing(small_desk: CrashDesk) -> None:
    assert small_desk.settle(small_desk.bill(0)).exit == 0
    ends = {
        _settled_around_a_full_disk(small_desk, number, spare)
        for number, spare in enumerate(MORE, start=1)
    }
    assert len(ends) > 1
    assert judge_all(small_desk) == len(MORE) + 1
