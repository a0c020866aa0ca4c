"""The conversation with an ID card reader, with a clock of the test's own: every step is bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat

import pytest

from card_reader.faults import CardError
from card_reader.hardware import Pulse
from card_reader.id_reader import IdCardReader, SamLink
from card_reader.noticed import Noticed, Source, SourceTrouble, SourceWell
from card_reader.sam_frames import Command
from desktop.domain.problems import ProblemCode
from tests.rig.serial_device import framed

pytestmark = pytest.mark.windows
PULSE = Pulse(lambda: 0.0)
WELL, FOUND, NOBODY, REFUSED = (
    framed(b"\x00\x00" + bytes([status])) for status in (0x90, 0x9F, 0x80, 0x81)
)


class Line:
    """A port that answers from a list, and a clock that every wait moves on a tenth of a second."""

    name = "COM3"

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces: Iterator[bytes] = iter(pieces)
        self.now = 0.0
        self.sent: list[bytes] = []

    def receive(self) -> bytes:
        self.now += 0.1
        return next(self._pieces)

    def send(self, data: bytes) -> None:
        self.sent.append(data)

    def forget(self) -> None:
        """Nothing lies there."""

    def close(self) -> None:
        """Nothing to close."""

    def clock(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("pieces", "asked", "within"),
    [
        (repeat(b""), 1, 2.2),
        (repeat(b"\xaa"), 3, 12.5),
        (repeat(b"noise"), 3, 12.5),
        (repeat(framed(b"\x00\x00\x10")), 3, 0.5),
        (repeat(framed(b"\x00\x00\x11")), 3, 0.5),
    ],
    ids=["silence", "half a preamble for ever", "noise for ever", "checksum", "length"],
)
def test_no_answer_ends_in_time(pieces: Iterable[bytes], asked: int, within: float) -> None:
    line = Line(pieces)
    with pytest.raises(CardError) as lost:
        SamLink(line, line.clock).ask(Command.FIND, PULSE)
    assert (lost.value.kind, lost.value.detail) == (ProblemCode.ID_READER_LOST, "COM3")
    assert line.sent == [Command.FIND.frame] * asked
    assert line.now <= within


def reader_of(*answers: bytes) -> tuple[IdCardReader, Line]:
    line = Line((WELL, *answers))
    return IdCardReader(SamLink(line, line.clock), line.clock, PULSE), line


def test_trouble_with_a_card_is_no_news_any_more_when_nobody_put_one_on_for_a_while() -> None:
    reader, line = reader_of(FOUND, REFUSED, *repeat(NOBODY, 9))
    trouble = SourceTrouble(
        Source.ID_READER, CardError(ProblemCode.ID_CARD_UNREADABLE, "81").problems[0]
    )
    step: Callable[[], tuple[Noticed, ...]] = lambda: reader.step(PULSE)  # noqa: E731
    assert step() == (trouble,)
    assert [step() for _ in range(3)] == [()] * 3
    line.now += 5
    assert step() == (SourceWell(Source.ID_READER),)
    assert step() == ()
