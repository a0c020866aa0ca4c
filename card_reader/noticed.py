"""What a device on the counter noticed: the one way from every one of them to the window."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from card_reader.cards import CardEvent
from card_reader.id_text import IdCard
from desktop.domain.discreet import Discreet
from desktop.domain.problems import Problem


class Source(StrEnum):
    """Which device spoke; card readers name themselves in their own events."""

    SCANNER = "scanner"
    CAMERA = "camera"
    ID_READER = "id-reader"


class CodeSeen(Discreet, Struct, frozen=True):
    """A scanner or camera read a code; ``text`` may be a voucher's token."""

    said = ("source",)

    source: Source
    text: str


class IdCardSeen(Struct, frozen=True):
    """A resident ID card was put on the reader and read."""

    source: Source
    card: IdCard


class SourceTrouble(Struct, frozen=True):
    """The device, or what lies on it, needs a person; told once, until something changes."""

    source: Source
    problem: Problem


class SourceWell(Struct, frozen=True):
    """The last trouble of this device is over."""

    source: Source


Noticed = CardEvent | CodeSeen | IdCardSeen | SourceTrouble | SourceWell
Report = Callable[[Noticed], None]
"""Takes what was noticed on the device's own thread, hands it on and returns; it never raises."""


class Watch(Protocol):
    """Something that notices by itself: :class:`card_reader.watch.CardWatch`, a ``DeviceLane``."""

    def start(self) -> None: ...

    def stop(self) -> None:
        """End within a second; what a device holds up ends with the program."""
        ...
