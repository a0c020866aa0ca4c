"""What opens the holder file of a 3.0 card: a module that knows the key RKSSSE, which no desk does.

The desk carries the card's challenges to the module and its answer to the card (cards.md A3, A6).
Keys and algorithms are the module's business.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from card_reader.connection import Connector
from card_reader.hardware import Crew
from card_reader.monitor import View
from desktop.domain.discreet import Discreet

BLOCK = 8
"""Bytes of a challenge, of a factor, and of what a key makes of them."""


class ChipId(Discreet, Struct, frozen=True):
    """What a chip tells of itself to anybody: keys are derived from it."""

    said = ()

    card_sn: bytes
    """卡识别码, 16 bytes."""
    historical: bytes
    """The historical bytes of its ATR (卡复位信息)."""


class Challenge(Discreet, Struct, frozen=True):
    """What a module needs to know of one card in one moment."""

    said = ("algorithm",)

    chip: ChipId
    algorithm: int
    """As the card's FCI names it: 1 3DES, 3 SM4."""
    internal_factor: bytes
    internal_data: bytes
    external_factor: bytes
    external_data: bytes
    """The card's four random numbers, :data:`BLOCK` bytes each: 过程因子 and 原始信息."""


class Proof(Discreet, Struct, frozen=True):
    """The module's answer."""

    internal: bytes
    """What a genuine card makes of the internal challenge; the first :data:`BLOCK` bytes count."""
    external: bytes
    """The 16 bytes of EXTERNAL AUTHENTICATE: the factor and what the key makes of the data."""


class ModuleFailed(Exception):
    """The module gave no usable answer. Says why in words for the IT department, no data."""


class SecurityModule(Protocol):
    """A module at hand."""

    def answer(self, challenge: Challenge, /) -> Proof:
        """Raises :class:`ModuleFailed`. Bounded: the patient's card is kept waiting meanwhile."""
        ...


class ModuleSource(Protocol):
    """Where a site has its module, as its settings tell."""

    def at(self, connector: Connector, view: View, crew: Crew) -> SecurityModule:
        """The module for one reading, which goes on on the thread of the patient's reader."""
        ...
