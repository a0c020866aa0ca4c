"""One hardware thread, every step bounded (house rule 7, cards.md B6)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from card_reader.faults import CardError
from card_reader.hardware import Abandoned, Crew, HardwareThread, Pulse, WrongThread
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


def test_an_errand_is_begun_without_waiting_and_its_end_is_told(hardware: HardwareThread) -> None:
    freed, ended = threading.Event(), threading.Event()
    errand = hardware.begin(lambda _: freed.wait(10), 5, ended.set)
    assert errand is not None
    begun = errand.done
    assert not begun
    assert hardware.begin(lambda _: None, 5, ended.set) is None, "it has another job"
    stuck = [hardware.stuck]
    assert errand.give_up().kind is ProblemCode.CARD_HUNG
    stuck.append(hardware.stuck)
    freed.set()
    assert ended.wait(10)
    assert (errand.done, errand.late, errand.result()) == (True, True, True)
    stuck.append(hardware.stuck)
    assert stuck == [False, True, False]
    assert hardware.run(lambda _: "next", 1) == "next"


def test_nobody_begins_while_another_waits_for_an_answer(hardware: HardwareThread) -> None:
    freed, begun = threading.Event(), threading.Event()

    def first(_pulse: Pulse) -> None:
        begun.set()
        freed.wait(10)

    slow = threading.Thread(target=hardware.run, args=(first, 20))
    slow.start()
    begun.wait(10)
    assert hardware.begin(lambda _: None, 1, freed.set) is None
    freed.set()
    slow.join()


def test_what_lateness_means_may_depend_on_the_moment() -> None:
    pulse, now = Pulse(time.monotonic), [ProblemCode.CARD_HUNG]
    pulse.beat(if_late=lambda: now[0])
    now[0] = ProblemCode.READER_BUSY
    assert pulse.abandon() is ProblemCode.READER_BUSY


def test_each_reader_has_a_thread_and_those_that_hang_are_replaced_a_few_times() -> None:
    crew, freed = Crew(), threading.Event()
    assert crew.of("R") is crew.of("R") is not crew.of("S")
    crew.of("S").run(lambda _: crew.assert_here(), 1)
    with pytest.raises(WrongThread):
        crew.assert_here()

    def hang(_pulse: Pulse) -> None:
        freed.wait(10)
        crew.assert_here()

    hung = []
    for _ in range(5):
        hung.append(crew.of("R"))
        hung[-1].begin(hang, 5, lambda: None)
        replaced = crew.replace("R")
    assert not replaced, "enough hang already"
    assert crew.of("R") is hung[-1]
    assert crew.of("S").run(lambda _: "alive", 1) == "alive"
    freed.set()
    for thread in hung[:-1]:
        thread._thread.join(10)
        assert not thread.is_alive
    assert crew.replace("R"), "their end was noticed"
    crew.close()
