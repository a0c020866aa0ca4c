"""The rig itself: it says what it lacks, and leaves nothing behind."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.domain.identifiers import IdNumber
from tests.card_reader.real import SECOND_PERSON
from tests.card_reader.script import PERSON
from tests.rig import pcsc
from tests.rig.pcsc import PcscStack, PcscUnavailable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the stack runs on Linux only")


def test_a_missing_driver_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcsc, "_DRIVERS", "/nowhere")
    with pytest.raises(PcscUnavailable, match=r"libifdvpcd\.so.*apt-get install.*vsmartcard-vpcd"):
        PcscStack().__enter__()


def test_a_missing_daemon_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcsc, "_which", lambda tool: None if tool == "pcscd" else tool)
    with pytest.raises(PcscUnavailable, match="missing: pcscd;"):
        PcscStack().__enter__()


def test_a_killed_run_leaves_no_process_behind() -> None:
    """The daemon and the cards end with whoever started them, however that ended."""
    with subprocess.Popen(
        [sys.executable, "-c", _STARTS_A_STACK], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        directory = run.stdout.readline().strip()
        assert len(_mentioning(directory)) == 3, "keeper, pcscd and card"
        run.kill()
    until = time.monotonic() + 3
    while left := _mentioning(directory):
        assert time.monotonic() < until, left
        time.sleep(0.02)
    shutil.rmtree(directory)


_STARTS_A_STACK = """
import sys, time
from tests.rig.pcsc import PcscStack
from tests.rig.virtual_card import other_card
with PcscStack() as stack:
    stack.insert(0, other_card())
    print(stack.socket_path.parents[1], flush=True)
    time.sleep(60)
"""


def _mentioning(text: str) -> list[str]:
    """Command lines of the running processes that name this directory."""
    lines = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if text in line:
            lines.append(line)
    return lines


@pytest.mark.parametrize("person", [PERSON, SECOND_PERSON])
def test_only_invented_persons(person: dict[str, str]) -> None:
    assert IdNumber.parse(person["id_number"]).number.startswith("990000")
