"""ID card readers and scanners on real ports: a pty with the device as a process behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from card_reader.counter_devices import (
    CounterDevices,
    configured,
    lanes,
    read_id_card,
    try_device,
)
from card_reader.faults import CardError, DeviceGone
from card_reader.lane import DeviceLane
from card_reader.noticed import CodeSeen, IdCardSeen, Source, SourceTrouble, SourceWell
from card_reader.serial_port import PortAddress, SerialPort
from desktop.domain.problems import ProblemCode
from tests.card_reader.real import until
from tests.card_reader.witness import Witness
from tests.rig.id_card import CITIZEN, resident
from tests.rig.serial_device import IdReaderDevice, SerialDevice

VOUCHER = "4241234567890123456789430000"
OTHER_VOUCHER = "4241234567890123456789430001"
NOTICED = 2.0
"""Seconds within which a device must be heard again after anything that happened to it."""
SECOND = resident(name="李四", number="990000198502020024", birth="19850202")

Started = Callable[[CounterDevices], Witness]


@pytest.fixture
def started() -> Iterator[Started]:
    running: list[DeviceLane] = []

    def start(devices: CounterDevices) -> Witness:
        witness = Witness()
        for lane in lanes(devices, witness):
            lane.start()
            running.append(lane)
        return witness

    yield start
    for lane in running:
        lane.stop()


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[SerialDevice]:
    with SerialDevice(tmp_path / "scanner") as device:
        yield device


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[IdReaderDevice]:
    with IdReaderDevice(tmp_path / "id-reader") as device:
        yield device


def with_scanner(device: SerialDevice, prefix: str = "") -> CounterDevices:
    return CounterDevices(scanner=PortAddress(device.port, 9600), prefix=prefix)


def with_reader(device: SerialDevice) -> CounterDevices:
    return CounterDevices(id_reader=PortAddress(device.port, 115200))


def address(device: SerialDevice) -> PortAddress:
    return PortAddress(device.port, 115200)


def listening(device: SerialDevice, witness: Witness) -> None:
    """Until the lane has the port open: what came before is not heard, as with a real device.

    Every code sent has a number of its own, so that the last one is known when it is heard.
    """
    sent = 0
    while not any(isinstance(event, CodeSeen) for event in witness.events):
        sent += 1
        device.send(f"ready {sent}\r".encode())
        time.sleep(0.02)
    device.send(b"all heard\r")
    while witness.next(CodeSeen).text != "all heard":
        pass


# --- scanners ---------------------------------------------------------------------------------


@pytest.mark.req("S0-29", "S2-29")
def test_a_scanned_code_is_noticed_however_it_is_cut(
    scanner: SerialDevice, started: Started
) -> None:
    witness = started(with_scanner(scanner, "~"))
    listening(scanner, witness)
    scanner.send(f"~{VOUCHER}\r\n".encode(), cut=5)
    assert witness.next(CodeSeen) == CodeSeen(Source.SCANNER, VOUCHER)
    scanner.send(OTHER_VOUCHER.encode())
    assert witness.next(CodeSeen).text == OTHER_VOUCHER
    assert witness.rest() == []


def test_a_phone_left_under_the_scanner_is_one_scan(
    scanner: SerialDevice, started: Started
) -> None:
    witness = started(with_scanner(scanner))
    listening(scanner, witness)
    scanner.send(f"{VOUCHER}\r".encode() * 5, cut=len(VOUCHER) + 1, pause=0.02)
    scanner.send(b"another\r")
    assert [witness.next(CodeSeen).text for _ in range(2)] == [VOUCHER, "another"]


def test_a_scanner_pulled_out_and_put_back_works_within_two_seconds(
    scanner: SerialDevice, started: Started
) -> None:
    witness = started(with_scanner(scanner))
    listening(scanner, witness)
    scanner.send(VOUCHER[:9].encode())
    scanner.unplug()
    lost = witness.next(SourceTrouble, NOTICED)
    assert (lost.source, lost.problem.kind) == (Source.SCANNER, ProblemCode.SCANNER_LOST)
    assert lost.problem.detail == scanner.port
    time.sleep(0.6)
    assert witness.rest() == []
    scanner.plug()
    assert witness.next(SourceWell, NOTICED) == SourceWell(Source.SCANNER)
    scanner.send(f"{VOUCHER}\r".encode())
    assert witness.next(CodeSeen, NOTICED).text == VOUCHER


def test_a_code_scanned_while_nobody_listened_is_not_taken_later(
    scanner: SerialDevice, started: Started
) -> None:
    """It was shown by the patient before: perhaps used, certainly old."""
    scanner.send(f"{VOUCHER}\r".encode())
    witness = started(with_scanner(scanner))
    listening(scanner, witness)
    assert VOUCHER not in str([getattr(event, "text", "") for event in witness.events])


def test_a_port_that_another_program_has_is_said_to_be_busy(
    scanner: SerialDevice, started: Started
) -> None:
    taken = SerialPort(PortAddress(scanner.port, 9600))
    try:
        witness = started(with_scanner(scanner))
        assert witness.next(SourceTrouble).problem.kind is ProblemCode.READER_BUSY
    finally:
        taken.close()
    witness.next(SourceWell)


def test_an_open_port_whose_device_goes_says_so(scanner: SerialDevice) -> None:
    port = SerialPort(PortAddress(scanner.port, 9600))
    assert port.receive() == b""
    scanner.send(b"dropped")
    until(lambda: port._serial.in_waiting == len(b"dropped"))
    port.forget()
    assert port.receive() == b""
    scanner.unplug()
    for call in (port.receive, lambda: port.send(b"x"), port.forget):
        with pytest.raises(DeviceGone) as gone:
            call()
        assert not gone.value.busy
    port.close()


@pytest.mark.parametrize("name", ["", "nowhere", "a\0b"])
def test_a_port_that_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeviceGone):
        SerialPort(PortAddress(str(tmp_path / name), 9600))


def test_a_port_in_use_on_windows_is_refused_without_a_number() -> None:
    from card_reader.serial_port import _is_taken

    assert _is_taken(OSError("could not open port 'COM3': PermissionError(13, '拒绝访问')"))
    assert _is_taken(PermissionError(13, ""))
    assert not _is_taken(OSError(2, ""))


# --- ID card readers --------------------------------------------------------------------------


@pytest.mark.req("S0-29")
def test_a_card_is_read_once_and_again_when_it_is_put_back(
    reader: IdReaderDevice, started: Started
) -> None:
    witness = started(with_reader(reader))
    reader.put(resident())
    seen = witness.next(IdCardSeen)
    assert (seen.source, seen.card.number) == (Source.ID_READER, CITIZEN["number"])
    time.sleep(0.8)
    assert witness.rest() == []
    reader.take_away()
    reader.put(resident())
    assert witness.next(IdCardSeen).card == seen.card
    reader.put(SECOND)
    assert witness.next(IdCardSeen).card.name == "李四"


def test_a_reader_that_finds_the_lying_card_again_tells_it_once(
    reader: IdReaderDevice, started: Started
) -> None:
    reader.behave("finds-again")
    witness = started(with_reader(reader))
    reader.put(resident())
    witness.next(IdCardSeen)
    heard: list[bytes] = []
    while heard.count(b"\x30\x01") < 3:
        heard += reader.heard()
    assert witness.rest() == []
    reader.put(SECOND)
    assert witness.next(IdCardSeen).card.name == "李四"


@pytest.mark.parametrize("how", ["noisy", "cut"])
def test_noise_and_pieces_are_borne(reader: IdReaderDevice, started: Started, how: str) -> None:
    reader.behave(how)
    witness = started(with_reader(reader))
    reader.put(resident())
    assert witness.next(IdCardSeen).card.number == CITIZEN["number"]


@pytest.mark.parametrize("how", ["false-check", "false-length", "disturbed"])
def test_a_disturbed_answer_is_asked_for_again(
    reader: IdReaderDevice, started: Started, how: str
) -> None:
    reader.put(resident())
    reader.behave(how, 2)
    witness = started(with_reader(reader))
    assert witness.next(IdCardSeen).card.number == CITIZEN["number"]


@pytest.mark.parametrize("how", ["refuses-select", "refuses-read"])
def test_a_card_that_cannot_be_read_is_to_be_put_on_again(
    reader: IdReaderDevice, started: Started, how: str
) -> None:
    reader.behave(how)
    witness = started(with_reader(reader))
    reader.put(resident())
    trouble = witness.next(SourceTrouble).problem
    assert trouble.kind is ProblemCode.ID_CARD_UNREADABLE
    assert "拿开再放一次" in trouble.next_step
    reader.behave("well")
    reader.put(resident())
    assert witness.next(SourceWell) == SourceWell(Source.ID_READER)
    witness.next(IdCardSeen)


def test_a_card_whose_text_is_false_is_nobodys(reader: IdReaderDevice, started: Started) -> None:
    witness = started(with_reader(reader))
    reader.put(resident(number="990000198503121039"))
    trouble = witness.next(SourceTrouble).problem
    assert (trouble.kind, trouble.detail) == (ProblemCode.ID_CARD_UNREADABLE, "NUMBER")
    assert not [event for event in witness.events if isinstance(event, IdCardSeen)]


def test_a_reader_pulled_out_and_put_back_works_within_two_seconds(
    reader: IdReaderDevice, started: Started
) -> None:
    witness = started(with_reader(reader))
    reader.put(resident())
    witness.next(IdCardSeen, NOTICED)
    reader.unplug()
    assert witness.next(SourceTrouble, NOTICED).problem.kind is ProblemCode.ID_READER_LOST
    reader.plug()
    witness.next(SourceWell, NOTICED)
    reader.put(resident())
    witness.next(IdCardSeen, NOTICED)


@pytest.mark.parametrize("how", ["silent", pytest.param("half", marks=pytest.mark.slow)])
def test_a_reader_without_answer_is_told_and_comes_back_by_itself(
    reader: IdReaderDevice, started: Started, how: str
) -> None:
    """Its adapter is there, the reader has no power: bounded, told once, no restart."""
    reader.behave(how)
    witness = started(with_reader(reader))
    lost = witness.next(SourceTrouble)
    assert lost.problem.kind is ProblemCode.ID_READER_LOST
    reader.behave("well", 0)
    witness.next(SourceWell)
    reader.put(resident())
    witness.next(IdCardSeen)


# --- for a program that then ends --------------------------------------------------------------


def test_one_card_once(reader: IdReaderDevice) -> None:
    reader.put(resident())
    assert read_id_card(address(reader)).number == CITIZEN["number"]
    reader.take_away()
    reader.put(SECOND)
    assert read_id_card(address(reader), wait=1.0).name == "李四"


def test_a_card_that_was_read_before_must_be_taken_away_first(reader: IdReaderDevice) -> None:
    reader.put(resident())
    read_id_card(address(reader))
    with pytest.raises(CardError) as none:
        read_id_card(address(reader), wait=0.5)
    assert none.value.kind is ProblemCode.NO_ID_CARD
    assert "拿开再放一次" in none.value.problems[0].next_step


def test_one_card_that_cannot_be_read(reader: IdReaderDevice) -> None:
    reader.put(resident(expires="永久"))
    with pytest.raises(CardError) as unreadable:
        read_id_card(address(reader), wait=5.0)
    assert unreadable.value.kind is ProblemCode.ID_CARD_UNREADABLE


def test_no_reader_to_ask(reader: IdReaderDevice) -> None:
    reader.unplug()
    with pytest.raises(CardError) as lost:
        read_id_card(address(reader))
    assert (lost.value.kind, lost.value.detail) == (ProblemCode.ID_READER_LOST, reader.port)


@pytest.mark.req("S3-27")
def test_each_device_of_the_counter_can_be_tried(
    scanner: SerialDevice, reader: IdReaderDevice
) -> None:
    devices = replace(with_scanner(scanner), id_reader=address(reader), camera="nowhere.png")
    told: dict[str, object] = {}
    for found in configured(devices):
        try:
            told[found.source] = try_device(found)
        except CardError as error:
            told[found.source] = error.kind
    assert told == {
        "scanner": scanner.port, "camera": ProblemCode.CAMERA_LOST, "id-reader": reader.port,
    }  # fmt: skip


@pytest.mark.slow
def test_a_device_of_the_counter_gives_its_port_back(reader: IdReaderDevice) -> None:
    reader.behave("silent")
    (found,) = configured(with_reader(reader))
    with pytest.raises(CardError):
        try_device(found)
    reader.behave("well", 0)
    assert try_device(found) == reader.port
    assert Path(reader.port).readlink() not in _open_files()


def _open_files() -> set[Path]:
    open_files = Path("/proc/self/fd").iterdir()
    return {file.readlink() for file in open_files if file.is_symlink()}
