"""A device with a thread of its own: opened, looked at again and again, opened anew when it went.

The look runs as a job of a :class:`~card_reader.hardware.HardwareThread`, so that a driver that
hangs is noticed from outside; the window is only told, it never waits.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol, TypeVar

from card_reader.faults import CardError, DeviceGone
from card_reader.hardware import HardwareThread, Pulse
from card_reader.noticed import Noticed, Report, Source, SourceTrouble, SourceWell
from desktop.domain.problems import Problem, ProblemCode

_log = logging.getLogger(__name__)

_LIMIT = 5.0
"""Seconds of one step of a device; it has bounds of its own, this one is for its driver."""
_PAUSE = 0.5
"""Seconds until a device that is away is looked for again."""
_FAREWELL = 1.0
_LOST = {
    Source.SCANNER: ProblemCode.SCANNER_LOST,
    Source.CAMERA: ProblemCode.CAMERA_LOST,
    Source.ID_READER: ProblemCode.ID_READER_LOST,
}
_T = TypeVar("_T")


class Device(Protocol):
    """What a lane serves. Raises ``CardError`` or ``DeviceGone`` when it is gone."""

    rest: float
    """Seconds between two looks."""

    def step(self, pulse: Pulse) -> tuple[Noticed, ...]:
        """One bounded look."""
        ...

    def close(self) -> None:
        """Never raises."""
        ...


def run_bounded(
    hardware: HardwareThread, source: Source, job: Callable[[Pulse], _T], limit: float = _LIMIT
) -> _T:
    """Do the job on the hardware thread; what goes wrong there is a ``CardError`` of the device."""
    lost = _LOST[source]

    def begun(pulse: Pulse) -> _T:
        pulse.beat(if_late=lost)
        return job(pulse)

    try:
        return hardware.run(begun, limit)
    except DeviceGone as gone:
        raise CardError(ProblemCode.READER_BUSY if gone.busy else lost, gone.name) from gone
    except CardError as error:
        held_up = error.kind is ProblemCode.CARD_HUNG
        raise (CardError(lost) if held_up else error) from error


class DeviceLane:
    """Reports what ``open_device``'s device notices, through every unplugging and replugging."""

    def __init__(
        self,
        source: Source,
        open_device: Callable[[Pulse], Device],
        report: Report,
        limit: float = _LIMIT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._open_device = open_device
        self._report = report
        self._limit = limit
        self._hardware = HardwareThread(clock, source.value)
        self._device: Device | None = None
        self._told: Problem | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"{source}-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join(_FAREWELL)

    def _watch(self) -> None:
        while not self._ended.is_set():
            try:
                self._serve(self._run(self._opened))
            except CardError as problem:
                self._trouble(problem.problems[0])
            except Exception as fault:  # noqa: BLE001 - a driver may raise anything
                _log.exception("the %s is opened anew", self._source)
                self._trouble(Problem(_LOST[self._source], type(fault).__name__))
            self._ended.wait(_PAUSE)
        with suppress(CardError):
            self._run(self._close)
        self._hardware.close()

    def _serve(self, device: Device) -> None:
        self._well()
        while not self._ended.is_set():
            for event in self._run(device.step):
                self._tell(event)
            self._ended.wait(device.rest)

    def _run(self, job: Callable[[Pulse], _T]) -> _T:
        return run_bounded(self._hardware, self._source, job, self._limit)

    def _opened(self, pulse: Pulse) -> Device:
        """What was open before is closed first: its port is for one only."""
        self._close(pulse)
        self._device = self._open_device(pulse)
        return self._device

    def _close(self, _pulse: Pulse) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()

    def _trouble(self, problem: Problem) -> None:
        if problem != self._told:
            self._told = problem
            self._tell(SourceTrouble(self._source, problem))

    def _well(self) -> None:
        if self._told is not None:
            self._told = None
            self._tell(SourceWell(self._source))

    def _tell(self, event: Noticed) -> None:
        if not self._ended.is_set():
            self._report(event)
