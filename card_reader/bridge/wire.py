"""The JSON lines between the desk and a helper (:mod:`card_reader.bridge.helper`), typed."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct

from desktop.domain.discreet import Discreet

PROTOCOL = 1
"""The version that this desk speaks."""
_T = TypeVar("_T")


class Room(Struct, frozen=True):
    """An argument: so many zeroed bytes into which the library writes a text."""

    room: int


class Call(Discreet, Struct, frozen=True):
    """One call of a library's function. An argument may be a token or a code: never show it."""

    said = ("function", "text")

    function: str
    arguments: tuple[int | bytes | Room, ...]
    """``int``, ``char *`` in, ``char *`` out."""
    text: bool = False
    """The function returns ``char *``, no number."""


class Answer(Discreet, Struct, frozen=True):
    """What a call gave back."""

    said = ("id", "fault", "code")

    id: int
    fault: str = ""
    """``missing``: no such function; ``overflow``: it wrote beyond its room; "" when it returned."""
    code: int | None = None
    """What a function returned that returns a number."""
    text: bytes | None = None
    """What a function returned that returns ``char *``; None for a null pointer, too."""
    outs: tuple[bytes, ...] = ()
    """What was written into each :class:`Room`, up to its end."""


class Hello(Struct, frozen=True):
    """A helper's first line."""

    protocol: int
    bits: int
    loaded: bool
    why: str = ""
    """What the system said when the library could not be loaded."""


class NoSuchLine(ValueError):
    """A line that is not of this protocol; tells nothing of what it held."""


def question(number: int, call: Call) -> bytes:
    """One line; bytes are base64."""
    told = {"id": number, "function": call.function, "arguments": call.arguments}
    return msgspec.json.encode({**told, "text": call.text}) + b"\n"


def hello_of(line: bytes) -> Hello:
    """Raises :class:`NoSuchLine`."""
    return _read(line, Hello)


def answer_of(line: bytes, number: int, call: Call) -> Answer:
    """The answer to question ``number``, which was ``call``; raises :class:`NoSuchLine`."""
    answer = _read(line, Answer)
    rooms = sum(isinstance(argument, Room) for argument in call.arguments)
    whole = len(answer.outs) == rooms and (call.text or answer.code is not None)
    if answer.id != number or not (whole or answer.fault):
        raise NoSuchLine
    return answer


def _read(line: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.MsgspecError:
        raise NoSuchLine from None
