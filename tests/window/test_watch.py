"""The watchdog in a program of its own: it accuses who holds the Qt thread, and nobody else."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from tests.rig.kuasheng import ROOT
from tests.rig.slot_watch import MOST, Held

_PROGRAM = """
import os, sys, threading, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from tests.rig.slot_watch import SlotWatch

def compute(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass

def in_a_loop(work):
    inner = QEventLoop()
    QTimer.singleShot(100, work)
    QTimer.singleShot(300, inner.quit)
    inner.exec()

def beside_one_that_keeps_the_interpreter():
    sys.setswitchinterval(0.3)
    threading.Thread(target=compute, args=(0.2,)).start()

app = QApplication([])
watch = SlotWatch(at_once={at_once}, alone=True)
QTimer.singleShot(0, lambda: {work})
QTimer.singleShot(600, app.quit)
app.exec()
for hold in watch.take():
    print(hold)
"""


def told(work: str, *, at_once: bool = True) -> list[str]:
    """What the watchdog tells of a program whose one slot does this work, on a host of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(work=work, at_once=at_once)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return ran.stdout.splitlines()


@pytest.mark.parametrize("work", ["time.sleep(0.5)", "compute(0.1)"])
def test_a_slot_that_sleeps_or_computes_is_told(work: str) -> None:
    (hold,) = told(work)
    assert 50 < int(hold.split()[0]) < 600


def test_a_slot_that_waits_for_the_interpreter_is_told() -> None:
    assert told("beside_one_that_keeps_the_interpreter()")


def test_a_slot_within_a_loop_within_a_slot_is_told_and_the_waiting_of_the_loop_is_not() -> None:
    (hold,) = told("in_a_loop(lambda: compute(0.08))")
    assert int(hold.split()[0]) < 200


def test_what_follows_a_loop_in_the_same_slot_is_told() -> None:
    assert len(told("(in_a_loop(lambda: None), compute(0.08))")) == 1


def test_another_thread_may_take_its_time() -> None:
    assert told("threading.Thread(target=time.sleep, args=(0.2,)).start()") == []


def test_nothing_is_judged_before_the_first_picture() -> None:
    assert told("compute(0.2)", at_once=False) == []


def test_the_first_picture_is_judged() -> None:
    slow = "type('Slow', (QWidget,), {'paintEvent': lambda *_: compute(0.08)})"
    holds = told(f"(globals().update(kept={slow}()), kept.show())", at_once=False)
    assert "Expose of QWidgetWindow" in holds[0]


ALONE = Held(wall=0.060, computed=0.040, delayed=0.0, delayed_other=0.0, stolen=0.0)


def test_on_a_machine_of_its_own_nothing_is_forgiven() -> None:
    assert ALONE.seconds == pytest.approx(ALONE.wall)


@pytest.mark.parametrize("taken", ["delayed", "delayed_other", "stolen"])
def test_what_others_took_is_forgiven(taken: str) -> None:
    assert replace(ALONE, **{taken: 0.015}).seconds == pytest.approx(0.045)


def test_a_slow_processor_is_forgiven_to_a_degree_and_no_waiting_for_it() -> None:
    assert replace(ALONE, slowness=1.25).seconds == pytest.approx(0.032 + 0.020)
    assert replace(ALONE, slowness=9.0).seconds == pytest.approx(0.040 / MOST + 0.020)


def test_what_was_computed_is_never_forgiven_for_another_program() -> None:
    assert replace(ALONE, delayed=0.5, delayed_other=0.5).seconds == pytest.approx(0.040)
