"""The watchdog of whole windows accuses who holds the event loop, and nobody else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.rig.kuasheng import ROOT
from tests.rig.pace import MOST, Pace

_PROGRAM = """
import sys, time
from PySide6.QtCore import QCoreApplication, QTimer
from tests.rig.loop_watch import LoopWatch

def compute(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass

app = QCoreApplication([])
watch = LoopWatch({options})
QTimer.singleShot(0, lambda: {work})
QTimer.singleShot(10, app.quit)
app.exec()
for turn in watch.take():
    print(turn)
"""


def told(work: str, options: str = "") -> list[str]:
    """What the watchdog tells of a program whose one slot does this work, on a host of its own."""
    options = ", ".join(filter(None, ("stolen=lambda: 0.0", options)))
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(work=work, options=options)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return ran.stdout.splitlines()


@pytest.mark.parametrize("work", ["time.sleep(0.2)", "compute(0.2)"])
def test_a_slot_that_sleeps_or_computes_is_told(work: str) -> None:
    (turn,) = told(work)
    assert 150 < int(turn.split()[0]) < 400


def test_on_a_machine_of_its_own_a_turn_has_seventy_five_milliseconds() -> None:
    (turn,) = told("compute(0.080)", "slowness=lambda: 1.0")
    assert int(turn.split()[0]) > 75


def test_nothing_is_judged_before_the_watch_begins() -> None:
    assert told("compute(0.2)", "begins=lambda: False") == []


def test_the_pace_of_a_machine_is_bounded() -> None:
    assert 1.0 <= Pace().slowness() <= MOST


def test_a_quick_slot_is_not() -> None:
    assert told("compute(0.01)") == []
