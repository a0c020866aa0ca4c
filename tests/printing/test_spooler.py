"""The print service, a real one and one that says what a test wants."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from desktop.domain.problems import ProblemCode
from printing import ipp
from printing.ipp_line import connection_to
from printing.printer import CameOut, NotPrinted, Outcome, PrintJob, Unclear
from printing.raw_queue import RawQueue
from printing.spooler import JobState, Spooler
from tests.printing.test_thermal_printer import SLIP
from tests.rig.cups import Cups, spooler
from tests.rig.thermal import Roll


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    with spooler(preserve="Yes") as running:
        yield running


def queue(cups: Cups, name: str) -> RawQueue:
    return RawQueue("凭条", name, Spooler(ipp.asker(cups.server), grace=0.2))


def test_a_raw_queue_gets_the_very_bytes(cups: Cups) -> None:
    cups.add("pos")
    assert queue(cups, "pos").print(PrintJob("F6-1-1", b"", SLIP)) == CameOut("pos")
    roll = Roll()
    roll.feed(cups.wait_for(1, "pos")[0])
    assert "个人现金" in roll.text
    assert cups.kept_files() == ()


def test_a_queue_that_is_not_there(cups: Cups) -> None:
    assert kind(queue(cups, "nobody").print(PrintJob("F6-2-1", b"", SLIP))) is (
        ProblemCode.PRINTER_UNKNOWN
    )


def test_a_roll_without_paper_behind_a_queue(cups: Cups) -> None:
    cups.add("empty")
    cups.reasons("empty", "media-empty-error")
    outcome = queue(cups, "empty").print(PrintJob("F6-3-1", b"", SLIP))
    assert isinstance(outcome, Unclear)
    assert kind(outcome) is ProblemCode.PRINTER_OUT_OF_PAPER
    cups.reasons("empty", "")
    assert cups.came_out("empty") == ()


def test_a_form_without_a_slip_is_not_for_a_queue(cups: Cups) -> None:
    assert isinstance(queue(cups, "pos").print(PrintJob("F1-1-1", b"%PDF")), NotPrinted)


# --- a service that says what the test wants --------------------------------------------------


def kind(outcome: Outcome) -> ProblemCode:
    assert not isinstance(outcome, CameOut)
    return outcome.problem.kind


class Service:
    """``jobs`` are the states of the one job, look by look; None: it is not there.

    ``listed``: how lists of jobs show it; CUPS leaves out the name of one that it put out of its
    memory.
    """

    def __init__(
        self,
        jobs: Sequence[JobState | None] = (),
        reasons: Sequence[str] = ("none",),
        state: int = 3,
        takes: bool = True,
        cancels: int = 0,
        listed: tuple[str, str] = ("not-completed", "F1"),
    ) -> None:
        self.jobs = list(jobs)
        self.listed = listed
        self.printer: ipp.Attributes = {
            "printer-state": (state,),
            "printer-state-reasons": tuple(reasons),
            "printer-is-accepting-jobs": (takes,),
        }
        self.asked: list[tuple[int, ipp.Attributes]] = []
        self.cancels = cancels
        self.now = 0.0

    def ask(self, operation: int, _path: str, told: ipp.Attributes, _data: bytes) -> ipp.Answer:
        self.asked.append((operation, told))
        match operation:
            case ipp.GET_PRINTER:
                return ipp.Answer(0, (self.printer,))
            case ipp.GET_JOBS:
                return ipp.Answer(0, self._jobs(told))
            case ipp.GET_JOB:
                return self._job(told)
            case _:
                return ipp.Answer(self.cancels, ())

    def _jobs(self, told: ipp.Attributes) -> tuple[ipp.Attributes, ...]:
        which, name = self.listed
        other: ipp.Attributes = {"job-name": ("another",), "job-id": (6,)}
        if told["which-jobs"] != (which,) or self.jobs == [None]:
            return (other,)
        job: ipp.Attributes = {"job-name": (name,), "job-id": (7,)} if name else {"job-id": (7,)}
        return (other, job)

    def _job(self, told: ipp.Attributes) -> ipp.Answer:
        assert told["job-uri"] == ("ipp://localhost/jobs/7",)
        if told["requested-attributes"] == ("job-name",):
            return ipp.Answer(0, ({"job-name": ("F1",)},))
        state = self.jobs.pop(0) if len(self.jobs) > 1 else self.jobs[0]
        if state is None:
            return ipp.Answer(ipp.NOT_FOUND, ())
        return ipp.Answer(0, ({"job-state": (state,)},))

    def wait(self, seconds: float) -> None:
        self.now += seconds

    @property
    def spooler(self) -> Spooler:
        return Spooler(self.ask, self.wait, lambda: self.now, lambda: "cashier")

    def cancelled(self) -> list[bool]:
        return [bool(told["purge-job"][0]) for asked, told in self.asked if asked == ipp.CANCEL_JOB]


P, R = JobState.PENDING, JobState.PROCESSING


def test_a_job_is_followed_to_its_end() -> None:
    service = Service([P, R, R, JobState.COMPLETED])
    assert service.spooler.follow("hp", "F1") == CameOut("hp")
    assert service.cancelled() == [True]


def test_a_job_without_a_name_in_the_list_is_ours_all_the_same() -> None:
    """CUPS puts a job out of its memory in the second in which it ends: its files must go too."""
    service = Service([JobState.COMPLETED], listed=("completed", ""))
    assert service.spooler.follow("hp", "F1") == CameOut("hp")
    assert service.cancelled() == [True]


def test_a_job_whose_number_is_known_is_not_looked_for() -> None:
    service = Service([R, JobState.COMPLETED])
    assert service.spooler.follow("hp", "F1", 7) == CameOut("hp")
    assert service.cancelled() == [True]
    assert ipp.GET_JOBS not in [operation for operation, _told in service.asked]


def test_a_service_without_a_history_forgets_what_is_printed() -> None:
    for service in (Service([R, None]), Service([None])):
        assert service.spooler.follow("hp", "F1") == CameOut("hp")


@pytest.mark.parametrize("end", [JobState.ABORTED, JobState.CANCELED])
def test_a_job_that_somebody_ended_may_have_come_out(end: JobState) -> None:
    assert kind(Service([R, end]).spooler.follow("hp", "F1")) is ProblemCode.PRINTER_FAILED


def test_a_job_that_never_began_surely_did_not_come_out() -> None:
    service = Service([P], ["media-empty"])
    outcome = service.spooler.follow("hp", "F1")
    assert isinstance(outcome, NotPrinted)
    assert kind(outcome) is ProblemCode.PRINTER_OUT_OF_PAPER
    assert service.cancelled() == [False, True]


def test_a_job_that_ends_while_it_is_being_cancelled_came_out() -> None:
    looks = 22  # two seconds of grace
    service = Service([*[R] * looks, JobState.COMPLETED], ["media-jam-error"])
    service.spooler.follow("hp", "F1")
    late = Service([R, JobState.COMPLETED], ["media-jam-error"])
    late.wait(0)
    outcome = Spooler(late.ask, late.wait, lambda: late.now, str, grace=-1).follow("hp", "F1")
    assert outcome == CameOut("hp")


def test_a_trouble_of_before_that_passes_is_none() -> None:
    service = Service([R, R, R, JobState.COMPLETED], ["media-empty-error"])
    assert service.spooler.follow("hp", "F1") == CameOut("hp")


def test_a_job_that_takes_for_ever_is_given_up() -> None:
    outcome = Service([R]).spooler.follow("hp", "F1")
    assert isinstance(outcome, Unclear)
    assert kind(outcome) is ProblemCode.PRINTER_OFF


@pytest.mark.parametrize(
    ("service", "told"),
    [
        (Service(reasons=("media-empty-warning", "toner-low-report")), None),
        (Service(state=5), ProblemCode.PRINTER_FAILED),
        (Service(takes=False), ProblemCode.PRINTER_FAILED),
    ],
)
def test_a_printer_that_stands_still_is_told_before(
    service: Service, told: ProblemCode | None
) -> None:
    problem = service.spooler.refuses("hp")
    assert (problem.kind if problem else None) is told


@pytest.mark.expects_log("may keep the files of job 7", "printing.spooler")
def test_a_service_that_does_not_let_its_files_go_is_logged() -> None:
    Service([JobState.COMPLETED], cancels=0x0403).spooler.follow("hp", "F1")
    Service([JobState.COMPLETED], cancels=ipp.NOT_FOUND).spooler.follow("hp", "F1")


def test_nobody_answers() -> None:
    silent = Spooler(ipp.asker("/nowhere"))
    refused, followed = silent.refuses("hp"), silent.follow("hp", "F1")
    assert refused is not None
    assert refused.kind is ProblemCode.PRINTER_OFF
    assert isinstance(followed, Unclear)


def test_a_queue_that_goes_away_between_two_questions() -> None:
    def gone(operation: int, _path: str, _told: ipp.Attributes, _data: bytes) -> ipp.Answer:
        if operation == ipp.PRINT_JOB:
            raise ipp.NoSpooler
        return ipp.Answer(0, ({},))

    outcome = RawQueue("凭条", "pos", Spooler(gone)).print(PrintJob("F6", b"", SLIP))
    assert kind(outcome) is ProblemCode.PRINTER_OFF


def test_a_queue_that_takes_nothing() -> None:
    service = Service(cancels=0x0507)
    outcome = RawQueue("凭条", "pos", service.spooler).print(PrintJob("F6", b"", SLIP))
    assert kind(outcome) is ProblemCode.PRINTER_FAILED


# --- the wire ---------------------------------------------------------------------------------


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    """Something on a port that answers every request with these bytes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        thread = threading.Thread(target=_answer, args=(server, head + body))
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def _answer(server: socket.socket, answer: bytes) -> None:
    wire, _ = server.accept()
    with wire:
        wire.recv(65536)
        wire.sendall(answer)


_HEAD = b"\x02\x00\x00\x00\x00\x00\x00\x01"


@pytest.mark.parametrize("body", [b"", b"<html>", _HEAD + b"\x04", _HEAD + b"\x04\x21\x00\xff"])
def test_what_is_no_ipp_is_no_spooler(body: bytes) -> None:
    with answering(body) as server, pytest.raises(ipp.NoSpooler):
        ipp.asker(server)(ipp.GET_PRINTER, "/", {}, b"")


def test_values_come_back_as_what_they_are() -> None:
    body = _HEAD + b"".join(
        (
            b"\x01\x47\x00\x12attributes-charset\x00\x05utf-8",
            b"\x04\x44\x00\x01a\x00\x01x\x44\x00\x00\x00\x01y",
            b"\x22\x00\x01b\x00\x01\x01\x21\x00\x01c\x00\x04\xff\xff\xff\xff",
            b"\x31\x00\x01d\x00\x02\x07\xe6\x03",
        )
    )
    with answering(body) as server:
        answer = ipp.asker(server)(ipp.GET_PRINTER, "/", {"n": (b"raw",), "limit": (1,)}, b"")
    assert answer.first == {"a": ("x", "y"), "b": (True,), "c": (-1,), "d": (b"\x07\xe6",)}


def test_a_host_without_a_port_is_asked_at_ipps() -> None:
    connection = connection_to("printserver")
    assert (connection.host, connection.port) == ("printserver", 631)
