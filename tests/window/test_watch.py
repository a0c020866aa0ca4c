"""The watchdog in a program of its own: it accuses who holds the Qt thread, and nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.rig.kuasheng import ROOT
from tests.rig.slot_watch import MOST, Held, Waits

_PROGRAM = """
import hashlib, os, sys, threading, time
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

def crowd(many):
    # so many threads beside, which leave the interpreter to the others
    data = bytes(1 << 22)
    def one():
        until = time.monotonic() + 3
        while time.monotonic() < until:
            hashlib.sha256(data).digest()
    for _ in range(many):
        threading.Thread(target=one, daemon=True).start()

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


def test_threads_of_its_own_excuse_no_slot_that_sleeps() -> None:
    (hold,) = told("(crowd(4), time.sleep(0.3))")
    assert int(hold.split()[0]) >= 290


def test_a_slot_that_its_own_threads_starve_is_told() -> None:
    """It computes half of what it may; the rest it waits for its turn, quiet or not."""
    own = 8 * len(os.sched_getaffinity(0))
    (hold,) = told(f"(crowd({own}), compute(0.025))")
    assert float(hold.split("(")[1].split()[0]) < 50


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


ALONE = Held(wall=0.060, computed=0.040, processors=2)
OTHERS = replace(ALONE, others=0.080)
"""Other programs had both processors whenever this one had not."""
TURNS = Held(wall=0.150, computed=0.030, delayed=0.120, processors=2)
"""A slot that had its processor a fifth of the time."""


def test_on_a_machine_of_its_own_nothing_is_forgiven() -> None:
    assert ALONE.seconds == pytest.approx(ALONE.wall)
    idle = replace(ALONE, delayed=0.015, delayed_other=0.005, delayed_screen=0.005)
    assert idle.seconds == pytest.approx(ALONE.wall)


@pytest.mark.parametrize(
    "held",
    [
        replace(OTHERS, delayed=0.015),
        replace(OTHERS, delayed_other=0.015),
        replace(OTHERS, delayed_screen=0.015),
        replace(OTHERS, stolen=0.015),
    ],
)
def test_what_others_took_is_forgiven(held: Held) -> None:
    assert held.seconds == pytest.approx(0.045)


def test_no_more_is_forgiven_than_was_done_for_others() -> None:
    held = replace(OTHERS, delayed=0.015, delayed_other=0.005, others=0.012)
    assert held.seconds == pytest.approx(0.048)


def test_turns_behind_other_programs_are_forgiven_and_behind_threads_of_our_own_are_not() -> None:
    assert replace(TURNS, others=0.270).seconds == pytest.approx(0.030)
    assert replace(TURNS, others=0.170, rivals=0.100).seconds == pytest.approx(0.030)
    assert replace(TURNS, others=0.0, rivals=0.600).seconds == pytest.approx(0.150)
    mixed = replace(TURNS, others=0.150, rivals=0.600)
    assert mixed.seconds == pytest.approx(0.030 + 0.120 * 0.6)


@pytest.mark.parametrize(
    ("waits", "seconds"),
    [
        (Waits(lock=3), 0.045),
        (Waits(socket=3), 0.060),
        (Waits(asleep=3), 0.060),
        (Waits(lock=1, asleep=2), 0.055),
    ],
)
def test_a_thread_is_only_waited_for_by_a_lock(waits: Waits, seconds: float) -> None:
    assert replace(OTHERS, delayed_other=0.015, waits=waits).seconds == pytest.approx(seconds)


@pytest.mark.parametrize(("waits", "seconds"), [(Waits(socket=3), 0.045), (Waits(asleep=3), 0.060)])
def test_the_screen_is_waited_for_by_its_socket(waits: Waits, seconds: float) -> None:
    assert replace(OTHERS, delayed_screen=0.015, waits=waits).seconds == pytest.approx(seconds)


def test_what_the_host_took_is_no_excuse_for_computing_nor_for_sleep() -> None:
    assert replace(OTHERS, stolen=0.050).seconds == pytest.approx(0.040)
    asleep = replace(OTHERS, stolen=0.050, waits=Waits(asleep=1))
    assert asleep.seconds == pytest.approx(0.060)


def test_a_slow_processor_is_forgiven_to_a_degree_and_no_waiting_for_it() -> None:
    assert replace(ALONE, slowness=1.25).seconds == pytest.approx(0.032 + 0.020)
    assert replace(ALONE, slowness=9.0).seconds == pytest.approx(0.040 / MOST + 0.020)


def test_what_was_computed_is_never_forgiven_for_another_program() -> None:
    held = replace(OTHERS, others=9.0, delayed=0.5, delayed_other=0.5, delayed_screen=0.5)
    assert held.seconds == pytest.approx(0.040)
