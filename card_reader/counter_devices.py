"""The devices that an office has put on its counter, each with a lane of its own.

What drives a device is imported when it is opened: few counters have all of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from msgspec import Struct

from card_reader.faults import CardError
from card_reader.hardware import HardwareThread, Pulse
from card_reader.lane import Device, DeviceLane, run_bounded
from card_reader.noticed import IdCardSeen, Noticed, Report, Source, SourceTrouble
from card_reader.serial_port import PortAddress, SerialPort
from desktop.domain.problems import ProblemCode

if TYPE_CHECKING:
    from card_reader.camera import CodeCamera
    from card_reader.id_reader import IdCardReader
    from card_reader.id_text import IdCard
    from card_reader.serial_scanner import SerialScanner

Clock = Callable[[], float]


class CounterDevices(Struct, frozen=True):
    """What is configured; None and "" for what the office does not have."""

    scanner: PortAddress | None = None
    prefix: str = ""
    """What its scanners send first."""
    camera: str = ""
    """As :class:`~card_reader.opencv_camera.OpenCvCamera` takes it."""
    id_reader: PortAddress | None = None


class Found(Struct, frozen=True):
    """A configured device: what opens it, and the name of what it is plugged into."""

    source: Source
    name: str
    open: Callable[[Pulse], Device]


def configured(devices: CounterDevices, clock: Clock = time.monotonic) -> Iterator[Found]:
    """Every device of the office; none is opened by this."""
    scanner, camera, id_reader = devices.scanner, devices.camera, devices.id_reader
    if scanner is not None:
        yield Found(
            Source.SCANNER,
            scanner.name,
            lambda _: _open_scanner(scanner, devices.prefix, clock),
        )
    if camera:
        yield Found(Source.CAMERA, camera, lambda _: _open_camera(camera, clock))
    if id_reader is not None:
        yield Found(
            Source.ID_READER, id_reader.name, lambda pulse: open_id_reader(id_reader, pulse, clock)
        )


def lanes(devices: CounterDevices, report: Report) -> Iterator[DeviceLane]:
    """A lane for each, not started yet."""
    for found in configured(devices):
        yield DeviceLane(found.source, found.open, report)


def try_device(found: Found) -> str:
    """Open the device and close it again; its name. Raises ``CardError``, and never hangs."""

    def job(pulse: Pulse) -> str:
        found.open(pulse).close()
        return found.name

    with closing(HardwareThread(name=found.source)) as hardware:
        return run_bounded(hardware, found.source, job)


def _open_scanner(address: PortAddress, prefix: str, clock: Clock) -> SerialScanner:
    from card_reader.serial_scanner import SerialScanner

    return SerialScanner(SerialPort(address), prefix, clock)


def _open_camera(name: str, clock: Clock) -> CodeCamera:
    from card_reader.camera import CodeCamera
    from card_reader.opencv_camera import OpenCvCamera

    return CodeCamera(OpenCvCamera(name), clock)


def open_id_reader(address: PortAddress, pulse: Pulse, clock: Clock) -> IdCardReader:
    """The reader, when it answers. Raises ``DeviceGone`` and ``CardError``."""
    from card_reader.id_reader import IdCardReader, SamLink

    link = SamLink(SerialPort(address), clock)
    try:
        return IdCardReader(link, clock, pulse)
    except Exception:
        link.close()
        raise


def read_id_card(
    address: PortAddress,
    wait: float = 0.0,
    clock: Clock = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> IdCard:
    """One ID card, once, for a program that then ends: the one that lies there, or comes in time.

    Raises ``CardError``: NO_ID_CARD, ID_CARD_UNREADABLE, ID_READER_LOST, READER_BUSY.
    """

    def job(pulse: Pulse) -> IdCard:
        until = clock() + wait
        with closing(open_id_reader(address, pulse, clock)) as reader:
            while (card := _card_among(reader.step(pulse))) is None:
                if clock() >= until:
                    raise CardError(ProblemCode.NO_ID_CARD, address.name)
                sleep(reader.rest)
        return card

    with closing(HardwareThread(clock, Source.ID_READER)) as hardware:
        return run_bounded(hardware, Source.ID_READER, job)


def _card_among(events: tuple[Noticed, ...]) -> IdCard | None:
    for trouble in (event.problem for event in events if isinstance(event, SourceTrouble)):
        raise CardError(trouble.kind, trouble.detail)
    return next((event.card for event in events if isinstance(event, IdCardSeen)), None)
