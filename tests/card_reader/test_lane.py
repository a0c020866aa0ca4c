"""A device's own thread: opened, looked at, opened anew; a driver that hangs is told (rule 7)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from card_reader.faults import CardError, DeviceGone
from card_reader.hardware import Pulse
from card_reader.lane import Device, DeviceLane
from card_reader.noticed import CodeSeen, Noticed, Source, SourceTrouble, SourceWell
from desktop.domain.problems import ProblemCode
from tests.card_reader.witness import Witness

pytestmark = pytest.mark.windows
SEEN = CodeSeen(Source.CAMERA, "a code")


class Toy:
    """A device that does what the test says at each look."""

    rest = 0.01

    def __init__(self, look: Callable[[], tuple[Noticed, ...]]) -> None:
        self._look = look
        self.closed = 0

    def step(self, _pulse: Pulse) -> tuple[Noticed, ...]:
        return self._look()

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def witness() -> Witness:
    return Witness()


@pytest.fixture
def lane_of(witness: Witness) -> Iterator[Callable[..., DeviceLane]]:
    lanes: list[DeviceLane] = []

    def make(open_device: Callable[[Pulse], Device]) -> DeviceLane:
        lanes.append(DeviceLane(Source.CAMERA, open_device, witness, limit=0.5))
        lanes[-1].start()
        return lanes[-1]

    yield make
    for lane in lanes:
        lane.stop()


def test_what_is_noticed_is_told_on_the_lanes_own_thread(
    lane_of: Callable[..., DeviceLane], witness: Witness
) -> None:
    toy = Toy(lambda: (SEEN,))
    lane = lane_of(lambda _: toy)
    assert witness.next(CodeSeen) == SEEN
    lane.stop()
    witness.rest()
    time.sleep(0.05)
    assert witness.rest() == []
    assert witness.threads == {"camera-watch"}
    assert toy.closed == 1


def test_a_device_that_hangs_is_told_and_taken_up_again_when_it_lets_go(
    lane_of: Callable[..., DeviceLane], witness: Witness
) -> None:
    freed, looks, opened = threading.Event(), iter(range(99)), []

    def look() -> tuple[Noticed, ...]:
        if next(looks) == 0:
            freed.wait(10)
        return (SEEN,)

    def open_device(_pulse: Pulse) -> Toy:
        opened.append(Toy(look))
        return opened[-1]

    lane_of(open_device)
    trouble = witness.next(SourceTrouble)
    assert trouble == SourceTrouble(Source.CAMERA, CardError(ProblemCode.CAMERA_LOST).problems[0])
    time.sleep(0.6)
    assert witness.rest() == []
    freed.set()
    assert witness.next(SourceWell) == SourceWell(Source.CAMERA)
    assert witness.next(CodeSeen) == SEEN
    assert [toy.closed for toy in opened] == [1, 0]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (DeviceGone("cam"), ProblemCode.CAMERA_LOST),
        (DeviceGone("cam", busy=True), ProblemCode.READER_BUSY),
        (CardError(ProblemCode.CAMERA_LOST, "no library"), ProblemCode.CAMERA_LOST),
    ],
)
def test_one_that_cannot_be_opened_is_told_once(
    lane_of: Callable[..., DeviceLane], witness: Witness, fault: Exception, kind: ProblemCode
) -> None:
    def open_device(_pulse: Pulse) -> Toy:
        raise fault

    lane_of(open_device)
    assert witness.next(SourceTrouble).problem.kind is kind
    time.sleep(0.55)
    assert witness.rest() == []


def test_a_lane_that_ends_while_its_device_hangs_says_no_more(
    lane_of: Callable[..., DeviceLane], witness: Witness
) -> None:
    freed, begun = threading.Event(), threading.Event()

    def look() -> tuple[Noticed, ...]:
        begun.set()
        freed.wait(10)
        return (SEEN,)

    lane = lane_of(lambda _: Toy(look))
    assert begun.wait(1)
    lane.stop()
    freed.set()
    time.sleep(0.05)
    assert witness.rest() == []


@pytest.mark.expects_log("the camera is opened anew")
def test_a_fault_of_a_driver_that_nobody_foresaw_ends_no_lane(
    lane_of: Callable[..., DeviceLane], witness: Witness
) -> None:
    looks = iter(range(99))

    def look() -> tuple[Noticed, ...]:
        if next(looks) == 0:
            raise ZeroDivisionError
        return (SEEN,)

    lane_of(lambda _: Toy(look))
    trouble = witness.next(SourceTrouble).problem
    assert (trouble.kind, trouble.detail) == (ProblemCode.CAMERA_LOST, "ZeroDivisionError")
    witness.next(SourceWell)
    assert witness.next(CodeSeen) == SEEN
