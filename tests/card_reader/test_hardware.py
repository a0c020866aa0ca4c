"""One hardware thread, every step bounded (house rule 7, cards.md B6)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from card_reader.faults import CardError
from card_reader.hardware import Abandoned, HardwareThread, Pulse, WrongThread
from desktop.domain.problems import ProblemCode

pytestmark = pytest.mark.windows


@pytest.fixture
def hardware() -> Iterator[HardwareThread]:
    thread = HardwareThread()
    yield thread
    thread.close()


def test_a_job_runs_on_the_hardware_thread_and_nowhere_else(hardware: HardwareThread) -> None:
    assert hardware.run(lambda _: threading.current_thread().name, 1) == "card-reader"
    hardware.run(lambda _: hardware.assert_here(), 1)
    with pytest.raises(WrongThread):
        hardware.assert_here()


def test_what_a_job_raises_reaches_its_caller(hardware: HardwareThread) -> None:
    def job(_: Pulse) -> None:
        raise TimeoutError("the job's own")

    with pytest.raises(TimeoutError, match="the job's own"):
        hardware.run(job, 1)


def test_a_long_job_of_short_steps_is_not_late(hardware: HardwareThread) -> None:
    def job(pulse: Pulse) -> str:
        for _ in range(6):
            pulse.beat()
            time.sleep(0.2)
        return "done"

    assert hardware.run(job, 1.0) == "done"


def test_a_late_step_is_told_and_the_thread_lives_on(hardware: HardwareThread) -> None:
    freed, ended = threading.Event(), threading.Event()

    def hung(pulse: Pulse) -> None:
        pulse.beat()
        freed.wait(10)
        try:
            pulse.beat()
        except Abandoned:
            ended.set()

    began = time.monotonic()
    with pytest.raises(CardError) as late:
        hardware.run(hung, 0.1)
    with pytest.raises(CardError) as still:
        hardware.run(lambda _: None, 0.1)
    assert time.monotonic() - began < 1
    assert late.value.kind is still.value.kind is ProblemCode.CARD_HUNG
    freed.set()
    assert hardware.run(lambda _: "alive", 1) == "alive"
    assert ended.is_set(), "nobody waited for the hung job: it must not go on"


def test_a_step_says_what_its_lateness_means(hardware: HardwareThread) -> None:
    freed = threading.Event()

    def hung(pulse: Pulse) -> None:
        pulse.beat(if_late=ProblemCode.READER_BUSY)
        freed.wait(10)

    with pytest.raises(CardError) as late:
        hardware.run(hung, 0.1)
    freed.set()
    assert late.value.kind is ProblemCode.READER_BUSY


def test_closing_does_not_wait_for_a_hung_job() -> None:
    hardware, freed = HardwareThread(), threading.Event()
    with pytest.raises(CardError):
        hardware.run(lambda _: freed.wait(10), 0.05)
    began = time.monotonic()
    hardware.close()
    assert time.monotonic() - began < 0.5
    freed.set()


def test_callers_take_turns(hardware: HardwareThread) -> None:
    """Waiting for another caller's job is not lateness."""
    begun = threading.Event()

    def first(_pulse: Pulse) -> None:
        begun.set()
        time.sleep(1.0)

    slow = threading.Thread(target=hardware.run, args=(first, 5))
    slow.start()
    begun.wait()
    assert hardware.run(lambda _: "second", 0.8) == "second"
    slow.join()
