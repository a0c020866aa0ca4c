"""Work ends once, on the Qt thread; a settlement is never dropped; nothing else is waited for."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

from tests.rig.kuasheng import ROOT
from tests.rig.paper import pdf
from tests.ui.conftest import Wait
from tests.ui.inline_work import InlineWork
from ui.lanes import ThreadWork
from ui.work import QtPost, qt_work
from ui.work_port import (
    Cancelled,
    Completed,
    Ended,
    Failed,
    Lane,
    Retry,
    TryAgain,
    Work,
    outcome,
)


class Ends(list[Ended[object]]):
    """Hears ends, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()

    def __call__(self, end: Ended[object]) -> None:
        self.threads.add(threading.get_ident())
        self.append(end)


class Gate:
    """A job that waits until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()

    def __call__(self) -> object:
        self.begun.set()
        assert self.go.wait(10)
        return "done"


def test_a_job_that_wants_to_end_the_program_ends_in_failed() -> None:
    """As a library's panic does: the lane's only thread must live."""

    def job() -> None:
        raise SystemExit(3)

    end = outcome(job)
    assert isinstance(end, Failed)
    assert str(end.error) == "SystemExit: 3"


@pytest.fixture
def work() -> Iterator[ThreadWork]:
    parent = QObject()
    made = qt_work(QtPost(parent))
    yield made
    made.close(lambda: None)


@pytest.fixture
def ends() -> Ends:
    return Ends()


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.go.set()


def again() -> object:
    raise TryAgain("reader busy")


def broken() -> object:
    raise OSError(5)


@pytest.mark.parametrize(
    ("job", "expected"),
    [(lambda: 7, Completed(7)), (again, Retry("reader busy"))],
)
def test_a_job_ends_once_and_on_the_qt_thread(
    work: ThreadWork, ends: Ends, wait_until: Wait, job: Callable[[], object], expected: object
) -> None:
    work.start(job, ends)
    wait_until(lambda: bool(ends))
    assert ends == [expected]
    assert ends.threads == {threading.get_ident()}


def test_an_error_is_an_end(work: ThreadWork, ends: Ends, wait_until: Wait) -> None:
    work.start(broken, ends)
    wait_until(lambda: bool(ends))
    (end,) = ends
    assert isinstance(end, Failed)
    assert isinstance(end.error, OSError)


def test_no_end_arrives_inside_start(work: ThreadWork, ends: Ends) -> None:
    work.start(lambda: 1, ends)
    assert not ends


def test_one_thread_serves_all_printers(work: ThreadWork, ends: Ends, wait_until: Wait) -> None:
    for _ in range(20):
        work.start(threading.get_ident, ends, lane=Lane.PRINT)
    wait_until(lambda: len(ends) == 20)
    assert len(set(ends)) == 1


def test_a_silent_printer_holds_up_no_other_work(
    work: ThreadWork, ends: Ends, gate: Gate, wait_until: Wait
) -> None:
    work.start(gate, ends, lane=Lane.PRINT)
    work.start(lambda: "other", ends)
    wait_until(lambda: ends == [Completed("other")])


def test_a_running_job_is_given_up_at_once_and_its_result_thrown_away(
    work: ThreadWork, ends: Ends, gate: Gate, wait_until: Wait
) -> None:
    handle = work.start(gate, ends)
    assert gate.begun.wait(5)
    assert handle.cancel()
    wait_until(lambda: ends == [Cancelled()])
    gate.go.set()
    assert not handle.cancel()
    work.start(lambda: "later", ends)
    wait_until(lambda: ends == [Cancelled(), Completed("later")])


def test_a_job_that_was_given_up_before_it_began_never_begins(
    work: ThreadWork, ends: Ends, gate: Gate, wait_until: Wait
) -> None:
    ran: list[int] = []
    work.start(gate, ends, lane=Lane.PRINT)
    waiting = work.start(lambda: ran.append(1), ends, lane=Lane.PRINT, must_finish=True)
    assert waiting.cancel()
    gate.go.set()
    wait_until(lambda: len(ends) == 2)
    assert sorted(map(str, ends)) == sorted(map(str, [Cancelled(), Completed("done")]))
    assert ran == []


def test_a_settlement_cannot_be_given_up_and_closing_waits_for_its_end(
    work: ThreadWork, ends: Ends, gate: Gate, wait_until: Wait
) -> None:
    handle = work.start(gate, ends, must_finish=True)
    assert gate.begun.wait(5)
    assert not handle.cancel()
    closed: list[int] = []
    work.close(lambda: closed.append(len(ends)))
    assert work.must_wait
    assert closed == []
    gate.go.set()
    wait_until(lambda: bool(closed))
    assert ends == [Completed("done")]


def test_closing_waits_for_nothing_else(
    work: ThreadWork, ends: Ends, gate: Gate, wait_until: Wait
) -> None:
    work.start(gate, ends, lane=Lane.PRINT)
    assert gate.begun.wait(5)
    closed: list[bool] = []
    work.close(lambda: closed.append(True))
    assert closed == [True]
    wait_until(lambda: ends == [Cancelled()])


def test_leaving_waits_for_what_still_computes(
    work: ThreadWork, ends: Ends, gate: Gate, wait_until: Wait
) -> None:
    """A slip that is being drawn while the window goes must not lose its library (once: SIGSEGV)."""
    before = set(threading.enumerate())
    work.start(gate, ends)
    assert gate.begun.wait(5)
    work.close(lambda: None)
    threading.Timer(0.2, gate.go.set).start()
    work.leave(5)
    ours = {thread for thread in threading.enumerate() if thread.name.startswith("general")}
    assert not ours - before
    wait_until(lambda: ends == [Cancelled()])


def test_a_program_that_ends_while_a_slip_is_drawn_ends_well(tmp_path: Path) -> None:
    file = pdf(tmp_path / "long.pdf", pages=60)
    leaving = [sys.executable, "-m", "tests.ui.leaving", str(file)]
    assert subprocess.run(leaving, cwd=ROOT, check=False).returncode == 0


def test_after_closing_no_thread_touches_what_qt_takes_down() -> None:
    """A card or a line that hung may come back when its window has gone."""
    heard: list[str] = []
    post = QtPost()
    post.close()
    post(lambda: heard.append("late"))
    QCoreApplication.processEvents()
    shiboken6.delete(post)
    post(lambda: heard.append("later"))
    assert heard == []


def test_a_program_that_ends_while_threads_come_back_ends_well() -> None:
    """Once: SIGSEGV in every second run of this program."""
    leaving = [sys.executable, "-X", "faulthandler", "-m", "tests.ui.hung_posts"]
    ended = subprocess.run(leaving, cwd=ROOT, check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_leaving_waits_no_longer_than_its_limit(work: ThreadWork, ends: Ends, gate: Gate) -> None:
    work.start(gate, ends, lane=Lane.PRINT)
    assert gate.begun.wait(5)
    work.close(lambda: None)
    began = time.monotonic()
    work.leave(0.2)
    assert 0.2 <= time.monotonic() - began < 2


def test_nothing_begins_after_closing(work: ThreadWork, ends: Ends, wait_until: Wait) -> None:
    work.close(lambda: None)
    for must_finish in (False, True):
        work.start(broken, ends, must_finish=must_finish)
    wait_until(lambda: ends == [Cancelled(), Cancelled()])


def test_the_last_end_is_heard_before_the_window_may_go(
    work: ThreadWork, ends: Ends, gate: Gate, wait_until: Wait
) -> None:
    """The end of a settlement may start the next thing that must finish; closing waits for both."""
    order: list[str] = []

    def settled(_end: object) -> None:
        order.append("settled")
        work.start(lambda: order.append("recorded"), lambda _end: None, must_finish=True)
        work.start(lambda: order.append("never"), ends)

    work.start(gate, settled, must_finish=True)
    work.close(lambda: order.append("closed"))
    gate.go.set()
    wait_until(lambda: "closed" in order)
    assert order == ["settled", "recorded", "closed"]
    wait_until(lambda: ends == [Cancelled()])


def test_threads_need_no_qt(ends: Ends) -> None:
    calls: Queue[Callable[[], None]] = Queue()
    work = ThreadWork(calls.put)
    work.start(lambda: 5, ends)
    calls.get(timeout=5)()
    assert ends == [Completed(5)]
    work.close(lambda: None)


def test_inline_work_runs_when_the_test_says_so(ends: Ends) -> None:
    work = InlineWork()
    typed: Work = work
    typed.start(lambda: 1, ends)
    given_up = typed.start(broken, ends, lane=Lane.PRINT)
    assert given_up.cancel()
    assert not ends
    work.run_all()
    assert ends == [Completed(1), Cancelled()]
    assert not given_up.cancel()
