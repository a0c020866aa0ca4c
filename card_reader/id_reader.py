"""A resident ID card reader on a serial port: find, select, read (cards.md A7).

A card that was read does not answer the search again before it was taken away and put back; so
"nobody found" says nothing about a card that lies there, and nobody is read twice.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from card_reader.faults import CardError
from card_reader.hardware import Pulse
from card_reader.id_text import BadIdText, IdCard, id_card_of
from card_reader.noticed import IdCardSeen, Noticed, Source, SourceTrouble, SourceWell
from card_reader.sam_frames import (
    BAD_CHECKSUM,
    BAD_LENGTH,
    BadFrame,
    Command,
    FrameReader,
    Reply,
)
from card_reader.serial_port import Port
from desktop.domain.problems import Problem, ProblemCode

_ASKS = 3
"""So often a command is sent when the line disturbs it or its answer."""
_FORGOTTEN_AFTER = 5.0
"""Seconds without a card until the trouble with the last one is no news any more."""


class IdPatience(Struct, frozen=True):
    """Seconds: until an answer begins, between two of its pieces, and for all of it.

    At 9600 bits the longest answer takes 1.4 s.
    """

    answer: float = 2.0
    gap: float = 0.5
    whole: float = 4.0


class SamLink:
    """Commands and answers over a port, each bounded."""

    def __init__(
        self, port: Port, clock: Callable[[], float], patience: IdPatience | None = None
    ) -> None:
        self._port = port
        self._clock = clock
        self._patience = patience or IdPatience()

    def ask(self, command: Command, pulse: Pulse) -> Reply:
        """The reader's answer. Raises ``DeviceGone``, and ``CardError`` (ID_READER_LOST) when no
        answer begins, or none comes whole.
        """
        for _ in range(_ASKS):
            pulse.beat(if_late=ProblemCode.ID_READER_LOST)
            reply = self._asked(command)
            if reply is not None and reply.status not in (BAD_CHECKSUM, BAD_LENGTH):
                return reply
        raise CardError(ProblemCode.ID_READER_LOST, self._port.name)

    def close(self) -> None:
        self._port.close()

    def _asked(self, command: Command) -> Reply | None:
        """None for an answer that was cut off or disturbed. Raises when none even begins."""
        self._port.forget()
        self._port.send(command.frame)
        frames, begun = FrameReader(), False
        now = self._clock()
        until, last = now + self._patience.answer, now + self._patience.whole
        while self._clock() < min(until, last):
            came = self._port.receive()
            try:
                reply = frames.feed(came)
            except BadFrame:
                return None
            if reply is not None:
                return reply
            if came:
                begun, until = True, self._clock() + self._patience.gap
        if not begun:
            raise CardError(ProblemCode.ID_READER_LOST, self._port.name)
        return None


class IdCardReader:
    """The reader as a device of a lane. Raises as :class:`SamLink`, also when it is made."""

    source = Source.ID_READER
    rest = 0.3

    def __init__(self, link: SamLink, clock: Callable[[], float], pulse: Pulse) -> None:
        self._link = link
        self._clock = clock
        self._last: IdCard | None = None
        self._troubled_at: float | None = None
        self._link.ask(Command.STATUS, pulse)

    def step(self, pulse: Pulse) -> tuple[Noticed, ...]:
        """Look once, and read the card that is there: a person, trouble with it, or nothing."""
        if not self._link.ask(Command.FIND, pulse).good(Command.FIND):
            self._last = None
            return self._nobody()
        try:
            card = self._read(pulse)
        except BadIdText as bad:
            return self._trouble(str(bad))
        return self._read_again(card)

    def close(self) -> None:
        self._link.close()

    def _read(self, pulse: Pulse) -> IdCard:
        for command in (Command.SELECT, Command.READ):
            reply = self._link.ask(command, pulse)
            if not reply.good(command):
                raise BadIdText(f"{reply.status:02X}")
        return id_card_of(text_of(reply.data))

    def _read_again(self, card: IdCard) -> tuple[Noticed, ...]:
        """Some readers find the card that lies there again and again: it is told once."""
        before, self._last = self._last, card
        well = self._well()
        return well if card == before else (*well, IdCardSeen(self.source, card))

    def _nobody(self) -> tuple[Noticed, ...]:
        since = self._troubled_at
        old = since is not None and self._clock() - since >= _FORGOTTEN_AFTER
        return self._well() if old else ()

    def _trouble(self, detail: str) -> tuple[Noticed, ...]:
        self._troubled_at = self._clock()
        return (SourceTrouble(self.source, Problem(ProblemCode.ID_CARD_UNREADABLE, detail)),)

    def _well(self) -> tuple[Noticed, ...]:
        was, self._troubled_at = self._troubled_at, None
        return () if was is None else (SourceWell(self.source),)


def text_of(data: bytes) -> bytes:
    """The text block of a read's answer: two lengths, text, photo. The photo is left where it is.

    Raises :class:`BadIdText` for lengths that are not those of what follows.
    """
    length, photo = (int.from_bytes(data[at : at + 2], "big") for at in (0, 2))
    if len(data) != 4 + length + photo:
        raise BadIdText("length")
    return data[4 : 4 + length]
