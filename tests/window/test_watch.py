"""The watchdog of whole windows accuses who holds the event loop, and nobody else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.rig.held import Clocks
from tests.rig.kuasheng import ROOT

_PROGRAM = """
import sys, threading, time
from PySide6.QtCore import QCoreApplication, QTimer
from tests.rig.loop_watch import LoopWatch

def compute(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass

def hogged(seconds):
    sys.setswitchinterval(1.0)
    done = threading.Event()
    def hog():
        compute(seconds)
        done.set()
        time.sleep(60)
    threading.Thread(target=hog, daemon=True).start()
    done.wait()

def slot():
    {work}
    QTimer.singleShot(10, app.quit)

app = QCoreApplication([])
watch = LoopWatch({options})
QTimer.singleShot(0, slot)
app.exec()
for turn in watch.take():
    print(turn)
"""


@pytest.fixture
def others() -> Iterator[None]:
    """Twice as many busy programs as there are processors."""
    program = [sys.executable, "-c", "while True: pass"]
    busy = [subprocess.Popen(program) for _ in range(4)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def told(work: str, options: str = "") -> list[str]:
    """What the watchdog tells of a program whose one slot does this work."""
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(work=work, options=options)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return ran.stdout.splitlines()


@pytest.mark.parametrize("work", ["time.sleep(0.060)", "compute(0.060)", "hogged(0.080)"])
def test_a_slot_of_sixty_milliseconds_is_told(work: str) -> None:
    """Whether it sleeps, computes, or waits while a thread of ours keeps the interpreter."""
    (turn,) = told(work)
    assert int(turn.split()[0]) >= 58


def test_a_slot_that_computes_is_told_among_other_programs(others: None) -> None:
    (turn,) = told("compute(0.060)")
    assert int(turn.split()[0]) >= 58


def test_other_programs_on_the_processor_are_nobodys_fault(others: None) -> None:
    """Neither in a slot that computes, nor while a thread of ours that it waits for stands still."""
    assert told("compute(0.025)") == []
    assert told("hogged(0.025)") == []


def test_no_waiting_is_forgiven_but_its_own_and_that_of_one_other_thread() -> None:
    since = Clocks(10.0, 1.0, {"own": 5.0, "2": 7.0, "3": 1.0})
    now = Clocks(10.2, 1.03, {"own": 5.01, "2": 7.02, "3": 1.03, "4": 0.01})
    assert since.held_until(now, "own") == pytest.approx(0.2 - 0.01 - 0.03)


def test_nothing_is_judged_before_the_watch_begins() -> None:
    assert told("compute(0.2)", "begins=lambda: False") == []


def test_a_quick_slot_is_not() -> None:
    assert told("compute(0.01)") == []
