"""80 mm printers over real wires: what is sent is decoded back, every trouble has its name."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from desktop.domain.problems import ProblemCode
from printing.escpos import STATUS, to_bytes
from printing.links import NetworkLink, SerialLink
from printing.printer import CameOut, NotPrinted, Outcome, PrintJob, Unclear
from printing.thermal_printer import ThermalPrinter
from printing.thermal_slip import Code, Cut, Divider, Pair, Side, ThermalSlip, Words
from tests.rig.thermal import NetworkPrinter, Roll, SerialPrinter

SLIP = ThermalSlip(
    "自助结算凭条",
    (
        Words("跨省异地就医门诊结算", Side.CENTRE, strong=True, large=True),
        Words("䶮㼆张*三 彧", Side.LEFT),
        Pair("个人现金", "450.00", strong=True),
        Divider(),
        Code("H43010000001202305020930000001"),
        Words("电话", Side.RIGHT),
        Cut(),
    ),
)
PAPER_OUT, COVER, JAM, OFF = (
    ProblemCode.PRINTER_OUT_OF_PAPER,
    ProblemCode.PRINTER_COVER_OPEN,
    ProblemCode.PRINTER_JAM,
    ProblemCode.PRINTER_OFF,
)


@pytest.fixture
def roll() -> Roll:
    return Roll()


@pytest.fixture
def wire(roll: Roll) -> Iterator[NetworkPrinter]:
    with NetworkPrinter(roll) as printer:
        yield printer


def at(port: int, patience: float = 30.0, answers: bool = True) -> ThermalPrinter:
    return ThermalPrinter(
        "凭条", lambda: NetworkLink("127.0.0.1", port), answers, patience=patience
    )


def job(slip: ThermalSlip | None = SLIP) -> PrintJob:
    return PrintJob("F6-1-1", b"", slip)


def why(outcome: Outcome) -> ProblemCode:
    assert not isinstance(outcome, CameOut)
    return outcome.problem.kind


def test_the_slip_comes_out_as_it_was_written(wire: NetworkPrinter, roll: Roll) -> None:
    """GB 18030 on the wire, decoded back: names with rare characters of the basic plane, too."""
    assert at(wire.port).print(job()) == CameOut("凭条")
    assert roll.lines == [
        "跨省异地就医门诊结算",
        "䶮㼆张*三 彧",
        "个人现金" + " " * 28 + "450.00",
        "-" * 42,
        "电话",
    ]
    assert roll.large == ["跨省异地就医门诊结算"]
    assert roll.codes == ["H43010000001202305020930000001"]
    assert roll.cuts == 1


def test_serial_is_a_wire_like_any_other(roll: Roll) -> None:
    with SerialPrinter(roll) as printer:
        thermal = ThermalPrinter("串口", lambda: SerialLink(printer.port, 9600))
        assert thermal.print(job()) == CameOut("串口")
        roll.cover_open = True
        assert why(thermal.print(job())) is COVER
    assert roll.lines[0] == "跨省异地就医门诊结算"


def test_a_port_that_is_not_there_is_a_printer_that_is_off() -> None:
    thermal = ThermalPrinter("串口", lambda: SerialLink("/dev/nowhere", 9600))
    outcome = thermal.print(job())
    assert isinstance(outcome, NotPrinted)
    assert why(outcome) is OFF


def test_a_speed_that_no_port_has_is_a_printer_that_is_off(roll: Roll) -> None:
    with SerialPrinter(roll) as printer:
        thermal = ThermalPrinter("串口", lambda: SerialLink(printer.port, -1))
        assert why(thermal.print(job())) is OFF


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ({"paper": False}, PAPER_OUT),
        ({"cover_open": True}, COVER),
        ({"cutter_stuck": True}, JAM),
        ({"offline": True}, OFF),
        ({"mute": True}, OFF),
    ],
)
def test_what_keeps_it_in_is_known_before_anything_is_sent(
    wire: NetworkPrinter,
    roll: Roll,
    state: dict[str, bool],
    kind: ProblemCode,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("printing.thermal_printer.ANSWER_SECONDS", 0.2)
    for name, value in state.items():
        setattr(roll, name, value)
    outcome = at(wire.port).print(job())
    assert isinstance(outcome, NotPrinted)
    assert why(outcome) is kind
    assert roll.raw in (b"".join(STATUS), STATUS[0])


def test_paper_that_ends_in_the_middle_has_somebody_look(wire: NetworkPrinter, roll: Roll) -> None:
    roll.paper_for = 2
    outcome = at(wire.port, patience=0.2).print(job())
    assert isinstance(outcome, Unclear)
    assert why(outcome) is PAPER_OUT
    assert len(roll.lines) == 2


def test_a_printer_that_hangs_up_in_the_middle_has_somebody_look() -> None:
    asked = sum(map(len, STATUS))
    with NetworkPrinter(Roll(), hang_up_after=asked) as printer:
        outcome = at(printer.port).print(job())
    assert isinstance(outcome, Unclear)
    assert why(outcome) is OFF


def test_a_printer_that_stops_reading_may_still_say_why(roll: Roll) -> None:
    """The buffer is full and the paper is out: only what asks for the state gets through."""

    class Stuck:
        def __init__(self) -> None:
            self.answers = b""

        def send(self, data: bytes) -> None:
            if data not in STATUS:
                roll.paper = False
                raise TimeoutError("full")
            self.answers += roll.feed(data)

        def receive(self, _seconds: float) -> bytes:
            data, self.answers = self.answers, b""
            return data

        def close(self) -> None:
            pass

    outcome = ThermalPrinter("凭条", Stuck).print(job())
    assert isinstance(outcome, Unclear)
    assert why(outcome) is PAPER_OUT


def test_nobody_there_is_a_printer_that_is_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    outcome = at(port).print(job())
    assert isinstance(outcome, NotPrinted)
    assert why(outcome) is OFF


def test_a_printer_that_cannot_answer_is_believed(wire: NetworkPrinter, roll: Roll) -> None:
    roll.mute = True
    assert at(wire.port, answers=False).print(job()) == CameOut("凭条")


def test_late_answers_of_before_are_passed_over(roll: Roll) -> None:
    class Late:
        def __init__(self) -> None:
            self.answers = b"\x00\x0f"

        def send(self, data: bytes) -> None:
            self.answers += roll.feed(data) if data in STATUS else b"\x12" + roll.feed(data)

        def receive(self, _seconds: float) -> bytes:
            data, self.answers = self.answers[:1], self.answers[1:]
            return data

        def close(self) -> None:
            pass

    assert isinstance(ThermalPrinter("凭条", Late).print(job()), CameOut)


def test_a_form_without_a_slip_is_not_for_a_roll() -> None:
    outcome = ThermalPrinter("凭条", _never).print(job(None))
    assert isinstance(outcome, NotPrinted)
    assert why(outcome) is ProblemCode.PRINTER_FAILED


def _never() -> NetworkLink:
    raise AssertionError


@pytest.mark.parametrize(
    ("error", "kind"),
    [(0x20, ProblemCode.PRINTER_FAILED), (0x40, ProblemCode.PRINTER_FAILED), (0x00, None)],
)
def test_errors_have_a_name(error: int, kind: ProblemCode | None) -> None:
    from printing.escpos import trouble

    found = trouble((0x12, 0x12, 0x12 | error, 0x12))
    assert (found.kind if found else None) is kind


def test_what_the_printers_font_lacks_is_marked_and_never_dropped(roll: Roll) -> None:
    """Printers' fonts end with the basic plane; half a character has no code at all."""
    roll.feed(to_bytes(ThermalSlip("", (Words("𠮷田 \ud842"),))))
    assert roll.lines == ["□[U+20BB7]田 ?"]
