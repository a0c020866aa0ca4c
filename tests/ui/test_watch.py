"""The watchdog itself: it accuses who holds the Qt thread, and nobody else."""

from __future__ import annotations

import subprocess
import sys
import time

from PySide6.QtCore import QTimer

from tests.rig.slot_watch import SlotWatch
from tests.ui.conftest import Wait


def run_slot(slot: object, wait_until: Wait) -> None:
    done: list[bool] = []

    def run() -> None:
        assert callable(slot)
        slot()
        done.append(True)

    QTimer.singleShot(0, run)
    wait_until(lambda: bool(done))


def compute(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_slot_that_sleeps_is_told(watch: SlotWatch, wait_until: Wait) -> None:
    run_slot(lambda: time.sleep(0.6), wait_until)
    (hold,) = watch.take()
    assert hold.computed < hold.seconds
    assert "ms" in str(hold)


def test_a_slot_that_computes_is_told(watch: SlotWatch, wait_until: Wait) -> None:
    run_slot(lambda: compute(0.3), wait_until)
    assert len(watch.take()) == 1


def test_a_quick_slot_is_not(watch: SlotWatch, wait_until: Wait) -> None:
    run_slot(lambda: compute(0.005), wait_until)
    assert watch.take() == []


def test_other_programs_on_the_processor_are_nobodys_fault(
    watch: SlotWatch, wait_until: Wait
) -> None:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
    try:
        for _ in range(5):
            run_slot(lambda: compute(0.02), wait_until)
    finally:
        for process in busy:
            process.kill()
            process.wait()
    assert watch.take() == []


def test_a_listener_that_the_test_calls_itself_is_told(watch: SlotWatch) -> None:
    """Presenters over ``InlineWork`` tell the window from the test, within no event of Qt's."""
    heard: list[str] = []
    watch.listening(heard.append)("at once")
    assert watch.take() == []
    watch.listening(lambda _state: compute(0.3))("late")
    assert len(watch.take()) == 1
    assert heard == ["at once"]


def test_what_is_switched_off_is_not_told(watch: SlotWatch, wait_until: Wait) -> None:
    with watch.off():
        run_slot(lambda: time.sleep(0.1), wait_until)
    assert watch.take() == []
